"""The rewrite holds the candidate's words and no figure they did not give; versions are compared."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.domain.amounts import amounts
from interviewer.domain.gaps import GAP, with_own_amounts_only
from interviewer.engines.model.rewriter import ModelRewriter
from interviewer.llm.chat import Chat
from interviewer.paths import shipped
from interviewer.practice.critique import Critic
from interviewer.prompting.library import PromptLibrary
from tests.builders import ANSWER, NOON, a_catalog, a_question
from tests.engines.parts import a_reader
from tests.scripted_server import ScriptedServer

pytestmark = pytest.mark.enable_socket

STORY = (
    "Two years ago we had a queue of nine thousand alerts. My task was to halve it. "
    "I rebuilt the thresholds and I asked validation to challenge them. "
    "In the end alerts fell from 9,000 to 4,100 a month."
)


def a_critic(category: str = "behavioural", chat: Chat | None = None) -> Critic:
    catalog = a_catalog(a_question(category=category))
    rewriter = None if chat is None else ModelRewriter(chat, PromptLibrary(shipped("prompts")))
    reader = a_reader()
    return Critic(
        catalog=catalog, assessor=reader, offline=reader, clock=lambda: NOON, rewriter=rewriter
    )


def drafted(*texts: str, names: tuple[str, ...] = ("Situation", "Task", "Action", "Result")) -> str:
    parts = [{"name": name, "text": text} for name, text in zip(names, texts, strict=True)]
    return json.dumps({"parts": parts})


async def test_offline_a_story_becomes_star_in_its_own_words() -> None:
    found = (await a_critic().critique("drift", STORY)).rewrite
    assert found is not None
    assert (found.frame, found.engine) == ("STAR", "offline")
    assert [part.name for part in found.parts] == ["Situation", "Task", "Action", "Result"]
    assert " ".join(part.text for part in found.parts).split() == STORY.split()


async def test_what_is_missing_becomes_a_gap_and_no_invention() -> None:
    found = (await a_critic().critique("drift", "I joined the team. I wrote a model.")).rewrite
    assert found is not None
    assert GAP in found.parts[3].gaps
    assert all(gap.startswith("[") for part in found.parts for gap in part.gaps)


async def test_other_answers_are_placed_by_the_points_they_make() -> None:
    found = (await a_critic("monitoring").critique("drift", ANSWER)).rewrite
    assert found is not None
    assert found.frame == "4-P"
    assert "vendor" in found.note
    kept = [*found.left_out, *(line for part in found.parts for line in part.text.splitlines())]
    assert sorted(" ".join(kept).split()) == sorted(ANSWER.split())


async def test_words_that_are_no_answer_are_not_rewritten() -> None:
    assert (await a_critic().critique("drift", "I don't know.")).rewrite is None


async def test_the_model_drafts_only_when_asked(server: ScriptedServer, chat: Chat) -> None:
    server.say(drafted("a", "b", "c", "d"))
    assert (await a_critic(chat=chat).critique("drift", STORY)).usage.calls == 0
    assert server.requests == []


async def test_a_drafted_figure_that_nobody_gave_becomes_a_gap(
    server: ScriptedServer, chat: Chat
) -> None:
    server.say(
        drafted("A queue of 9,000.", "Halve it.", "I rebuilt it.", "Down to 4100, saving $2m.")
    )
    found = await a_critic(chat=chat).critique("drift", STORY, rewrite=True)
    assert found.rewrite is not None
    assert found.rewrite.engine == "model"
    assert found.rewrite.parts[0].text == "A queue of 9,000."
    assert found.rewrite.parts[3].text == f"Down to 4100, saving ${GAP}."
    assert "1 figure you did not give" in found.rewrite.note
    assert found.usage.calls == 1
    sent: dict[str, Any] = server.requests[0].body
    assert "<answer>" in sent["messages"][1]["content"]


@pytest.mark.parametrize("reply", ["not json", drafted("a", names=("Elsewhere",))])
async def test_a_draft_that_cannot_be_used_leaves_the_own_words(
    server: ScriptedServer, chat: Chat, reply: str
) -> None:
    server.respond_with(lambda _body: reply)
    found = (await a_critic(chat=chat).critique("drift", STORY, rewrite=True)).rewrite
    assert found is not None
    assert found.engine == "offline"
    assert "language model failed" in found.note


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_amount_gets_into_a_rewrite_that_the_answer_does_not_hold(
    draft: str, answer: str
) -> None:
    kept, _ = with_own_amounts_only(draft, answer)
    own = {value for _, _, value in amounts(answer)}
    assert {value for _, _, value in amounts(kept)} <= own


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("from 9,000 to four thousand one hundred", [9000.0, 4100.0]),
        ("two hundred and fifty, twenty-one, one point two", [250.0, 21.0, 1.2]),
        ("$1.2m, 3 million, 2.5%", [1_200_000.0, 3_000_000.0, 2.5]),
        ("a third of one, halved", [pytest.approx(1 / 3), 0.5]),
    ],
)
def test_an_amount_is_the_same_in_digits_and_in_words(text: str, values: list[float]) -> None:
    assert [value for _, _, value in amounts(text)] == values


async def test_a_better_version_gains_points_and_says_which() -> None:
    critic = a_critic("monitoring")
    found = await critic.compare("drift", "We look at a dashboard now and then.", ANSWER)
    assert found.verdict == "better"
    assert found.gained
    assert found.lost == ()
    assert all(one.quote_after in ANSWER for one in found.gained if one.quote_after)
    back = await critic.compare("drift", ANSWER, "We look at a dashboard now and then.")
    assert back.verdict == "worse"
    assert {one.id for one in back.lost} == {one.id for one in found.gained}


async def test_the_same_answer_twice_is_the_same() -> None:
    found = await a_critic("monitoring").compare("drift", ANSWER, ANSWER)
    assert (found.verdict, found.change, found.gained, found.lost) == ("the same", 0.0, (), ())
