import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.domain import beta
from interviewer.domain.critique import critique
from interviewer.domain.day_plan import MINUTES_A_DAY, RoundToSit, Want, day_plan, wants
from interviewer.domain.drill_plan import DrillPlan
from interviewer.domain.heat import heat
from interviewer.domain.missed import most_missed, times_of
from interviewer.domain.practised import Judged, Practised, practised_alone, practised_in
from interviewer.domain.progress import (
    GROUPINGS,
    HALF_LIFE,
    Grouping,
    by_skill,
    posterior,
    strengths,
    trend_of,
)
from interviewer.domain.rubric import Signal
from interviewer.errors import InputError
from tests.builders import (
    ANSWER,
    NOON,
    a_probe,
    a_question,
    an_assessment,
    an_interview,
    answered,
    asked,
    graded,
    moved,
    started,
)
from tests.builders_of_moves import a_wrap

DAY = dt.timedelta(days=1)


def did(credit: float, days_ago: float = 0, point: str = "owner", **changes: Any) -> Practised:
    """One exchange with one point on the criterion `monitoring`."""
    judged = Judged(
        point=point,
        statement=f"Says {point}.",
        criterion="monitoring",
        signal=Signal.RISK,
        weight=changes.pop("weight", 2),
        credit=credit,
        made=credit == 1.0,
    )
    settings: dict[str, Any] = {
        "at": NOON - days_ago * DAY,
        "where": "drill",
        "ref": "d1",
        "question": "drift",
        "track": "bank",
        "round": "risk",
        "points": (judged,),
        "answers": (),
    }
    return Practised(**(settings | changes))


# Quantiles of scipy 1.16, stats.beta.ppf.
@pytest.mark.parametrize(
    ("p", "a", "b", "value"),
    [
        (0.05, 1, 1, 0.05),
        (0.5, 2, 3, 0.385728),
        (0.05, 7.5, 3.5, 0.441873),
        (0.95, 7.5, 3.5, 0.882671),
        (0.95, 0.5, 0.5, 0.993844),
    ],
)
def test_quantiles_are_those_of_the_tables(p: float, a: float, b: float, value: float) -> None:
    assert beta.quantile(p, a, b) == pytest.approx(value, abs=2e-6)


@given(st.floats(0.01, 0.99), st.floats(1, 60), st.floats(1, 60))
def test_a_quantile_is_undone_by_its_probability(p: float, a: float, b: float) -> None:
    assert beta.below(beta.quantile(p, a, b), a, b) == pytest.approx(p, abs=1e-4)


def test_strength_is_the_posterior_mean_over_exchanges() -> None:
    assert posterior([(NOON, 1.0), (NOON, 0.5)], NOON) == (2.5, 1.5)
    (found, _) = strengths([did(1.0), did(0.5)], NOON)
    assert (found.kind, found.id, found.strength) == ("criterion", "monitoring", 0.625)
    assert found.low < 0.625 < found.high


def test_after_one_half_life_an_exchange_counts_half() -> None:
    assert posterior([(NOON - HALF_LIFE, 1.0)], NOON) == (1.5, 1.0)


def test_more_exchanges_narrow_the_interval() -> None:
    few, many = (strengths([did(0.6)] * n, NOON)[0] for n in (2, 20))
    assert many.high - many.low < few.high - few.low


def test_the_points_of_one_answer_are_one_observation() -> None:
    points = tuple(did(1.0, point=f"p{n}").points[0] for n in range(6))
    one = strengths([did(1.0, points=points)], NOON)[0]
    assert one.strength == strengths([did(1.0)], NOON)[0].strength


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.integers(0, 11))
def test_a_better_answer_never_lowers_a_strength(shares: list[float], which: int) -> None:
    better = list(shares)
    better[which % len(shares)] = 1.0
    before, after = (
        beta.mean(*posterior([(NOON - n * DAY, s) for n, s in enumerate(each)], NOON))
        for each in (shares, better)
    )
    assert after >= before


@pytest.mark.parametrize(
    ("before", "recent", "trend"),
    [
        ([0.0] * 6, [1.0] * 6, "up"),
        ([1.0] * 6, [0.0] * 6, "down"),
        ([0.5] * 4, [0.6] * 4, "steady"),
        ([0.0], [1.0] * 9, "unclear"),
    ],
)
def test_a_trend_is_claimed_only_where_chance_does_not_explain_it(
    before: Sequence[float], recent: Sequence[float], trend: str
) -> None:
    seen = [(NOON - 40 * DAY, s) for s in before] + [(NOON, s) for s in recent]
    assert trend_of(seen)[0] == trend


def test_history_has_a_moment_for_each_day_of_practice() -> None:
    found = strengths([did(0.0, 5), did(0.0, 5), did(1.0, 1)], NOON)[0]
    assert [m.date.day for m in found.history] == [17, 21]
    assert found.history[0].strength < found.history[1].strength


def test_another_grouping_joins_beside_those_that_exist() -> None:
    skill = Grouping("skill", lambda exchange: [("sql", 1.0)] if exchange.points else [])
    kinds = [(s.kind, s.id) for s in strengths([did(0.2)], NOON, [*GROUPINGS, skill])]
    assert kinds == [("criterion", "monitoring"), ("signal", "risk"), ("skill", "sql")]


def test_a_skill_is_judged_by_the_points_of_its_criteria() -> None:
    skills = by_skill({"monitoring": ("mlops", "risk"), "value": ("product",)})
    assert list(skills.groups(did(0.5))) == [("mlops", 0.5), ("risk", 0.5)]


