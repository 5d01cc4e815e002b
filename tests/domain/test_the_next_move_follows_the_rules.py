"""Given these events and this reading, the interviewer's next move is ... and says why."""

from typing import Any

import pytest

from interviewer.domain.assessment import Assessment
from interviewer.domain.moves import Ask, Challenge, Move, Press, Probe, Redirect, Wrap
from interviewer.domain.next_move import next_move
from tests.builders import (
    a_claim,
    a_currency_flag,
    a_point,
    a_probe,
    a_question,
    a_quote,
    an_assessment,
    an_interview,
    answered,
    asked,
    at,
    ended,
    junk,
    moved,
    passed,
    points,
    started,
)
from tests.builders_of_moves import a_challenge, a_press, a_redirect, a_wrap

STRONG = an_assessment("yes")


def after(*events: Any, reading: Assessment | None = None, minutes: float = 5) -> Move | None:
    """The next move after the events, by default with every point still open."""
    return next_move(an_interview(*events), reading or an_assessment("no"), at(minutes))


# Asking.


def test_the_round_begins_with_the_first_question_of_the_plan() -> None:
    move = next_move(an_interview(started("limits", "drift")), None, at())
    assert move == Ask(question="limits", reason="The round begins.")


def test_nothing_happens_while_the_candidate_thinks() -> None:
    assert after(asked(), minutes=500) is None


def test_nothing_happens_after_the_farewell() -> None:
    assert after(asked(), answered(), moved(a_wrap())) is None


def test_a_pass_leads_to_the_next_question() -> None:
    move = after(asked(), passed())
    assert isinstance(move, Ask)
    assert (move.question, move.reason) == ("limits", "You passed on the last question.")


def test_passing_a_follow_up_leads_to_the_next_question_too() -> None:
    assert isinstance(after(asked(), answered(), moved(a_probe()), passed()), Ask)


def test_the_last_question_says_that_it_is_the_last() -> None:
    move = after(asked(), passed())
    assert isinstance(move, Ask)
    assert move.last
    first = next_move(an_interview(), None, at())
    assert isinstance(first, Ask)
    assert not first.last


def test_an_answer_that_could_not_be_read_does_not_hold_up_the_round() -> None:
    move = next_move(an_interview(asked(), answered()), None, at(5))
    assert isinstance(move, Ask)


# Ending.


def test_the_round_ends_when_everything_was_asked() -> None:
    move = after(started("drift"), asked(), answered(), reading=STRONG)
    assert isinstance(move, Wrap)
    assert move.cause == "all-asked"


@pytest.mark.parametrize("events", [[], [asked()], [asked(), answered()]])
def test_the_candidate_may_end_at_any_time(events: list[Any]) -> None:
    move = after(*events, ended())
    assert isinstance(move, Wrap)
    assert move.cause == "candidate"


def test_used_up_minutes_end_the_round_even_where_much_is_missing() -> None:
    asks = [asked(minutes=0), answered(minutes=8), moved(a_probe(), 8), answered(minutes=16)]
    move = after(started(minutes=20), *asks, minutes=20)
    assert isinstance(move, Wrap)
    assert (move.cause, move.reason) == ("time", "The 20 minutes are used up.")


def test_a_long_break_ends_nothing() -> None:
    assert isinstance(after(asked(minutes=0), answered(minutes=600), minutes=600), Probe)


def test_no_question_is_opened_with_less_than_two_minutes_left() -> None:
    late = [started(minutes=10), asked(), passed(8.1)]
    move = after(*late, minutes=8.1)
    assert isinstance(move, Wrap)
    assert move.cause == "time"
    assert isinstance(after(started(minutes=10), asked(), passed(7.9), minutes=7.9), Ask)


@pytest.mark.parametrize(("used", "said"), [(1.0, None), (2.0, None), (2.1, 7), (5.5, 4), (8.0, 2)])
def test_minutes_are_named_when_less_than_eight_are_left(used: float, said: int | None) -> None:
    move = after(started(minutes=10), asked(), passed(used), minutes=used)
    assert isinstance(move, Ask)
    assert move.minutes_left == said


def test_a_round_shorter_than_eight_minutes_does_not_open_with_a_warning() -> None:
    move = next_move(an_interview(started(minutes=5)), None, at())
    assert isinstance(move, Ask)
    assert move.minutes_left is None


# Junk.


@pytest.mark.parametrize(
    "kind", ["empty", "gibberish", "echo", "dont-know", "instructions", "off-topic"]
)
def test_junk_is_brought_back_and_does_not_advance_the_interview(kind: str) -> None:
    reading = an_assessment("no", hygiene=(junk(kind),))
    move = after(asked(), answered("x"), reading=reading)
    assert isinstance(move, Redirect)
    assert move.hygiene.value == kind
    assert move.reason


