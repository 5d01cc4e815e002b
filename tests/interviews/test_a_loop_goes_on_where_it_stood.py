"""Rounds in order, each once; resumed between and inside rounds, also under changed seeds."""

import asyncio

import pytest

from interviewer.domain.committee.decision import Decision
from interviewer.domain.committee.words import Brief, Words
from interviewer.engines.offline.scribe import OfflineScribe
from interviewer.errors import ModelUnavailable, RuleBroken, UnknownId
from interviewer.interviews.debrief_markdown import debrief_markdown
from interviewer.paths import shipped
from interviewer.store.catalog_files import load_committee
from interviewer.store.engine import Database
from tests.builders import ANSWER, a_question
from tests.interviews.loop_parts import loop_parts, sit_next, two_rounds
from tests.interviews.parts import OWNER, asked_in, events_of


async def states(database: Database, loop_id: str) -> list[str]:
    state = await loop_parts(database).loops.state(loop_id, owner=OWNER)
    return [round_.state for round_ in state.rounds]


async def test_rounds_are_sat_in_order_and_the_loop_ends(database: Database) -> None:
    parts = loop_parts(database)
    loop_id = await parts.loops.start("bank", owner=OWNER)
    assert await states(database, loop_id) == ["not-sat", "not-sat"]
    await sit_next(parts, loop_id)
    assert await states(database, loop_id) == ["over", "not-sat"]
    await sit_next(parts, loop_id)
    assert await states(database, loop_id) == ["over", "over"]
    assert await parts.loops.open_next(loop_id, owner=OWNER) is None


async def test_a_round_knows_the_loop_it_is_of_and_what_comes_next(database: Database) -> None:
    parts = loop_parts(database)
    loop_id = await parts.loops.start("bank", owner=OWNER)
    await parts.loops.start("bank", owner=OWNER)
    first = await sit_next(parts, loop_id)
    found = await parts.loops.around(first, owner=OWNER)
    assert found is not None
    assert found.id == loop_id
    assert found.next_round == found.rounds[1]
    assert await parts.loops.around(first, owner="somebody else") is None
    assert await parts.loops.around("sat-alone", owner=OWNER) is None


async def test_another_process_goes_on_inside_the_round_and_asks_nothing_twice(
    database: Database,
) -> None:
    first = loop_parts(database)
    loop_id = await first.loops.start("bank", owner=OWNER, seed=0)
    begun = await sit_next(first, loop_id, answers=1)
    later = loop_parts(database)
    assert await states(database, loop_id) == ["open", "not-sat"]
    assert await sit_next(later, loop_id) == begun
    assert asked_in(await events_of(database, begun)) == ["drift", "limits"]


async def test_a_process_that_dies_before_the_round_is_opened_loses_nothing(
    database: Database,
) -> None:
    loop_id = await loop_parts(database).loops.start("bank", owner=OWNER)
    plan = await loop_parts(database).loops.plan(loop_id, owner=OWNER)
    opened = await loop_parts(database).loops.open_next(loop_id, owner=OWNER)
    assert opened is not None
    assert opened.interview == plan.rounds[0].interview


async def test_two_who_open_the_same_round_at_once_sit_the_same_interview(
    database: Database,
) -> None:
    loop_id = await loop_parts(database).loops.start("bank", owner=OWNER)
    openings = [loop_parts(database).loops.open_next(loop_id, owner=OWNER) for _ in range(4)]
    opened = await asyncio.gather(*openings)
    assert len({round_.interview for round_ in opened if round_}) == 1


async def test_a_loop_under_changed_seeds_keeps_what_was_asked_and_says_what_changed(
    database: Database,
) -> None:
    before = loop_parts(database)
    loop_id = await before.loops.start("bank", owner=OWNER, seed=0)
    interview = await sit_next(before, loop_id, answers=1)

    reworded = a_question("drift", text="Something else altogether is asked here now, is it not?")
    rounds = {"screen": ("drift",), "panel": ("spike", "tiers")}
    after = loop_parts(database, two_rounds(rounds, drift=reworded))
    state = await after.loops.state(loop_id, owner=OWNER)
    (notice,) = state.notices
    assert "drift reworded; limits removed" in notice
    assert "stays in your record as it was" in notice

    await sit_next(after, loop_id)
    events = await events_of(database, interview)
    assert asked_in(events) == ["drift", "limits"], "what was put is not taken back"
    said = next(e.question.text for e in events if e.type == "move_made" and e.question)
    assert "model drift has drifted" in said
    debrief = await after.debriefs.debrief(loop_id, owner=OWNER)
    assert debrief.notices == (notice.replace(notice.split(". ", 1)[1], _SAT),)


_SAT = "You have sat it; it stays in your record as it was asked."