def test_a_cell_of_the_heat_map_knows_nothing_of_other_rounds() -> None:
    practised = [did(1.0), did(1.0, 3), did(0.0, round="sense"), did(1.0, -3)]
    found = {(c.criterion, c.track, c.round): c for c in heat(practised, NOON)}
    risk, sense = (found["monitoring", "bank", round_] for round_ in ("risk", "sense"))
    assert (risk.exchanges, sense.exchanges) == (2, 1)
    assert risk.strength == strengths(practised[:2], NOON)[0].strength
    assert sense.strength == strengths(practised[2:3], NOON)[0].strength


def test_what_lies_ahead_of_now_is_left_out() -> None:
    assert strengths([did(1.0, -3)], NOON) == []


def test_rounds_drills_and_critiques_are_told_apart() -> None:
    log = (asked(), answered(), moved(a_probe("cost")), answered("Two million."))
    (found,) = practised_in("i1", an_interview(*log, _wrapped(), graded("drift", _mixed())))
    assert (found.where, found.ref, found.question) == ("interview", "i1", "drift")
    assert [a.first for a in found.answers] == [True, False]
    drill = an_interview(started("drift", drill=DrillPlan()), *log, _wrapped(), graded())
    assert practised_in("i2", drill)[0].where == "drill"


def test_a_critique_counts_with_the_criteria_of_its_question() -> None:
    question = a_question()
    alone, _ = critique(question, _mixed(), (ANSWER,))
    found = practised_alone("c1", NOON, alone, {"drift": question})
    assert [p.criterion for p in found.points[:3]] == ["monitoring", "monitoring", "ownership"]
    assert found.answers[0].seconds is None
    gone = practised_alone("c1", NOON, alone, {})
    assert {p.criterion for p in gone.points} == {""}
    assert [s.kind for s in strengths([gone], NOON)] == ["signal"] * 3


def _mixed() -> Any:
    return an_assessment(
        {"statistic": "yes", "threshold": "no", "owner": "partly", "evidence": None, "cost": "no"}
    )


def _wrapped() -> Any:
    return moved(a_wrap())


def test_a_point_made_the_last_time_is_not_missed_any_more() -> None:
    made = [did(0.0, 3), did(1.0, 1)]
    assert most_missed(made) == []
    assert most_missed(made[::-1]) == []


def test_the_costliest_points_come_first() -> None:
    found = most_missed(
        [did(0.0, 2, "light", weight=1), did(0.0, 2, "heavy", weight=3), did(0.5, 1, "half")]
    )
    assert [m.point for m in found] == ["heavy", "half", "light"]
    assert found[0].need == 2.0


def test_a_break_counts_as_ten_minutes_of_an_answer_at_most() -> None:
    log = an_interview(
        asked(minutes=0), answered("word " * 50, minutes=90), _wrapped(), graded("drift", _mixed())
    )
    times = times_of(practised_in("i", log), first=True)
    assert (times.answers, times.words, times.spoken_seconds, times.seconds) == (1, 50, 20.0, 600)


# The plan.

TODAY = NOON.date()
ROUND = RoundToSit(id="bank/risk", title="Risk", minutes=30, last=None)


def a_want(question: str, need: float = 0.5, minutes: int = 8) -> Want:
    return Want(question=question, need=need, minutes=minutes, why="weak")


def test_the_plan_ends_the_day_before_the_interview() -> None:
    plan = day_plan(TODAY, TODAY + 4 * DAY, {}, [], [])
    assert [day.date for day in plan] == [TODAY + n * DAY for n in range(4)]
    assert len(day_plan(TODAY, TODAY, {}, [], [])) == 1
    with pytest.raises(InputError, match="has passed"):
        day_plan(TODAY, TODAY - DAY, {}, [], [])


def test_no_day_holds_more_than_its_minutes_and_nothing_is_lost() -> None:
    due = {f"q{n}": TODAY - DAY for n in range(9)}
    wanted = [a_want(f"w{n}") for n in range(9)]
    plan = day_plan(TODAY, TODAY + 10 * DAY, due, wanted, [ROUND])
    assert all(day.minutes <= MINUTES_A_DAY for day in plan)
    planned = [item.id for day in plan for item in day.items if item.kind != "round"]
    assert sorted(planned) == sorted([*due, *(w.question for w in wanted)])
    assert [i.kind for i in plan[0].items] == ["due"] * 5


def test_a_whole_round_stands_on_every_third_day_but_not_on_the_last() -> None:
    plan = day_plan(TODAY, TODAY + 6 * DAY, {}, [], [ROUND])
    assert [bool(day.items) for day in plan] == [False, False, True, False, False, False]


def test_nothing_new_is_begun_on_the_last_day() -> None:
    plan = day_plan(
        TODAY, TODAY + 2 * DAY, {"q": TODAY + DAY}, [a_want(f"w{n}") for n in range(20)], []
    )
    assert [item.kind for item in plan[-1].items] == ["due"]


def test_weak_heavy_points_make_a_question_wanted() -> None:
    missed = [did(0.0, 1, "threshold", weight=3), did(0.0, 2, "threshold", weight=3)]
    questions = [a_question("other"), a_question("drift")]
    found = wants(questions, strengths(missed, NOON), most_missed(missed, None))
    assert found[0].question == "drift"
    assert found[0].why == "missed 2 of 2 times: Says threshold."


def test_without_practice_the_order_of_the_bank_stands() -> None:
    questions = [a_question(q) for q in ("drift", "limits", "log")]
    assert [w.question for w in wants(questions, [], [])] == ["drift", "limits", "log"]
