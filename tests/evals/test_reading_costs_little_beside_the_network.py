"""The throughput floor in the form that does not depend on the machine."""

import pytest

from evals import speed
from interviewer.bootstrap import local_model
from interviewer.engines.text import spans
from interviewer.settings import Settings

pytestmark = [pytest.mark.slow, pytest.mark.alone]


def test_reading_an_answer_takes_little_more_than_embedding_it() -> None:
    if local_model(Settings()) is None:
        pytest.fail("the embedding model is not installed: throughput cannot be measured")
    found = speed.measured(every=15)
    assert found.answers >= 8
    assert found.times <= speed.MOST_TIMES


def test_every_sentence_is_new_in_every_pass_and_no_answer_longer() -> None:
    passes = range(1, speed.PASSES + 2)
    for one in speed.long_answers()[::15]:
        read = [one.answer, *(speed.unseen(one.answer, number) for number in passes)]
        assert {text.lower() for text in read} == {one.answer.lower()}
        sentences = [span.text for text in read for span in spans([text])]
        assert len(set(sentences)) == len(sentences)
