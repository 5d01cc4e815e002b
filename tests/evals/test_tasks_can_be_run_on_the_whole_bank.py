"""What every task needs of every question, and what the offline engine never asks of a server."""

from pathlib import Path

from evals.bank import offline, product
from evals.tasks.persona import _other
from interviewer.settings import Settings


def test_every_question_has_another_to_go_on_with(home: Path) -> None:
    questions = product().catalog.questions.values()
    for question in questions:
        other = _other(product(), question)
        assert other.id != question.id
        is_alone = sum(one.persona == question.persona for one in questions) == 1
        assert is_alone or other.persona == question.persona


def test_the_offline_engine_embeds_nothing_on_a_server(home: Path) -> None:
    chosen = Settings(home=home, embeddings="openai:text-embedding-3-small", engine="model")
    assert offline(chosen).engine == "offline"
    assert offline(chosen).embeddings == Settings(home=home).embeddings
    assert offline(Settings(home=home, embeddings="off")).embeddings == "off"
