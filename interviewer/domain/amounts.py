"""Amounts in a text, in digits or in words, so that one text's figures can be held against another's."""

import re

_SMALL = dict(
    zip(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        range(20),
        strict=True,
    )
)
_TENS = dict(
    zip(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),  # noqa: SIM905
        range(20, 100, 10),
        strict=True,
    )
)
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_SHORT = {"k": 1_000, "m": 1_000_000, "bn": 1_000_000_000, **_SCALES}
_SHARES = {
    "half": 0.5, "halved": 0.5, "a third": 1 / 3, "one third": 1 / 3, "two thirds": 2 / 3, "a quarter": 0.25,
    "one quarter": 0.25, "three quarters": 0.75, "twice": 2.0, "double": 2.0, "doubled": 2.0, "tripled": 3.0,
}  # fmt: skip
_WORDS = "|".join([*_SMALL, *_TENS, *_SCALES])
_AMOUNT = re.compile(
    rf"(?P<digits>\d[\d,]*(?:\.\d+)?)(?:\s?(?P<scale>k|m|bn|hundred|thousand|million|billion)\b)?"
    rf"|\b(?P<share>{'|'.join(_SHARES)})\b"
    rf"|\b(?P<words>(?:{_WORDS})(?:(?:\s+and)?[\s-]+(?:{_WORDS}))*)(?:\s+point\s+(?P<point>(?:{'|'.join(_SMALL)})))?\b",
    re.IGNORECASE,
)


def amounts(text: str) -> list[tuple[int, int, float]]:
    """Every amount: start, end and value, in order. A bare "one" is taken as no amount.

    >>> [
    ...     value
    ...     for _, _, value in amounts("from 9,000 to four thousand one hundred, 2.5% and $1.2m")
    ... ]
    [9000.0, 4100.0, 2.5, 1200000.0]
    """
    found = []
    for match in _AMOUNT.finditer(text):
        if match.group().lower() == "one":
            continue
        found.append((match.start(), match.end(), _value(match)))
    return found


def _value(match: re.Match[str]) -> float:
    if match["digits"]:
        scale = _SHORT[match["scale"].lower()] if match["scale"] else 1
        return round(float(match["digits"].replace(",", "")) * scale, 6)
    if match["share"]:
        return _SHARES[match["share"].lower()]
    whole = _spelled(re.split(r"[\s-]+", match["words"].lower()))
    return whole + (_SMALL[match["point"].lower()] / 10 if match["point"] else 0)


def _spelled(words: list[str]) -> float:
    total = group = 0
    for word in words:
        if word in _SMALL or word in _TENS:
            group += _SMALL.get(word, 0) + _TENS.get(word, 0)
        elif word == "hundred":
            group = max(group, 1) * 100
        elif word in _SCALES:
            total += max(group, 1) * _SCALES[word]
            group = 0
    return float(total + group)
