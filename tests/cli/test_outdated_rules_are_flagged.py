"""Whoever cites SR 11-7 as current is told what replaced it, when, and where that is written."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import NO_EMBEDDINGS, ROUND, run

CURRENT = (
    "Our committee follows SR 11-7 to the letter: every model is validated before use, the "
    "validators report to me, and each score is compared with its outcome once a quarter."
)
HISTORY = (
    "We rebuilt the procedure after SR 26-2 replaced SR 11-7 in April 2026: every model is "
    "validated before use, and each score is compared with its outcome once a quarter."
)


def critique(answer: str) -> Any:
    question = ("--question", "drift-monitoring-audit")
    ran = run("critique", *question, "--json", stdin=answer, environment=NO_EMBEDDINGS)
    assert ran.code == 0, ran.err
    return ran.document


def test_it_is_flagged_with_successor_date_and_citation() -> None:
    found = critique(CURRENT)
    (flag,) = found["currency"]
    assert flag["cited"] == "SR 11-7"
    assert flag["status"] == "superseded"
    assert (flag["superseded_by"], flag["on"]) == ("sr-26-2", "2026-04-17")
    assert flag["acknowledged"] is False
    assert flag["citation"].startswith("sr-26-2#")
    assert CURRENT[flag["start"] : flag["end"]] == flag["quote"]
    assert "SR 11-7" in flag["quote"]


def test_the_next_probe_asks_about_it() -> None:
    assert "SR 11-7" in critique(CURRENT)["next_probe"]["reason"]


@pytest.mark.parametrize("name", ["sr 11\u20117", "OCC Bulletin 2011-12"])
def test_it_is_recognised_however_it_is_written(name: str) -> None:
    (flag,) = critique(CURRENT.replace("SR 11-7", name))["currency"]
    assert flag["superseded_by"] == "sr-26-2"


def test_who_knows_that_it_is_history_is_not_corrected() -> None:
    assert all(flag["acknowledged"] for flag in critique(HISTORY)["currency"])


def test_in_a_round_it_is_challenged(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "answers.txt"
    file.write_text(CURRENT)
    ran = run("chat", *ROUND, "--answers", file, "--json", environment=NO_EMBEDDINGS)
    first = ran.document["questions"][0]
    (challenge,) = [line for line in first["transcript"] if line["move"] == "challenge"]
    assert "2026-04-17" in challenge["reason"]
    assert "SR 11-7" in challenge["text"]
    assert first["currency"][0]["superseded_by"] == "sr-26-2"


def test_for_people_the_report_says_so_in_words(home: Path) -> None:
    question = ("--question", "drift-monitoring-audit")
    ran = run("critique", *question, stdin=CURRENT, environment=NO_EMBEDDINGS)
    assert "Out of date" in ran.out
    assert "2026-04-17" in ran.out
    assert "sr-26-2" in ran.out
