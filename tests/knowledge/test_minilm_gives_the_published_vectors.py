"""The graph drawn from the weights computes what the published model computes."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from interviewer.errors import ConfigError
from interviewer.knowledge.minilm import MiniLM, find_model


def test_the_example_sentence_has_its_known_vector(minilm: MiniLM) -> None:
    vector = minilm.embed(["This is an example sentence"])[0]
    known = [0.0676569, 0.0634959, 0.0487131, 0.0793049, 0.0374480]
    np.testing.assert_allclose(vector[:5], known, atol=2e-6)


def test_vectors_have_length_one_whatever_the_text(minilm: MiniLM) -> None:
    texts = ["", " ", "a", "long " * 3000, "naïve 模型 🏦", "half an emoji \ud83c", "nul \0 inside"]
    vectors = minilm.embed(texts)
    assert vectors.shape == (7, minilm.dim)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_vector_does_not_depend_on_the_texts_beside_it(minilm: MiniLM) -> None:
    texts = ["drift", "model risk " * 60, "a declined loan", "one more", "and the last of five"]
    together = minilm.embed(texts)
    alone = np.vstack([minilm.embed([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_a_text_counts_up_to_256_word_pieces_and_no_further(minilm: MiniLM) -> None:
    full = "drift " * 254
    assert minilm.count_tokens([full, full + "more"]) == [256, 257]
    same, shorter = full + "banana", "drift " * 200 + "banana"
    vectors = minilm.embed([full, same, shorter])
    assert np.array_equal(vectors[0], vectors[1])
    assert vectors[0] @ vectors[2] < 0.999


def test_paraphrases_are_nearer_than_strangers(minilm: MiniLM) -> None:
    vectors = minilm.embed(
        ["The loan application was declined.", "The bank refused the credit.", "Boil an egg."]
    )
    assert vectors[0] @ vectors[1] > 0.5 > 0.2 > vectors[0] @ vectors[2]


def test_nothing_in_gives_nothing_out(minilm: MiniLM) -> None:
    assert minilm.embed([]).shape == (0, 384)


def test_a_graph_cut_short_is_built_again(
    minilm: MiniLM, model_cache: Path, tmp_path: Path
) -> None:
    expected = minilm.embed(["model risk"])
    graph = next(model_cache.glob("*.onnx"))
    (tmp_path / graph.name).write_bytes(graph.read_bytes()[:1_000_000])
    np.testing.assert_allclose(MiniLM(tmp_path).embed(["model risk"]), expected, atol=1e-6)
    assert [path.name for path in tmp_path.iterdir()] == [graph.name]


def test_other_weights_are_refused(tmp_path: Path) -> None:
    model = find_model()
    assert model is not None
    shutil.copy(model / "tokenizer.json", tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(ConfigError, match="not the published 53aa5117"):
        MiniLM(tmp_path / "cache", model=tmp_path).embed(["x"])


def test_other_weights_are_refused_beside_a_graph_that_was_built(
    minilm: MiniLM, model_cache: Path, tmp_path: Path
) -> None:
    minilm.embed(["model risk"])
    model = find_model()
    assert model is not None
    shutil.copy(model / "tokenizer.json", tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(ConfigError, match="not the published 53aa5117"):
        MiniLM(model_cache, model=tmp_path).embed(["x"])
