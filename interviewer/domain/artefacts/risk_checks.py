"""What a risk officer looks for in a matrix or a register."""

from collections.abc import Iterator, Sequence

from interviewer.domain.artefacts.findings import Finding, named, only_on_paper, same_party
from interviewer.domain.artefacts.matrix import Matrix, Rated
from interviewer.domain.artefacts.register import ControlKind, Register, RegisterRow
from interviewer.domain.artefacts.scales import Band

LEAST_TO_COMPARE = 3
"""Rows from which it says something that all stand in one band."""


def matrix_findings(board: Matrix) -> Iterator[Finding]:
    """Findings on a matrix."""
    yield from _flat(board.rows)
    for number, row in enumerate(board.rows, 1):
        yield from _rated(number, row)


def register_findings(board: Register) -> Iterator[Finding]:
    """Findings on a register: those of a matrix, and who does what by when."""
    yield from _flat(board.rows)
    for number, row in enumerate(board.rows, 1):
        yield from _rated(number, row)
        yield from _carried(number, row)
    yield from _one_owner(board.rows)


def _flat(rows: Sequence[Rated]) -> Iterator[Finding]:
    bands = {row.inherent for row in rows}
    if len(rows) < LEAST_TO_COMPARE or len(bands) > 1:
        return
    (only,) = bands
    yield Finding(
        kind="all-in-one-band",
        sentence=f"All {len(rows)} risks are {only}: the ratings do not tell a committee where to "
        "look first.",
        probe="Your committee has ten minutes and may discuss one of these. Which one, and what in "
        "your ratings tells them so?",
        criterion="risk-assessment",
    )


def _rated(number: int, row: Rated) -> Iterator[Finding]:
    risk = named(row.risk)
    if row.inherent is Band.HIGH and not row.control:
        yield Finding(
            kind="high-risk-without-control",
            sentence=f"Row {number}, {risk!r}, is high and has no control.",
            row=number,
            field="control",
            probe=f"You rate {risk!r} high. What stands between that and the customer tonight?",
            criterion="controls",
        )
    if (row.control and only_on_paper(row.control)) or _declared_policy(row):
        yield Finding(
            kind="control-is-only-a-policy",
            sentence=f"Row {number}: the control {named(row.control)!r} is written down; nothing in "
            "it makes it happen or shows that it did.",
            row=number,
            field="control",
            probe="Somebody under pressure ignores that on a Friday evening. What happens next, and "
            "who finds out?",
            criterion="controls",
        )
    yield from _residual(number, row, risk)


def _declared_policy(row: Rated) -> bool:
    return isinstance(row, RegisterRow) and row.control_kind is ControlKind.POLICY


def _residual(number: int, row: Rated, risk: str) -> Iterator[Finding]:
    if row.residual_likelihood is None or row.residual_impact is None:
        if row.control:
            yield Finding(
                kind="control-without-residual",
                sentence=f"Row {number} names a control and not what is left after it.",
                row=number,
                field="residual_likelihood",
                probe=f"With that control working, how much of {risk!r} remains, and how do you "
                "know?",
                criterion="risk-assessment",
            )
        return
    above = (
        row.residual_likelihood.points > row.likelihood.points
        or row.residual_impact.points > row.impact.points
    )
    moved = (row.residual_likelihood, row.residual_impact) != (row.likelihood, row.impact)
    if above:
        yield Finding(
            kind="residual-above-inherent",
            sentence=f"Row {number}: after the control the risk is rated above what it was before "
            f"({row.likelihood}, {row.impact} to {row.residual_likelihood}, {row.residual_impact}).",
            row=number,
            field="residual_likelihood",
            probe="Read me both ratings of that row, before the control and after. What did the "
            "control do?",
            criterion="risk-assessment",
        )
    elif moved and not row.control:
        yield Finding(
            kind="lowered-by-nothing",
            sentence=f"Row {number} is rated lower after a control, and names none.",
            row=number,
            field="control",
            probe=f"What brought {risk!r} down from where it stood?",
            criterion="controls",
        )
    elif row.control and not moved:
        yield Finding(
            kind="control-changes-nothing",
            sentence=f"Row {number}: the rating after the control is the rating before it.",
            row=number,
            field="residual_likelihood",
            probe="That control costs money and your rating does not move. Why keep it?",
            criterion="risk-assessment",
        )


def _carried(number: int, row: RegisterRow) -> Iterator[Finding]:
    risk = named(row.risk)
    if not row.owner and row.inherent is not Band.LOW:
        yield Finding(
            kind=f"{row.inherent}-risk-without-owner",
            sentence=f"Row {number}, {risk!r}, is {row.inherent} and nobody owns it.",
            row=number,
            field="owner",
            probe=f"It is three in the morning and {risk!r} has happened. Whose telephone rings?",
            criterion="ownership",
        )
    if same_party(row.owner, row.checker):
        yield Finding(
            kind="owner-checks-own-work",
            sentence=f"Row {number}: {row.owner!r} both runs the control and tests it.",
            row=number,
            field="checker",
            probe="Who would tell you that this control has stopped working, if its owner did not "
            "want to?",
            criterion="validation",
        )
    if row.control and not any(character.isdigit() for character in row.trigger):
        what = "no trigger" if not row.trigger else "a trigger without a number"
        yield Finding(
            kind="no-trigger",
            sentence=f"Row {number} has a control and {what}.",
            row=number,
            field="trigger",
            probe="What exactly do you have to see on the dashboard before somebody must act?",
            criterion="monitoring",
        )
    if row.due is None and row.control and row.inherent is Band.HIGH:
        yield Finding(
            kind="no-date",
            sentence=f"Row {number} is high, and its control has no date by which it works.",
            row=number,
            field="due",
            probe="When can I rely on that control, and what do we do until then?",
            criterion="ownership",
        )


def _one_owner(rows: Sequence[RegisterRow]) -> Iterator[Finding]:
    owners = {row.owner.casefold() for row in rows}
    if len(rows) >= LEAST_TO_COMPARE and len(owners) == 1 and rows[0].owner:
        yield Finding(
            kind="one-owner-for-all",
            sentence=f"All {len(rows)} risks belong to {rows[0].owner!r}.",
            field="owner",
            probe="One role owns everything on this page. Which of these could that role fix "
            "without asking anybody?",
            criterion="ownership",
        )
