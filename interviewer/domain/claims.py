"""Claims: checkable things that candidates say about themselves, kept with their own words.

A claim outlives its round: the next persona may test it, and two claims that cannot both be true
are put to the candidate with both quotes. Finding claims in an answer is the engines' work; this
module says what a claim is and when two of them disagree. It prefers to miss a contradiction to
inventing one: it asks for the same kind and unit, and for most content words in common.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

from pydantic import Field

from interviewer.domain.value import Value
from interviewer.domain.verdict import Quote


class ClaimKind(StrEnum):
    """What is claimed, and so what may be compared with what."""

    MONEY = "money"
    SHARE = "share"
    COUNT = "count"
    DURATION = "duration"
    PEOPLE = "people"
    DATE = "date"
    METRIC = "metric"
    ROLE = "role"


class Claim(Value):
    """One checkable claim: a quantity, or a part that somebody played."""

    kind: ClaimKind
    quote: Quote = Field(description="The sentence, verbatim.")
    question: str = Field(description="Id of the question it was said to.")
    round: str = Field(default="", description="Id of the round it was said in.")
    number: float | None = Field(
        default=None, description="In the unit; a fraction of one for nothing. None for a role."
    )
    unit: str = Field(
        default="",
        description="Currency, `percent`, `hours`, `people`, `year`, the metric's name, the stem of "
        "what is counted; for a role the verb (`led`, `owned`, `decided`, `launched`, `built`).",
    )
    holder: Literal["self", "team", "other"] = Field(
        default="self", description="Whose doing it was, by the candidate's own account."
    )
    stems: tuple[str, ...] = Field(
        default=(), description="Stems of the sentence's content words, numbers left out."
    )


class RememberedClaim(Value):
    """A claim of an earlier round, as it is handed to a later one."""

    claim: Claim
    title: str = Field(description="Title of the round it was made in, as candidates read it.")
    interview: str = Field(default="", description="Id of the interview it was made in.")
    persona: str = Field(default="", description="Id of the persona who heard it.")


class Contradiction(Value):
    """Two claims about the same thing that cannot both be right."""

    earlier: Claim
    later: Claim
    title: str | None = Field(
        default=None, description="Title of the earlier round; None if it was said in this one."
    )
    about: tuple[str, ...] = Field(description="Stems that both share.")
    reason: str


LEAST_SHARED_STEMS = 3
"""Content stems two claims must share to be about the same thing. With two, "launched three
products" met "three products failed" in the labelled answers."""

LEAST_SHARED_FRACTION = 0.6
"""The same as a share of the shorter claim's stems, in [0, 1]."""

TOLERANCE = 0.2
"""Relative difference up to which two numbers are the same one, told twice from memory."""

_EXACT_UP_TO = 20
"""Small whole numbers of people or things are remembered exactly."""

_METRIC_TOLERANCE = 0.015
"""Absolute, for figures such as an AUC: they are quoted to two decimals."""


def contradiction(
    earlier: Claim, later: Claim, *, title: str | None = None
) -> Contradiction | None:
    """The contradiction between two claims, None if there is none or it is not plain.

    Args:
        earlier: What was said first.
        later: What was said now.
        title: Of the round that `earlier` was said in, if it was another one.
    """
    if earlier.kind is not later.kind or earlier.unit != later.unit:
        return None
    reason = _disagreement(earlier, later)
    if reason is None:
        return None
    about = _shared(earlier, later)
    shorter = min(len(set(earlier.stems)), len(set(later.stems)))
    if len(about) < LEAST_SHARED_STEMS or len(about) < LEAST_SHARED_FRACTION * shorter:
        return None
    return Contradiction(earlier=earlier, later=later, title=title, about=about, reason=reason)


def contradictions(
    earlier: Iterable[tuple[Claim, str | None]], later: Iterable[Claim]
) -> tuple[Contradiction, ...]:
    """Every contradiction between what was said before and what was said now, in order.

    Args:
        earlier: Claims, each with the title of its round (None: this round).
        later: Claims of the last answer.
    """
    before = tuple(earlier)
    found = (contradiction(old, new, title=title) for new in later for old, title in before)
    return tuple(one for one in found if one is not None)


def _disagreement(earlier: Claim, later: Claim) -> str | None:
    if earlier.kind is ClaimKind.ROLE:
        if {earlier.holder, later.holder} != {"self", "other"}:
            return None
        return "Who did it was told in two ways."
    if earlier.holder == "other" or later.holder == "other":
        return None
    if earlier.number is None or later.number is None or _is_same(earlier, later):
        return None
    return "The same thing was given two different numbers."


def _is_same(earlier: Claim, later: Claim) -> bool:
    first, second = earlier.number or 0.0, later.number or 0.0
    gap = abs(first - second)
    if earlier.kind is ClaimKind.METRIC:
        return gap <= _METRIC_TOLERANCE
    if earlier.kind is ClaimKind.DATE:
        return gap < 1
    largest = max(abs(first), abs(second))
    counted = earlier.kind in (ClaimKind.COUNT, ClaimKind.PEOPLE)
    if counted and largest <= _EXACT_UP_TO:
        return gap < 1
    return gap <= TOLERANCE * largest


def _shared(earlier: Claim, later: Claim) -> tuple[str, ...]:
    mine = set(later.stems)
    return tuple(dict.fromkeys(stem for stem in earlier.stems if stem in mine))
