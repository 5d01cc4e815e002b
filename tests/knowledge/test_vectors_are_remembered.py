"""A text is embedded once, in memory or in a file that several processes share."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from interviewer.knowledge.embedding import CachedEmbedder
from tests.knowledge.builders import CountedEmbedder


@pytest.fixture
def inner() -> CountedEmbedder:
    return CountedEmbedder()


def test_a_known_text_is_not_embedded_again(inner: CountedEmbedder) -> None:
    cached = CachedEmbedder(inner)
    first = cached.embed(["drift", "bias", "drift"])
    second = cached.embed(["bias", "drift"])
    assert inner.seen == ["drift", "bias"]
    np.testing.assert_array_equal(first, [second[1], second[0], second[1]])


def test_memory_forgets_the_text_used_longest_ago(inner: CountedEmbedder) -> None:
    cached = CachedEmbedder(inner, remember=2)
    for text in ("a", "b", "a", "c", "a", "b"):
        cached.embed([text])
    assert inner.seen == ["a", "b", "c", "b"]


def test_a_file_outlives_the_process(inner: CountedEmbedder, tmp_path: Path) -> None:
    file = tmp_path / "deep" / "vectors.sqlite3"
    before = CachedEmbedder(inner, file)
    vector = before.embed(["drift"])
    before.close()
    again = CachedEmbedder(CountedEmbedder(), file)
    np.testing.assert_array_equal(again.embed(["drift"]), vector)
    assert again.computed == 0
    again.close()


def test_vectors_of_another_model_are_not_mixed_in(inner: CountedEmbedder, tmp_path: Path) -> None:
    CachedEmbedder(inner, tmp_path / "v.sqlite3").embed(["drift"])
    other = CachedEmbedder(CountedEmbedder("counted/2"), tmp_path / "v.sqlite3")
    other.embed(["drift"])
    assert other.computed == 1


def test_texts_no_longer_wanted_leave_the_file(inner: CountedEmbedder, tmp_path: Path) -> None:
    cached = CachedEmbedder(inner, tmp_path / "v.sqlite3")
    cached.embed(["kept", "dropped"])
    cached.retain(["kept"])
    fresh = CachedEmbedder(inner, tmp_path / "v.sqlite3")
    fresh.embed(["kept", "dropped"])
    assert fresh.computed == 1


def test_a_damaged_file_is_filled_again(inner: CountedEmbedder, tmp_path: Path) -> None:
    file = tmp_path / "v.sqlite3"
    file.write_bytes(b"SQLite format 3\0 and then nonsense" * 100)
    cached = CachedEmbedder(inner, file)
    cached.embed(["drift"])
    assert CachedEmbedder(inner, file).embed(["drift"]).shape == (1, 384)
    assert inner.seen == ["drift"]


def test_threads_may_share_it(inner: CountedEmbedder, tmp_path: Path) -> None:
    cached = CachedEmbedder(inner, tmp_path / "v.sqlite3", remember=5)
    texts = [f"text {number % 20}" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        rows = list(pool.map(lambda text: cached.embed([text])[0], texts))
    np.testing.assert_array_equal(rows, CountedEmbedder().embed(texts))
