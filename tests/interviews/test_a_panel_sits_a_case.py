"""A panel and a case over a real database: hand-overs, hidden facts, interruptions, memory."""

from typing import Any

import pytest

from interviewer.domain.catalog import Catalog
from interviewer.domain.memory import remembered_claims
from interviewer.domain.moves import Challenge, Inform, Recall
from interviewer.errors import AnswerTooLong
from interviewer.interviews.planning import planned
from interviewer.interviews.report import round_report
from interviewer.interviews.report_markdown import report_markdown
from interviewer.interviews.updates import MoveChosen, TurnTaken
from interviewer.store.engine import Database
from tests.builders import ANSWER, a_catalog, a_persona, a_point, a_question, points
from tests.builders_of_moves import a_case, a_change, a_hidden_fact
from tests.interviews.parts import (
    OWNER,
    Clock,
    a_conductor,
    answers_in,
    begun,
    events_of,
    turn,
    updates,
)

FACTS = (a_hidden_fact(), a_hidden_fact("budget", persona="lawyer"))
LIST = "We add a portal, alerts, a chat, a tracker and a bot. "


def a_panel_case(**round_changes: Any) -> Catalog:
    """Two personas, a clarify and a design question, two hidden facts."""
    asking = a_point("owner", asks_for="capacity")
    catalog = a_catalog(
        a_question(
            "ask",
            stage="clarify",
            follow_ups=0,
            points=(asking, *(p for p in points({}) if p.id != "owner")),
        ),
        a_question("draw", stage="design", follow_ups=1, persona="lawyer"),
        personas=("officer", "lawyer"),
        brief=a_case().brief,
        hidden_facts=FACTS,
        **round_changes,
    )
    lawyer = a_persona("lawyer", name="Lev Quill", title="Counsel")
    return catalog.model_copy(update={"personas": {**catalog.personas, "lawyer": lawyer}})


async def test_the_case_opens_with_its_brief_and_keeps_its_order(database: Database) -> None:
    conductor = a_conductor(database, catalog=a_panel_case())
    for seed in (1, 2, 3):
        interview_id = await conductor.start("bank", "risk", owner=OWNER, seed=seed)
        opened = await turn(conductor.advance(interview_id, owner=OWNER))
        assert a_case().brief in opened.text
        assert opened.text.endswith(a_question("ask").text)
        assert (opened.persona, opened.name) == ("officer", "Ada Quill")


async def test_facts_are_told_to_who_asks_by_who_knows(database: Database) -> None:
    conductor = a_conductor(database, catalog=a_panel_case())
    interview_id = await begun(conductor)
    ask = "How many alerts is the capacity of the team? What budget do the reviewers have?"
    told = await updates(conductor.answer(interview_id, ask, owner=OWNER))
    turns = [update for update in told if isinstance(update, TurnTaken)]
    assert [(t.move, t.persona) for t in turns] == [("inform", "officer"), ("inform", "lawyer")]
    assert [t.text for t in turns] == [
        f"You asked. {FACTS[0].text}",
        f"I am Lev Quill, Counsel. You asked. {FACTS[1].text}",
    ]
    nothing = await turn(conductor.answer(interview_id, "Who is the sponsor?", owner=OWNER))
    assert (nothing.move, nothing.text) == ("inform", "Nobody knows that.")


async def test_leaving_a_subject_hands_over_and_the_colleague_asks(database: Database) -> None:
    conductor = a_conductor(database, catalog=a_panel_case())
    interview_id = await begun(conductor)
    told = await updates(conductor.skip(interview_id, owner=OWNER))
    moves = [(u.move, u.name) for u in told if isinstance(u, MoveChosen)]
    assert moves == [("hand_over", "Ada Quill"), ("ask", "Lev Quill")]
    turns = [u for u in told if isinstance(u, TurnTaken)]
    assert turns[0].text == "Over to Lev Quill."
    assert turns[1].text.startswith("I am Lev Quill, Counsel. ")
    assert turns[1].text.endswith(a_question("draw").text)
    answered = await updates(conductor.answer(interview_id, ANSWER, owner=OWNER))
    again = [u.text for u in answered if isinstance(u, TurnTaken) and u.persona == "lawyer"]
    assert again
    assert not any("I am Lev Quill" in text for text in again), "once is enough"
    assert a_case().brief not in turns[1].text


