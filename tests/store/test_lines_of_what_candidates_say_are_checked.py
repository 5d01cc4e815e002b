"""A file under seeds/said says what is wrong with it, and is then left out."""

from pathlib import Path

import pytest

from interviewer.paths import shipped
from interviewer.store.said_files import LEAST, read_said
from tests.builders import POINT_IDS, a_question

QUESTIONS = {"drift": a_question()}


def a_file(tmp_path: Path, text: str, name: str = "drift") -> Path:
    folder = tmp_path / "seeds"
    (folder / "said").mkdir(parents=True)
    (folder / "said" / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def good() -> str:
    return "\n\n".join(
        "\n".join(
            [f"## {point}"]
            + [
                f"{mark} This is line {n} that is said about {point} after {mark}."
                for mark, wanted in LEAST.items()
                for n in range(wanted)
            ]
        )
        for point in POINT_IDS
    )


def test_lines_are_kept_by_question_point_and_worth(tmp_path: Path) -> None:
    found, problems = read_said(a_file(tmp_path, good()), QUESTIONS)
    assert problems == []
    owner = found["drift"]["owner"]
    assert (len(owner.makes), len(owner.partly), len(owner.misses)) == tuple(LEAST.values())
    assert owner.misses[0] == "This is line 0 that is said about owner after -."


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("## owner", "## ownership", ":28: ownership: the question has no such point"),
        ("+ This is line 0 that is said about owner", "~ This is line 9 that is said about owner",
         "owner: has 5 +, 3 ~, 3 -; wanted are at least 6 +, 2 ~, 3 -"),
        ("line 1 that is said about cost after +", "line 0 that is said about cost after +",
         "stands in line"),
        ("+ This is line 0 that is said about cost after +.", "+ Cost.", "has 1 words"),
        ("## cost", "cost", "is neither '## point' nor a line"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_line_and_point(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in good()
    found, problems = read_said(a_file(tmp_path, good().replace(old, new, 1)), QUESTIONS)
    assert says in "\n".join(map(str, problems))
    assert found == {}


def test_a_file_of_no_question_is_reported(tmp_path: Path) -> None:
    found, problems = read_said(a_file(tmp_path, good(), "drifting"), QUESTIONS)
    assert [str(one) for one in problems] == [
        "seeds/said/drifting.txt:1: -: there is no question 'drifting'"
    ]
    assert found == {}


def test_a_bank_without_such_files_is_whole(tmp_path: Path) -> None:
    assert read_said(tmp_path, QUESTIONS) == ({}, [])


def test_the_lines_that_ship_are_for_candidates_to_be_read_by_not_to_read() -> None:
    """They stand in no page, prompt or answer of the API: only the reader opens the folder."""
    package = shipped("seeds").parent / "interviewer"
    users = {
        path.relative_to(package).parts[0]
        for path in package.rglob("*.py")
        if "catalog.said" in path.read_text(encoding="utf-8")
    }
    assert users == {"bootstrap"}
