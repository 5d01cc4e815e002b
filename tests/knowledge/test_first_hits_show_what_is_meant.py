"""What the first hits have in common counts, the past tense too, and a passage's questions do."""

from collections.abc import Sequence

import numpy as np
import pytest

from interviewer.knowledge.confidence import Signs, confidence, lead, names_in
from interviewer.knowledge.embedding import CachedEmbedder
from interviewer.knowledge.passage_vectors import Embedded, embedded
from interviewer.knowledge.passages import Passage
from interviewer.knowledge.ranking import PER_LEADER, agreeing
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


def test_a_neighbour_of_the_first_hits_overtakes_a_stranger() -> None:
    scores = np.linspace(1, 0.1, PER_LEADER, dtype=np.float32)
    vectors = np.tile(np.array([0, 1], np.float32), (PER_LEADER, 1))
    vectors[[0, 10]] = [1, 0]
    changed = agreeing(scores, vectors)
    assert changed[10] > changed[9]
    assert changed.argmax() == 0


def test_among_a_handful_the_first_say_nothing_about_the_rest() -> None:
    scores = np.linspace(1, 0.1, PER_LEADER - 1, dtype=np.float32)
    vectors = np.eye(PER_LEADER - 1, dtype=np.float32)
    assert np.array_equal(agreeing(scores, vectors), scores)


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
