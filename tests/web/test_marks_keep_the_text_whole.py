"""Marks in an answer: whatever they overlap, the text stays as it was."""

from hypothesis import given
from hypothesis import strategies as st

from interviewer.web.marked import Mark, pieces
from interviewer.web.people import initials

NUMBER = st.integers(-5, 40)
MARKS = st.lists(
    st.builds(Mark, start=NUMBER, end=NUMBER, name=st.sampled_from("abc"), tone=st.just("yes"))
)


@given(st.text(max_size=30), MARKS)
def test_the_pieces_joined_are_the_text(text: str, marks: list[Mark]) -> None:
    cut = list(pieces(text, marks))
    assert "".join(piece.text for piece in cut) == text
    for mark in marks:
        if 0 <= mark.start < mark.end <= len(text):
            under = "".join(piece.text for piece in cut if mark in piece.marks)
            # The same mark twice covers the same place once.
            assert under == text[mark.start : mark.end]


def test_a_mark_outside_the_text_marks_nothing() -> None:
    assert [piece.marks for piece in pieces("abc", [Mark(2, 9, "x", "yes")])] == [()]


def test_initials_are_of_the_first_and_the_last_name() -> None:
    assert initials("Winifred Osei-Hartmann") == "WO"
    assert initials("Cher") == "C"
