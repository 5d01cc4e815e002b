"""Events are for ever: what a released version wrote, every later one reads.

The logs were made by `tests/interviews/record_golden_log.py`. They are never edited; if this test
fails, an event changed its meaning and needs a new type instead.
"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from interviewer.domain.artefact_events import ArtefactChecked, ArtefactHandedIn
from interviewer.domain.events import (
    EVENT,
    CodeSubmitted,
    CodeTested,
    Event,
    HintGiven,
    PlannedQuestion,
    QuerySubmitted,
    QueryTested,
)
from interviewer.domain.grade import grade_question
from interviewer.domain.interview import Interview, replay
from interviewer.domain.memory import remembered_claims
from interviewer.domain.moves import Move
from interviewer.domain.timing import active_time
from interviewer.domain.verdict import Met
from interviewer.interviews.report import round_report
from tests.builders import (
    a_claim,
    a_currency_flag,
    a_fallback,
    a_flag_raised,
    a_probe,
    a_quote,
    an_assessment,
    answered,
    asked,
    at,
    ended,
    graded,
    junk,
    moved,
    passed,
    some_usage,
    started,
)
from tests.builders_of_moves import (
    a_case,
    a_challenge,
    a_change,
    a_checked_artefact,
    a_code_outcome,
    a_confrontation,
    a_contradiction,
    a_curveball,
    a_feature_list,
    a_hand_over,
    a_panel,
    a_press,
    a_query_run,
    a_recall,
    a_redirect,
    a_remembered_claim,
    a_said_claim,
    a_wrap,
    an_enquiry,
    an_examination,
    an_examination_of_a_board,
    an_inform,
    an_interrupt,
)

LOGS = Path(__file__).with_name("golden_logs")
EVENT_TYPES = {kind.model_fields["type"].default for kind in get_args(get_args(Event)[0])}
MOVE_KINDS = {kind.model_fields["kind"].default for kind in get_args(get_args(Move)[0])}


def lines_of(version: str) -> list[str]:
    return (LOGS / f"{version}.jsonl").read_text(encoding="utf-8").splitlines()


def interview_of(version: str) -> Interview:
    return replay(EVENT.validate_json(line) for line in lines_of(version))


@pytest.mark.parametrize("log", sorted(LOGS.glob("*.jsonl")), ids=lambda log: log.stem)
def test_nothing_that_was_stored_is_lost_in_reading(log: Path) -> None:
    def is_kept(before: Any, after: Any) -> bool:
        if isinstance(before, dict):
            return all(key in after and is_kept(value, after[key]) for key, value in before.items())
        if isinstance(before, list):
            return len(before) == len(after) and all(map(is_kept, before, after))
        return bool(before == after)

    for line in log.read_text(encoding="utf-8").splitlines():
        event = EVENT.validate_json(line)
        assert is_kept(json.loads(line), json.loads(EVENT.dump_json(event)))


def test_the_log_of_0_1_0_holds_every_kind_of_event_and_move_of_its_day() -> None:
    stored = [json.loads(line) for line in lines_of("v0_1_0")]
    assert {event["type"] for event in stored} == {
        "interview_started",
        "move_made",
        "answer_given",
        "turn_passed",
        "end_requested",
        "question_graded",
    }
    assert {event["move"]["kind"] for event in stored if "move" in event} == {
        "ask",
        "probe",
        "press",
        "challenge",
        "redirect",
        "wrap",
    }


def test_the_log_of_0_1_0_ends_where_it_ended() -> None:
    interview = interview_of("v0_1_0")
    assert (interview.seq, interview.is_over, interview.ungraded) == (23, True, ())
    assert active_time(interview.moments) == timedelta(minutes=8, seconds=40)
    assert [
        (e.question.id, len(e.answers), [move.kind for move in e.moves])
        for e in interview.exchanges
    ] == [
        ("drift-monitoring-audit", 4, ["ask", "redirect", "challenge", "probe"]),
        ("live-model-risk-assessment", 3, ["ask", "probe", "press", "probe"]),
        ("guidance-change-2026", 0, ["ask"]),
    ]
    assert [exchange.probed for exchange in interview.exchanges] == [
        {"limits-with-a-reason": 3},
        {"evidence-from-that-book": 1},
        {},
    ]
    assert len(interview.remaining) == 7
    assert (interview.speaking_usage.calls, interview.speaking_usage.prompt_tokens) == (9, 4960)
    assert interview.farewell is not None
    assert interview.farewell.move is not None
    assert interview.farewell.move.reason == "You asked to end the round."


def test_the_log_of_0_1_0_keeps_who_spoke_and_who_graded() -> None:
    first, second, third = interview_of("v0_1_0").exchanges
    assert [turn.engine for turn in first.turns if turn.move] == [
        "model",
        "offline",
        "model",
        "model",
    ]
    assert first.turns[2].notice is not None
    assert second.turns[-1].passed
    assessments = [first.assessment, second.assessment, third.assessment]
    assert [a.engine for a in assessments if a] == ["model", "offline", "offline"]
    assert first.assessment is not None
    verdicts = {v.point: v for v in first.assessment.verdicts}
    made = verdicts["score-and-inputs"]
    assert made.met is Met.YES
    assert made.quote is not None
    assert first.answers[made.quote.answer][made.quote.start : made.quote.end] == made.quote.text
    assert verdicts["limits-with-a-reason"].met is None, "its quote was in no answer"
    assert [flag.cited for flag in first.assessment.currency] == ["SR 11-7"]
    assert second.assessment is not None
    assert second.assessment.fallback is not None
    assert second.assessment.fallback.cause == "no_evidence"


def test_the_log_of_0_1_0_can_be_graded_and_reported_today() -> None:
    interview = interview_of("v0_1_0")
    levels = [
        grade_question(exchange.question, exchange.assessment).overall
        for exchange in interview.exchanges
        if exchange.assessment is not None
    ]
    assert levels[2] is None
    assert levels[0] is not None
    assert levels[1] is not None
    assert levels[1] > levels[0]
    report = round_report("golden", interview)
    assert [question.question for question in report.questions] == [
        exchange.question.id for exchange in interview.exchanges
    ]


def test_the_log_of_a_panel_ends_where_it_ended() -> None:
    interview = interview_of("v0_2_0_panel")
    assert (interview.seq, interview.is_over, interview.ungraded) == (28, True, ())
    assert [(e.question.id, [move.kind for move in e.moves]) for e in interview.exchanges] == [
        ("ask", ["ask", "inform", "inform", "inform", "hand_over"]),
        ("draw", ["ask", "interrupt", "curveball", "hand_over"]),
        ("defend", ["ask", "challenge", "recall", "probe"]),
    ]
    assert interview.told == ("capacity", "budget")
    assert [turn.persona for turn in interview.exchanges[1].turns if turn.move] == [
        *["lawyer"] * 4,
    ]
    assert interview.exchanges[1].turns[1].cut_off
    assert [move.coaching.cause for move in interview.moves if move.coaching] == ["half-time"]
    report = round_report("golden", interview)
    assert [(fact.id, fact.asked) for fact in report.facts] == [
        ("capacity", True),
        ("budget", True),
    ]
    assert len(remembered_claims(interview)) >= 2


def test_the_newer_moves_are_all_in_the_log_of_a_panel() -> None:
    stored = [json.loads(line) for line in lines_of("v0_2_0_panel")]
    kinds = {event["move"]["kind"] for event in stored if "move" in event}
    assert {"recall", "challenge", "interrupt", "curveball", "inform", "hand_over"} <= kinds


FULL = an_assessment(
    {"statistic": "yes", "threshold": "partly", "owner": "no", "cost": None},
    red_flags=(a_flag_raised(cap=2),),
    hygiene=(junk("echo"),),
    currency=(a_currency_flag(),),
    claims=(a_claim(),),
    checkable=(a_said_claim(),),
    contradictions=(a_contradiction(),),
    remembered=(a_remembered_claim(),),
    feature_list=a_feature_list(),
    enquiries=(an_enquiry(), an_enquiry(None)),
    anchors={"owner": a_quote()},
    usage=some_usage(),
    fallback=a_fallback(),
    model="scripted-1",
)
EVENTS: list[Event] = [
    started(seed=7, version="0.1.0"),
    started(
        panel=a_panel("officer", "lawyer", interrupting="lawyer"),
        remembered=(a_remembered_claim(),),
        case=a_case(),
        plan=(PlannedQuestion(id="drift", minutes=8, persona="lawyer", curveball=a_change()),),
    ),
    asked(usage=some_usage(), fallback=a_fallback(), model="m"),
    *(
        moved(move)
        for move in (
            a_probe(quote=a_quote("\u201cWe\u201d \u20ac5")),
            a_probe(deepen=True),
            a_press(),
            a_challenge(),
            a_confrontation("Recruiter screen"),
            a_recall(),
            an_interrupt(),
            a_curveball(),
            an_inform("capacity", more=True),
            an_examination(),
            an_examination_of_a_board(),
            a_hand_over(),
            a_redirect("dont-know"),
            a_wrap(),
        )
    ),
    answered(cut_off=True),
    answered("caf\u00e9 \U0001f600\n\u200b"),
    passed(),
    CodeSubmitted(at=at(1), question="drift", problem="p", code="\u20ac = 1", sha256="0" * 64),
    CodeTested(at=at(2), question="drift", sha256="0" * 64, refused="no sandbox"),
    CodeTested(at=at(2), question="drift", sha256="0" * 64, outcome=a_code_outcome()),
    QuerySubmitted(
        at=at(1), question="drift", problem="p", query="SELECT '\u20ac'", sha256="0" * 64
    ),
    QueryTested(at=at(2), question="drift", sha256="0" * 64, refused="no engine"),
    QueryTested(at=at(2), question="drift", sha256="0" * 64, run=a_query_run()),
    HintGiven(at=at(2), question="drift", number=1, text="Sort."),
    ArtefactHandedIn(at=at(2), question="drift", kind="sketch", content="flowchart LR\n\u20ac"),
    ArtefactChecked(at=at(2), question="drift", number=1, found=a_checked_artefact()),
    ended(),
    graded("drift", FULL),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.type)
def test_an_event_comes_back_from_json_as_it_was(event: Event) -> None:
    assert EVENT.validate_json(EVENT.dump_json(event)) == event
    assert EVENT.validate_python(EVENT.dump_python(event, mode="json")) == event


def test_every_type_of_event_and_kind_of_move_is_tried_above() -> None:
    assert {event.type for event in EVENTS} == EVENT_TYPES
    assert {event.move.kind for event in EVENTS if event.type == "move_made"} == MOVE_KINDS


def test_an_unknown_type_or_field_is_refused_and_not_dropped() -> None:
    stored = json.loads(EVENT.dump_json(answered()))
    with pytest.raises(ValueError, match="does not match any of the expected tags"):
        EVENT.validate_python(stored | {"type": "answer_retracted"})
    with pytest.raises(ValueError, match="Extra inputs are not permitted"):
        EVENT.validate_python(stored | {"mood": "good"})


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="timezone"):
        EVENT.validate_json('{"type": "turn_passed", "at": "2026-11-22T12:00:00"}')
