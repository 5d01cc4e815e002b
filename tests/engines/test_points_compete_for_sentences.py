"""A sentence that is the evidence for one point counts less for another; examples show how points are made."""

import numpy as np
import pytest
from numpy.typing import NDArray

from interviewer.domain.question import Example
from interviewer.engines.offline.features import ATTRIBUTED, FEATURES, measure
from interviewer.engines.offline.lexicon import Lexicon
from interviewer.engines.offline.prepared import Prepared, prepare
from interviewer.engines.text import spans
from tests.builders import POINT_IDS, a_question

TOPICS = ("psi", "stop", "dana", "rerun", "million", "kite")
"""A word of each point in order, and one that is nobody's."""


class Topical:
    """Embeds a text by the topics it names: texts on one topic are alike, others are not."""

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        named = [[float(t in text.lower()) for t in TOPICS] for text in texts]
        found = np.array([[*row, 1e-3 + (not any(row))] for row in named])
        unit: NDArray[np.float32] = (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(
            np.float32
        )
        return unit


EXAMPLE = Example(
    quality="middling",
    answer="Each night PSI is read aloud by a machine. Dana gets out of bed. A kite flies over it all.",
    level=2,
    verdicts={i: "yes" if i in ("statistic", "owner") else "no" for i in POINT_IDS},
)


def prepared(*examples: Example) -> Prepared:
    return prepare(a_question(), examples, Lexicon([]), Topical())


def measured(answer: str, *examples: Example) -> dict[str, dict[str, float]]:
    ready, said = prepared(*examples), spans([answer])
    vectors = Topical().embed([span.text for span in said])
    found = measure(ready.points, said, vectors, ready.flags, ready.shown)
    return {point.id: one.values for point, one in zip(ready.points, found, strict=True)}


def test_every_sentence_of_an_example_goes_to_the_point_it_makes() -> None:
    shown = prepared(EXAMPLE).shown
    assert shown is not None
    own = dict(zip(POINT_IDS, (one.own for one in shown.attributed), strict=True))
    assert own == {"statistic": (0,), "threshold": (), "owner": (1,), "evidence": (), "cost": ()}


def test_what_an_example_says_without_making_a_point_shows_what_misses_it() -> None:
    shown = prepared(EXAMPLE).shown
    assert shown is not None
    missed = dict(zip(POINT_IDS, (one.missed for one in shown.attributed), strict=True))
    assert missed["threshold"] == (0, 1, 2)
    assert missed["owner"] == ()


def test_a_sentence_like_one_that_made_the_point_is_nearer_than_to_the_rest() -> None:
    found = measured("Dana is woken by the pager.", EXAMPLE)
    assert found["owner"]["ex_near"] > 0.9
    assert found["owner"]["ex_over_rest"] > 0.5
    assert found["statistic"]["ex_over_rest"] < 0


def test_a_point_gets_little_from_a_sentence_that_is_another_one_s() -> None:
    found = measured("Dana is woken by the pager.")
    assert found["owner"]["over_others"] > 0.3 > 0 > found["cost"]["over_others"]
    assert found["owner"]["share_of_sentence"] > 0.8 > 0.2 > found["cost"]["share_of_sentence"]
    assert found["cost"]["own_sentence"] == 0


def test_a_sentence_that_is_nobody_s_is_no_point_s() -> None:
    found = measured("A kite flew over the river.")
    assert max(values["share_of_sentence"] for values in found.values()) < 0.5


def test_without_examples_the_points_still_compete() -> None:
    found = measured("Dana is woken by the pager.")
    assert found["owner"]["ex_near"] == found["owner"]["ex_words"] == 0
    assert set(ATTRIBUTED) < set(FEATURES) <= set(found["owner"])


@pytest.mark.parametrize("answer", ["Dana is woken.", "PSI is read. Dana is woken. We rerun it."])
def test_what_competition_measures_stays_within_its_bounds(answer: str) -> None:
    for values in measured(answer, EXAMPLE).values():
        assert all(-1.3 <= values[name] <= 1.3 for name in ATTRIBUTED)