def test_the_question_is_closed_after_two_redirects() -> None:
    twice = [asked(), answered(), moved(a_redirect()), answered()]
    reading = an_assessment("no", hygiene=(junk("gibberish", 0), junk("gibberish", 1)))
    assert isinstance(after(*twice, reading=reading), Redirect)
    thrice = [*twice, moved(a_redirect()), answered()]
    reading = an_assessment("no", hygiene=tuple(junk("gibberish", n) for n in range(3)))
    assert isinstance(after(*thrice, reading=reading), Ask)


def test_not_knowing_is_asked_about_once() -> None:
    reading = an_assessment("no", hygiene=(junk("dont-know", 0), junk("dont-know", 1)))
    move = after(asked(), answered(), moved(a_redirect("dont-know")), answered(), reading=reading)
    assert isinstance(move, Ask)


def test_junk_in_an_earlier_answer_is_forgotten_once_there_is_an_answer() -> None:
    reading = an_assessment("no", hygiene=(junk("gibberish", 0),))
    move = after(asked(), answered(), moved(a_redirect()), answered(), reading=reading)
    assert isinstance(move, Probe)


def test_a_flaw_that_leaves_an_answer_is_followed_up_as_usual() -> None:
    flaw = junk("instructions").model_copy(update={"junk": False})
    assert isinstance(after(asked(), answered(), reading=an_assessment(hygiene=(flaw,))), Probe)


def test_junk_after_a_follow_up_is_brought_back_too_and_costs_no_follow_up() -> None:
    events = [asked(), answered(), moved(a_probe("owner")), answered("x")]
    reading = an_assessment("no", hygiene=(junk("gibberish", 1),))
    assert isinstance(after(*events, reading=reading), Redirect)
    back = [*events, moved(a_redirect()), answered()]
    assert isinstance(after(*back, reading=reading), Probe)


# An outdated rule.


def test_an_outdated_rule_is_challenged_before_anything_is_probed() -> None:
    reading = an_assessment("no", currency=(a_currency_flag(),), claims=(a_claim(),))
    move = after(weighted(owner=3), answered(), reading=reading)
    assert isinstance(move, Challenge)
    assert "2026-04-17" in move.reason
    assert "SR 11-7" in move.reason


def test_it_is_challenged_once() -> None:
    reading = an_assessment(currency=(a_currency_flag(),))
    move = after(asked(), answered(), moved(a_challenge()), answered(), reading=reading)
    assert isinstance(move, Probe)


def test_a_rule_that_the_candidate_calls_history_is_not_challenged() -> None:
    reading = an_assessment(currency=(a_currency_flag(acknowledged=True),))
    assert isinstance(after(asked(), answered(), reading=reading), Probe)


def test_the_first_rule_not_called_history_is_the_one_challenged() -> None:
    flags = (a_currency_flag(acknowledged=True), a_currency_flag(cited="OCC 2011-12"))
    move = after(asked(), answered(), reading=an_assessment(currency=flags))
    assert isinstance(move, Challenge)
    assert move.flag is not None
    assert move.flag.cited == "OCC 2011-12"


def test_where_history_is_the_question_old_rules_may_be_cited() -> None:
    history = asked(a_question(about_history=True))
    reading = an_assessment(currency=(a_currency_flag(),))
    assert isinstance(after(history, answered(), reading=reading), Probe)


# Gaps.


def weighted(**weights: int) -> Any:
    return asked(a_question(points=points(weights)))


def test_the_heaviest_missing_point_is_probed_first() -> None:
    put = weighted(statistic=1, threshold=2, owner=3)
    move = after(put, answered())
    assert isinstance(move, Probe)
    assert (move.point, move.deepen) == ("owner", False)
    assert "still missing" in move.reason
    assert a_point("owner").statement in move.reason


def test_of_equally_heavy_points_the_missing_one_comes_before_the_half_made_one() -> None:
    put = weighted(statistic=3, threshold=3)
    reading = an_assessment({"statistic": "partly", "threshold": "no"})
    move = after(put, answered(), reading=reading)
    assert isinstance(move, Probe)
    assert move.point == "threshold"
    reading = an_assessment({"statistic": "partly", "threshold": "yes"})
    move = after(put, answered(), reading=reading)
    assert isinstance(move, Probe)
    assert move.point == "statistic"
    assert "only partly made" in move.reason


def test_a_point_is_never_probed_twice() -> None:
    put = weighted(statistic=3, threshold=1)
    move = after(put, answered(), moved(a_probe("statistic")), answered())
    assert isinstance(move, Probe)
    assert move.point == "threshold"


