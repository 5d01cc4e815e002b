"""The sources that ship: nothing to correct, and no passage longer than the model reads."""

from pathlib import Path

from interviewer.knowledge.minilm import MAX_TOKENS, MiniLM
from interviewer.knowledge.sources import load_sources, problems

FOLDER = Path(__file__).parents[2] / "knowledge"


def test_the_shipped_sources_have_no_problems() -> None:
    assert [str(problem) for problem in problems(FOLDER)] == []


def test_no_shipped_passage_is_cut_by_the_model(minilm: MiniLM) -> None:
    passages = load_sources(FOLDER).passages.values()
    texts = [(one.id, text) for one in passages for text in (one.as_written, *one.asked_as)]
    counts = minilm.count_tokens([text for _, text in texts])
    cut = {
        name: count for (name, _), count in zip(texts, counts, strict=True) if count > MAX_TOKENS
    }
    assert cut == {}
