"""A process killed between two bytes leaves a log that reads back, acknowledged events included."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interviewer.store.engine import Database
from interviewer.store.event_log import EventLog

APPENDER = Path(__file__).with_name("appender.py")


@pytest.mark.slow
@pytest.mark.parametrize("enough", [3, 40])
async def test_every_acknowledged_append_survives_kill_9(
    url: str, log_on: Callable[[Database], EventLog[Any]], said: Callable[..., Any], enough: int
) -> None:
    acknowledged = _append_until_killed(url, "doomed", enough)

    async with Database(url) as database:
        log = log_on(database)
        stored = await log.load("doomed", owner="ada")
        assert len(stored) >= acknowledged >= enough
        assert [s.seq for s in stored] == list(range(1, len(stored) + 1))
        assert [int(s.event.text.split()[0]) for s in stored] == [s.seq for s in stored]
        assert all(len(s.event.text) > 800 for s in stored)
        assert await log.append("doomed", [said("on")], len(stored), owner="ada") > acknowledged


def _append_until_killed(url: str, interview: str, enough: int) -> int:
    """Kills the writer while it is busy; gives the last number it said was stored."""
    with subprocess.Popen(
        [sys.executable, str(APPENDER), url, interview], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(enough)]
        writer.kill()
        # A line this short reaches a pipe whole or not at all.
        lines += writer.stdout.readlines()
    assert writer.returncode == -signal.SIGKILL, "the writer died by itself"
    return int(lines[-1])
