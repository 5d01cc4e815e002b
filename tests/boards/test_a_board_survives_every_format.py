import csv
import datetime as dt
import io
import json
import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.domain.artefacts.kinds import KINDS, kind_of
from interviewer.domain.artefacts.scales import Impact, Likelihood
from interviewer.workbench.boards.incoming import Format
from interviewer.workbench.boards.reading import read_board
from interviewer.workbench.boards.writing import empty_form, write_board
from tests.boards.samples import SOUND, board

TRICKS = (
    "<script>alert(1)</script> in a cell",
    "<img src=x onerror=alert(1)> & more text",
    "=HYPERLINK(\"http://e.example\";\"click here too\")",
    "'=1+1 and three more words",
    "''+cmd|' /C calc'!A0 and more",
    "@SUM(1+1) is no number at all",
    "-2+3+cmd and three more words",
    "\uff1d1+1 in the full width form",
    "a|b|c ## Row 2 - owner: me",
    "- owner: somebody else took it over",
    "## Row 9 is not a heading here",
    "[click here now](javascript:alert(1))",
    "`code` **bold** _under_ ~~struck~~ $x$",
    "back\\slash \\| \\\\ at the end \\",
    "comma, \"quote\" ; semicolon and tab",
    "<!-- board: star --> hidden in it",
    "{{ 7*7 }} ${7*7} %s {0} four",
    "'); DROP TABLE boards; -- four words",
    "Zażółć gęślą jaźń \U0001f680 \u4e2d\u6587 four",
    "]]> </svg><svg onload=alert(1)> words",
)  # fmt: skip


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("kind", list(KINDS))
def test_a_sound_board_comes_back_as_it_was(kind: str, form: Format) -> None:
    made = board(kind)
    found = read_board(f"board.{form}", write_board(made, form), kind=kind)
    assert (found.problems, found.notices, found.board) == ((), (), made)


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("kind", list(KINDS))
def test_its_kind_is_told_from_the_file(kind: str, form: Format) -> None:
    assert read_board("board", write_board(board(kind), form)).kind == kind


def tricked(trick: str, kind: str) -> list[dict[str, Any]]:
    """The sound rows with a trick in every cell of text."""
    fields = kind_of(kind).row.model_fields
    free = {name for name, field in fields.items() if field.annotation is str} - {
        "gain_unit",
        "risk_unit",
        "option",
    }
    rows: list[dict[str, Any]] = []
    for number, row in enumerate(SOUND[kind], 1):
        # Its number behind it: a risk or a phase must not stand twice.
        rows.append(row | dict.fromkeys(free, f"{trick} {number}"))
    return rows


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("kind", list(KINDS))
def test_a_trick_in_every_field_comes_back_as_text(kind: str, form: Format) -> None:
    for trick in TRICKS:
        made = board(kind, tricked(trick, kind))
        written = write_board(made, form)
        assert read_board(f"b.{form}", written, kind=kind).board == made, trick
        if form is Format.MARKDOWN:
            # Its own comment is the only markup in it.
            assert written.replace("\\<", "").count("<") == 1


def test_no_cell_of_a_csv_is_a_formula() -> None:
    for trick in TRICKS:
        for cells in csv.reader(
            io.StringIO(write_board(board("register", tricked(trick, "register")), Format.CSV))
        ):
            assert not [cell for cell in cells if cell[:1] in "=+-@\uff1d" and cell]


CELLS = st.text(
    alphabet=st.one_of(
        st.sampled_from(string.punctuation + " \t"),
        st.characters(exclude_categories=("Cs", "Cc", "Cf", "Cn", "Co")),
    ),
    max_size=30,
).map(lambda text: " ".join(f"some {text} words of risk today".split()))
ANY = st.one_of(CELLS, CELLS.map(lambda text: text.removeprefix("some ")))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "risk": ANY,
            "likelihood": st.sampled_from(list(Likelihood)),
            "impact": st.sampled_from(list(Impact)),
            "control": ANY,
            "owner": ANY,
            "checker": ANY,
            "trigger": ANY,
            "due": st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)).map(str),
        }
    ),
    min_size=1,
    max_size=2,
    unique_by=lambda row: row["risk"].casefold(),
)


@given(rows=ROWS)
@settings(max_examples=40, deadline=None)
def test_whatever_is_written_is_read_again(rows: list[dict[str, Any]]) -> None:
    made = board("register", rows)
    for form in Format:
        assert read_board(f"b.{form}", write_board(made, form)).board == made


@given(st.floats(-1e12, 1e12, allow_nan=False), st.floats(0, 1e12, allow_nan=False))
@settings(max_examples=50, deadline=None)
def test_numbers_come_back_exactly(gain: float, risk: float) -> None:
    row = SOUND["rav"][0] | {"gain": gain, "risk": risk}
    made = board("rav", [row])
    for form in Format:
        assert read_board(f"b.{form}", write_board(made, form)).board == made


@given(st.binary(max_size=300))
@settings(max_examples=40, deadline=None)
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for name in ("b.csv", "b.json", "b.md"):
        found = read_board(name, data, kind="matrix")
        assert found.problems or found.board


@pytest.mark.parametrize("kind", list(KINDS))
def test_an_empty_form_says_what_to_write(kind: str) -> None:
    form = empty_form(kind_of(kind), Format.MARKDOWN)
    for name in kind_of(kind).row.columns():
        assert f"> {name}" in form
        assert f"\n- {name}:" in form
    (problem,) = read_board("form.md", form).problems
    assert "no row is filled in" in problem.message
    assert json.loads(empty_form(kind_of(kind), Format.JSON))["kind"] == kind
    assert empty_form(kind_of(kind), Format.CSV).count("\r\n") == 2
