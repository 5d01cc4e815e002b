from pathlib import Path

import pytest

from interviewer.domain.artefacts import finding_kinds
from interviewer.domain.artefacts.checks import findings
from interviewer.domain.artefacts.finding_kinds import FINDING_KINDS
from interviewer.domain.artefacts.kinds import KINDS
from interviewer.paths import shipped
from tests.boards.samples import BEFORE, SOUND, Rows, board, changed


def kinds_of(kind: str, rows: Rows) -> list[str]:
    found = [finding.kind for finding in findings(board(kind, rows))]
    assert set(found) <= FINDING_KINDS[kind], "a rubric may name it among its checks"
    return found


@pytest.mark.parametrize("kind", list(KINDS))
def test_it_finds_nothing_in_a_sound_board(kind: str) -> None:
    assert kinds_of(kind, SOUND[kind]) == []


@pytest.mark.parametrize(
    ("kind", "row", "cells", "expected"),
    [
        ("matrix", 1, {"control": "", "residual_likelihood": "", "residual_impact": ""},
         ["high-risk-without-control"]),
        ("matrix", 1, {"control": "All staff follow the fraud policy and yearly training"},
         ["control-is-only-a-policy"]),
        ("matrix", 1, {"residual_likelihood": "almost certain"}, ["residual-above-inherent"]),
        ("matrix", 2, {"residual_impact": "severe"}, ["residual-above-inherent"]),
        ("matrix", 2, {"residual_likelihood": 3}, ["control-changes-nothing"]),
        ("matrix", 2, {"control": ""}, ["lowered-by-nothing"]),
        ("matrix", 2, {"residual_likelihood": "", "residual_impact": ""},
         ["control-without-residual"]),
        ("register", 1, {"owner": ""}, ["high-risk-without-owner"]),
        ("register", 2, {"owner": ""}, ["medium-risk-without-owner"]),
        ("register", 1, {"checker": "head of card fraud operations"}, ["owner-checks-own-work"]),
        ("register", 1, {"trigger": "When recall gets worse"}, ["no-trigger"]),
        ("register", 1, {"due": ""}, ["no-date"]),
        ("register", 1, {"control_kind": "policy"}, ["control-is-only-a-policy"]),
        ("three-c", 1, {"beside": ""}, ["nobody-bears-the-decision"]),
        ("three-c", 2, {"statement": "We will be fully compliant with everything"},
         ["no-rule-named"]),
        ("three-c", 2, {"beside": ""}, ["everything-negotiable"]),
        ("three-c", 3, {"figure": ""}, ["gain-without-figure"]),
        ("three-c", 3, {"baseline": ""}, ["benefit-without-baseline"]),
        ("three-c", 3, {"figure": "$3m a year"}, ["gain-not-net"]),
        ("three-c", 3, {"beside": ""}, ["no-stop"]),
        ("four-p", 1, {"baseline": ""}, ["benefit-without-baseline"]),
        ("four-p", 1, {"figure": ""}, ["problem-without-figure"]),
        ("four-p", 2, {"owner": ""}, ["data-without-owner"]),
        ("four-p", 3, {"figure": "", "baseline": ""}, ["performance-without-threshold"]),
        ("four-p", 3, {"statement": "Recall is above the regulator's threshold of 0.9"},
         ["threshold-laid-on-a-regulator"]),
        ("four-p", 4, {"statement": "We will be fully compliant with everything"},
         ["no-rule-named"]),
        ("rav", 1, {"risk": 0}, ["gain-at-no-risk"]),
        ("rav", 1, {"baseline": ""}, ["benefit-without-baseline"]),
        ("rav", 2, {"risk": 7}, ["gain-without-more-risk"]),
        ("rav", 4, {"change": ""}, ["change-not-named"]),
        ("rav", 4, {"gain": 9.5}, ["governance-costs-nothing"]),
        ("rav", 4, {"risk": 2}, ["change-makes-nothing-better"]),
        ("go-to-market", 2, {"stop": ""}, ["no-kill-switch"]),
        ("go-to-market", 2, {"fallback": ""}, ["no-fallback"]),
        ("go-to-market", 2, {"baseline": ""}, ["benefit-without-baseline"]),
        ("go-to-market", 2, {"gate": "The steering group is happy"}, ["no-gate"]),
        ("go-to-market", 3, {"gate": ""}, []),
        ("go-to-market", 1, {"checker": "Product lead, payments"}, ["owner-checks-own-work"]),
        ("go-to-market", 2, {"starts": "2026-10-31"}, ["phases-overlap"]),
        ("star", 3, {"told": "We replayed the stopped payments and we found the join and we fixed "
                             "it together before the release"}, ["own-part-unclear"]),
        ("star", 4, {"figure": "", "told": "It went much better after that change"},
         ["result-without-figure"]),
        ("star", 4, {"baseline": ""}, ["result-without-baseline"]),
        ("star", 1, {"told": "word " * 60}, ["long-setup"]),
        ("star", 3, {"told": "I did it " * 100}, ["too-long"]),
    ],
)  # fmt: skip
def test_it_stops_at_a_planted_gap_and_at_nothing_else(
    kind: str, row: int, cells: dict[str, object], expected: list[str]
) -> None:
    assert kinds_of(kind, changed(kind, row, **cells)) == expected


