"""Whether the sources answer a query at all: one number from how well the best passages fit."""

import math
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

GOOD_COSINE = 0.35
"""A best cosine from here on says that something was found, where no floor is fitted.

From one look at 686 passages: 29 questions about other things reached .28 at most, 29 of 30
questions that the sources answer reached .37 or more.
"""
GOOD_COVERAGE = 0.70
"""Likewise for the share of the query's words, weighted by rarity, that one hit holds; the
questions about other things reached .65 at most."""
FLOOR = 0.40
"""A confidence from here on is good: 92 % of the questions of the calibration split that the sources
answer reach it. So do 13 % of its 84 that they do not: 20 % of those next to the subject of a
source, 2 of 39 further off; and 25 % of the 192 neighbours."""

_BIAS, _FIRST, _LEAD, _COVERED, _NAMED = -10.22, 6.77, 9.23, 5.65, 2.75
"""Printed by `python -m evals.fit_confidence`: logistic regression (L2, C = 1, classes weighted
alike) on the 193 questions of the calibration split and the 192 of `unanswerable_neighbours.txt`;
area under the curve in five folds .94 of all, .95 of the calibration split. November 2026."""

_NAME = re.compile(r"(?<!^)\b(?:[A-Z][\w-]*|\w*\d[\w-]*)")
"""Capitalised words but the first, and words with a digit."""
NAMED_IN = 3
"""Hits that may hold the names of a question."""


@dataclass(frozen=True)
class Signs:
    """What a confidence rests on.

    Attributes:
        first: Cosine of the query and what the first hit is asked in everyday words.
        lead: Of the best such cosine over the mean of the next nine: a question about something
            else is about as near to many passages.
        covered: Share of the query's words that the first hit holds, rare words counting more.
        named: Share of its names and numbers that one of the first hits holds; 1 without any.
    """

    first: float
    lead: float
    covered: float
    named: float


def names_in(query: str) -> list[str]:
    """Words of a question that look like names or numbers.

    >>> names_in("What does Canada's OSFI guideline E-23 say?")
    ['Canada', 'OSFI', 'E-23']
    """
    return _NAME.findall(query)


def lead(cosines: NDArray[np.float32]) -> float:
    """How far the best candidate is ahead of the next nine.

    Args:
        cosines: Of the candidates, in any order; at least one.
    """
    ordered = np.sort(cosines)[::-1]
    others = ordered[1:10]
    return float(ordered[0] - others.mean()) if others.size else 0.0


def confidence(signs: Signs) -> float:
    """How likely the best passages answer, in [0, 1]."""
    return _logistic(
        _BIAS
        + _FIRST * signs.first
        + _LEAD * signs.lead
        + _COVERED * signs.covered
        + _NAMED * signs.named
    )


def confidence_of_words(covered: float) -> float:
    """The same where only words are compared; `FLOOR` at a coverage of `GOOD_COVERAGE`."""
    odds = math.log(FLOOR / (1 - FLOOR))
    return _logistic(10 * (covered - GOOD_COVERAGE) + odds)


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
