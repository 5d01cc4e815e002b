"""Quantities in a sentence: money, shares, counts, durations, people, dates, figures of merit.

It reads what is written, in digits or words. The preposition before a number is kept with its unit,
so that "by 30 percent" is never compared with "to 30 percent".
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from interviewer.domain.claims import ClaimKind
from interviewer.engines.text import stem


class Quantity(NamedTuple):
    """A number with its unit, in the terms of `claims.Claim`."""

    kind: ClaimKind
    number: float
    unit: str
    start: int
    end: int


_WORDS = {
    "half": 0.5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {
    "hundred": 1e2, "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9,
    "billion": 1e9,
}  # fmt: skip
_NUMBER = (
    rf"(?P<number>\d[\d,]*(?:\.\d+)?|\.\d+|\b(?:{'|'.join(_WORDS)})(?:-(?:{'|'.join(_WORDS)}))?\b)"
    r"(?:\s?(?P<scale>hundred|thousand|million|billion|bn|mn|[km](?![a-z])))?"
)
_MONEY = re.compile(
    rf"(?P<sign>[$\u00a3\u20ac])\s?{_NUMBER}", re.IGNORECASE
)  # fmt: skip
_MONEY_WORD = re.compile(
    rf"{_NUMBER}\s+(?P<sign>dollars?|pounds?|euros?|usd|gbp|eur)\b", re.IGNORECASE
)
_SHARE = re.compile(
    rf"{_NUMBER}\s?(?P<unit>%|percent\b|per\s+cent\b|(?:percentage\s+)?points?\b|basis\s+points?\b|bps\b)",
    re.IGNORECASE,
)
_DURATION = re.compile(
    rf"{_NUMBER}[\s-](?P<unit>ms|milliseconds?|seconds?|minutes?|hours?|days?|weeks?|months?|"
    r"quarters?|years?)\b",
    re.IGNORECASE,
)
_PERSONS = (
    r"people|persons?|engineers?|analysts?|developers?|scientists?|colleagues|reports|staff|"
    r"investigators?|designers?|agents|underwriters|reviewers|validators"
)
_PEOPLE = re.compile(rf"{_NUMBER}\s+(?:[a-z]+\s+){{0,2}}?(?:{_PERSONS})\b", re.IGNORECASE)
_TEAM = re.compile(rf"\bteam\s+of\s+{_NUMBER}", re.IGNORECASE)
_DATE = re.compile(r"\b(?:19|20)(?P<number>\d\d)\b(?P<scale>)")
_METRIC = re.compile(
    r"\b(?P<unit>auc|gini|f1|recall|precision|ks|psi|accuracy|rmse|r2|hit\s+rate)\b[^.\d;]{0,24}?"
    r"(?P<number>0?\.\d+)(?P<scale>)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"{_NUMBER}\s+(?:(?!(?:and|or|of|to|in|on|for|with|that|who|which|the)\b)[a-z-]+\s+){{0,2}}?"
    r"(?P<unit>(?!(?:times|years?|as|is|was|has|does|less|plus|us|this|across|counts|always)\b)[a-z-]{2,}s)\b",
    re.IGNORECASE,
)
_HOURS = {
    "ms": 1 / 3.6e6, "millisecond": 1 / 3.6e6, "second": 1 / 3600, "minute": 1 / 60, "hour": 1,
    "day": 24, "week": 168, "month": 730, "quarter": 2190, "year": 8760,
}  # fmt: skip
_SIGNS = {"$": "usd", "\u00a3": "gbp", "\u20ac": "eur", "d": "usd", "p": "gbp", "e": "eur"}
_PREPOSITION = re.compile(r"\b(by|from|to|at|under|over|within)\s+(?:about|around|roughly|some|nearly|almost|the)?\s*$", re.IGNORECASE)  # fmt: skip
_LEAST_COUNTED = 2
_ASPECTS = {"by": "change", "from": "before"}


def quantities(sentence: str) -> tuple[Quantity, ...]:
    """The quantities of one sentence, in order; each stretch of text is read once."""
    taken: list[Quantity] = []
    for found in _all(sentence):
        if all(found.end <= other.start or other.end <= found.start for other in taken):
            taken.append(found)
    return tuple(sorted(taken, key=lambda q: q.start))


def in_hours(unit: str) -> float | None:
    """How many hours a unit of time is, None if it is none.

    >>> in_hours("weeks")
    168
    """
    name = unit.strip().lower()
    return _HOURS.get(name, _HOURS.get(name.rstrip("s")))


def _all(sentence: str) -> Iterator[Quantity]:
    """Every reading, the surer kinds first."""
    yield from _money(sentence)
    for match in _METRIC.finditer(sentence):
        unit = " ".join(match["unit"].lower().split())
        yield Quantity(ClaimKind.METRIC, float(match["number"]), unit, *match.span())
    for match in _SHARE.finditer(sentence):
        unit = match["unit"].lower()
        named = "percent" if unit[0] in "%p" and "point" not in unit else "points"
        yield _quantity(ClaimKind.SHARE, match, named, sentence)
    yield from _durations(sentence)
    for pattern in (_TEAM, _PEOPLE):
        for match in pattern.finditer(sentence):
            yield _quantity(ClaimKind.PEOPLE, match, "people", sentence)
    for match in _DATE.finditer(sentence):
        yield Quantity(ClaimKind.DATE, float(match[0]), "year", *match.span())
    yield from _counts(sentence)


def _money(sentence: str) -> Iterator[Quantity]:
    for pattern in (_MONEY, _MONEY_WORD):
        for match in pattern.finditer(sentence):
            sign = match["sign"].lower()
            unit = _SIGNS.get(sign) or _SIGNS.get(sign[0], sign)
            yield _quantity(ClaimKind.MONEY, match, unit, sentence)


def _durations(sentence: str) -> Iterator[Quantity]:
    for match in _DURATION.finditer(sentence):
        hours = in_hours(match["unit"]) or 1
        found = _quantity(ClaimKind.DURATION, match, "hours", sentence)
        yield found._replace(number=found.number * hours)


def _counts(sentence: str) -> Iterator[Quantity]:
    for match in _COUNT.finditer(sentence):
        found = _quantity(ClaimKind.COUNT, match, stem(match["unit"].lower()), sentence)
        # "No one signs", "0.05 counts as good": nothing that is counted.
        if found.number >= _LEAST_COUNTED and found.number == int(found.number):
            yield found


def _quantity(kind: ClaimKind, match: re.Match[str], unit: str, sentence: str) -> Quantity:
    number = _value(match["number"]) * _SCALES.get((match["scale"] or "").lower(), 1)
    before = _PREPOSITION.search(sentence[: match.start()])
    aspect = _ASPECTS.get(before[1].lower()) if before else None
    return Quantity(kind, number, f"{unit} {aspect}" if aspect else unit, *match.span())


def _value(text: str) -> float:
    parts = text.lower().split("-")
    if parts[0] in _WORDS:
        return float(sum(_WORDS[part] for part in parts if part in _WORDS))
    return float(text.replace(",", ""))
