"""The sources that ship: nothing to correct, and no passage longer than the model reads."""

from pathlib import Path

from interviewer.knowledge.minilm import MAX_TOKENS, MiniLM
from interviewer.knowledge.sources import load_sources, problems

FOLDER = Path(__file__).parents[2] / "knowledge"


def test_the_shipped_sources_have_no_problems() -> None:
    assert [str(problem) for problem in problems(FOLDER)] == []


def test_no_shipped_passage_is_cut_by_the_model(minilm: MiniLM) -> None:
    passages = list(load_sources(FOLDER).passages.values())
    counts = minilm.count_tokens([passage.plain for passage in passages])
    cut = {
        passage.id: count
        for passage, count in zip(passages, counts, strict=True)
        if count > MAX_TOKENS
    }
    assert cut == {}
