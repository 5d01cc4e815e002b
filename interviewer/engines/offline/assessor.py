"""The offline assessor: reads an exchange in tens of milliseconds, without a model.

It measures words and meaning near to each point's authored ways of saying it. It cannot follow an
argument: a fluent wrong answer that uses the right words in the right sentences can earn a
partly. Its confidence is shown for that reason.
"""

import asyncio
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from interviewer.domain.assessment import Assessment, Hygiene, HygieneFlag
from interviewer.domain.currency import SupersededRule, currency_flags
from interviewer.domain.grade import coverage
from interviewer.domain.interview import Exchange
from interviewer.domain.question import Example, Question
from interviewer.domain.rubric import Point
from interviewer.domain.verdict import FlagRaised, Met, Verdict
from interviewer.engines.hygiene import Cleaned, clean
from interviewer.engines.offline.anchors import anchors
from interviewer.engines.offline.belonging import Belonging
from interviewer.engines.offline.canonical import canonical, quote, reworded, seen
from interviewer.engines.offline.claims import bare_claims
from interviewer.engines.offline.exemplars import split_copied
from interviewer.engines.offline.features import Evidence, measure, windows
from interviewer.engines.offline.flags import measure_flags, said_in_words
from interviewer.engines.offline.lexicon import Lexicon
from interviewer.engines.offline.parameters import Parameters, decide
from interviewer.engines.offline.prepared import (
    Embeds,
    Prepared,
    Shown,
    prepare,
    show,
    with_said,
)
from interviewer.engines.offline.suspicions import sift, suspicions
from interviewer.engines.text import Span, spans

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from interviewer.engines.offline.said import SaidPoints, Sayings

_OFF_TOPIC_LEAST_WORDS = 8


class _Reading(NamedTuple):
    """What an answer holds for grading."""

    usable: tuple[Span, ...]
    evidence: tuple[Evidence, ...]
    everything: tuple[Span, ...]
    """With what counts for nothing."""
    said: "SaidPoints | None"
    shown: Shown | None
    raised: tuple[FlagRaised, ...]
    flags: tuple[HygieneFlag, ...]


