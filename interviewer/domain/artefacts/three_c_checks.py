"""What a reader looks for in a 3-C sheet (`vendor-mnemonics#three-c-improved`)."""

import re
from collections.abc import Iterator

from interviewer.domain.artefacts.findings import Finding
from interviewer.domain.artefacts.sheet_checks import (
    NAMED_RULE,
    no_rule_named,
    without_baseline,
)
from interviewer.domain.artefacts.three_c import ThreeC, ThreeCPart, ThreeCRow

_NET = re.compile(
    r"\b(net|after|less|minus|against|cost|costs|deduct\w*)\b",
    re.IGNORECASE,
)


def three_c_findings(board: ThreeC) -> Iterator[Finding]:
    """Findings on a 3-C sheet."""
    for number, row in enumerate(board.rows, 1):
        yield from _CHECKS[row.part](number, row)


def _customer(number: int, row: ThreeCRow) -> Iterator[Finding]:
    if not row.beside:
        yield Finding(
            kind="nobody-bears-the-decision",
            sentence=f"Row {number} has a user and nobody on whom the decision falls.",
            row=number,
            field="beside",
            probe="Somebody never opens this product and lives with what it says. Who, and how?",
            criterion="fairness-and-law",
        )


def _constraints(number: int, row: ThreeCRow) -> Iterator[Finding]:
    if not NAMED_RULE.search(row.statement):
        yield no_rule_named(number, "constraints")
    if not row.beside:
        yield Finding(
            kind="everything-negotiable",
            sentence=f"Row {number} does not say which constraint holds whatever is offered for it.",
            row=number,
            field="beside",
            probe="The sponsor doubles the budget. Which of these gives way, and which stays?",
            criterion="decision-quality",
        )


def _commerce(number: int, row: ThreeCRow) -> Iterator[Finding]:
    if not row.figure:
        yield Finding(
            kind="gain-without-figure",
            sentence=f"Row {number}: what it earns has no size.",
            row=number,
            field="figure",
            probe="What is it worth in a year, and in which unit would finance count it?",
            criterion="business-impact",
        )
    elif not row.baseline:
        yield without_baseline(number, row.figure)
    elif not _NET.search(f"{row.statement} {row.figure}"):
        yield Finding(
            kind="gain-not-net",
            sentence=f"Row {number}: {row.figure!r} does not say whether its controls are paid for.",
            row=number,
            field="figure",
            probe="What does it take to be allowed to earn that, and who pays for it?",
            criterion="business-impact",
        )
    if not row.beside:
        yield Finding(
            kind="no-stop",
            sentence=f"Row {number} names no result at which you would stop.",
            row=number,
            field="beside",
            probe="When do you come back and say that we should not have done it?",
            criterion="controls",
        )


_CHECKS = {
    ThreeCPart.CUSTOMER: _customer,
    ThreeCPart.CONSTRAINTS: _constraints,
    ThreeCPart.COMMERCE: _commerce,
}
