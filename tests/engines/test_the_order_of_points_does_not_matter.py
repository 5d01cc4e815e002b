"""Each vote is shown the points in another order, so that their places average out."""

from typing import Any

import pytest

from interviewer.domain.verdict import Met
from interviewer.engines.model.votes import orders
from interviewer.llm.chat import Chat
from tests.builders import ANSWER, POINT_IDS, a_point, a_question, an_exchange
from tests.engines.parts import a_model_assessor, verdicts_reply
from tests.scripted_server import ScriptedServer

QUOTE = "Dana in analytics owns the alert"


@pytest.mark.parametrize("count", range(5, 10))
def test_a_point_stands_in_another_third_of_the_list_for_each_vote(count: int) -> None:
    question = a_question(points=tuple(a_point(f"p{number}") for number in range(count)))
    shown = orders(question, 3)
    assert shown == orders(question, 3), "the same for every candidate"
    for point in question.points:
        places = sorted(points.index(point) for points in shown)
        assert places[1] - places[0] >= count // 3
        assert places[2] - places[1] >= count // 3
    assert orders(question, 1) == [question.points]


def first_listed_is_met(body: dict[str, Any]) -> str:
    """A grader with nothing but a bias: it says yes to the first two points in the list."""
    text = body["messages"][-1]["content"]
    listed = sorted(POINT_IDS, key=lambda point: text.index(f"\n{point}: "))
    said = {
        point: ("yes", QUOTE) if place < 2 else ("no", "") for place, point in enumerate(listed)
    }
    return verdicts_reply(said)


@pytest.mark.enable_socket
async def test_a_grader_that_favours_the_top_of_the_list_is_voted_down(
    server: ScriptedServer, chat: Chat
) -> None:
    server.respond_with(first_listed_is_met)
    biased = await a_model_assessor(chat).assess(an_exchange(ANSWER))
    assert [v.met for v in biased.verdicts].count(Met.YES) == 2
    voted = await a_model_assessor(chat, votes=3).assess(an_exchange(ANSWER))
    assert [v.met for v in voted.verdicts].count(Met.YES) <= 1
    assert voted.confidence < 0.75, "the disagreement shows"
