"""One sound board of each kind, as its rows."""

from typing import Any

from interviewer.domain.artefacts.artefact import Artefact, checked_rows
from interviewer.domain.artefacts.kinds import kind_of

Rows = list[dict[str, Any]]

RISK = {
    "risk": "A new fraud pattern lowers recall unnoticed, so losses rise for weeks",
    "likelihood": "likely",
    "impact": "major",
    "control": "Weekly recall on confirmed cases; below 0.70 the previous model takes over",
    "residual_likelihood": "unlikely",
    "residual_impact": "major",
}
CARRIED = RISK | {
    "control_kind": "detective",
    "owner": "Head of card fraud operations",
    "checker": "Model validation",
    "trigger": "Recall below 0.70 in two weeks running",
    "due": "2026-09-30",
}
SECOND = {
    "risk": "Reviewers approve what the score suggests, so false declines are never corrected",
    "likelihood": "possible",
    "impact": "minor",
    "control": "A sample of 200 cases a week is reviewed without the score",
    "residual_likelihood": "unlikely",
    "residual_impact": "minor",
}
OTHERS = {"owner": "Operations risk", "checker": "Internal audit", "trigger": "5% disagreement"}
POINT = {
    "gain_unit": "$m a year, net of run cost",
    "risk_unit": "expected remediation, $m a year",
}
BEFORE = POINT | {"when": "before", "baseline": "rule engine of 2025", "change": ""}
AFTER = POINT | {"when": "after", "change": "Weekly challenger backtest; two analysts"}
PHASE = {
    "audience": "5% of card-not-present payments",
    "measure": "Fraud losses per $1,000 down to 0.9",
    "baseline": "1.4 in the second quarter of 2026",
    "gate": "12 false positives to 1 for four weeks",
    "owner": "Product lead, payments",
    "checker": "Model risk",
    "stop": "Fraud duty manager, above 2% declines, within 15 minutes",
    "fallback": "Rule set of August, kept warm",
}

SOUND: dict[str, Rows] = {
    "matrix": [RISK, SECOND],
    "register": [CARRIED, SECOND | OTHERS],
    "three-c": [
        {
            "part": "customer",
            "statement": "Analysts on the card desk decide which disputes are looked at first",
            "beside": "Cardholders: a late refund, and a fee in the meantime",
        },
        {
            "part": "constraints",
            "statement": "Regulation E: disputes are answered in time, and age is not used",
            "beside": "The ten days hold; the order of the list may be traded",
        },
        {
            "part": "commerce",
            "statement": "Fewer disputes are written off because nobody came to them",
            "beside": "Under $500,000 by the end of the second quarter",
            "figure": "$2m to $3m a year, net of two reviewers",
            "baseline": "write-offs of 2025, by the ledger",
        },
    ],
    "four-p": [
        {
            "part": "problem",
            "statement": "Manual review of card disputes costs the servicing team too many hours",
            "figure": "41,000 hours a year",
            "baseline": "38 minutes a dispute in 2025, by time sheets",
        },
        {
            "part": "provenance",
            "statement": "Dispute notes of three years, with consent for servicing purposes",
            "owner": "Data owner, card servicing",
        },
        {
            "part": "performance",
            "statement": "Share of disputes routed right, on a month not used in training",
            "figure": "at least 0.92",
            "baseline": "0.81 by the present rules",
        },
        {"part": "policy", "statement": "Regulation Z: billing errors are answered in time"},
    ],
    "rav": [
        BEFORE | {"option": "Alert only", "gain": 4, "risk": 0.5},
        BEFORE | {"option": "Hold up to $500", "gain": 9.5, "risk": 2},
        BEFORE | {"option": "Decline up to $500", "gain": 12.5, "risk": 6},
        AFTER | {"option": "Hold up to $500", "gain": 9, "risk": 0.8},
        AFTER | {"option": "Decline up to $500", "gain": 11.5, "risk": 2.5},
    ],
    "go-to-market": [
        PHASE | {"phase": "Shadow", "starts": "2026-09-01", "ends": "2026-10-31"},
        PHASE | {"phase": "Pilot", "starts": "2026-11-02", "ends": "2027-01-29"},
        PHASE | {"phase": "All payments", "starts": "2027-02-01", "ends": "2027-04-30"},
    ],
    "star": [
        {"part": "situation", "told": "Our payment screening stopped good customers on Mondays"},
        {"part": "task", "told": "I was to halve that before the audit"},
        {
            "part": "action",
            "told": "I replayed two weeks of stopped payments, found that a join lost the weekend, "
            "wrote a test for it, and asked validation to try to break the repair before release",
        },
        {
            "part": "result",
            "told": "False stops on Mondays fell from 62 to 9, and the test is still in the build",
            "figure": "62 to 9 a week",
            "baseline": "mean of four weeks before",
        },
    ],
}


def board(kind: str, rows: Rows | None = None) -> Artefact:
    """A board of that kind; a sound one by default."""
    made = checked_rows(kind_of(kind), SOUND[kind] if rows is None else rows)
    assert isinstance(made, Artefact), made
    return made


def changed(kind: str, number: int, **cells: object) -> Rows:
    """The sound rows with some cells of one row, counted from 1, changed."""
    rows = [dict(row) for row in SOUND[kind]]
    rows[number - 1] |= cells
    return rows


SHEETS = ("three-c", "four-p", "star")
"""Kinds with one row for each of their parts, no more and no fewer."""
