"""What is asked of a shipped passage need not be embedded, as long as nobody changed it."""

from pathlib import Path

import numpy as np
import pytest

from interviewer.knowledge.embedding import CachedEmbedder
from interviewer.knowledge.everyday_vectors import key, middle, read, shipped_middle, unit, write
from interviewer.knowledge.minilm import MiniLM
from interviewer.knowledge.passage_vectors import embedded
from interviewer.knowledge.passages import Passage
from interviewer.knowledge.sources import load_sources
from interviewer.paths import shipped
from tests.knowledge.builders import CountedEmbedder


@pytest.fixture(scope="module")
def one() -> Passage:
    """A passage that ships."""
    return load_sources(shipped("knowledge")).passage("sr-26-2#ai-footnote")


def test_only_the_text_of_a_shipped_passage_is_embedded(one: Passage) -> None:
    inner = CountedEmbedder(MiniLM.id)
    made = embedded(CachedEmbedder(inner), [one], lambda _done, _of: None)
    questions = shipped_middle(MiniLM.id, one.asked_as)
    assert (inner.seen, made.read) == ([one.as_written], 1)
    assert questions is not None
    halfway = unit(inner.embed([one.as_written])[0] + questions)
    np.testing.assert_allclose(made.vectors, [halfway], atol=1e-6)


@pytest.mark.parametrize("model", ["openai/text-embedding-3-small/384", MiniLM.id])
def test_under_another_model_or_with_a_changed_line_all_lines_are(one: Passage, model: str) -> None:
    inner = CountedEmbedder(model)
    lines = one.asked_as if model != MiniLM.id else ("How come?", *one.asked_as[1:])
    changed = one.model_copy(update={"asked_as": lines})
    embedded(CachedEmbedder(inner), [changed], lambda _done, _of: None)
    assert inner.seen == [one.as_written, *lines]


def test_what_ships_is_what_the_model_makes_of_the_lines(one: Passage, minilm: MiniLM) -> None:
    kept = shipped_middle(minilm.id, one.asked_as)
    assert kept is not None
    assert kept @ middle(minilm.embed(list(one.asked_as))) > 0.9999


def test_writing_what_was_read_changes_no_byte(tmp_path: Path) -> None:
    vectors = CountedEmbedder().embed(["a", "b"])
    names = [key("model", [text]) for text in "ab"]
    write(tmp_path / "first.npz", "model", dict(zip(names, vectors, strict=True)))
    write(tmp_path / "again.npz", *read(tmp_path / "first.npz"))
    assert (tmp_path / "first.npz").read_bytes() == (tmp_path / "again.npz").read_bytes()
