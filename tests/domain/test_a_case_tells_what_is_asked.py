"""The clarify stage of a case: facts for those who ask, nothing for those who do not."""

from typing import Any

import pytest
from pydantic import ValidationError

from interviewer.domain.case import Case, Enquiry
from interviewer.domain.clarifying import MOST_ENQUIRIES, with_facts_asked
from interviewer.domain.moves import Ask, Inform, Move, Probe, Redirect
from interviewer.domain.next_move import next_move
from interviewer.domain.rubric import Signal
from interviewer.domain.verdict import Met
from tests.builders import (
    a_point,
    a_question,
    an_assessment,
    an_exchange,
    an_interview,
    answered,
    asked,
    at,
    junk,
    moved,
    points,
    started,
)
from tests.builders_of_moves import a_case, a_hidden_fact, a_panel, an_enquiry, an_inform

FACTS = (a_hidden_fact(), a_hidden_fact("budget", persona="lawyer"), a_hidden_fact("deadline"))
CASE = started(case=a_case(*FACTS), panel=a_panel("officer", "lawyer"))
CLARIFY = asked(a_question(stage="clarify", follow_ups=1))


def after(*events: Any, asks: tuple[Enquiry, ...] = (), minutes: float = 2, **found: Any) -> Move:
    reading = an_assessment("no", enquiries=asks, **found)
    move = next_move(an_interview(CASE, CLARIFY, *events), reading, at(minutes))
    assert move is not None
    return move


def test_a_fact_that_is_asked_for_is_told_in_the_words_of_the_case() -> None:
    move = after(answered(), asks=(an_enquiry("capacity"),))
    assert isinstance(move, Inform)
    (fact,) = move.facts
    assert (fact.id, fact.text) == ("capacity", FACTS[0].text)
    assert move.quote == an_enquiry().quote
    assert not move.more


def test_what_is_not_among_the_facts_is_said_to_be_unknown() -> None:
    move = after(answered(), asks=(an_enquiry(None),))
    assert isinstance(move, Inform)
    assert move.facts == ()
    assert "not among the facts" in move.reason


def test_each_persona_tells_what_it_knows_in_one_go() -> None:
    asks = (an_enquiry("capacity"), an_enquiry("budget"), an_enquiry("deadline"))
    first = after(answered(), asks=asks)
    assert isinstance(first, Inform)
    assert ([f.id for f in first.facts], first.persona) == (["capacity", "deadline"], "officer")
    assert first.more
    second = after(answered(), moved(first), asks=asks)
    assert isinstance(second, Inform)
    assert ([f.id for f in second.facts], second.persona) == (["budget"], "lawyer")
    assert not second.more


def test_only_the_last_answer_s_questions_are_answered() -> None:
    events = [answered(), moved(an_inform("capacity")), answered()]
    move = after(*events, asks=(an_enquiry("capacity", 0), an_enquiry("budget", 1)))
    assert isinstance(move, Inform)
    assert [fact.id for fact in move.facts] == ["budget"]


def test_answering_costs_no_follow_up() -> None:
    events: list[Any] = []
    for _ in range(5):
        events += [answered(), moved(an_inform("capacity"))]
    move = after(*events, answered(), asks=(an_enquiry("budget", 5),))
    assert isinstance(move, Inform)


@pytest.mark.parametrize(
    ("events", "minutes"),
    [
        ([answered()], 9.0),
        ([answered(), *[moved(an_inform()), answered()] * MOST_ENQUIRIES], 1.0),
    ],
)
def test_the_stage_ends_with_its_minutes_or_its_turns(events: list[Any], minutes: float) -> None:
    last = sum(event.type == "answer_given" for event in events) - 1
    move = after(*events, asks=(an_enquiry("capacity", last),), minutes=minutes)
    assert isinstance(move, Ask)
    assert move.reason == "The time for questions was used up."


def test_a_question_that_looks_off_topic_is_still_a_question() -> None:
    move = after(answered(), asks=(an_enquiry(None),), hygiene=(junk("off-topic"),))
    assert isinstance(move, Inform)
    assert isinstance(
        after(answered(), asks=(an_enquiry(None),), hygiene=(junk("instructions"),)), Redirect
    )


def test_who_has_no_further_questions_goes_on() -> None:
    events = [answered(), moved(an_inform("capacity")), answered("No, that is all.")]
    move = after(*events, hygiene=(junk("dont-know", 1),))
    assert isinstance(move, Ask)
    assert move.reason == "You had no further questions."


def test_outside_the_clarify_stage_nobody_is_told_anything() -> None:
    reading = an_assessment("no", enquiries=(an_enquiry("capacity"),))
    events = [CASE, asked(a_question(stage="design")), answered()]
    assert isinstance(next_move(an_interview(*events), reading, at(2)), Probe)


# What a probe may touch.


def test_a_point_about_asking_is_never_probed() -> None:
    put = a_question(stage="clarify", points=points({"owner": 3}, asks_for="capacity"))
    move = next_move(an_interview(CASE, asked(put), answered()), an_assessment("no"), at(2))
    assert isinstance(move, Ask)


def test_a_point_that_rests_on_a_fact_is_probed_only_if_the_fact_was_told() -> None:
    rests = points({"owner": 3}, needs_fact="capacity")
    put = asked(a_question("limits", stage="design", points=rests))
    clarified = [CLARIFY, answered()]
    untold = an_interview(CASE, *clarified, put, answered())
    move = next_move(untold, an_assessment("no"), at(2))
    assert not isinstance(move, Probe)
    told = [*clarified, moved(an_inform("capacity")), answered(), put, answered()]
    assert isinstance(next_move(an_interview(CASE, *told), an_assessment("no"), at(2)), Probe)


# What asking is worth.


def test_asking_makes_the_point_and_the_question_is_the_quote() -> None:
    asking = a_point("owner", asks_for="capacity", signal=Signal.LEADERSHIP)
    put = a_question(stage="clarify", points=(asking, *(p for p in points({}) if p.id != "owner")))
    exchange = an_exchange("How many?", "Fine.", question=put, moves=[an_inform("capacity")])
    judged = with_facts_asked(put, an_assessment("no"), exchange).verdict("owner")
    assert judged is not None
    assert judged.met is Met.YES
    assert judged.quote is not None
    assert judged.quote.text == "How many"
    silent = an_exchange("I would build it.", question=put)
    judged = with_facts_asked(put, an_assessment("yes"), silent).verdict("owner")
    assert judged is not None
    assert (judged.met, judged.why) == (Met.NO, "You did not ask for it.")


def test_two_facts_may_not_share_an_id() -> None:
    with pytest.raises(ValidationError, match="hidden facts share an id: capacity"):
        Case(brief="A brief that is long enough to be one, really.", facts=(FACTS[0], FACTS[0]))
