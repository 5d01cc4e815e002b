import pytest

from interviewer.workbench.boards.findings_of import findings_of
from interviewer.workbench.boards.incoming import Format
from interviewer.workbench.boards.reading import MOST_BYTES, MOST_PROBLEMS, read_board
from interviewer.workbench.boards.writing import write_board
from tests.boards.samples import board, changed

HEAD = "risk,likelihood,impact,control\n"
ROW = "A pattern changes and losses rise,likely,major,\n"


def refused(text: str | bytes, name: str = "m.csv", kind: str | None = "matrix") -> str:
    found = read_board(name, text, kind=kind)
    assert found.board is None
    return str(found.problems[0])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "m.csv:1: -: is empty"),
        ("risk,impact\n", "m.csv:1: -: the column likelihood is missing; needed are risk,"),
        ("risk,colour\n", "m.csv:1: -: unknown column 'colour'; columns are risk,"),
        ("risk,risk,likelihood,impact\n", "m.csv:1: -: the column 'risk' stands twice"),
        (HEAD, "there is no row in it"),
        (f"{HEAD}{ROW}A,b,c,d,e\n", "m.csv:3: -: has 5 cells under 4 columns"),
        (f"{HEAD}\n{ROW}\nA pattern that is new today,often,major,\n",
         "m.csv:5: likelihood: row 2: 'often' is not on the scale"),
        (f'{HEAD}"never closed', "is not CSV"),
        (b"\xff\xfer\0", "is UTF-16: save it as UTF-8"),
        (f"{HEAD}\n".encode() + b"caf\xe9", "m.csv:3: -: is not UTF-8 text (byte 0xe9)"),
        ("risk\n\0", "m.csv:2: -: holds a zero byte"),
        (b"x" * (MOST_BYTES + 1), "is over 1,000,000 bytes"),
        ("x" * (MOST_BYTES + 1), "is over 1,000,000 bytes"),
    ],
)  # fmt: skip
def test_a_csv_is_refused_with_line_and_field(text: str | bytes, says: str) -> None:
    assert says in refused(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "m.json:1: -: is not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("3", "is neither a list of rows nor"),
        ("[3]", "row 1 is not an object"),
        ('{"kind": "star", "rows": []}', "it is a 'star', not a 'matrix'"),
        ('[{"risk": "a b c d", "likelihood": 1, "impact": {}}]', "impact: row 1: "),
        ('[{"risk": "a \\ud800 b c d", "likelihood": 1, "impact": 1}]', "risk: row 1: it holds"),
        ('[{"likelihood": 1, "impact": 1}]', "risk: row 1: it is missing. Write cause, event"),
    ],
)
def test_a_json_is_refused_with_row_and_field(text: str, says: str) -> None:
    assert says in refused(text, "m.json")


def test_a_form_is_refused_with_the_line_of_the_field() -> None:
    form = (
        "## Row 1\n\n- risk: A pattern changes and losses rise\n- likelihood: often\n- impact: 2\n"
    )
    assert refused(form, "m.md").startswith("m.md:4: likelihood: row 1: 'often' is not on")
    assert "is no line `- column: value`" in refused(f"{form}and so on\n", "m.md")
    assert "m.md:6: impact: stands twice" in refused(f"{form}- impact: 3\n", "m.md")


def test_a_cell_of_a_form_goes_on_in_an_indented_line() -> None:
    form = "## Row 1\n- risk: A pattern\n  changes and losses rise\n- likelihood: 4\n- impact: 2\n"
    found = read_board("m.md", form, kind="matrix")
    assert found.board is not None
    assert found.board.rows[0].risk == "A pattern changes and losses rise"


def test_a_formula_is_text_and_the_candidate_is_told() -> None:
    found = read_board("m.csv", f'{HEAD}"=HYPERLINK(""x"",""a b c d"")",likely,major,\n')
    assert found.notices == ("m.csv:2: risk: kept as text; no formula is calculated",)
    assert found.board is not None
    assert "\"'=HYPERLINK" in write_board(found.board, Format.CSV)


def test_it_reads_what_spreadsheets_write() -> None:
    text = f"\ufeff{HEAD}{ROW}".replace(",", ";").replace("\n", "\r\n").encode()
    assert read_board("m.csv", text).board is not None


def test_a_board_that_is_none_of_them_must_be_named() -> None:
    assert "which board is this? Say it with the kind: matrix," in refused("a,b\n", kind=None)


def test_it_lists_no_more_than_can_be_corrected_at_once() -> None:
    text = HEAD + ROW.replace("likely", "often") * 60
    assert len(read_board("m.csv", text).problems) == MOST_PROBLEMS


@pytest.mark.parametrize("form", list(Format))
def test_a_board_is_found_in_a_fenced_block_of_an_answer(form: Format) -> None:
    block = write_board(board("register", changed("register", 1, owner="")), form)
    answer = f"Here is my register.\n\n```{form}\n{block}```\n\nI would begin with row one."
    found = findings_of("register", answer)
    assert [finding.kind for finding in found.findings] == ["high-risk-without-owner"]


def test_an_answer_without_a_board_gives_problems_and_no_findings() -> None:
    found = findings_of("register", "I would rather talk about it.")
    assert found.findings == ()
    assert found.read.problems
