"""The offline assessor: reads an exchange in tens of milliseconds, without a model.

It measures words and meaning near to each point's authored ways of saying it. It cannot follow an
argument: a fluent wrong answer that uses the right words in the right sentences can earn a
partly. Its confidence is shown for that reason.
"""

import asyncio
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from interviewer.domain.assessment import Assessment, Hygiene, HygieneFlag
from interviewer.domain.currency import SupersededRule, currency_flags
from interviewer.domain.interview import Exchange
from interviewer.domain.question import Question
from interviewer.domain.rubric import Point
from interviewer.domain.verdict import FlagRaised, Met, Quote, Verdict
from interviewer.engines.hygiene import clean
from interviewer.engines.offline.claims import bare_claims
from interviewer.engines.offline.features import (
    NEGATED,
    Evidence,
    Reference,
    measure,
    prepare_flag,
    prepare_point,
    references_texts,
    windows,
)
from interviewer.engines.offline.lexicon import Lexicon, recall, stem_line
from interviewer.engines.offline.parameters import Parameters, decide
from interviewer.engines.text import Span, content_stems, spans

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_OFF_TOPIC_LEAST_WORDS = 8


class Embeds(Protocol):
    """Anything that maps texts to unit vectors, shape (n, dim)."""

    def embed(self, texts: list[str]) -> "NDArray[np.float32]":
        """Unit vectors of the texts."""
        ...


class Prepared(NamedTuple):
    """A question made ready for matching."""

    points: tuple[Reference, ...]
    flags: tuple[Reference, ...]


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
    ) -> None:
        """Takes its parts; nothing is embedded yet.

        Args:
            lexicon: Word weights.
            parameters: Fitted numbers.
            embedder: For candidates' sentences; None leaves words only.
            rules: Superseded rules to notice.
            rubrics: For rubric texts, if they are cached elsewhere; else `embedder`.
        """
        self._lexicon = lexicon
        self._parameters = parameters
        self._embedder = embedder
        self._rubrics = rubrics or embedder
        self._rules = tuple(rules)
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
        self._vectors(spans([text]))

    def skim(self, text: str) -> None:
        """Reads the words ahead in the same way: what they are, whatever the question."""
        sentences = spans([text])
        clean([text], sentences, "", self._lexicon.vocabulary)
        windows(sentences)

    def relevance(self, question: Question, text: str) -> float:
        """How near a text comes to a question and its rubric on the whole, in [0, 2].

        It compares questions for one text; it is no grade. Among ten questions of one round it
        finds the one that was answered in 91 % of the labelled answers.
        """
        prepared = self._prepared(question.as_asked)
        sentences = spans([text])
        vectors = self._vectors(sentences)
        found = measure(prepared.points, sentences, vectors)
        if vectors is None or self._embedder is None:
            return _mean([e.values["recall_whole"] + e.values["terms_window"] for e in found])
        asked = self._embedder.embed([span.text for span in spans([question.text])])
        near_question = float((asked @ vectors.T).max(axis=1).mean())
        return near_question + _mean([e.values["cos_counts"] for e in found])

    def evidence(self, question: Question, answers: Sequence[str]) -> dict[str, dict[str, float]]:
        """What is measured for each point, for fitting and for explaining a verdict."""
        prepared = self._prepared(question.as_asked)
        usable = clean(answers, spans(answers), question.text, self._lexicon.vocabulary).usable
        _, usable = self._red_flags(question, prepared, usable)
        found = measure(prepared.points, usable, self._vectors(usable), prepared.flags)
        return {ref.id: e.values for ref, e in zip(prepared.points, found, strict=True)}

    def read(
        self, question: Question, answers: Sequence[str], probed: dict[str, int] | None = None
    ) -> Assessment:
        """Assesses the answers to one question.

        Args:
            question: The rubric.
            answers: What the candidate said, in order.
            probed: By point, the index of the first answer given after a probe at it.
        """
        prepared = self._prepared(question.as_asked)
        sentences = spans(answers)
        cleaned = clean(answers, sentences, question.text, self._lexicon.vocabulary)
        raised, usable = self._red_flags(question, prepared, cleaned.usable)
        vectors = self._vectors(usable)
        evidence = measure(prepared.points, usable, vectors, prepared.flags)
        flags = cleaned.flags
        if not raised and (off := self._off_topic(answers, usable, evidence)):
            flags = (*flags, off)
            usable, evidence = (), measure(prepared.points, (), None)
        verdicts = tuple(
            self._verdict(question, point, found, usable, probed or {})
            for point, found in zip(question.points, evidence, strict=True)
        )
        return Assessment(
            engine=self.name,
            verdicts=verdicts,
            red_flags=raised,
            hygiene=flags,
            currency=currency_flags(answers, self._rules),
            claims=bare_claims(usable),
            anchors=_anchors(question, evidence, usable),
            confidence=_mean([v.confidence for v in verdicts]),
            may_be_gamed=any(
                f.kind in (Hygiene.INSTRUCTIONS, Hygiene.STUFFING, Hygiene.COPIED) for f in flags
            ),
        )

    def _prepare(self, question: Question) -> Prepared:
        embed = None
        if self._rubrics is not None:
            texts = references_texts(question)
            by_text = dict(zip(texts, self._rubrics.embed(texts), strict=True))

            def embed(wanted: list[str]) -> "NDArray[np.float32]":
                import numpy as np

                return np.vstack([by_text[text] for text in wanted])

        return Prepared(
            tuple(prepare_point(p, question, self._lexicon, embed) for p in question.points),
            tuple(prepare_flag(f, question, self._lexicon, embed) for f in question.red_flags),
        )

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
        probed: dict[str, int],
    ) -> Verdict:
        dense = self._embedder is not None
        if found.sentence is None:
            return Verdict(point=point.id, met=Met.NO, why=_NOTHING, citations=point.passages)
        probabilities = self._parameters.fit(question.id, dense=dense).probabilities(found.values)
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
            quote=Quote(answer=span.answer, start=span.start, end=span.end, text=span.text),
            why=_PARTLY if met is Met.PARTLY else _YES,
            confidence=confidence,
            probed=span.answer >= probed.get(point.id, len(usable) + 99),
            citations=point.passages,
        )

    def _red_flags(
        self, question: Question, prepared: Prepared, usable: Sequence[Span]
    ) -> tuple[tuple[FlagRaised, ...], tuple[Span, ...]]:
        """The flags raised, and the sentences left: what raises a flag is no evidence."""
        vectors = self._vectors(usable)
        raised: dict[str, FlagRaised] = {}
        left = []
        for index, span in enumerate(usable):
            vector = None if vectors is None else vectors[index]
            found = [
                flag
                for flag, ref in zip(question.red_flags, prepared.flags, strict=True)
                if self._raises(ref, span.text, vector)
            ]
            if not found:
                left.append(span)
            quote = Quote(answer=span.answer, start=span.start, end=span.end, text=span.text)
            for flag in found:
                raised.setdefault(flag.id, FlagRaised(id=flag.id, quote=quote, cap=flag.cap))
        return tuple(raised.values()), tuple(left)

    def _raises(self, ref: Reference, sentence: str, vector: "NDArray[np.float32] | None") -> bool:
        """Whether a sentence raises a flag: all its terms, its meaning, and no refusal of it."""
        if ref.groups.share(stem_line(sentence)) < 1.0:
            return False
        if vector is None or ref.positive is None:
            said = frozenset(content_stems(sentence))
            near = max(recall(wanted, said) for wanted in ref.wanted)
            return near >= self._parameters.flag.least_recall and not REFUSAL.search(sentence)
        cosines = ref.positive @ vector
        nearest = int(cosines.argmax())
        if cosines[nearest] < self._parameters.flag.least_cosine:
            return False
        return not REFUSAL.search(sentence) or bool(NEGATED.search(ref.texts[nearest]))