def test_everything_medium_tells_a_committee_nothing() -> None:
    row = SOUND["matrix"][1]
    rows = [row | {"risk": f"{row['risk']} ({number})"} for number in range(3)]
    assert kinds_of("matrix", rows) == ["all-in-one-band"]


def test_one_owner_for_everything_is_asked_about() -> None:
    row = SOUND["register"][0]
    third = SOUND["register"][1] | {"owner": row["owner"]}
    rows = [row, third, third | {"risk": "Another thing that goes wrong at night"}]
    assert kinds_of("register", rows) == ["one-owner-for-all"]


def test_one_phase_is_everything_at_once() -> None:
    assert kinds_of("go-to-market", SOUND["go-to-market"][:1]) == ["everything-at-once"]


def test_two_points_are_no_curve_and_no_change() -> None:
    rows = [BEFORE | {"option": name, "gain": n, "risk": n} for n, name in enumerate("ab", 1)]
    assert kinds_of("rav", rows) == ["no-curve", "no-governance-change"]


def test_a_finding_names_its_row_and_field() -> None:
    (found,) = findings(board("register", changed("register", 1, owner="")))
    assert (found.row, found.field, found.criterion) == (1, "owner", "ownership")
    assert found.probe.endswith("?")


def test_a_finding_is_evidence_for_a_criterion_that_exists() -> None:
    known = (shipped("seeds") / "criteria.yaml").read_text()
    named = set()
    for kind in KINDS:
        for row in range(1, len(SOUND[kind]) + 1):
            for field, info in KINDS[kind].row.model_fields.items():
                if not info.is_required() and SOUND[kind][row - 1].get(field):
                    try:
                        made = board(kind, changed(kind, row, **{field: ""}))
                    except AssertionError:
                        continue
                    named |= {finding.criterion for finding in findings(made)}
    assert named
    assert {name for name in named if f"- id: {name}\n" not in known} == set()


def test_a_rubric_may_name_only_findings_that_there_are() -> None:
    domain = Path(finding_kinds.__file__).parent
    sources = [
        *domain.glob("*_checks.py"),
        domain.parent / "readability.py",
        domain.parent / "sketch.py",
    ]
    written = "\n".join(source.read_text() for source in sources)
    named = {kind for kinds in FINDING_KINDS.values() for kind in kinds}
    rated = {"high-risk-without-owner", "medium-risk-without-owner"}
    assert {kind for kind in named - rated if f'"{kind}"' not in written} == set()