async def test_a_process_that_dies_after_a_hand_over_goes_on_with_the_colleague(
    database: Database,
) -> None:
    conductor = a_conductor(database, catalog=a_panel_case())
    interview_id = await begun(conductor)
    stream = conductor.skip(interview_id, owner=OWNER)
    async for update in stream:
        if isinstance(update, TurnTaken):
            break
    await stream.aclose()  # type: ignore[attr-defined]
    later = a_conductor(database, catalog=a_panel_case())
    taken = await turn(later.advance(interview_id, owner=OWNER))
    assert (taken.move, taken.persona) == ("ask", "lawyer")


async def test_the_report_tells_what_was_asked_and_what_never_was(database: Database) -> None:
    conductor = a_conductor(database, catalog=a_panel_case())
    interview_id = await begun(conductor)
    ask = "How many alerts is the capacity of the team?"
    await updates(conductor.answer(interview_id, ask, owner=OWNER))
    running = round_report(interview_id, await conductor.graded(interview_id, owner=OWNER))
    assert running.facts == (), "they would give the case away"
    await updates(conductor.end(interview_id, owner=OWNER))
    report = round_report(interview_id, await conductor.graded(interview_id, owner=OWNER))
    assert [(f.id, f.asked, f.question) for f in report.facts] == [
        ("capacity", True, ask),
        ("budget", False, None),
    ]
    (question,) = report.questions
    judged = {p.id: p for p in question.points}["owner"]
    assert (judged.met, judged.quote) == ("yes", ask)
    text = report_markdown(report, {})
    assert "1 of 2 asked for" in text
    assert f"You never asked:\n- {FACTS[1].text} (Lev Quill)" in text


# Interrupting.


def interrupting() -> Catalog:
    catalog = a_catalog(a_question("drift", follow_ups=1), a_question("limits", follow_ups=1))
    rude = a_persona("officer", interrupts=True)
    return catalog.model_copy(update={"personas": {"officer": rude}})


async def test_a_list_is_cut_off_while_it_is_typed_and_counts_as_an_answer(
    database: Database,
) -> None:
    conductor = a_conductor(database, catalog=interrupting())
    interview_id = await begun(conductor)
    assert await updates(conductor.typing(interview_id, LIST[:20], owner=OWNER)) == []
    assert await conductor.draft(interview_id, owner=OWNER) == LIST[:20]
    taken = await turn(conductor.typing(interview_id, LIST, owner=OWNER))
    assert (taken.move, taken.text) == ("interrupt", 'I cut in at "a bot".')
    assert await conductor.draft(interview_id, owner=OWNER) == ""
    events = await events_of(database, interview_id)
    assert answers_in(events) == [LIST]
    assert [e.cut_off for e in events if e.type == "answer_given"] == [True]
    await updates(conductor.answer(interview_id, ANSWER, owner=OWNER))
    interview = await conductor.load(interview_id, owner=OWNER)
    assert interview.exchanges[0].answers == (LIST, ANSWER)


async def test_it_is_cut_off_once_a_round_and_after_sending_too(database: Database) -> None:
    conductor = a_conductor(database, catalog=interrupting())
    interview_id = await begun(conductor)
    assert (await turn(conductor.answer(interview_id, LIST, owner=OWNER))).move == "interrupt"
    await updates(conductor.skip(interview_id, owner=OWNER))
    assert await updates(conductor.typing(interview_id, LIST, owner=OWNER)) == []
    assert (await turn(conductor.answer(interview_id, LIST, owner=OWNER))).move != "interrupt"


async def test_who_cannot_be_cut_off_only_has_a_draft(database: Database) -> None:
    conductor = a_conductor(database)
    interview_id = await begun(conductor)
    assert await updates(conductor.typing(interview_id, LIST, owner=OWNER)) == []
    assert await conductor.draft(interview_id, owner=OWNER) == LIST
    with pytest.raises(AnswerTooLong):
        await updates(conductor.typing(interview_id, "x" * 20_001, owner=OWNER))


# Memory and curveballs.

EARLIER = "I cut false fraud alerts by 40 percent at the card desk with my team."
NOW = "At the card desk we cut false fraud alerts by 15 percent from the year before, with my team."


async def remembered_from(database: Database, said: str) -> Any:
    conductor = a_conductor(database, catalog=a_catalog(a_question("drift"), title="Screen"))
    interview_id = await begun(conductor)
    await updates(conductor.answer(interview_id, said, owner=OWNER))
    await updates(conductor.end(interview_id, owner=OWNER))
    interview = await conductor.graded(interview_id, owner=OWNER)
    return remembered_claims(interview, interview_id)


