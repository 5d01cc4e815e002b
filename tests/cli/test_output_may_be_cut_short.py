"""Whoever reads the output may stop: no traceback, no complaint."""

import subprocess

import pytest

from tests.cli.running import COMMAND, surroundings


@pytest.mark.parametrize("arguments", [["questions", "--json"], ["tracks"]], ids=["long", "short"])
def test_a_reader_that_stops_early_is_no_error_worth_a_word(arguments: list[str]) -> None:
    with subprocess.Popen(
        [*COMMAND, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        if arguments != ["tracks"]:
            assert process.stdout.readline()
        process.stdout.close()
        complaint = process.stderr.read().decode()
        assert process.wait(30) == 1
    assert complaint == ""
