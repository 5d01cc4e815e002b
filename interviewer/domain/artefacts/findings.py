"""A finding: what somebody who reads boards for a living would stop at."""

import re

from interviewer.domain.value import Value


class Finding(Value):
    """One thing that is wrong or missing, and what to ask about it.

    Attributes:
        kind: Of the check, for example `high-risk-without-owner`.
        sentence: What is so, for the candidate.
        row: From 1; None if it is about the whole.
        field: The column, if it is about one.
        probe: What an interviewer asks; it does not give the answer away.
        criterion: The rubric's criterion for which it is evidence.
    """

    kind: str
    sentence: str
    row: int | None = None
    field: str | None = None
    probe: str
    criterion: str


_FIRST_WORDS = 9


def named(text: str) -> str:
    """The first words of a cell, for a sentence about its row."""
    words = text.split()
    return " ".join(words[:_FIRST_WORDS]) + (" ..." if len(words) > _FIRST_WORDS else "")


_ENFORCED = re.compile(
    r"\b(block|stop|halt|limit|cap|alert|test|review|sampl|threshold|reconcil|approv|sign|overrid|"
    r"log|monitor|check|validat|second|dual|four.eyes|switch|rollback|roll back|roll-back|measur|"
    r"compar|reject|mask|encrypt|restrict|hold[- ]?out|challeng|backtest|human|queue|audit|track|"
    r"detect|filter|revert|fall ?back)\w*",
    re.IGNORECASE,
)
_ON_PAPER = re.compile(
    r"\b(polic(y|ies)|guidelines?|principles?|standards?|training|awareness|procedures?|"
    r"code of conduct|communicat\w+|remind\w*|careful\w*|best practices?)\b",
    re.IGNORECASE,
)


def only_on_paper(control: str) -> bool:
    """Whether a control tells people what to do and names nothing that would make it happen."""
    return bool(_ON_PAPER.search(control)) and not _ENFORCED.search(control)


def same_party(one: str, other: str) -> bool:
    """Whether two cells name the same owner."""
    return bool(one) and one.casefold() == other.casefold()
