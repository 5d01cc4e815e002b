"""The report of a round: scores with their reasons, the transcript, and the standing of sources."""

import json
from typing import Any, NamedTuple

import pytest

from interviewer.domain.assessment import Assessment
from interviewer.domain.moves import Wrap
from interviewer.domain.rubric import Signal
from interviewer.domain.scorecard import Outcome
from interviewer.interviews.report import RoundReport, round_report
from interviewer.interviews.report_markdown import critique_markdown, report_markdown
from interviewer.practice.critique import Critic
from tests.builders import (
    ANSWER,
    POINT_IDS,
    a_catalog,
    a_currency_flag,
    a_fallback,
    a_flag_raised,
    a_point,
    a_probe,
    a_question,
    an_assessment,
    an_interview,
    answered,
    asked,
    ended,
    graded,
    junk,
    moved,
    passed,
    some_usage,
    started,
)
from tests.builders_of_moves import a_wrap
from tests.engines.parts import a_reader
from tests.interviews.parts import Clock


class Passage(NamedTuple):
    title: str = "Guidance of 2026"
    section: str = "Monitoring"
    status: str = "in_force"
    superseded_by: str | None = None


def a_round(*more: Any, assessment: Assessment | None = None, **start: Any) -> RoundReport:
    """The report of a round in which one question was asked and answered, and more events came."""
    events = [started("drift", **start), asked(), answered(minutes=2), *more]
    if not any(isinstance(getattr(event, "move", None), Wrap) for event in events):
        events.append(moved(a_wrap(), 3))
    events.append(graded("drift", assessment or an_assessment("yes")))
    return round_report("an-id", an_interview(*events))


def test_a_strong_round_goes_forward() -> None:
    report = a_round()
    assert (report.overall, report.level, report.outcome) == (5.0, 5, Outcome.ADVANCE)
    assert report.because == "Every signal reached its bar."
    assert report.signals == dict.fromkeys(Signal, 5.0)


def test_a_weak_signal_screens_out_and_is_named() -> None:
    verdicts: dict[str, str | None] = dict.fromkeys(
        ("statistic", "threshold", "evidence", "cost"), "yes"
    )
    report = a_round(assessment=an_assessment(verdicts | {"owner": "no"}))
    assert report.outcome is Outcome.SCREENED_OUT
    assert report.because.startswith("leadership came to 1.0, below the bar of 2.5")


def test_the_transcript_says_why_each_turn_was_taken() -> None:
    report = a_round(
        moved(a_probe("owner"), 3, said="Who owns it?", fallback=a_fallback()), passed(4)
    )
    (question,) = report.questions
    assert [(line.speaker, line.move, line.text) for line in question.transcript] == [
        ("interviewer", "ask", a_question().text),
        ("candidate", None, ANSWER),
        ("interviewer", "probe", "Who owns it?"),
        ("candidate", None, "(passed)"),
    ]
    assert question.transcript[2].reason == "It is still missing."
    assert question.transcript[2].notice == a_fallback().message
    assert report.closing is not None
    assert report.closing.reason == "All planned questions were asked."


def test_usage_is_that_of_speaking_and_of_grading() -> None:
    report = a_round(
        moved(a_probe(), 3, usage=some_usage(10)),
        answered(minutes=4),
        assessment=an_assessment(usage=some_usage(5)),
    )
    assert (report.usage.prompt_tokens, report.usage.calls) == (15, 2)


def test_time_is_told_without_the_breaks_and_without_waiting_for_the_interviewer() -> None:
    report = a_round(moved(a_probe(), 3), answered(minutes=600))
    assert report.minutes_used == pytest.approx(12.0)


def test_questions_that_were_not_reached_are_named_and_cost_nothing() -> None:
    report = a_round(plan=started("drift", "limits", "log").plan)
    assert report.not_asked == ("limits", "log")
    assert report.overall == 5.0


def test_a_question_cut_off_before_an_answer_is_left_out_of_the_score() -> None:
    cut_off = an_assessment(dict.fromkeys(POINT_IDS, None))
    events = [asked("drift"), answered(), asked("limits"), graded("drift", an_assessment("yes"))]
    interview = an_interview(*events)
    report = round_report(
        "an-id",
        an_interview(
            started(),
            *events,
            ended(1),
            moved(Wrap(cause="candidate", reason="You asked to end the round.")),
            graded("limits", cut_off),
        ),
    )
    assert report.overall == 5.0
    assert [q.overall for q in report.questions] == [5, None]
    assert round_report("an-id", interview).over is False


def test_a_passed_question_counts_as_not_made() -> None:
    events = [asked("drift"), answered(), asked("limits"), graded("drift", an_assessment("yes"))]
    report = round_report(
        "an-id",
        an_interview(
            started(), *events, passed(), moved(a_wrap()), graded("limits", an_assessment("no"))
        ),
    )
    assert report.overall == 3.0


