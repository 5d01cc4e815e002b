"""An Anki deck: one note for each point, found again by question and point, nothing live in it."""

import sqlite3
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

from interviewer.domain.question import Question
from interviewer.practice.anki import note_guid, write_deck
from tests.builders import a_point, a_question


class Shown(NamedTuple):
    title: str = "SR 26-2"
    section: str = "Monitoring"
    status: str = "in_force"


PASSAGES = {"sr-26-2#monitoring": Shown()}


def notes(file: Path, folder: Path) -> dict[str, str]:
    """By GUID: the fields of each note."""
    with zipfile.ZipFile(file) as package:
        package.extract("collection.anki2", folder)
    with sqlite3.connect(folder / "collection.anki2") as collection:
        return dict(collection.execute("SELECT guid, flds FROM notes"))


def a_deck(folder: Path, *questions: Question) -> dict[str, str]:
    file = folder / "deck.apkg"
    assert write_deck(file, questions, PASSAGES, 1_800_000_000.0) == sum(
        len(q.points) for q in questions
    )
    assert [p.name for p in folder.iterdir() if p.suffix == ".part"] == []
    return notes(file, folder)


def test_each_point_is_a_note_with_its_source(tmp_path: Path) -> None:
    found = a_deck(tmp_path, a_question())
    assert set(found) == {note_guid("drift", p.id) for p in a_question().points}
    fields = found[note_guid("drift", "owner")]
    assert "Names who owns the alert" in fields
    assert "SR 26-2: Monitoring (in force) [sr-26-2#monitoring]" in fields


def test_a_later_export_updates_the_same_notes(tmp_path: Path) -> None:
    changed = a_question(points=tuple(a_point(p.id, weight=3, counts=("Said anew.", "Or so.")) for p in a_question().points))  # fmt: skip
    assert set(a_deck(tmp_path, a_question())) == set(a_deck(tmp_path, changed))


def test_the_guid_never_changes(tmp_path: Path) -> None:
    """A new scheme would make every card in somebody's collection twice."""
    assert note_guid("drift-monitoring-audit", "limits-with-a-reason") == "k{bb_>mR08"


def test_two_questions_may_share_a_point_s_name(tmp_path: Path) -> None:
    assert len(a_deck(tmp_path, a_question("drift"), a_question("limits"))) == 10


def test_text_of_an_imported_question_is_text(tmp_path: Path) -> None:
    hostile = '<script>alert(1)</script> {{Back}} [sound:x.mp3] & "more" to ask here?'
    found = a_deck(tmp_path, a_question(text=hostile, points=(a_point(passages=()),)))
    (fields,) = found.values()
    assert "<script" not in fields
    assert "{{" not in fields
    assert "[sound:" not in fields
    assert "&lt;script&gt;" in fields


def test_a_folder_that_is_not_there_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="absent"):
        write_deck(tmp_path / "absent" / "deck.apkg", [a_question()], PASSAGES, 0.0)
    assert list(tmp_path.iterdir()) == []