def test_a_point_that_could_not_be_assessed_is_not_called_missing() -> None:
    put = weighted(statistic=3, threshold=1)
    reading = an_assessment({"statistic": None, "threshold": "no"})
    move = after(put, answered(), reading=reading)
    assert isinstance(move, Probe)
    assert move.point == "threshold"


def test_a_probe_quotes_what_the_candidate_said_nearest_to_the_point() -> None:
    said = a_quote("We compare")
    reading = an_assessment("no", anchors={"owner": said})
    move = after(weighted(owner=3), answered(), reading=reading)
    assert isinstance(move, Probe)
    assert move.quote == said


# Claims.


@pytest.mark.parametrize(("weight", "kind"), [(3, Probe), (2, Press), (1, Press)])
def test_a_bare_claim_is_pressed_unless_a_decisive_point_is_missing(
    weight: int, kind: type[Move]
) -> None:
    reading = an_assessment("no", claims=(a_claim(missing="a baseline"),))
    move = after(weighted(statistic=weight, threshold=1), answered(), reading=reading)
    assert isinstance(move, kind)
    if isinstance(move, Press):
        assert move.missing == "a baseline"
        assert move.reason == "A result was claimed without a baseline."


def test_a_question_is_pressed_once() -> None:
    reading = an_assessment("no", claims=(a_claim(),))
    move = after(weighted(statistic=2), answered(), moved(a_press()), answered(), reading=reading)
    assert isinstance(move, Probe)


# Strong answers.


def deepening(**weights: int) -> Any:
    return asked(
        a_question(
            points=tuple(
                p.model_copy(update={"deepen": ("And when it fails?",)}) for p in points(weights)
            )
        )
    )


def test_a_strong_answer_is_pushed_further_on_its_heaviest_point() -> None:
    move = after(deepening(statistic=1, owner=3), answered(), reading=STRONG)
    assert isinstance(move, Probe)
    assert (move.point, move.deepen) == ("owner", True)


def test_a_strong_answer_is_pushed_further_once() -> None:
    events = [deepening(owner=3), answered(), moved(a_probe("owner", deepen=True)), answered()]
    move = after(*events, reading=STRONG)
    assert isinstance(move, Ask)
    assert move.reason == "Nothing was missing: no follow-up was needed."


def test_a_strong_answer_with_a_small_gap_is_pushed_further_before_the_gap_is_probed() -> None:
    put = deepening(statistic=3, threshold=3, owner=3, evidence=3, cost=1)
    reading = an_assessment(
        {**dict.fromkeys(("statistic", "threshold", "owner", "evidence"), "yes"), "cost": "no"}
    )
    move = after(put, answered(), reading=reading)
    assert isinstance(move, Probe)
    assert move.deepen
    move = after(put, answered(), moved(a_probe("owner", deepen=True)), answered(), reading=reading)
    assert isinstance(move, Probe)
    assert (move.point, move.deepen) == ("cost", False)


def test_an_answer_that_is_not_strong_is_not_pushed_further() -> None:
    reading = an_assessment({"statistic": "yes", "threshold": "no"})
    move = after(deepening(statistic=3, threshold=1), answered(), reading=reading)
    assert isinstance(move, Probe)
    assert (move.point, move.deepen) == ("threshold", False)


def test_a_strong_answer_without_harder_questions_leads_on() -> None:
    move = after(asked(), answered(), reading=STRONG)
    assert isinstance(move, Ask)
    assert move.reason == "Nothing was missing: no follow-up was needed."


# The budget.


@pytest.mark.parametrize("budget", [0, 1, 2, 3])
def test_follow_ups_stop_at_the_question_s_budget(budget: int) -> None:
    events: list[Any] = [asked(a_question(follow_ups=budget)), answered()]
    for _ in range(budget):
        move = after(*events)
        assert isinstance(move, Probe)
        events += [moved(move), answered()]
    move = after(*events)
    assert isinstance(move, Ask)
    assert move.reason == "The follow-ups planned for the question are used."


def test_when_every_gap_was_probed_the_round_goes_on() -> None:
    events: list[Any] = [asked(a_question(follow_ups=5)), answered()]
    for point in ("statistic", "threshold", "owner", "evidence"):
        events += [moved(a_probe(point)), answered()]
    move = after(*events, reading=an_assessment({"statistic": "no", "threshold": "no"}))
    assert isinstance(move, Ask)
    assert move.reason.startswith("Every open point had been asked about")


@pytest.mark.parametrize("reading", [an_assessment("no"), STRONG])
def test_every_move_says_why(reading: Assessment) -> None:
    for events in ([], [asked(), answered()], [asked(), passed()], [ended()]):
        move = after(*events, reading=reading)
        assert move is not None
        assert move.reason.endswith(".")