def test_a_round_without_an_answer_is_not_assessed() -> None:
    report = round_report("an-id", an_interview(started(), asked()))
    assert (report.overall, report.level, report.outcome) == (None, None, Outcome.NOT_ASSESSED)
    assert report.questions == ()
    assert report.closing is None
    assert "not assessed" in report_markdown(report, {})


def test_a_report_is_one_json_document() -> None:
    document = json.loads(a_round().model_dump_json())
    assert {"overall", "signals", "gates", "outcome", "because", "questions", "usage"} <= set(
        document
    )
    assert document["signals"] == {"risk": 5.0, "impact": 5.0, "leadership": 5.0}
    assert document["questions"][0]["points"][0]["met"] == "yes"


# As Markdown.


def test_markdown_tells_the_outcome_the_quotes_and_the_reasons() -> None:
    text = report_markdown(a_round(moved(a_probe("owner"), 3), answered(minutes=4)), {})
    assert text.startswith("# Risk round: 5.0 of 5, would go forward\n")
    assert "- risk: 5.0 (bar 3.0): reached" in text
    assert f"- **yes:** {a_point('owner').statement}" in text
    assert '"We compare"' in text
    assert "Why you were asked more:\n- It is still missing." in text
    assert "*The round ended: All planned questions were asked.*" in text
    assert "not a prediction" in text


def test_markdown_names_the_standing_of_what_to_read() -> None:
    passages = {"sr-26-2#monitoring": Passage(status="superseded", superseded_by="sr-30-1")}
    text = report_markdown(a_round(assessment=an_assessment("no")), passages)
    assert "Read up on what was missing:" in text
    assert (
        "- Guidance of 2026: Monitoring (superseded by sr-30-1) [sr-26-2#monitoring]"
        in text.splitlines()
    )
    in_force = report_markdown(
        a_round(assessment=an_assessment("no")), {"sr-26-2#monitoring": Passage()}
    )
    assert "(in force) [sr-26-2#monitoring]" in in_force


def test_markdown_says_what_replaced_an_outdated_rule_when_and_where_it_says_so() -> None:
    flagged = an_assessment("yes", currency=(a_currency_flag(),))
    text = report_markdown(a_round(assessment=flagged), {})
    assert '"SR 11-7" is superseded since 2026-04-17; sr-26-2 replaced it' in text
    assert "[sr-26-2#rescissions]" in text
    known = an_assessment("yes", currency=(a_currency_flag(acknowledged=True),))
    assert "Out of date" not in report_markdown(a_round(assessment=known), {})


def test_markdown_tells_red_flags_fallbacks_flaws_and_doubts() -> None:
    assessment = an_assessment(
        "no",
        red_flags=(a_flag_raised(),),
        hygiene=(junk("echo"),),
        fallback=a_fallback(),
        may_be_gamed=True,
    )
    text = report_markdown(a_round(assessment=assessment), {})
    assert "**Red flag:** Says that a validated model needs no monitoring." in text
    assert "- **echo:** as the test wants it" in text
    assert f"- {a_fallback().message}" in text
    assert "Low confidence" in text


def test_the_same_notice_is_told_once() -> None:
    report = a_round(
        moved(a_probe(), 3, fallback=a_fallback()),
        answered(minutes=4),
        moved(a_probe("cost"), 5, fallback=a_fallback()),
        answered(minutes=6),
        assessment=an_assessment(fallback=a_fallback()),
    )
    assert report_markdown(report, {}).count(a_fallback().message) == 1


def test_a_long_quote_is_cut_and_stays_on_its_line() -> None:
    long = "We compare\nevery night " * 40
    verdict = an_assessment({"owner": "yes"}).verdicts[0]
    assert verdict.quote is not None
    quote = verdict.quote.model_copy(update={"text": long, "end": len(long)})
    assessment = an_assessment("no").model_copy(
        update={"verdicts": (verdict.model_copy(update={"quote": quote}),)}
    )
    text = report_markdown(a_round(assessment=assessment), {})
    assert max(len(line) for line in text.splitlines()) < 400
    assert "We compare every night We compare" in text


async def test_a_critique_as_markdown_ends_with_the_next_question() -> None:
    reader = a_reader()
    critic = Critic(catalog=a_catalog(), assessor=reader, offline=reader, clock=Clock())
    found = await critic.critique("drift", "We compare the scores with PSI.")
    assert found.next_probe is not None
    text = critique_markdown(found, {})
    assert text.startswith(f"# drift\n\n{a_question('drift').text}\n")
    assert f"**Next, you would be asked:** {found.next_probe.text}" in text
    assert f"*Why: {found.next_probe.reason}*" in text