REFUSAL = re.compile(
    r"\b(?:(?:would|will|do|did|does|should|could|can|must|may|am|is|are)(?:\s+not\b|n'?t\b)|cannot|never|"
    r"refuse\w*|reject\w*|won't|wouldn't|wrong\s+to|mistake\s+to|rather\s+than|instead\s+of|"
    r"against|warn\w*|stop\s+short\s+of|tempt\w*)\b",
    re.IGNORECASE,
)
"""Words by which a candidate rejects what a flag describes, unless the flag itself denies."""

_NOTHING = "Nothing in the answer says this."
_PARTLY = "The answer touches this and stops short of it."
_YES = "The answer says this."


def _anchors(
    question: Question, evidence: Sequence[Evidence], usable: Sequence[Span]
) -> dict[str, Quote]:
    """For each point the nearest thing said, if it is near enough to be worth repeating."""
    anchors = {}
    for point, found in zip(question.points, evidence, strict=True):
        if found.sentence is None or found.values["cos_counts"] < ANCHOR_FLOOR:
            continue
        span = usable[found.sentence]
        anchors[point.id] = Quote(
            answer=span.answer, start=span.start, end=span.end, text=span.text
        )
    return anchors


ANCHOR_FLOOR = 0.25
"""Cosine from which a follow-up may lean on a sentence. Source: human follow-ups reach .25 in
81-94 % of cases, generic templates in 7-10 % (docs/grading.md)."""


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
