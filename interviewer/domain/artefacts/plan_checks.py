"""What a board member looks for in a go-to-market plan."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from interviewer.domain.artefacts.findings import Finding, same_party
from interviewer.domain.artefacts.go_to_market import GoToMarket, PhaseRow


class _Lack(NamedTuple):
    """A column whose emptiness is a finding, and what to ask."""

    field: str
    kind: str
    sentence: str
    probe: str
    criterion: str
    applies: Callable[[PhaseRow], bool] = lambda _: True


_LACKS = (
    _Lack(
        "owner",
        "phase-without-owner",
        "nobody runs it",
        "Who comes to this room when that phase is late?",
        "ownership",
    ),
    _Lack(
        "measure",
        "phase-without-measure",
        "nothing is measured in it",
        "At the end of that phase, how do we know whether it was worth it?",
        "business-impact",
    ),
    _Lack(
        "baseline",
        "benefit-without-baseline",
        "its benefit is measured against nothing",
        "That target: compared with what?",
        "business-impact",
        lambda row: bool(row.measure),
    ),
    _Lack(
        "stop",
        "no-kill-switch",
        "nobody can switch it off",
        "It goes wrong on a Saturday. What happens in the first hour?",
        "controls",
    ),
    _Lack(
        "fallback",
        "no-fallback",
        "nothing serves the customers while it is off",
        "It has been off since noon. What does a customer see?",
        "reliability",
    ),
)


def plan_findings(board: GoToMarket) -> Iterator[Finding]:
    """Findings on a go-to-market plan."""
    if len(board.rows) == 1:
        yield Finding(
            kind="everything-at-once",
            sentence="The plan has one phase: everybody is exposed to it on the first day.",
            probe="What would you have to learn first, and from how few customers could you "
            "learn it?",
            criterion="decision-quality",
        )
    last = len(board.rows)
    for number, row in enumerate(board.rows, 1):
        for lack in _LACKS:
            if lack.applies(row) and not getattr(row, lack.field):
                yield Finding(
                    kind=lack.kind,
                    sentence=f"Phase {row.phase!r}: {lack.sentence}.",
                    row=number,
                    field=lack.field,
                    probe=lack.probe,
                    criterion=lack.criterion,
                )
        if number < last:
            yield from _gate(number, row)
        if same_party(row.owner, row.checker):
            yield Finding(
                kind="owner-checks-own-work",
                sentence=f"Phase {row.phase!r}: {row.owner!r} runs it and opens its gate.",
                row=number,
                field="checker",
                probe="Who can say no to the next phase, and is not paid for the launch?",
                criterion="validation",
            )
    yield from _overlaps(board)


def _gate(number: int, row: PhaseRow) -> Iterator[Finding]:
    if any(character.isdigit() for character in row.gate):
        return
    what = "no gate" if not row.gate else "a gate without a number"
    yield Finding(
        kind="no-gate",
        sentence=f"Phase {row.phase!r} has {what}: the calendar alone starts the next one.",
        row=number,
        field="gate",
        probe="What would keep you from starting the next phase on its day?",
        criterion="decision-quality",
    )


def _overlaps(board: GoToMarket) -> Iterator[Finding]:
    for number in range(2, len(board.rows) + 1):
        before, row = board.rows[number - 2], board.rows[number - 1]
        if row.starts <= before.ends:
            yield Finding(
                kind="phases-overlap",
                sentence=f"{row.phase!r} starts before {before.phase!r} has ended, so its gate "
                "cannot have been read.",
                row=number,
                field="starts",
                probe="On the day you start that phase, which result of the one before do you "
                "have?",
                criterion="decision-quality",
            )
