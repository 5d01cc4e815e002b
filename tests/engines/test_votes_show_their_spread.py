"""Three readings of an answer: the middle verdict counts, and disagreement is lower confidence."""

import itertools
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from interviewer.bootstrap import open_product
from interviewer.domain.assessment import Assessment
from interviewer.domain.verdict import Met
from interviewer.errors import ModelOutputInvalid, ModelUnavailable, SettingError
from interviewer.llm.chat import Chat
from interviewer.settings import Settings, read_settings
from tests.builders import ANSWER, POINT_IDS, a_probe, an_exchange
from tests.engines.parts import a_model_assessor, all_points, verdicts_reply
from tests.llm.calls import a_chat
from tests.scripted_server import ScriptedServer
from tests.scripted_server.instance import INVENTED

pytestmark = pytest.mark.enable_socket

QUOTE = "Dana in analytics owns the alert"
OTHER = "closes it within five days"
Said = Mapping[str, tuple[str, str]]


def in_turn(*replies: str) -> Callable[[dict[str, Any]], str]:
    """A responder that gives one reply after another, whichever request comes first."""
    waiting = itertools.cycle(replies)
    return lambda _: next(waiting)


def votes_on_owner(*said: tuple[str, str]) -> list[str]:
    """Replies that differ on one point only."""
    return [verdicts_reply(all_points("no", "") | {"owner": one}) for one in said]


async def three_votes(server: ScriptedServer, chat: Chat, *replies: str) -> Assessment:
    server.respond_with(in_turn(*replies))
    return await a_model_assessor(chat, votes=3).assess(an_exchange(ANSWER))


YES, PARTLY, NO, VOID = ("yes", QUOTE), ("partly", OTHER), ("no", ""), ("yes", INVENTED)


@pytest.mark.parametrize(
    ("votes", "met", "confidence"),
    [
        ((YES, YES, YES), Met.YES, 1.0),
        ((YES, YES, NO), Met.YES, 2 / 3),
        ((YES, NO, NO), Met.NO, 2 / 3),
        ((YES, PARTLY, NO), Met.PARTLY, 1 / 3),
        ((PARTLY, YES, PARTLY), Met.PARTLY, 2 / 3),
        ((YES, VOID, YES), Met.YES, 2 / 3),
        ((YES, VOID, NO), Met.NO, 1 / 3),
        ((VOID, VOID, YES), None, 0.0),
    ],
)
async def test_the_middle_verdict_counts_and_agreement_is_its_confidence(
    server: ScriptedServer,
    chat: Chat,
    votes: tuple[tuple[str, str], ...],
    met: Met | None,
    confidence: float,
) -> None:
    found = await three_votes(server, chat, *votes_on_owner(*votes))
    verdict = found.verdict("owner")
    assert verdict is not None
    assert verdict.met is met
    assert verdict.confidence == pytest.approx(confidence)
    assert found.confidence == pytest.approx((4 + confidence) / 5)


async def test_the_quote_and_the_reason_are_of_a_vote_that_agrees(
    server: ScriptedServer, chat: Chat
) -> None:
    found = await three_votes(server, chat, *votes_on_owner(("yes", QUOTE), PARTLY, PARTLY))
    verdict = found.verdict("owner")
    assert verdict is not None
    assert verdict.quote is not None
    assert verdict.quote.text == OTHER
    assert verdict.why == "About owner. (2 of 3 readings agree.)"


async def test_what_one_vote_found_before_its_probe_was_said_unasked(
    server: ScriptedServer, chat: Chat
) -> None:
    exchange = an_exchange(ANSWER, "Dana closes it, as I said.", moves=[a_probe("owner")])
    server.respond_with(in_turn(*votes_on_owner(("yes", "Dana closes it"), ("yes", QUOTE), NO)))
    found = await a_model_assessor(chat, votes=3).assess(exchange)
    verdict = found.verdict("owner")
    assert verdict is not None
    assert not verdict.probed


async def test_the_spread_and_the_orders_are_kept_and_the_usage_is_summed(
    server: ScriptedServer, chat: Chat
) -> None:
    found = await three_votes(server, chat, *votes_on_owner(YES, PARTLY, NO))
    assert sorted(str(vote.met["owner"]) for vote in found.votes) == ["no", "partly", "yes"]
    assert {vote.failed for vote in found.votes} == {None}
    assert found.usage.calls == 3
    assert found.usage.prompt_tokens == sum(r.prompt_tokens for r in server.requests)
    assert Assessment.model_validate_json(found.model_dump_json()) == found
    shown = [request.messages[-1]["content"] for request in server.requests]
    listed = {tuple(sorted(POINT_IDS, key=lambda p: text.index(f"\n{p}: "))) for text in shown}
    assert listed == {vote.order for vote in found.votes}
    assert len(listed) == 3


