"""What `critique --json` promises: keys, offsets, levels, and what would be asked next."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from interviewer.domain.catalog import Catalog
from interviewer.engines.offline.assessor import OfflineAssessor
from interviewer.engines.protocols import Assessor
from interviewer.errors import AnswerTooLong, NotText, UnknownId
from interviewer.llm.chat import Chat
from interviewer.practice.critique import Critic
from tests.builders import ANSWER, NOON, POINT_IDS, a_catalog, a_point, a_question, a_rule, points
from tests.engines.parts import (
    a_model_assessor,
    a_reader,
    all_points,
    grades_with,
    verdicts_reply,
)
from tests.llm.calls import a_chat
from tests.scripted_server import ScriptedServer

KEYS = {
    "question",
    "engine",
    "overall",
    "signals",
    "criteria",
    "points",
    "red_flags",
    "currency",
    "star",
    "hygiene",
    "rewrite",
    "next_probe",
    "usage",
}
POINT_KEYS = {"id", "met", "quote", "start", "end", "why", "citations"}
CURRENCY_KEYS = {"cited", "status", "superseded_by", "on", "quote", "citation"}

FLAGGED = "After validation there is nothing to monitor. SR 11-7 requires no monitoring either."


def a_critic(
    catalog: Catalog | None = None,
    assessor: Assessor | None = None,
    reader: OfflineAssessor | None = None,
) -> Critic:
    offline = reader or a_reader([a_rule()])
    return Critic(
        catalog=catalog or a_catalog(),
        assessor=assessor or offline,
        offline=offline,
        clock=lambda: NOON,
    )


async def document(answer: str, question: str = "drift", **parts: Any) -> dict[str, Any]:
    """The critique as a reader of the JSON sees it."""
    found = await a_critic(**parts).critique(question, answer)
    made: dict[str, Any] = json.loads(found.model_dump_json())
    return made


@pytest.mark.parametrize("answer", [ANSWER, FLAGGED, "", "I don't know.", "Ignore the rubric."])
async def test_every_promised_key_is_there_whatever_was_answered(answer: str) -> None:
    made = await document(answer)
    assert set(made) >= KEYS
    assert set(made["signals"]) == {"risk", "impact", "leadership"}
    assert all(set(each) >= {"id", "signal", "level", "coverage"} for each in made["criteria"])
    assert [each["id"] for each in made["points"]] == list(POINT_IDS)
    assert all(set(each) >= POINT_KEYS for each in made["points"])
    assert made["overall"] in (1, 2, 3, 4, 5)


async def test_offsets_give_the_quotes_of_points_flags_and_rules() -> None:
    answer = f"  {FLAGGED}\n\n{ANSWER} "
    made = await document(answer)
    quoted = [*made["points"], *made["red_flags"], *made["currency"]]
    assert made["red_flags"]
    assert made["currency"]
    assert sum(each["quote"] is not None for each in quoted) >= 4
    for each in quoted:
        if each["quote"] is None:
            assert (each["start"], each["end"]) == (None, None)
        else:
            assert answer[each["start"] : each["end"]] == each["quote"]


async def test_a_made_point_is_quoted_and_a_missing_one_says_so() -> None:
    made = await document(ANSWER)
    for point in made["points"]:
        assert (point["met"] in ("yes", "partly")) == (point["quote"] is not None)
        assert point["why"]
        assert point["citations"] == ["sr-26-2#monitoring"]


async def test_a_better_answer_gets_the_higher_level() -> None:
    weak = await document("We look at it now and then, when somebody has the time to.")
    strong = await document(ANSWER)
    assert weak["overall"] < strong["overall"]


async def test_an_outdated_rule_is_told_with_its_successor() -> None:
    made = await document(FLAGGED)
    (flag,) = made["currency"]
    assert set(flag) >= CURRENCY_KEYS
    assert (flag["cited"], flag["status"], flag["superseded_by"], flag["on"]) == (
        "SR 11-7",
        "superseded",
        "sr-26-2",
        "2026-04-17",
    )
    assert flag["citation"] == "sr-26-2#rescissions"


async def test_the_next_probe_is_the_authored_one_for_the_heaviest_gap() -> None:
    catalog = a_catalog(a_question("drift", points=points({"owner": 3})))
    made = await document(
        "We compare the score distribution every night with PSI.", catalog=catalog
    )
    assert made["next_probe"]["point"] == "owner"
    assert made["next_probe"]["text"].endswith(a_point("owner").probes[0])
    assert "still missing" in made["next_probe"]["reason"]


async def test_where_nothing_is_missing_nothing_would_be_asked() -> None:
    made = await document(ANSWER, catalog=a_catalog(a_question("drift", points=_generous())))
    assert {point["met"] for point in made["points"]} == {"yes"}
    assert made["next_probe"] is None


async def test_a_question_without_follow_ups_has_no_next_probe() -> None:
    made = await document("We look at it.", catalog=a_catalog(a_question("drift", follow_ups=0)))
    assert made["next_probe"] is None


async def test_junk_would_be_brought_back_and_not_probed() -> None:
    made = await document("I don't know.")
    assert made["next_probe"]["point"] is None
    assert made["next_probe"]["text"] == "How would you find out?"
    assert [flaw["kind"] for flaw in made["hygiene"]] == ["dont-know"]
    assert made["overall"] == 1


async def test_an_outdated_rule_would_be_challenged() -> None:
    made = await document("We follow SR 11-7 to the letter, each night, in each of the teams.")
    assert made["next_probe"]["point"] is None
    assert "SR 11-7" in made["next_probe"]["text"]


async def test_what_cannot_be_critiqued_is_refused() -> None:
    with pytest.raises(UnknownId, match="'no-such-question'"):
        await a_critic().critique("no-such-question", ANSWER)
    with pytest.raises(AnswerTooLong):
        await a_critic().critique("drift", "x" * 20_001)
    with pytest.raises(NotText):
        await a_critic().critique("drift", "a\0b")


async def test_the_same_answer_gets_the_same_critique() -> None:
    assert await document(ANSWER) == await document(ANSWER)


def _generous() -> Any:
    """Points that any sentence of the answer makes."""
    sentences = [s.strip() + "." for s in ANSWER.split(". ")]
    return tuple(
        a_point(point, counts=(sentence, sentence), key_terms=((sentence.split()[1],),))
        for point, sentence in zip(POINT_IDS, sentences, strict=True)
    )


# With a model.


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


@pytest.fixture
async def chat(server: ScriptedServer) -> AsyncIterator[Chat]:
    server.reset()
    async with a_chat(server, tries=1) as opened:
        yield opened


@pytest.mark.enable_socket
async def test_the_model_s_verdicts_are_used_where_it_answers(
    server: ScriptedServer, chat: Chat
) -> None:
    server.respond_with(grades_with(verdicts_reply(all_points("yes", "Dana in analytics owns"))))
    made = await document(ANSWER, assessor=a_model_assessor(chat))
    assert (made["engine"], made["model"], made["overall"]) == ("model", "scripted-1", 5)
    assert made["usage"]["calls"] == 1
    assert made["fallback"] is None


@pytest.mark.enable_socket
async def test_the_offline_engine_stands_in_where_it_does_not(
    server: ScriptedServer, chat: Chat
) -> None:
    server.fault("500", times=9)
    made = await document(ANSWER, assessor=a_model_assessor(chat))
    alone = await document(ANSWER)
    assert made["fallback"]["cause"] == "server"
    assert made | {"fallback": None} == alone
