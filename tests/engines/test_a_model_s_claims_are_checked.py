"""What a model calls a claim counts only with a quote that stands in the answers."""

import json
from typing import Any

import pytest

from interviewer.domain.claims import Claim, ClaimKind
from interviewer.engines.model.assessor import ModelAssessor
from interviewer.engines.offline.listener import Listener
from interviewer.interviews.grading import Grader
from interviewer.interviews.performance import Engine
from interviewer.llm.chat import Chat
from interviewer.paths import shipped
from interviewer.prompting.library import PromptLibrary
from tests.builders import an_exchange
from tests.engines.parts import a_model_assessor, a_model_speaker, a_reader, all_points
from tests.engines.parts import verdicts_reply as verdicts
from tests.scripted_server import ScriptedServer

pytestmark = pytest.mark.enable_socket

SAID = "At the card desk I led a team of six. We closed each alert in three weeks."


def a_claim_made(**changes: Any) -> dict[str, Any]:
    made = {
        "quote": "I led a team of six",
        "kind": "people",
        "number": 6,
        "unit": "people",
        "aspect": "",
        "holder": "self",
    }
    return made | changes


def reply(*claims: dict[str, Any]) -> str:
    return json.dumps(json.loads(verdicts(all_points("no", ""))) | {"claims": list(claims)})


def an_assessor(chat: Chat, *, votes: int = 1) -> ModelAssessor:
    prompts = PromptLibrary(shipped("prompts"))
    return ModelAssessor(chat, prompts, a_reader(), votes=votes, hears_claims=True)


async def claims_of(chat: Chat, **changes: Any) -> tuple[Claim, ...]:
    return (await an_assessor(chat, **changes).assess(an_exchange(SAID))).checkable


async def test_claims_come_with_the_verdicts_in_one_call_and_in_the_units_of_the_offline_ones(
    server: ScriptedServer, chat: Chat
) -> None:
    weeks = a_claim_made(
        quote="We closed each alert in three weeks.", kind="duration", number=3, unit="weeks"
    )
    server.say(reply(a_claim_made(), weeks | {"holder": "team"}))
    people, duration = await claims_of(chat)
    assert (people.kind, people.number) == (ClaimKind.PEOPLE, 6)
    assert SAID[people.quote.start : people.quote.end] == people.quote.text
    assert (duration.number, duration.unit, duration.holder) == (504, "hours", "team")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "made",
    [
        a_claim_made(quote="I led a team of sixty"),
        a_claim_made(number=None),
        a_claim_made(kind="role", unit="led"),
        a_claim_made(kind="duration", unit="fortnights"),
        a_claim_made(kind="prize"),
        {"quote": "I led a team of six"},
    ],
    ids=["not said", "no figure", "a role with a figure", "no such unit", "no such kind", "half"],
)
async def test_what_cannot_be_checked_is_dropped_and_the_verdicts_stand(
    server: ScriptedServer, chat: Chat, made: dict[str, Any]
) -> None:
    server.say(reply(made, a_claim_made()))
    found = await an_assessor(chat).assess(an_exchange(SAID))
    assert [claim.number for claim in found.checkable] == [6]
    assert found.engine == "model"
    assert len(server.requests) == 1, "a claim is no reason to ask again"


async def test_single_answers_are_not_asked_for_claims(server: ScriptedServer, chat: Chat) -> None:
    server.say(verdicts(all_points("no", "")))
    found = await a_model_assessor(chat).assess(an_exchange(SAID))
    assert found.checkable == ()
    assert "claims" not in json.dumps(server.requests[0].body)


async def test_an_exchange_without_figures_or_roles_is_not_asked_for_claims_either(
    server: ScriptedServer, chat: Chat
) -> None:
    server.say(verdicts(all_points("no", "")))
    await an_assessor(chat).assess(an_exchange("I would ask who owns it."))
    server.say(reply())
    await an_assessor(chat).assess(an_exchange(SAID))
    without, with_claims = (request.messages for request in server.requests)
    assert "list as `claims`" not in str(without)
    assert "list as `claims`" in str(with_claims)
    assert without[0] == with_claims[0], "what is cached by the provider is the same"


async def test_of_several_readings_the_first_that_came_through_gives_the_claims(
    server: ScriptedServer, chat: Chat
) -> None:
    for text in (reply(), reply(a_claim_made()), reply(a_claim_made())):
        server.say(text)
    assert len(await claims_of(chat, votes=3)) <= 1
    assert len({request.messages[0]["content"] for request in server.requests}) == 1


async def test_the_round_is_set_and_when_the_model_fails_code_finds_the_claims(
    server: ScriptedServer, chat: Chat
) -> None:
    offline = Engine("offline", a_model_speaker(chat), a_reader())
    engine = Engine("model", a_model_speaker(chat), an_assessor(chat), hears_claims=True)
    grader = Grader(None, engine, offline, Listener())  # type: ignore[arg-type]
    server.say(reply(a_claim_made()))
    (claim,) = (await grader.assess(an_exchange(SAID), "screen")).checkable
    assert (claim.round, claim.number) == ("screen", 6)
    for _ in range(6):
        server.say("no JSON at all")
    found = await grader.assess(an_exchange(SAID), "screen")
    assert found.fallback is not None
    assert {c.kind for c in found.checkable} >= {ClaimKind.PEOPLE, ClaimKind.DURATION}
    assert {c.round for c in found.checkable} == {"screen"}
