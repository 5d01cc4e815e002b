"""Empty, huge, binary and unreadable answers: one line, and no interview left behind."""

import os
import sqlite3
from pathlib import Path

import pytest

from tests.cli.running import NO_EMBEDDINGS, ROUND, Ran, assert_refused, run

QUESTION = ("--question", "drift-monitoring-audit")
UNUSABLE = {
    "empty": (b" \n\t\n", "answer"),
    "fifty thousand words": (b"word " * 50_000, "20,000"),
    "binary": (bytes(range(256)) * 20, "UTF-8"),
    "nul": (b"We compare\0scores every night.", "binary"),
    "latin-1": ("caf\u00e9 au lait, every night".encode("latin-1"), "UTF-8"),
    "utf-16": ("We compare scores every night.".encode("utf-16"), "UTF-8"),
}
unusable = pytest.mark.parametrize(("content", "word"), UNUSABLE.values(), ids=UNUSABLE)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answer.txt"


def chat(file: Path, *more: str) -> Ran:
    return run("chat", *ROUND, "--answers", file, *more)


@unusable
def test_a_critique_of_it_is_refused(file: Path, content: bytes, word: str) -> None:
    file.write_bytes(content)
    assert_refused(run("critique", file, *QUESTION), 2, word)


@pytest.mark.parametrize("kind", ["empty", "binary"])
def test_a_critique_of_it_on_standard_input_is_refused(kind: str) -> None:
    content, word = UNUSABLE[kind]
    assert_refused(run("critique", "-", *QUESTION, "--json", stdin=content), 2, word)


@pytest.mark.parametrize("kind", ["empty", "fifty thousand words", "nul"])
def test_a_round_with_it_does_not_begin(tmp_path: Path, file: Path, kind: str) -> None:
    content, word = UNUSABLE[kind]
    file.write_bytes(content)
    assert_refused(chat(file), 2, word, str(file))
    assert not (tmp_path / "home" / "interviewer.db").exists()


def test_a_round_names_which_of_its_answers_is_too_long(file: Path) -> None:
    file.write_text("One.\n---\nTwo.\n---\n" + "word " * 5_000)
    assert_refused(chat(file, "--json"), 2, "answer 3", "20,000")


def test_no_interview_is_left_behind_by_a_file_that_cannot_be_used(home: Path, file: Path) -> None:
    file.write_text("One answer.\n---\n" + "word " * 5_000)
    run("report", "nobody")  # makes the database
    chat(file)
    with sqlite3.connect(home / "interviewer.db") as database:
        assert database.execute("SELECT count(*) FROM interviews").fetchone() == (0,)
    database.close()


@pytest.mark.parametrize("command", ["critique", "chat"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, command: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for path in (folder, tmp_path / "missing.txt", tmp_path / "answers\udcff.txt"):
        name = os.fsencode(path).decode("utf-8", "backslashreplace")
        ran = run("critique", path, *QUESTION) if command == "critique" else chat(path)
        assert_refused(ran, 2, "cannot read")
        assert name.rpartition("/")[2][:7] in ran.err


def test_an_answer_at_the_limit_is_taken(file: Path) -> None:
    sentence = "We compare the score distribution every night with PSI. "
    file.write_text((sentence * 400)[:20_000])
    ran = run("critique", file, *QUESTION, "--json", environment=NO_EMBEDDINGS)
    assert ran.code == 0, ran.err
    assert len(ran.document["answers"][0]) == 20_000


def test_a_byte_order_mark_is_no_part_of_the_answer(file: Path) -> None:
    file.write_bytes("\ufeffWe compare scores nightly with PSI.".encode())
    ran = run("critique", file, *QUESTION, "--json", environment=NO_EMBEDDINGS)
    assert ran.document["answers"] == ["We compare scores nightly with PSI."]
