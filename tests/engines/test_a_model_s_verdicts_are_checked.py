"""The model grades over HTTP; code believes only what it can find in the answer."""

import json

import pytest

from interviewer.domain.grade import grade_question
from interviewer.domain.verdict import Met
from interviewer.errors import ModelOutputInvalid
from interviewer.llm.chat import Chat
from tests.builders import (
    ANSWER,
    POINT_IDS,
    a_probe,
    a_question,
    a_rule,
    an_exchange,
    an_interview,
    answered,
    asked,
    moved,
    passed,
)
from tests.engines.parts import a_model_assessor, all_points, grades_with, verdicts_reply
from tests.scripted_server import ScriptedServer
from tests.scripted_server.instance import INVENTED

pytestmark = pytest.mark.enable_socket

QUOTE = "Dana in analytics owns the alert"


async def test_a_verdict_with_a_quote_from_the_answer_stands(
    server: ScriptedServer, chat: Chat
) -> None:
    said = all_points("no", "") | {"owner": ("yes", "dana in analytics  owns the alert")}
    server.respond_with(grades_with(verdicts_reply(said)))
    found = await a_model_assessor(chat).assess(an_exchange(ANSWER))
    verdict = found.verdict("owner")
    assert verdict is not None
    assert verdict.quote is not None
    assert (verdict.met, verdict.quote.text, verdict.why) == (Met.YES, QUOTE, "About owner.")
    assert ANSWER[verdict.quote.start : verdict.quote.end] == QUOTE
    assert (found.engine, found.model) == ("model", "scripted-1")
    assert found.prompts[0].id == "grading/exchange"
    assert found.usage.calls == 1
    assert found.usage.prompt_tokens > 0


@pytest.mark.parametrize("met", ["yes", "partly"])
async def test_a_verdict_with_an_invented_quote_is_withheld(
    server: ScriptedServer, chat: Chat, met: str
) -> None:
    said = all_points("yes", QUOTE) | {"cost": (met, INVENTED)}
    server.respond_with(grades_with(verdicts_reply(said)))
    found = await a_model_assessor(chat).assess(an_exchange(ANSWER))
    verdict = found.verdict("cost")
    assert verdict is not None
    assert (verdict.met, verdict.quote) == (None, None)
    assert verdict.why.startswith("Withheld")
    assert found.confidence == pytest.approx(0.8)


async def test_statements_of_the_rubric_said_again_are_neither_shown_nor_evidence(
    server: ScriptedServer, chat: Chat
) -> None:
    recited = "I name the threshold at which somebody must act."
    answer = f"{ANSWER} {recited} I say what a miss would cost, and I name who owns the alert and by when it is closed."
    said = all_points("yes", QUOTE) | {"cost": ("yes", "I say what a miss would cost")}
    server.respond_with(grades_with(verdicts_reply(said | {"threshold": ("yes", recited)})))
    found = await a_model_assessor(chat).assess(an_exchange(answer))
    assert recited not in str(server.requests[-1].messages)
    assert (found.met("cost"), found.met("threshold")) == (Met.NO, Met.NO)
    assert found.met("owner") is Met.YES


async def test_a_no_needs_no_quote(server: ScriptedServer, chat: Chat) -> None:
    server.respond_with(grades_with(verdicts_reply(all_points("no", INVENTED))))
    found = await a_model_assessor(chat).assess(an_exchange(ANSWER))
    assert {v.met for v in found.verdicts} == {Met.NO}


async def test_a_point_that_the_reply_leaves_out_is_not_assessed(
    server: ScriptedServer, chat: Chat
) -> None:
    said = all_points("yes", QUOTE)
    del said["owner"]
    server.respond_with(grades_with(verdicts_reply(said)))
    found = await a_model_assessor(chat).assess(an_exchange(ANSWER))
    assert [v.point for v in found.verdicts] == list(POINT_IDS)
    verdict = found.verdict("owner")
    assert verdict is not None
    assert verdict.met is None
    assert verdict.why == "The model gave no verdict on this point."
    assert grade_question(a_question(), found).coverage == 1.0, "it is left out of the grade"


async def test_points_that_the_rubric_does_not_have_are_ignored_and_the_first_verdict_counts(
    server: ScriptedServer, chat: Chat
) -> None:
    reply = json.loads(verdicts_reply(all_points("no", "") | {"invented-point": ("yes", QUOTE)}))
    again = {"point": "owner", "reason": "Again.", "quote": QUOTE, "met": "yes"}
    twice = json.dumps(reply | {"points": [*reply["points"], again]})
    server.respond_with(grades_with(twice))
    found = await a_model_assessor(chat).assess(an_exchange(ANSWER))
    assert [v.point for v in found.verdicts] == list(POINT_IDS)
    assert found.met("owner") is Met.NO


