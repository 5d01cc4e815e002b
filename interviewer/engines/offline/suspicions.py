"""Suspicions: what makes words and meaning alone unreliable, and sentences that are no evidence."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from interviewer.domain.assessment import Hygiene, HygieneFlag
from interviewer.domain.question import Question
from interviewer.engines.instructions import plain
from interviewer.engines.offline.belonging import Belonging
from interviewer.engines.offline.canonical import canonical
from interviewer.engines.offline.lexicon import Lexicon
from interviewer.engines.offline.prepared import Embeds, Prepared
from interviewer.engines.offline.refrain import refrains
from interviewer.engines.offline.scattered import scattered
from interviewer.engines.offline.strung import strung
from interviewer.engines.recited import recited
from interviewer.engines.text import Span

LEAST_ORDER = 0.60
"""See `Lexicon.order`."""
MOST_DENIED = 0.62
"""Share of sentences that deny something: .56 at the most in the labelled answers of the calibration
half, .71 at the least when each of their sentences is turned into its contrary."""
_DENIED_SENTENCES = 5
_DENIAL = re.compile(
    r"\b(?:not|never|no|nobody|nothing|none|without|cannot)\b|n't\b", re.IGNORECASE
)


def suspicions(
    answers: Sequence[str], sentences: Sequence[Span], lexicon: Lexicon
) -> Iterator[HygieneFlag]:
    """Flags shuffled words, and denial throughout."""
    for index, answer in enumerate(answers):
        order = lexicon.order(plain(answer))
        if order is not None and order < LEAST_ORDER:
            yield _flag(Hygiene.DISORDERED, index, _OUT_OF_ORDER)
        said = [span.text for span in sentences if span.answer == index]
        denied = sum(bool(_DENIAL.search(text)) for text in said)
        if len(said) >= _DENIED_SENTENCES and denied > MOST_DENIED * len(said):
            yield _flag(Hygiene.DENIED, index, _DENYING)


class Sifted(NamedTuple):
    """What is left of an exchange as evidence, and what was said against the rest."""

    usable: tuple[Span, ...]
    flags: tuple[HygieneFlag, ...]


def sift(
    question: Question,
    prepared: Prepared,
    usable: Sequence[Span],
    belonging: Belonging | None,
    embedder: Embeds | None = None,
) -> Sifted:
    """Leaves out sentences that say nothing of their own about this question.

    They recite the rubric, only name its terms, together or one by one, or answer another question.

    Args:
        question: The question asked. One about a line of one's own document may be answered with
            any work there is: no words are foreign to it.
        prepared: The same, made ready.
        usable: Sentences in canonical wording.
        belonging: The bank to compare with, if there is one.
        embedder: Without it only words are compared.
    """
    kept: list[Span] = []
    flags: list[HygieneFlag] = []
    statements = [canonical(point.statement) for point in question.points]
    said = prepared.said if question.fills is None else None
    talk = said.talk if said else None
    for index in sorted({span.answer for span in usable}):
        own = [span for span in usable if span.answer == index]
        if pasted := recited(statements, own):
            flags.append(_flag(Hygiene.COPIED, index, _RECITING))
            own = [span for span in own if span not in pasted]
        named = refrains(prepared.points, own)
        left = [span for span in own if span not in named]
        named += strung(prepared.points, left, talk, embedder)
        apart = scattered(prepared.points, own, said, embedder)
        if named or apart.throughout:
            flags.append(_flag(Hygiene.STUFFING, index, _STRINGING))
        own = [span for span in own if span not in named and span not in apart.sentences]
        if belonging is not None and (astray := belonging.astray(question.id, own)):
            all_of_it = len(astray) == len(own)
            why = _ELSEWHERE if all_of_it else _PARTLY_ELSEWHERE
            flags.append(_flag(Hygiene.OFF_TOPIC, index, why, junk=all_of_it))
            own = [span for span in own if span not in astray]
        kept += own
    return Sifted(tuple(kept), tuple(flags))


def _flag(kind: Hygiene, answer: int, why: str, *, junk: bool = False) -> HygieneFlag:
    return HygieneFlag(kind=kind, answer=answer, junk=junk, why=why)


_OUT_OF_ORDER = "the words do not follow each other as in English sentences"
_DENYING = "nearly every sentence denies something, which words and meaning alone cannot follow"
_RECITING = "sentences that say again what the rubric wants, as the rubric puts it, were left out"
_STRINGING = "sentences that name terms and say nothing about them were left out"
_ELSEWHERE = "it fits another question clearly better than the one that was asked"
_PARTLY_ELSEWHERE = "a part of it fits another question clearly better, and was left out"
