import pytest

from interviewer.domain.artefacts.artefact import MOST_ROWS, Artefact, Trouble, checked_rows
from interviewer.domain.artefacts.kinds import KINDS, kind_of
from interviewer.errors import UnknownId
from tests.boards.samples import SOUND, Rows, changed


def troubles(kind: str, rows: Rows) -> tuple[Trouble, ...]:
    found = checked_rows(kind_of(kind), rows)
    assert not isinstance(found, Artefact)
    return found


@pytest.mark.parametrize(
    ("kind", "row", "field", "value", "says"),
    [
        ("matrix", 2, "likelihood", "probable", "'probable' is not on the scale rare, unlikely"),
        ("matrix", 2, "likelihood", "", "it is empty"),
        ("matrix", 1, "impact", 6, "'6' is not on the scale negligible"),
        ("matrix", 1, "risk", "Drift", "'Drift' is a heading. Write cause, event and effect"),
        ("matrix", 1, "control", "TBD", "'TBD' says nothing. Write what prevents or detects it"),
        ("matrix", 1, "residual_impact", "", "rate both after the control"),
        ("matrix", 1, "risk", "a\x07b c d e", "characters that do not print"),
        ("matrix", 1, "risk", "word " * 400, "it has 1,999 characters and may have 1,500"),
        ("matrix", 1, "colour", "red", "there is no such column; columns are risk,"),
        ("register", 1, "due", "30/09/2026", "'30/09/2026' is not a date as year-month-day"),
        ("register", 1, "due", "2026-02-30", "'2026-02-30' is not a day of the calendar"),
        ("register", 1, "due", "2602-09-30", "2602-09-30 is not between 2000 and 2099"),
        ("register", 1, "due", 20260930, "it is not a date"),
        ("register", 1, "owner", ["a"], "Input should be a valid string"),
        ("register", 1, "control_kind", "magic", "preventive, detective, corrective, policy"),
        ("four-p", 4, "part", "problem", "problem stands in row 1 already: merge them"),
        ("rav", 1, "gain", "a lot", "'a lot' is not a number. Write the expected gain"),
        ("rav", 1, "gain", "=SUM(A1:A9)", "is a formula, and nothing is calculated here"),
        ("rav", 1, "gain", float("nan"), "it is not between"),
        ("rav", 1, "gain", 10**400, "it is not between"),
        ("rav", 1, "gain", True, "it is not a number"),
        ("rav", 2, "risk", -1, "it is below zero"),
        ("rav", 2, "gain_unit", "EUR", "it differs from row 1"),
        ("rav", 4, "option", "Another", "it has no row before"),
        ("go-to-market", 1, "ends", "2026-08-01", "is before it starts"),
        ("go-to-market", 2, "starts", "2026-08-01", "is before row 1"),
        ("go-to-market", 2, "phase", "shadow", "it has the name of row 1"),
    ],
)  # fmt: skip
def test_it_names_row_and_field_and_what_to_write(
    kind: str, row: int, field: str, value: object, says: str
) -> None:
    found = troubles(kind, changed(kind, row, **{field: value}))
    assert (found[0].row, found[0].field) == (row, field)
    assert says in found[0].message


def test_a_missing_part_is_named() -> None:
    (found,) = troubles("star", SOUND["star"][:3])
    assert str(found) == "the part result is missing: add a row for it"


def test_the_same_risk_twice_is_refused() -> None:
    found = troubles("matrix", [SOUND["matrix"][0]] * 2)
    assert str(found[0]) == "row 2, risk: it is the risk of row 1 again: merge them"


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_board_has_rows_and_not_too_many(kind: str) -> None:
    assert "fill in at least one" in str(troubles(kind, [])[0])
    assert "may have 100" in str(troubles(kind, [SOUND[kind][0]] * (MOST_ROWS + 5))[0])


def test_a_kind_that_does_not_exist_is_named() -> None:
    with pytest.raises(UnknownId, match="no board 'canvas'; boards are matrix, register"):
        kind_of("canvas")


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_examples_of_a_form_would_do(kind: str) -> None:
    row = kind_of(kind).row
    example = {name: row.example(name) for name in row.columns()}
    found = checked_rows(kind_of(kind), [example])
    lacking = found if isinstance(found, tuple) else ()
    assert [t for t in lacking if t.row is not None] == []


@pytest.mark.parametrize("kind", ["three-c", "four-p", "rav"])
def test_a_vendors_mnemonic_is_labelled(kind: str) -> None:
    assert "one interview-preparation vendor" in kind_of(kind).note