async def test_an_id_with_a_space_around_it_still_belongs_to_its_point(
    server: ScriptedServer, chat: Chat
) -> None:
    said = {f" {point} ": verdict for point, verdict in all_points("yes", QUOTE).items()}
    server.respond_with(grades_with(verdicts_reply(said)))
    found = await a_model_assessor(chat).assess(an_exchange(ANSWER))
    assert grade_question(a_question(), found).overall == 5


@pytest.mark.parametrize(
    "said",
    [
        all_points("yes", INVENTED),
        {},
        {"not-a-point": ("yes", QUOTE)},
        all_points("yes", INVENTED) | {"owner": ("yes", QUOTE), "cost": ("yes", QUOTE)},
    ],
    ids=["all invented", "no verdicts", "unknown points", "three of five invented"],
)
async def test_a_reply_mostly_without_evidence_is_no_grade(
    server: ScriptedServer, chat: Chat, said: dict[str, tuple[str, str]]
) -> None:
    server.respond_with(grades_with(verdicts_reply(said)))
    with pytest.raises(ModelOutputInvalid) as caught:
        await a_model_assessor(chat).assess(an_exchange(ANSWER))
    assert caught.value.kind == "no_evidence"


# Red flags, probes, and what code adds.


async def test_a_red_flag_needs_a_quote_and_a_place_in_the_rubric(
    server: ScriptedServer, chat: Chat
) -> None:
    flags = [("no-monitoring", INVENTED), ("no-such-flag", QUOTE), ("no-monitoring", QUOTE)]
    server.respond_with(grades_with(verdicts_reply(all_points("no", ""), flags)))
    found = await a_model_assessor(chat).assess(an_exchange(ANSWER))
    assert [(f.id, f.quote.text) for f in found.red_flags] == [("no-monitoring", QUOTE)]


async def test_a_point_said_only_after_its_probe_is_marked_as_probed(
    server: ScriptedServer, chat: Chat
) -> None:
    later = "Dana closes it within five days."
    exchange = an_exchange("We compare with PSI every night.", later, moves=[a_probe("owner")])
    said = all_points("no", "") | {
        "owner": ("yes", "Dana closes it"),
        "cost": ("yes", "within five days"),
        "statistic": ("yes", "compare with PSI"),
    }
    server.respond_with(grades_with(verdicts_reply(said)))
    found = await a_model_assessor(chat).assess(exchange)
    assert {v.point: v.probed for v in found.verdicts if v.met is Met.YES} == {
        "owner": True,
        "cost": False,
        "statistic": False,
    }


async def test_the_whole_exchange_is_graded_in_one_request(
    server: ScriptedServer, chat: Chat
) -> None:
    interview = an_interview(
        asked(),
        answered("First answer of mine, on PSI."),
        moved(a_probe(), said="And who owns it?"),
        answered("Dana owns the alert."),
        moved(a_probe("cost"), said="And the cost?"),
        passed(),
    )
    server.respond_with(grades_with(verdicts_reply(all_points("no", ""))))
    await a_model_assessor(chat).assess(interview.exchanges[0])
    (request,) = server.requests
    shown = request.messages[-1]["content"]
    for words in ("on PSI.", "And who owns it?", "Dana owns the alert.", "(The candidate passed.)"):
        assert words in shown
    for point in a_question().points:
        assert point.statement in shown


async def test_currency_and_claims_come_from_code(server: ScriptedServer, chat: Chat) -> None:
    answer = f"{ANSWER} We reduced losses. SR 11-7 requires all of that."
    server.respond_with(grades_with(verdicts_reply(all_points("no", ""))))
    found = await a_model_assessor(chat, [a_rule()]).assess(an_exchange(answer))
    assert [(f.cited, f.acknowledged) for f in found.currency] == [("SR 11-7", False)]
    assert [c.missing for c in found.claims] == ["a number"]


async def test_neither_a_level_nor_length_is_put_to_the_model(
    server: ScriptedServer, chat: Chat
) -> None:
    server.respond_with(grades_with(verdicts_reply(all_points("no", ""))))
    await a_model_assessor(chat).assess(an_exchange(ANSWER))
    told = server.requests[0].messages[0]["content"].lower()
    for word in ("level", "score of", "1 to 5", "length", "long", "weight"):
        assert word not in told
    schema = str(server.requests[0].response_format).lower()
    assert "quote" in schema
    assert "level" not in schema
    assert "score" not in schema