class OfflineAssessor:
    """Assesses against a rubric with lexical evidence and sentence embeddings."""

    name = "offline"

    def __init__(
        self,
        lexicon: Lexicon,
        parameters: Parameters,
        embedder: Embeds | None,
        rules: Sequence[SupersededRule] = (),
        *,
        rubrics: Embeds | None = None,
        examples: Mapping[str, tuple[Example, ...]] | None = None,
        belonging: Belonging | None = None,
        sayings: "Sayings | None" = None,
    ) -> None:
        """Takes its parts; nothing is embedded yet.

        Args:
            lexicon: Word weights.
            parameters: Fitted numbers.
            embedder: For candidates' sentences; None leaves words only.
            rules: Superseded rules to notice.
            rubrics: For rubric texts, if they are cached elsewhere; else `embedder`.
            examples: By question id, its graded answers; an interview's log does not keep them.
            belonging: Tells answers to other questions of the bank; without it they pass.
            sayings: What candidates say about the points of some questions.
        """
        self._lexicon = lexicon
        self._parameters = parameters
        self._embedder = embedder
        self._rubrics = rubrics or embedder
        self._rules = tuple(rules)
        self._examples = dict(examples or {})
        self._belonging = belonging
        self._sayings = sayings
        self._prepared = lru_cache(maxsize=256)(self._prepare)

    async def assess(self, exchange: Exchange) -> Assessment:
        """Assesses in a thread, so that a server's other work goes on."""
        return await asyncio.to_thread(
            self.read, exchange.question, exchange.answers, exchange.probed
        )

    def warm(self, question: Question) -> None:
        """Prepares a question's vectors before its first answer arrives."""
        self._prepared(question.as_asked)

    def hear(self, text: str) -> None:
        """Embeds what was said ahead of the reading, while the answer is being stored."""
        self._vectors(reworded(seen([text])))

    def skim(self, text: str) -> None:
        """Reads the words ahead in the same way: what they are, whatever the question."""
        sentences = seen([text])
        clean([text], sentences, "", self._lexicon.vocabulary)
        windows(reworded(sentences))

    def relevance(self, question: Question, text: str) -> float:
        """How near a text comes to a question and its rubric on the whole, in [0, 2].

        It compares questions for one text; it is no grade. Among ten questions of one round it
        finds the one that was answered in 91 % of the labelled answers.
        """
        prepared = self._prepared(question.as_asked)
        sentences = reworded(seen([text]))
        vectors = self._vectors(sentences)
        found = measure(prepared.points, sentences, vectors)
        if vectors is None or self._embedder is None:
            return _mean([e.values["recall_whole"] + e.values["terms_window"] for e in found])
        asked = self._embedder.embed([canonical(span.text) for span in spans([question.text])])
        near_question = float((asked @ vectors.T).max(axis=1).mean())
        return near_question + _mean([e.values["cos_counts"] for e in found])

    def with_parameters(self, parameters: Parameters) -> "OfflineAssessor":
        """The same assessor with other fitted numbers."""
        return self._again(parameters, self._belonging)

    def trusting(self) -> "OfflineAssessor":
        """The same assessor, taking every answer for one to its question; to fit with."""
        return self._again(self._parameters, None)

    def untaught(self) -> "OfflineAssessor":
        """The same assessor without graded answers, as it meets a candidate's own question; to fit with."""
        return self._again(self._parameters, self._belonging, taught=False)

    def evidence(self, question: Question, answers: Sequence[str]) -> dict[str, dict[str, float]]:
        """What is measured for each point, for fitting and for explaining a verdict."""
        return _by_point(question, self._reading(question.as_asked, answers).evidence)

    def gap_evidence(
        self, question: Question, answers: Sequence[str]
    ) -> dict[str, dict[str, float]]:
        """What is measured for each point to tell whether a good answer lacks it; for fitting."""
        return _by_point(question, self._heard(question, self._reading(question.as_asked, answers)))

    def flag_evidence(
        self, question: Question, answers: Sequence[str]
    ) -> dict[str, dict[str, float]]:
        """What is measured for each red flag, for fitting; those that are refused left out."""
        prepared = self._prepared(question.as_asked)
        usable = reworded(self._cleaned(question, answers, seen(answers)).usable)
        vectors = self._vectors(usable)
        if vectors is None or not prepared.flags:
            return {}
        evidence = measure(prepared.points, usable, vectors, prepared.flags)
        found = measure_flags(prepared.flags, prepared.points, evidence, usable, vectors)
        return {
            flag.id: one.values
            for flag, one in zip(question.red_flags, found, strict=True)
            if one.sentence is not None
        }

    def read(
        self, question: Question, answers: Sequence[str], probed: dict[str, int] | None = None
    ) -> Assessment:
        """Assesses the answers to one question.

        Args:
            question: The rubric.
            answers: What the candidate said, in order.
            probed: By point, the index of the first answer given after a probe at it.
        """
        found = self._reading(question.as_asked, answers)
        usable, evidence, flags = found.usable, found.evidence, found.flags
        if not found.raised and (off := self._off_topic(answers, usable, evidence)):
            flags = (*flags, off)
            points = self._prepared(question.as_asked).points
            usable, evidence = (), tuple(measure(points, (), None))
        verdicts = tuple(
            self._verdict(question, point, one, usable, answers, probed or {})
            for point, one in zip(question.points, evidence, strict=True)
        )
        return Assessment(
            engine=self.name,
            verdicts=verdicts,
            red_flags=found.raised,
            hygiene=flags,
            currency=currency_flags(answers, self._rules),
            gaps=self._gaps(question, found, verdicts),
            claims=bare_claims(usable, answers),
            anchors=anchors(question, evidence, usable, answers),
            confidence=_mean([v.confidence for v in verdicts]),
            may_be_gamed=any(f.kind in _GAMED for f in flags),
        )

    def _again(
        self, parameters: Parameters, belonging: Belonging | None, *, taught: bool = True
    ) -> "OfflineAssessor":
        return OfflineAssessor(
            self._lexicon,
            parameters,
            self._embedder,
            self._rules,
            rubrics=self._rubrics,
            examples=self._examples if taught else None,
            belonging=belonging,
            sayings=self._sayings if taught else None,
        )

    def _prepare(self, question: Question) -> Prepared:
        examples = self._examples.get(question.id, ())
        return prepare(question, examples, self._lexicon, self._rubrics, self._sayings)

    def _vectors(self, usable: Sequence[Span]) -> "NDArray[np.float32] | None":
        if self._embedder is None or not usable:
            return None
        return self._embedder.embed([span.text for span in usable])

    def _off_topic(
        self, answers: Sequence[str], usable: Sequence[Span], evidence: Sequence[Evidence]
    ) -> HygieneFlag | None:
        """Flags the last answer if the whole exchange never comes near the rubric."""
        said = sum(len(span.text.split()) for span in usable)
        best = max((e.values["cos_counts"] for e in evidence), default=0.0)
        touched = max((e.values["terms_window"] for e in evidence), default=0.0)
        floor = self._parameters.off_topic_floor
        if self._embedder is None or said < _OFF_TOPIC_LEAST_WORDS:
            return None
        if best >= floor or touched == 1.0:
            return None
        return HygieneFlag(
            kind=Hygiene.OFF_TOPIC,
            answer=len(answers) - 1,
            junk=True,
            why="nothing in it comes near what was asked",
        )

    def _verdict(
        self,
        question: Question,
        point: Point,
        found: Evidence,
        usable: Sequence[Span],
        answers: Sequence[str],
        probed: dict[str, int],
    ) -> Verdict:
        dense = self._embedder is not None
        if found.sentence is None:
            return Verdict(point=point.id, met=Met.NO, why=_NOTHING, citations=point.passages)
        fit = self._parameters.fit(question.id, found.values, dense=dense)
        probabilities = fit.probabilities(found.values)
        met, confidence = decide(probabilities)
        if dense and found.values["cos_counts"] < self._parameters.evidence_floor:
            met = Met.NO
        if met is Met.NO:
            return Verdict(
                point=point.id,
                met=met,
                why=_NOTHING,
                confidence=confidence,
                citations=point.passages,
            )
        span = usable[found.sentence]
        return Verdict(
            point=point.id,
            met=met,
            quote=quote(span, answers),
            why=_PARTLY if met is Met.PARTLY else _YES,
            confidence=confidence,
            probed=span.answer >= probed.get(point.id, len(usable) + 99),
            citations=point.passages,
        )

    def _gaps(
        self, question: Question, found: _Reading, verdicts: Sequence[Verdict]
    ) -> dict[str, float] | None:
        """What a good answer may lack."""
        rule = self._parameters.gap_rule(found.evidence[0].values)
        covered = coverage(question.points, {verdict.point: verdict for verdict in verdicts})
        if self._embedder is None or (covered or 0.0) < rule.least_coverage:
            return None
        return {
            point.id: round(rule.missing(question.id, point.id, one.values), 4)
            for point, one in zip(question.points, self._heard(question, found), strict=True)
        }

    def _heard(self, question: Question, found: _Reading) -> Sequence[Evidence]:
        """The evidence over everything: nobody is asked once more for what counted for nothing."""
        if len(found.usable) == len(found.everything):
            return found.evidence
        prepared, vectors = self._prepared(question.as_asked), self._vectors(found.everything)
        evidence = measure(prepared.points, found.everything, vectors, prepared.flags, found.shown)
        return with_said(evidence, found.said, found.everything, vectors)

    def _reading(self, question: Question, answers: Sequence[str]) -> "_Reading":
        """Cleans, looks for red flags, and measures what is left: what raises a flag is no evidence."""
        prepared = self._prepared(question)
        sentences = seen(answers)
        cleaned = self._cleaned(question, answers, sentences)
        everything = reworded(cleaned.usable)
        sifted = sift(question, prepared, everything, self._belonging, self._embedder)
        usable = sifted.usable
        exemplars, copied = split_copied(prepared.exemplars, usable)
        said = prepared.said
        if said is not None and said.repeats(usable):
            said, copied = None, True
        flags = (*cleaned.flags, *sifted.flags)
        if copied:
            last = len(answers) - 1
            flags = (*flags, HygieneFlag(kind=Hygiene.COPIED, answer=last, junk=False, why=_COPIED))
        flags = (*flags, *suspicions(answers, sentences, self._lexicon))
        vectors = self._vectors(usable)
        shown = prepared.shown
        if copied:
            shown = show(prepared.points, exemplars, self._lexicon)
        evidence = measure(prepared.points, usable, vectors, prepared.flags, shown)
        raised = self._red_flags(question, prepared, usable, answers, vectors, evidence)
        if raised:
            spent = {(flag.quote.answer, flag.quote.start) for flag in raised}
            kept = [i for i, s in enumerate(usable) if (s.answer, s.start) not in spent]
            usable = tuple(usable[i] for i in kept)
            vectors = None if vectors is None else vectors[kept]
            evidence = measure(prepared.points, usable, vectors, prepared.flags, shown)
        evidence = with_said(evidence, said, usable, vectors)
        return _Reading(usable, tuple(evidence), everything, said, shown, raised, flags)

    def _cleaned(
        self, question: Question, answers: Sequence[str], sentences: Sequence[Span]
    ) -> Cleaned:
        return clean(answers, sentences, question.text, self._lexicon.vocabulary)

    def _red_flags(
        self,
        question: Question,
        prepared: Prepared,
        usable: Sequence[Span],
        answers: Sequence[str],
        vectors: "NDArray[np.float32] | None",
        evidence: Sequence[Evidence],
    ) -> tuple[FlagRaised, ...]:
        if not usable or not prepared.flags:
            return ()
        rule, rows = self._parameters.flag, range(len(usable))
        where: dict[str, int] = {}
        if vectors is None:
            for flag in prepared.flags:
                said = (r for r in rows if said_in_words(flag, usable[r].text, rule.least_recall))
                if (row := next(said, None)) is not None:
                    where[flag.id] = row
        else:
            fitted = rule.fit(question.id)
            found = measure_flags(prepared.flags, prepared.points, evidence, usable, vectors)
            for flag, one in zip(prepared.flags, found, strict=True):
                likely = fitted.probability(one.values) >= rule.least_probability
                if one.sentence is not None and likely:
                    where[flag.id] = one.sentence
        return tuple(
            FlagRaised(id=flag.id, quote=quote(usable[where[flag.id]], answers), cap=flag.cap)
            for flag in question.red_flags
            if flag.id in where
        )


_GAMED = (
    Hygiene.INSTRUCTIONS,
    Hygiene.STUFFING,
    Hygiene.COPIED,
    Hygiene.DISORDERED,
    Hygiene.DENIED,
)
_COPIED = "half of it or more stands word for word in an example answer of the bank"
_NOTHING = "Nothing in the answer says this."
_PARTLY = "The answer touches this and stops short of it."
_YES = "The answer says this."


def _by_point(question: Question, found: Sequence[Evidence]) -> dict[str, dict[str, float]]:
    return {p.id: e.values for p, e in zip(question.points, found, strict=True)}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