async def test_a_planned_question_that_the_bank_no_longer_has_is_left_out(
    database: Database,
) -> None:
    before = loop_parts(database)
    loop_id = await before.loops.start("bank", owner=OWNER, seed=0)
    interview = await sit_next(before, loop_id, answers=0)
    after = loop_parts(database, two_rounds({"screen": ("drift",), "panel": ("spike", "tiers")}))
    await sit_next(after, loop_id)
    assert asked_in(await events_of(database, interview)) == ["drift"]


async def test_a_round_that_is_gone_is_not_sat_and_the_decision_is_withheld(
    database: Database,
) -> None:
    before = loop_parts(database)
    loop_id = await before.loops.start("bank", owner=OWNER)
    await sit_next(before, loop_id)
    after = loop_parts(database, two_rounds({"screen": ("drift", "limits")}))
    assert await after.loops.open_next(loop_id, owner=OWNER) is None
    debrief = await after.debriefs.debrief(loop_id, owner=OWNER)
    assert debrief.findings.decision is Decision.WITHHELD
    assert "taken out of the track" in debrief.notices[0]


async def test_another_owner_s_loop_does_not_exist(database: Database) -> None:
    parts = loop_parts(database)
    loop_id = await parts.loops.start("bank", owner=OWNER)
    await sit_next(parts, loop_id)
    for attempt in (
        parts.loops.state(loop_id, owner="bob"),
        parts.loops.plan(loop_id, owner="bob"),
        parts.loops.open_next(loop_id, owner="bob"),
        parts.debriefs.debrief(loop_id, owner="bob"),
        parts.debriefs.report(loop_id, owner="bob"),
        parts.loops.state("0" * 36, owner=OWNER),
        parts.loops.state("\0", owner=OWNER),
    ):
        with pytest.raises(UnknownId, match="there is no loop"):
            await attempt


async def test_there_is_no_debrief_before_a_round_was_opened(database: Database) -> None:
    parts = loop_parts(database)
    loop_id = await parts.loops.start("bank", owner=OWNER)
    with pytest.raises(RuleBroken, match="no round"):
        await parts.debriefs.debrief(loop_id, owner=OWNER)


EIGHT = f"I led a team of 8 people who rebuilt the fraud alert scoring model. {ANSWER}"
FORTY = f"I led a team of 40 people who rebuilt the fraud alert scoring model. {ANSWER}"


async def test_claims_of_one_round_are_remembered_in_the_next_and_their_contradictions_are_shown(
    database: Database,
) -> None:
    parts = loop_parts(database)
    loop_id = await parts.loops.start("bank", owner=OWNER, seed=0)
    await sit_next(parts, loop_id, text=EIGHT)
    second = await sit_next(parts, loop_id, text=FORTY)
    remembered = (await events_of(database, second))[0].remembered
    assert any("8 people" in claim.claim.quote.text for claim in remembered)
    assert {claim.title for claim in remembered} == {"Screen"}
    shown = debrief_markdown(await parts.debriefs.debrief(loop_id, owner=OWNER))
    part = shown[shown.index("## What does not fit together") :]
    assert EIGHT.split(". ")[0] in part
    assert FORTY.split(". ")[0] in part
    assert "[Screen, drift]" in part
    assert "[Panel, " in part


class Counting(OfflineScribe):
    """Stands for a model: says offline words, counts how often, and fails on demand."""

    name = "model"

    def __init__(self) -> None:
        super().__init__(load_committee(shipped("seeds")))
        self.asked = 0
        self.fails = False

    async def word(self, brief: Brief) -> Words:
        self.asked += 1
        if self.fails:
            raise ModelUnavailable("no reply within 20 s", kind="deadline")
        return self.worded(brief).model_copy(update={"engine": "model"})


async def test_the_words_of_a_debrief_are_kept_until_the_facts_change(database: Database) -> None:
    scribe = Counting()
    parts = loop_parts(database, scribe=scribe)
    loop_id = await parts.loops.start("bank", owner=OWNER)
    await sit_next(parts, loop_id)
    first = await parts.debriefs.debrief(loop_id, owner=OWNER)
    assert await parts.debriefs.debrief(loop_id, owner=OWNER) == first
    assert scribe.asked == 1
    await sit_next(parts, loop_id)
    await parts.debriefs.debrief(loop_id, owner=OWNER)
    assert scribe.asked == 2


async def test_a_failing_model_leaves_the_offline_words_and_is_asked_again(
    database: Database,
) -> None:
    scribe = Counting()
    scribe.fails = True
    parts = loop_parts(database, scribe=scribe)
    loop_id = await parts.loops.start("bank", owner=OWNER)
    await sit_next(parts, loop_id)
    debrief = await parts.debriefs.debrief(loop_id, owner=OWNER)
    assert debrief.words.engine == "offline"
    assert debrief.words.fallback is not None
    assert debrief.words.statements["officer"]
    scribe.fails = False
    assert (await parts.debriefs.debrief(loop_id, owner=OWNER)).words.engine == "model"
