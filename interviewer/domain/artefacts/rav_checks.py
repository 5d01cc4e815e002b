"""What a sceptic looks for in RAV points."""

import itertools
from collections.abc import Iterator

from interviewer.domain.artefacts.findings import Finding
from interviewer.domain.artefacts.rav import Rav, RavRow, When

LEAST_POINTS = 3
"""Options before the change with which a curve has a shape."""


def rav_findings(board: Rav) -> Iterator[Finding]:
    """Findings on RAV points."""
    before = [row for row in board.rows if row.when is When.BEFORE]
    if len(before) < LEAST_POINTS:
        yield Finding(
            kind="no-curve",
            sentence=f"With {len(before)} option{'s' * (len(before) != 1)} before the change there "
            "is no curve, and nothing to choose from.",
            probe="What would the smaller and the bolder version of this look like?",
            criterion="decision-quality",
        )
    if len(before) == len(board.rows):
        yield Finding(
            kind="no-governance-change",
            sentence="No point shows what a change of governance would do.",
            probe="What could you change about how this is governed, and where would that move "
            "your points?",
            criterion="controls",
        )
    yield from _free(before)
    for number, row in enumerate(board.rows, 1):
        yield from _of_row(number, row)
    yield from _moves(board)


def _free(before: list[RavRow]) -> Iterator[Finding]:
    by_gain = sorted(before, key=lambda row: (row.gain, row.risk))
    for low, high in itertools.pairwise(by_gain):
        if high.gain > low.gain and high.risk <= low.risk:
            yield Finding(
                kind="gain-without-more-risk",
                sentence=f"{high.option!r} gains more than {low.option!r} and is rated no riskier.",
                field="risk",
                probe=f"If {high.option!r} costs nothing in risk, why would anybody consider "
                f"{low.option!r}?",
                criterion="risk-assessment",
            )


def _of_row(number: int, row: RavRow) -> Iterator[Finding]:
    if row.gain > 0 and row.risk == 0:
        yield Finding(
            kind="gain-at-no-risk",
            sentence=f"Row {number}, {row.option!r}, gains {row.gain:g} at no risk at all.",
            row=number,
            field="risk",
            probe="What would an examiner write about that option?",
            criterion="risk-assessment",
        )
    if row.when is When.BEFORE and not row.baseline:
        yield Finding(
            kind="benefit-without-baseline",
            sentence=f"Row {number}: the gain of {row.option!r} is measured against nothing.",
            row=number,
            field="baseline",
            probe=f"{row.gain:g} {row.gain_unit}: compared with what?",
            criterion="business-impact",
        )
    if row.when is When.AFTER and not row.change:
        yield Finding(
            kind="change-not-named",
            sentence=f"Row {number} is after a change of governance that is not named.",
            row=number,
            field="change",
            probe="What exactly would be done differently, by whom, from which day?",
            criterion="controls",
        )


def _moves(board: Rav) -> Iterator[Finding]:
    before = {row.option.casefold(): row for row in board.rows if row.when is When.BEFORE}
    for number, row in enumerate(board.rows, 1):
        if row.when is When.BEFORE:
            continue
        was = before[row.option.casefold()]
        if row.risk >= was.risk and row.gain <= was.gain:
            yield Finding(
                kind="change-makes-nothing-better",
                sentence=f"Row {number}: after the change {row.option!r} has no more gain and no "
                "less risk.",
                row=number,
                field="risk",
                probe="What was that change for?",
                criterion="decision-quality",
            )
        elif row.risk < was.risk and row.gain >= was.gain:
            yield Finding(
                kind="governance-costs-nothing",
                sentence=f"Row {number}: the change lowers the risk of {row.option!r} and costs none "
                "of its gain.",
                row=number,
                field="gain",
                probe="Who pays for that control, in money or in speed, and where is it in your "
                "gain?",
                criterion="business-impact",
            )
