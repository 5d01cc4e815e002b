"""What the first hits have in common counts, the past tense too, and a passage's questions do."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from interviewer.knowledge.confidence import Signs, confidence, lead, names_in
from interviewer.knowledge.embedding import CachedEmbedder
from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.lexical import TELLING_WORDS, Lexical
from interviewer.knowledge.passage_vectors import Embedded, embedded
from interviewer.knowledge.passages import Passage
from interviewer.knowledge.ranking import CROWD, PER_LEADER, agreeing, leaders, uncrowded
from interviewer.knowledge.search import Search
from interviewer.knowledge.standing import about_the_past
from tests.knowledge.builders import CountedEmbedder, a_passage

PLAIN = a_passage("plain#x", "Heading", "The text.")
ASKED = a_passage("asked#x", "Heading", "The text.", asked_as=("How so?", "Why then?"))


def vectors_of(passages: Sequence[Passage], cache: CachedEmbedder) -> Embedded:
    return embedded(cache, passages, lambda _done, _of: None)


def test_a_passage_without_questions_is_its_text_alone() -> None:
    inner = CountedEmbedder()
    vectors, asked, _ = vectors_of([PLAIN], CachedEmbedder(inner))
    assert np.array_equal(vectors[0], inner.embed([PLAIN.as_written])[0])
    assert asked is None


def test_a_vector_lies_halfway_between_text_and_questions() -> None:
    inner = CountedEmbedder()
    vectors, asked, _ = vectors_of([PLAIN, ASKED], CachedEmbedder(inner))
    text, *questions = inner.embed([ASKED.as_written, *ASKED.asked_as])
    middle = np.mean(questions, axis=0)
    middle /= np.linalg.norm(middle)
    assert np.linalg.norm(vectors[1]) == pytest.approx(1)
    assert vectors[1] @ text == pytest.approx(vectors[1] @ middle)
    assert asked is not None
    np.testing.assert_allclose(asked, [vectors[0], middle], atol=1e-6)


def test_one_new_question_is_the_only_text_embedded() -> None:
    inner = CountedEmbedder()
    cache = CachedEmbedder(inner)
    vectors_of([PLAIN, ASKED], cache)
    inner.seen.clear()
    more = ASKED.model_copy(update={"asked_as": (*ASKED.asked_as, "Since when?")})
    assert vectors_of([PLAIN, more], cache).read == 1
    assert inner.seen == ["Since when?"]


def no_words(places: NDArray[np.intp]) -> NDArray[np.float32]:
    return np.zeros((len(places), PER_LEADER), np.float32)


def test_a_neighbour_of_the_first_hits_overtakes_a_stranger() -> None:
    scores = np.linspace(1, 0.1, PER_LEADER, dtype=np.float32)
    vectors = np.tile(np.array([0, 1], np.float32), (PER_LEADER, 1))
    vectors[[0, 10]] = [1, 0]
    changed = agreeing(scores, vectors, no_words)
    assert changed[10] > changed[9]
    assert changed.argmax() == 0


def test_what_uses_the_words_of_the_first_hit_overtakes_a_stranger() -> None:
    scores = np.linspace(1, 0.1, PER_LEADER, dtype=np.float32)
    alike = np.ones((PER_LEADER, 2), np.float32)

    def shared(places: NDArray[np.intp]) -> NDArray[np.float32]:
        words = no_words(places)
        words[:, places] = 100  # Nothing is as like a text as itself, and that says nothing.
        words[:, 10] = 5
        return words

    changed = agreeing(scores, alike, shared)
    assert changed[10] > changed[9]
    assert changed.argmax() == 0
    assert changed[0] - changed[10] == pytest.approx(scores[0] - scores[10], abs=1e-6)


class OneMeaning:
    """An embedder to which all texts mean the same, so that words alone decide."""

    id, dim = "one-meaning", 2

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.tile(np.array([1, 0], np.float32), (len(texts), 1))


def test_a_question_in_plain_words_finds_a_second_answer_in_other_terms(tmp_path: Path) -> None:
    strangers = [
        a_passage(f"stranger{n}#x", f"Subject {n}", f"Ledger {n} is closed by clerk {n}.")
        for n in range(PER_LEADER)
    ]
    asked = a_passage(
        "asked#x",
        "Effective challenge",
        "Critical analysis by informed parties.",
        asked_as=("What makes a second look more than a rubber stamp?",),
    )
    other = a_passage("other#x", "Standing", "Informed parties make effective critical analysis.")
    index = PassageIndex(tmp_path / "index", embedder=OneMeaning(), exact=True)
    index.ensure([*strangers, asked, other])
    found = Search(index, OneMeaning()).search("is the second look a rubber stamp")
    assert [hit.passage for hit in found.hits[:2]] == ["asked#x", "other#x"]


def test_among_a_handful_the_first_say_nothing_about_the_rest() -> None:
    scores = np.linspace(1, 0.1, PER_LEADER - 1, dtype=np.float32)
    vectors = np.eye(PER_LEADER - 1, dtype=np.float32)
    assert np.array_equal(agreeing(scores, vectors, no_words), scores)


def test_a_clear_first_hit_counts_more_than_those_behind_it() -> None:
    places, weights = leaders(np.linspace(1, 0, 5 * PER_LEADER, dtype=np.float32))
    assert places.tolist() == [0, 1, 2, 3, 4]
    assert weights[0] == 1
    assert (np.diff(weights) < 0).all()
    clear = np.full(5 * PER_LEADER, 0.4, np.float32)
    clear[7] = 1
    places, weights = leaders(clear)
    assert places[0] == 7
    assert weights[1:].max() < 0.05


def test_candidates_without_any_score_have_leaders_all_the_same() -> None:
    _, weights = leaders(np.zeros(PER_LEADER, np.float32))
    assert weights.tolist() == [1]


def test_the_fifth_passage_of_a_source_gives_way_to_another_source() -> None:
    scores = np.linspace(1, 0.9, 2 * CROWD, dtype=np.float32)
    sources = ["a"] * (2 * CROWD - 1) + ["b"]
    lowered = uncrowded(scores, sources)
    assert np.array_equal(lowered[:CROWD], scores[:CROWD])
    assert np.argsort(-lowered, kind="stable")[CROWD] == 2 * CROWD - 1
    assert np.array_equal(uncrowded(scores, list("abcdefgh")), scores)


def test_texts_are_likened_by_the_rare_words_of_the_leader_s_body() -> None:
    texts = [
        (["model", "drift", "drift"], ["heading"]),
        (["model", "risk"], ["heading"]),
        (["drift"], []),
        ([], ["model"]),
    ]
    index = Lexical.of_parts(texts)
    rows = np.array([3, 1, 2])
    shared = index.shared(np.array([0, 3]), rows)
    # Text by text as if the words of the body had been asked for; a heading is none of them.
    assert np.allclose(shared[0], index.scores(["model", "drift"])[rows])
    assert not shared[1].any()


def test_only_the_rarest_words_of_a_long_body_are_looked_for() -> None:
    common = [f"common{n}" for n in range(TELLING_WORDS)]
    index = Lexical.of_parts([([*common, "rare"], []), (common, []), (common, []), (["rare"], [])])
    shared = index.shared(np.array([0]), np.array([1, 3]))
    assert shared[0, 1] == pytest.approx(index.scores(["rare"])[3])
    assert shared[0, 0] == pytest.approx(index.scores(common[: TELLING_WORDS - 1])[1])


@pytest.mark.parametrize(
    ("query", "means_old", "past"),
    [
        ("How did SR 11-7 define back-testing?", True, True),
        ("What does SR 11-7 demand?", True, False),
        ("How often was a model validated?", False, False),
        ("What became of the circular?", False, True),
    ],
)
def test_the_past_tense_about_old_text_means_the_old_text(
    query: str, means_old: bool, past: bool
) -> None:
    assert about_the_past(query, means_old=means_old) is past


def test_names_nobody_treats_lower_the_confidence() -> None:
    assert names_in("What does OSFI guideline E-23 say?") == ["OSFI", "E-23"]
    known = Signs(first=0.5, lead=0.1, covered=0.6, named=1.0)
    unknown = Signs(first=0.5, lead=0.1, covered=0.6, named=0.0)
    assert confidence(unknown) < confidence(known)


def test_the_lead_is_over_the_next_nine() -> None:
    assert lead(np.array([0.2, 0.8, 0.4], np.float32)) == pytest.approx(0.5)
    assert lead(np.array([0.8], np.float32)) == 0
