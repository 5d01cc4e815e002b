"""Ctrl+C, a closed terminal, a kill: what was answered is kept, and `--resume` goes on from there."""

import fcntl
import json
import os
import pty
import re
import select
import signal
import subprocess
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import COMMAND, NO_EMBEDDINGS, ROUND, run, surroundings

FOLLOWED_UP = "follow-up|pressed|the facts change|challenged|interrupted"
"""What stands above the next words, whatever the drawn seed and question make of the answer."""
FIRST = "We compare the score distribution with PSI every night and Dana owns the alert."
SECOND = "Above 0.25 the owner of the model has five days to explain it to the committee."


def _as_a_terminal_does() -> None:
    """Takes the terminal, and Ctrl+C even where a shell's background job is told to ignore it."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """The command line in a terminal of its own."""

    def __init__(self, *arguments: str, stdout: Path | None = None) -> None:
        self._ours, theirs = pty.openpty()
        self.said = ""
        out = theirs if stdout is None else os.open(stdout, os.O_WRONLY | os.O_CREAT)
        self.process = subprocess.Popen(
            [*COMMAND, *arguments],
            stdin=theirs,
            stdout=out,
            stderr=theirs,
            env=surroundings(NO_EMBEDDINGS),
            start_new_session=True,
            preexec_fn=_as_a_terminal_does,
        )
        for descriptor in {theirs, out}:
            os.close(descriptor)

    def expect(self, pattern: str, within_s: float = 60) -> str:
        """Reads until the pattern was said since last time; what stood before it is gone."""
        end = time.monotonic() + within_s
        while (found := re.search(pattern, self.said)) is None:
            assert time.monotonic() < end, f"{pattern!r} was not said: {self.said!r}"
            if select.select([self._ours], [], [], 0.2)[0]:
                try:
                    self.said += os.read(self._ours, 65_536).decode()
                except OSError:
                    assert re.search(pattern, self.said), (
                        f"ended without {pattern!r}: {self.said!r}"
                    )
        self.said = self.said[found.end() :]
        return found.group()

    def type(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
        os.close(self._ours)


@pytest.fixture
def terminals(home: Path) -> Iterator[Any]:
    opened: list[Terminal] = []

    def start(*arguments: str, **options: Any) -> Terminal:
        opened.append(Terminal(*arguments, **options))
        return opened[-1]

    yield start
    for terminal in opened:
        terminal.close()


def interview_in(terminal: Terminal) -> str:
    return terminal.expect(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def test_ctrl_c_prints_the_command_that_goes_on(terminals: Any) -> None:
    chat = terminals("chat", *ROUND)
    interview = interview_in(chat)
    chat.expect("question 1 of")
    chat.expect("> ")
    chat.type(FIRST + "\n\n")
    chat.expect(FOLLOWED_UP)
    chat.expect("> ")
    chat.type("half an ans\x03")
    chat.expect(f"interviewer chat --resume {interview}")
    assert chat.process.wait(10) == 130

    again = terminals("chat", "--resume", interview)
    again.expect("> ")
    again.type(SECOND + "\n\n")
    again.expect("> ")
    again.type("/end\n")
    again.expect("# |Risk and governance")
    assert again.process.wait(30) == 0
    card = run("report", interview, "--json", environment=NO_EMBEDDINGS).document
    assert card["questions"][0]["answers"][:2] == [FIRST, SECOND]
    assert card["over"] is True


@pytest.mark.slow
def test_after_a_kill_the_last_question_is_put_again_and_no_other(terminals: Any) -> None:
    chat = terminals("chat", *ROUND)
    interview = interview_in(chat)
    chat.expect("> ")
    chat.type(FIRST + "\n\n")
    chat.expect(FOLLOWED_UP)
    os.kill(chat.process.pid, signal.SIGKILL)
    before = run("report", interview, "--json", environment=NO_EMBEDDINGS).document

    again = terminals("chat", "--resume", interview)
    again.expect("> ")
    again.type("/end\n")
    assert again.process.wait(30) == 0
    card = run("report", interview, "--json", environment=NO_EMBEDDINGS).document
    assert before["over"] is False
    assert [question["answers"] for question in card["questions"]] == [[FIRST]]
    asked = [line["move"] for line in card["questions"][0]["transcript"]]
    assert asked.count("ask") == 1


@pytest.mark.slow
def test_with_json_a_person_sees_the_questions_and_the_document_stands_alone(
    terminals: Any, tmp_path: Path
) -> None:
    file = tmp_path / "card.json"
    chat = terminals("chat", *ROUND, "--json", stdout=file)
    interview = interview_in(chat)
    chat.expect("question 1 of")
    chat.expect("> ")
    chat.type("/end\n")
    assert chat.process.wait(30) == 0
    assert json.loads(file.read_text())["interview"] == interview


def test_lines_that_are_not_utf_8_are_left_out_and_said() -> None:
    stdin = b"caf\xe9\n" + FIRST.encode() + b"\n\n/end\n"
    ran = run("chat", *ROUND, stdin=stdin, environment=NO_EMBEDDINGS)
    assert ran.code == 0
    assert "not UTF-8" in ran.err
    assert "Traceback" not in ran.err


def test_an_answer_too_long_can_be_shortened_and_sent_again() -> None:
    stdin = ("word " * 5_000 + "\n\n" + FIRST + "\n\n/end\n").encode()
    ran = run("chat", *ROUND, stdin=stdin, environment=NO_EMBEDDINGS)
    assert ran.code == 0
    assert "20,000" in ran.err


def test_piped_answers_need_no_empty_line_at_the_end() -> None:
    ran = run("chat", *ROUND, stdin=FIRST, environment=NO_EMBEDDINGS)
    assert ran.code == 0
    interview = re.findall(r"Interview ([0-9a-f-]{36})", " ".join(ran.out.split()))[0]
    card = run("report", interview, "--json", environment=NO_EMBEDDINGS).document
    assert card["questions"][0]["answers"] == [FIRST]


@pytest.mark.slow
def test_answers_from_a_file_can_go_on_with_an_interview(terminals: Any, tmp_path: Path) -> None:
    chat = terminals("chat", *ROUND)
    interview = interview_in(chat)
    chat.expect("> ")
    chat.type("\x03")
    chat.process.wait(10)
    (tmp_path / "answers.txt").write_text(FIRST)
    arguments = ("chat", "--resume", interview, "--answers", tmp_path / "answers.txt", "--json")
    card = run(*arguments, environment=NO_EMBEDDINGS).document
    assert card["interview"] == interview
    assert card["questions"][0]["answers"] == [FIRST]
