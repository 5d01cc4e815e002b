"""The throughput floor in the form that does not depend on the machine."""

import pytest

from evals import speed
from interviewer.bootstrap import local_model
from interviewer.settings import Settings

pytestmark = [pytest.mark.slow, pytest.mark.alone]


def test_reading_an_answer_takes_little_more_than_embedding_it() -> None:
    if local_model(Settings()) is None:
        pytest.fail("the embedding model is not installed: throughput cannot be measured")
    found = speed.measured(every=15)
    assert found.answers >= 8
    assert found.times <= speed.MOST_TIMES
