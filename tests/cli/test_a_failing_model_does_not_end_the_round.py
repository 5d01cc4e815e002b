"""A model server that fails: the round goes on offline, says so, and loses nothing."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import NO_EMBEDDINGS, ROUND, Ran, example, questions, run
from tests.scripted_server import ScriptedServer

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def server() -> Any:
    with ScriptedServer() as running:
        yield running


def sit(server: ScriptedServer, answers: Path, *more: str) -> Ran:
    return run(
        "chat", *ROUND, "--answers", answers, *more,
        environment=NO_EMBEDDINGS | {
            "OPENAI_BASE_URL": server.base_url,
            "INTERVIEWER_MODEL_DEADLINE_S": "5",
            "INTERVIEWER_MODEL_READ_TIMEOUT_S": "2",
        },
    )  # fmt: skip


@pytest.mark.parametrize(
    "fault",
    [
        "401",
        pytest.param("cut", marks=pytest.mark.slow),
        pytest.param("html_200", marks=pytest.mark.slow),
    ],
)
def test_every_answer_is_kept_and_every_question_put_once(
    server: ScriptedServer, tmp_path: Path, fault: str
) -> None:
    bank = questions()[:3]
    file = tmp_path / "answers.txt"
    file.write_text("\n---\n".join(example(question, "middling") for question in bank))
    server.fault(fault, times=500)
    card = sit(server, file, "--json").document
    texts = {example(question, "middling").strip() for question in bank}
    given = [text for question in card["questions"] for text in question["answers"]]
    assert set(given) == texts
    assert len(given) == len(texts)
    asked = [question["question"] for question in card["questions"]]
    assert len(asked) == len(set(asked))
    assert any(line["notice"] for q in card["questions"] for line in q["transcript"])
    assert all(q["fallback"] for q in card["questions"] if q["answers"])
    assert card["overall"] is not None


@pytest.mark.slow
def test_on_screen_it_is_said(server: ScriptedServer, tmp_path: Path) -> None:
    file = tmp_path / "answers.txt"
    file.write_text("We compare scores every night and Dana owns the alert.")
    server.fault("401", times=500)
    ran = sit(server, file)
    assert ran.code == 0, ran.err
    assert "model" in ran.out.split("question 1 of")[0]
    assert "offline" in ran.out.split("question 1 of")[1]
