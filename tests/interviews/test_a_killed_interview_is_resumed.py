"""A process killed at any moment loses no acknowledged answer; the next one goes on from the log."""

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from interviewer.domain.interview import replay
from interviewer.store.engine import Database
from tests.interviews.interviewee import QUESTIONS, act_text
from tests.interviews.parts import (
    OWNER,
    a_conductor,
    answers_in,
    asked_in,
    events_of,
    graded_in,
    short_questions,
)

PROGRAM = Path(__file__).with_name("interviewee.py")
ROOT = Path(__file__).parents[2]
LEAST_KILLS = 10

pytestmark = pytest.mark.slow


class Interviewee:
    """A child that conducts, and how to kill it."""

    def __init__(self, program: "subprocess.Popen[str]") -> None:
        self._program = program

    def start(self) -> None:
        """Starts another child."""
        self._write()
        word, pid = self.line().split()
        assert word == "pid"
        self.pid = int(pid)

    def line(self) -> str:
        """The next line, without its end."""
        assert self._program.stdout is not None
        line = self._program.stdout.readline()
        assert line, f"the program ended: {self._program.poll()}"
        return line.rstrip("\n")

    def kill(self) -> list[str]:
        """Kills the child; gives what it had still said."""
        with suppress(ProcessLookupError):  # it may have come to its end a moment ago
            os.kill(self.pid, signal.SIGKILL)
        rest = []
        while (line := self.line()) != "gone":
            rest.append(line)
        return rest

    def _write(self) -> None:
        assert self._program.stdin is not None
        self._program.stdin.write("go on\n")
        self._program.stdin.flush()


@contextmanager
def an_interviewee(url: str, interview_id: str, engine: str) -> Iterator[Interviewee]:
    with subprocess.Popen(
        [sys.executable, str(PROGRAM), url, interview_id, engine],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as program:
        yield Interviewee(program)
        assert program.stdin is not None
        program.stdin.close()


@pytest.mark.parametrize(("engine", "seed"), [("offline", 1), ("model", 2)])
async def test_it_goes_on_where_it_was(url: str, engine: str, seed: int) -> None:
    catalog = short_questions(*QUESTIONS, follow_ups=1)
    async with Database(url) as database:
        interview_id = await a_conductor(database, catalog=catalog).start(
            "bank", "risk", owner=OWNER, seed=seed
        )
    choice = random.Random(seed)
    stored, replied, kills, is_over = 0, 0, 0, False
    with an_interviewee(url, interview_id, engine) as interviewee:
        while not is_over:
            interviewee.start()
            heard: list[str] = []
            for _ in range(choice.choice([0, 0, 1, 1, 2, 3])):
                heard.append(interviewee.line())
                if heard[-1] == "over":
                    break
            await asyncio.sleep(choice.choice([0, 0.001, 0.004, 0.01, 0.03]))
            heard += interviewee.kill()
            kills += 1
            is_over = "over" in heard
            for line in heard:
                word, _, number = line.partition(" ")
                stored = max(stored, int(number)) if word == "stored" else stored
                replied = max(replied, int(number)) if word == "turn" else replied
            async with Database(url) as database:
                _check(await events_of(database, interview_id), stored, replied)
            assert kills < 300, "it does not get on"
    assert kills > LEAST_KILLS

    async with Database(url) as database:
        events = await events_of(database, interview_id)
    assert sorted(asked_in(events)) == sorted(graded_in(events)) == sorted(QUESTIONS)
    assert replay(events).ungraded == ()


def _check(events: list[Any], stored: int, replied: int) -> None:
    """After any kill: the log is whole, and holds what the candidate was told is in it."""
    interview = replay(events)  # raises if anything was done twice
    acts = [turn for e in interview.exchanges for turn in e.turns if turn.speaker == "candidate"]
    said = [None if turn.passed else turn.text for turn in acts]
    assert said == [act_text(number) for number in range(1, len(acts) + 1)]
    assert len(acts) >= stored >= replied
    assert answers_in(events) == [text for text in said if text is not None]
    assert len(asked_in(events)) == len(set(asked_in(events)))
    assert len(graded_in(events)) == len(set(graded_in(events)))
    turns = [turn for e in interview.exchanges for turn in e.turns if turn.speaker == "interviewer"]
    replies = max(0, len(turns) - 1) + interview.is_over
    assert replies >= replied, "what was shown is in the log"


async def test_two_processes_that_conduct_one_interview_take_each_turn_once(url: str) -> None:
    catalog = short_questions(*QUESTIONS, follow_ups=1)
    async with Database(url) as database:
        interview_id = await a_conductor(database, catalog=catalog).start(
            "bank", "risk", owner=OWNER, seed=3
        )
    with (
        an_interviewee(url, interview_id, "model") as one,
        an_interviewee(url, interview_id, "model") as two,
    ):
        one.start()
        two.start()
        for process in (one, two):
            while process.line() != "gone":
                pass
    async with Database(url) as database:
        conductor = a_conductor(database, catalog=catalog)
        interview = await conductor.graded(interview_id, owner=OWNER)
        events = await events_of(database, interview_id)
    assert interview.is_over
    assert sorted(asked_in(events)) == sorted(graded_in(events)) == sorted(QUESTIONS)
    assert len(answers_in(events)) == len(set(answers_in(events)))