async def test_one_vote_is_one_request_and_keeps_no_spread(
    server: ScriptedServer, chat: Chat
) -> None:
    server.respond_with(in_turn(*votes_on_owner(YES)))
    found = await a_model_assessor(chat).assess(an_exchange(ANSWER))
    assert (len(server.requests), found.votes, found.confidence) == (1, (), 1.0)


@pytest.mark.parametrize(("raised_by", "is_raised"), [(1, False), (2, True), (3, True)])
async def test_a_red_flag_needs_most_of_the_votes(
    server: ScriptedServer, chat: Chat, raised_by: int, is_raised: bool
) -> None:
    replies = [
        verdicts_reply(
            all_points("no", ""), flags=[("no-monitoring", QUOTE)] if vote < raised_by else []
        )
        for vote in range(3)
    ]
    found = await three_votes(server, chat, *replies)
    assert [flag.id for flag in found.red_flags] == (["no-monitoring"] if is_raised else [])


# Votes that fail.


async def test_a_failed_vote_is_told_and_lowers_the_confidence(server: ScriptedServer) -> None:
    server.respond_with(in_turn(*votes_on_owner(YES)))
    server.fault("500")
    async with a_chat(server, tries=1) as chat:
        found = await a_model_assessor(chat, votes=3).assess(an_exchange(ANSWER))
    assert sorted(str(vote.failed) for vote in found.votes) == ["None", "None", "server"]
    assert next(vote.met for vote in found.votes if vote.failed) == {}
    verdict = found.verdict("owner")
    assert verdict is not None
    assert verdict.met is Met.YES
    assert verdict.confidence == pytest.approx(2 / 3)
    assert found.engine == "model"
    assert found.fallback is None


@pytest.mark.parametrize("said", [(YES, NO), (NO, YES)])
async def test_of_two_votes_that_differ_the_lower_counts(
    server: ScriptedServer, said: tuple[tuple[str, str], ...]
) -> None:
    server.fault("500")
    server.respond_with(in_turn(*votes_on_owner(*said)))
    async with a_chat(server, tries=1) as chat:
        found = await a_model_assessor(chat, votes=3).assess(an_exchange(ANSWER))
    assert found.met("owner") is Met.NO


async def test_a_vote_without_evidence_fails_alone_and_its_tokens_count(
    server: ScriptedServer, chat: Chat
) -> None:
    good, invented = verdicts_reply(all_points(*YES)), verdicts_reply(all_points(*VOID))
    found = await three_votes(server, chat, good, invented, good)
    assert sorted(str(vote.failed) for vote in found.votes) == ["None", "None", "no_evidence"]
    assert found.usage.calls == 3
    assert found.met("owner") is Met.YES


async def test_if_every_vote_fails_so_does_the_grading(server: ScriptedServer) -> None:
    server.fault("500", times=3)
    async with a_chat(server, tries=1) as chat:
        with pytest.raises(ModelUnavailable):
            await a_model_assessor(chat, votes=3).assess(an_exchange(ANSWER))
        assert len(server.requests) == 3
        server.respond_with(in_turn(verdicts_reply(all_points(*VOID))))
        with pytest.raises(ModelOutputInvalid):
            await a_model_assessor(chat, votes=3).assess(an_exchange(ANSWER))


async def test_the_scripted_server_grades_with_the_rubric_s_own_points(
    server: ScriptedServer, chat: Chat
) -> None:
    found = await a_model_assessor(chat, votes=3).assess(an_exchange(ANSWER))
    assert {v.met for v in found.verdicts} == {Met.YES, Met.PARTLY, Met.NO}
    assert found.confidence == 1.0
    reply = json.loads(server.requests[0].reply)
    assert {point["point"] for point in reply["points"]} == set(POINT_IDS)


# The setting.


@pytest.mark.parametrize("votes", [1, 3])
async def test_a_critique_asks_as_often_as_the_setting_says(
    server: ScriptedServer, tmp_path: Path, votes: int
) -> None:
    chosen = Settings(
        home=tmp_path,
        engine="model",
        embeddings="off",
        openai_base_url=server.base_url,
        grading_votes=votes,
    )
    async with open_product(chosen, store=False) as product:
        question = next(iter(product.catalog.questions.values()))
        found = await product.critic.critique(question.id, question.examples[0].answer)
    assert (len(server.requests), found.engine) == (votes, "model")
    assert found.fallback is None
    assert found.usage.calls == votes


def test_two_votes_are_refused_and_one_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().grading_votes == 1
    monkeypatch.setenv("INTERVIEWER_GRADING_VOTES", "2")
    with pytest.raises(SettingError, match=r"INTERVIEWER_GRADING_VOTES: .*must be 1 or 3"):
        read_settings()
