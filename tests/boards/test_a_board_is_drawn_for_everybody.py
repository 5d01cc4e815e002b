from xml.etree import ElementTree as Tree

import pytest

from interviewer.domain.artefacts.kinds import KINDS
from interviewer.workbench.boards.drawing import drawn
from tests.boards.samples import BEFORE, SOUND, board, changed
from tests.boards.test_a_board_survives_every_format import TRICKS, tricked

SVG = "{http://www.w3.org/2000/svg}"
DRAWN_WITH = {"svg", "title", "desc", "text", "rect", "line", "circle", "polygon"}


def texts(markup: str) -> str:
    return " ".join(Tree.fromstring(markup).itertext())


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_picture_has_a_title_and_says_in_words_what_it_shows(kind: str) -> None:
    root = Tree.fromstring(drawn(board(kind), "b"))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "b-t b-d"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text == KINDS[kind].title
    assert desc is not None
    assert len((desc.text or "").split()) > 15


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_picture_has_no_colour_of_its_own(kind: str) -> None:
    for element in Tree.fromstring(drawn(board(kind))).iter():
        for name in ("fill", "stroke", "color"):
            assert element.get(name) in (None, "none", "currentColor")


@pytest.mark.parametrize("kind", list(KINDS))
def test_words_of_a_candidate_never_become_markup(kind: str) -> None:
    for trick in TRICKS:
        markup = drawn(board(kind, tricked(trick, kind)))
        root = Tree.fromstring(markup)
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= DRAWN_WITH
        assert not [name for e in root.iter() for name in e.attrib if name.startswith("on")]
        assert "<script" not in markup
        assert "<img" not in markup


@pytest.mark.parametrize("kind", list(KINDS))
def test_everything_stays_inside_the_picture(kind: str) -> None:
    rows = [dict(row) for row in SOUND[kind]]
    text = {name: f.annotation for name, f in KINDS[kind].row.model_fields.items()}
    for number, row in enumerate(rows):
        for name in row:
            if text[name] is str and name not in ("option", "gain_unit", "risk_unit"):
                row[name] = f"{number} " + "Unbreakable" * 60 + " and some words"
    root = Tree.fromstring(drawn(board(kind, rows)))
    _, _, width, height = map(float, (root.get("viewBox") or "").split())
    for element in root.iter(f"{SVG}text"):
        assert 0 <= float(element.get("x", "")) <= width
        assert 0 <= float(element.get("y", "")) <= height


def test_a_gap_is_seen() -> None:
    assert "none named" in texts(drawn(board("register", changed("register", 1, owner=""))))
    assert "not rated" in texts(
        drawn(board("matrix", changed("matrix", 2, residual_likelihood="", residual_impact="")))
    )


def test_marks_that_find_no_room_are_counted() -> None:
    row = SOUND["matrix"][0]
    rows = [row | {"risk": f"{row['risk']} {number}"} for number in range(15)]
    assert texts(drawn(board("matrix", rows))).count("and 3 more") == 2


@pytest.mark.parametrize(
    "values", [(0, 0), (1e12, 1e12), (-1e12, 0), (5e-324, 5e-324), (1e-10, 1e12), (0.3, 0.1)]
)
def test_axes_reach_around_every_value(values: tuple[float, float]) -> None:
    row = BEFORE | {"option": "Only", "gain": values[0], "risk": values[1]}
    for element in Tree.fromstring(drawn(board("rav", [row]))).iter():
        for name in ("x", "y", "cx", "cy", "x1", "x2", "y1", "y2"):
            assert 0 <= float(element.get(name, 0)) <= 960


@pytest.mark.parametrize("ends", ["2026-09-01", "2099-12-31"])
def test_a_plan_of_any_length_has_readable_months(ends: str) -> None:
    rows = [SOUND["go-to-market"][0] | {"starts": "2026-09-01", "ends": ends}]
    assert drawn(board("go-to-market", rows)).count(" 20") < 60


def test_a_name_that_is_no_id_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be an id"):
        drawn(board("matrix"), '"><script>')