async def test_what_was_said_in_one_round_is_challenged_in_the_next_with_both_quotes(
    database: Database,
) -> None:
    remembered = await remembered_from(database, EARLIER)
    conductor = a_conductor(database)
    interview_id = await conductor.start("bank", "risk", owner=OWNER, seed=0, remembered=remembered)
    await updates(conductor.advance(interview_id, owner=OWNER))
    taken = await turn(conductor.answer(interview_id, NOW, owner=OWNER))
    assert taken.move == "challenge"
    for words in ("by 40 percent", "by 15 percent", 'in the round "Screen"'):
        assert words in taken.text
    interview = await conductor.load(interview_id, owner=OWNER)
    move = interview.moves[-1]
    assert isinstance(move, Challenge)
    assert move.contradiction is not None
    assert "cannot" not in move.reason
    assert EARLIER in move.reason


async def test_a_later_persona_tests_a_claim_and_quotes_it(database: Database) -> None:
    remembered = await remembered_from(database, EARLIER)
    conductor = a_conductor(database, catalog=a_catalog(a_question("drift", follow_ups=3)))
    interview_id = await conductor.start("bank", "risk", owner=OWNER, seed=0, remembered=remembered)
    await updates(conductor.advance(interview_id, owner=OWNER))
    said = "Fraud alerts at the desk are compared every night with a frozen window."
    taken = await turn(conductor.answer(interview_id, said, owner=OWNER))
    assert taken.move == "recall"
    assert '"I cut false fraud alerts by 40 percent at the card desk' in taken.text
    interview = await conductor.load(interview_id, owner=OWNER)
    assert isinstance(interview.moves[-1], Recall)


async def test_a_contradiction_within_the_round_is_heard_across_questions(
    database: Database,
) -> None:
    conductor = a_conductor(database)
    interview_id = await begun(conductor)
    await updates(conductor.answer(interview_id, EARLIER, owner=OWNER))
    await updates(conductor.skip(interview_id, owner=OWNER))
    taken = await turn(conductor.answer(interview_id, NOW, owner=OWNER))
    assert taken.move == "challenge"
    assert "earlier in this conversation" in taken.text


async def test_the_seed_chooses_one_change_of_facts_and_it_comes_after_the_first_answer(
    database: Database,
) -> None:
    changes = (a_change("freeze"), a_change("outage"))
    questions = [a_question(q, follow_ups=1, curveballs=changes) for q in ("drift", "limits")]
    conductor = a_conductor(database, catalog=a_catalog(*questions))
    chosen = set()
    for seed in range(12):
        interview_id = await conductor.start("bank", "risk", owner=OWNER, seed=seed)
        plan = (await conductor.load(interview_id, owner=OWNER)).started.plan
        ((place, change),) = [(n, q.curveball) for n, q in enumerate(plan) if q.curveball]
        chosen.add((plan[place].id, change.id))
    assert len(chosen) == 4, "every change at every question, each by some seed"
    rounds = [a_catalog(*questions, id=name).tracks["bank"].rounds[0] for name in "abcdefgh"]
    plans = [planned(round_, questions, lambda _: (), 0) for round_ in rounds]
    drawn = {q.curveball.id for plan in plans for q in plan if q.curveball}
    assert drawn == {"freeze", "outage"}, "the authored order draws too, by its round"
    one = a_conductor(database, catalog=a_catalog(questions[0]))
    interview_id = await begun(one)
    taken = await turn(one.answer(interview_id, ANSWER, owner=OWNER))
    assert taken.move == "curveball"
    assert taken.text in [f"The facts change. {change.text}" for change in changes]


async def test_half_time_is_said_along_with_a_turn(database: Database) -> None:
    clock = Clock()
    conductor = a_conductor(database, clock=clock)
    interview_id = await begun(conductor)
    for minutes in (9, 9):
        clock.pass_minutes(minutes)
        await updates(conductor.answer(interview_id, "We look at it now.", owner=OWNER))
    clock.pass_minutes(6)
    taken = await turn(conductor.answer(interview_id, "We look at it now.", owner=OWNER))
    assert taken.text.startswith("Half time, 21 minutes left. ")
    interview = await conductor.load(interview_id, owner=OWNER)
    assert not any(isinstance(move, Inform) for move in interview.moves)
