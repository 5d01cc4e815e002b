"""`loop --answers`: every round, the debrief, a kill in between, and files that do not fit."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from interviewer.bootstrap import catalog
from interviewer.cli.loop_answers import read_loop_answers
from interviewer.errors import InputError
from tests.cli.running import COMMAND, NO_EMBEDDINGS, assert_refused, run, surroundings

TRACK = "jpmorgan-ai-pm"
ROUNDS = [round_.id for round_ in catalog().tracks[TRACK].rounds]
SHORT = "We compare the score distribution with PSI every night and Dana owns the alert."
"""Short answers are for whatever was asked last, so that the file needs no fitting."""


def answers_file(folder: Path, text: str) -> Path:
    file = folder / "answers.txt"
    file.write_text(text)
    return file


def by_round(rounds: list[str] = ROUNDS, each: int = 1) -> str:
    return "\n".join(
        f"=== {name}\n" + "\n---\n".join(f"{SHORT} {name} {n}." for n in range(each))
        for name in rounds
    )


@pytest.mark.slow
def test_a_loop_runs_unattended_and_its_debrief_is_one_document(tmp_path: Path) -> None:
    file = answers_file(tmp_path, by_round(each=2))
    ran = run("loop", "--track", TRACK, "--answers", file, "--json", environment=NO_EMBEDDINGS)
    assert ran.code == 0, ran.err
    findings = ran.document["findings"]
    assert [r["state"] for r in findings["rounds"]] == ["over"] * len(ROUNDS)
    assert findings["decision"] == "no-hire"
    loop_id = ran.document["loop"]

    page = tmp_path / "debrief.html"
    written = run("report", loop_id, "--format", "html", "--out", page, environment=NO_EMBEDDINGS)
    assert (written.code, written.out) == (0, "")
    assert page.read_text().startswith("<!doctype html>")
    document = run("report", loop_id, "--json", environment=NO_EMBEDDINGS).document
    assert [r["round"] for r in document["rounds"]] == ROUNDS
    assert document["debrief"]["findings"] == findings
    text = run("report", loop_id, "--debrief", environment=NO_EMBEDDINGS).out
    assert text.startswith("# Debrief")
    assert text.count("\n# ") == 0
    interview = document["rounds"][0]["interview"]
    assert_refused(run("report", interview, "--debrief", environment=NO_EMBEDDINGS), 2, "no loop")


@pytest.mark.slow
def test_a_killed_loop_goes_on_with_the_same_file_and_repeats_nothing(tmp_path: Path) -> None:
    file = answers_file(tmp_path, by_round(each=3))
    process = subprocess.Popen(
        [*COMMAND, "loop", "--track", TRACK, "--answers", str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=surroundings(NO_EMBEDDINGS | {"PYTHONUNBUFFERED": "1"}),
        text=True,
    )
    assert process.stdout is not None
    said, end = "", time.monotonic() + 60
    while said.count("  > ") < 5:  # somewhere in the second round
        assert time.monotonic() < end, said
        said += process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    loop_id = re.findall(r"Loop ([0-9a-f-]{36})", " ".join(said.split()))[0]

    ran = run("loop", "--resume", loop_id, "--answers", file, "--json", environment=NO_EMBEDDINGS)
    assert ran.code == 0, ran.err
    report = run("report", loop_id, "--json", environment=NO_EMBEDDINGS).document
    for played in report["rounds"]:
        answers = [a for question in played["questions"] for a in question["answers"]]
        assert answers == [f"{SHORT} {played['round']} {n}." for n in range(3)]
        asked = [question["question"] for question in played["questions"]]
        assert len(set(asked)) == len(asked)


@pytest.mark.slow
def test_answers_that_run_out_leave_the_round_open_and_say_how_to_go_on(tmp_path: Path) -> None:
    file = answers_file(tmp_path, f"{SHORT} 1.\n---\n{SHORT} 2.")
    ran = run("loop", "--track", TRACK, "--answers", file, environment=NO_EMBEDDINGS)
    assert ran.code == 0
    assert "ran out in" in ran.err
    assert "interviewer loop --resume" in ran.err
    assert "withheld" in ran.out
    assert "not finished" in ran.out


@pytest.mark.slow
def test_answers_left_over_are_counted(tmp_path: Path) -> None:
    text = by_round() + "\n---\n" + "\n---\n".join([SHORT] * 60)
    file = answers_file(tmp_path, text)
    ran = run("loop", "--track", TRACK, "--answers", file, environment=NO_EMBEDDINGS)
    assert ran.code == 0
    assert re.search(r"\d+ of the file's answers were not needed", ran.err)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("=== nowhere\nan answer", ("nowhere", ROUNDS[0])),
        (f"an answer\n=== {ROUNDS[0]}\nan answer", ("before the first line",)),
        (f"=== {ROUNDS[0]}\na\n=== {ROUNDS[0]}\nb", ("twice",)),
        (f"=== {ROUNDS[0]}\n", ("no answers",)),
        ("", ("no answers",)),
    ],
)
def test_a_file_that_does_not_fit_the_loop_is_refused(
    tmp_path: Path, text: str, words: tuple[str, ...]
) -> None:
    with pytest.raises(InputError) as refused:
        read_loop_answers(answers_file(tmp_path, text), ROUNDS)
    assert all(word in str(refused.value) for word in words)


def test_unknown_ids_and_files_that_do_not_fit_are_one_line() -> None:
    file = Path.cwd() / "answers.txt"
    file.write_text("=== nowhere\nan answer")
    assert_refused(run("loop", "--track", TRACK, "--answers", file), 2, "nowhere", ROUNDS[0])
    assert_refused(run("loop", "--resume", "nothing"), 2, "there is no loop 'nothing'")
    assert_refused(run("loop"), 2, "--track", "--resume")
    assert_refused(run("report", "nothing"), 2, "there is no interview 'nothing'")


def test_a_person_may_stop_between_rounds() -> None:
    ran = run("loop", "--track", TRACK, stdin="\n/end\n/stop\n", environment=NO_EMBEDDINGS)
    assert ran.code == 0
    assert "Next: Recruiter screen" in " ".join(ran.out.split())
    assert "Next: ML fundamentals" in " ".join(ran.out.split())
    assert "interviewer loop --resume" in ran.err
    assert "Debrief" not in ran.out
