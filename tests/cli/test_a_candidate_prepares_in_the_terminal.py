"""`readiness`, `plan` and `quiz`: with files, as JSON, in a terminal, and with input that cannot be used."""

import json
from pathlib import Path

import pytest

from tests.cli.running import assert_refused, run


def test_a_blank_form_filled_in_becomes_a_result_that_can_be_kept(tmp_path: Path) -> None:
    form = run("readiness", "--blank").document
    assert len(form["answers"]) == 10
    assert all(len(checks) == 3 for checks in form["answers"].values())
    form["answers"]["honest-measurement"] = dict.fromkeys(
        form["answers"]["honest-measurement"], "no"
    )
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(form), encoding="utf-8")
    kept = tmp_path / "result.md"
    ran = run(
        "readiness", "--answers", answers, "--track", "jpmorgan-ai-pm", "--out", kept, "--json"
    )
    document = ran.document
    assert document["score"] == 0
    assert {p["track"] for step in document["plan"] for p in step["practise"]} == {"jpmorgan-ai-pm"}
    assert "## Study plan" in kept.read_text(encoding="utf-8")


def test_a_plan_writes_a_calendar_file_and_json(tmp_path: Path) -> None:
    calendar = tmp_path / "interviews.ics"
    ran = run("plan", "--applied", "2026-12-01", "--reschedule", "--ics", calendar, "--json")
    assert ran.document["steps"][-2]["latest"] == "2027-02-09"
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_a_quiz_as_json_can_be_answered_and_marked(tmp_path: Path) -> None:
    sheet = run("quiz", "-n", "4", "--seed", "3", "--topic", "regulation", "--json").document
    assert len(sheet["items"]) == 4
    answers = tmp_path / "answers.json"
    given = {item["id"]: item["right"] for item in sheet["items"][1:]}
    answers.write_text(json.dumps({"answers": given | {sheet["items"][0]["id"]: None}}), "utf-8")
    marks = run("quiz", "--answers", answers, "--json").document
    assert (marks["correct"], marks["of"]) == (3, 4)
    assert marks["as_of"] == min(item["as_of"] for item in sheet["items"])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("readiness",), "needs a terminal"),
        (("readiness", "--answers", "{file}"), "answers: Field required"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(
    tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    file = tmp_path / "empty.json"
    file.write_text("{}", encoding="utf-8")
    assert_refused(run(*(a.format(file=file) for a in arguments)), 2, says)
