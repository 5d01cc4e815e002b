"""From verdicts to coverage, score, level and signals; red flags; and what was not assessed."""

import pytest

from interviewer.domain.grade import (
    LEVEL_FLOORS,
    coverage,
    grade_question,
    level_from_labels,
    level_of,
    penalised,
    score_at,
    worst_first,
)
from interviewer.domain.rubric import Signal
from interviewer.domain.verdict import Met, Quote, Verdict
from tests.builders import (
    a_flag_raised,
    a_point,
    a_question,
    a_quote,
    a_red_flag,
    a_verdict,
    an_assessment,
    points,
)


@pytest.mark.parametrize(("floor", "level"), [*zip(LEVEL_FLOORS, (2, 3, 4, 5), strict=True)])
def test_a_level_begins_at_its_floor(floor: float, level: int) -> None:
    assert level_of(score_at(floor)) == level
    assert level_of(score_at(floor - 1e-9)) == level - 1


@pytest.mark.parametrize(
    ("covered", "score"),
    [(0.0, 1.0), (0.15, 1.5), (0.25, 2.0), (0.45, 3.0), (0.89, 4.75), (1.0, 5.0)],
)
def test_scores_lie_on_straight_lines_between_the_floors(covered: float, score: float) -> None:
    assert score_at(covered) == pytest.approx(score)


@pytest.mark.parametrize(
    ("score", "level"), [(1.0, 1), (1.49, 1), (1.5, 2), (2.5, 3), (4.49, 4), (4.5, 5), (5.0, 5)]
)
def test_halves_are_rounded_up(score: float, level: int) -> None:
    assert level_of(score) == level


@pytest.mark.parametrize(
    ("met", "probed", "share"),
    [
        ("yes", False, 1.0),
        ("partly", False, 0.5),
        ("no", False, 0.0),
        ("yes", True, 0.75),
        ("partly", True, 0.375),
        ("no", True, 0.0),
    ],
)
def test_what_is_said_only_after_a_probe_earns_three_quarters(
    met: str, probed: bool, share: float
) -> None:
    verdict = a_verdict("statistic", met, probed=probed)
    assert coverage([a_point("statistic")], {"statistic": verdict}) == share


def test_a_heavy_point_counts_as_often_as_it_weighs() -> None:
    group = [a_point("statistic", weight=3), a_point("cost", weight=1)]
    verdicts = {"statistic": a_verdict("statistic", "yes"), "cost": a_verdict("cost", "no")}
    assert coverage(group, verdicts) == 0.75


def test_a_point_that_was_not_assessed_is_not_a_no() -> None:
    group = [a_point("statistic", weight=1), a_point("cost", weight=3)]
    verdicts = {"statistic": a_verdict("statistic", "yes"), "cost": a_verdict("cost", None)}
    assert coverage(group, verdicts) == 1.0
    assert coverage(group, {"statistic": a_verdict("statistic", "yes")}) == 1.0


def test_where_nothing_was_assessed_there_is_no_grade() -> None:
    grade = grade_question(a_question(), an_assessment(dict.fromkeys(("statistic", "cost"), None)))
    assert (grade.overall, grade.score, grade.coverage) == (None, None, None)
    assert set(grade.signals.values()) == {None}
    assert {c.level for c in grade.criteria} == {None}


def test_nothing_said_right_is_level_one_and_everything_is_level_five() -> None:
    assert grade_question(a_question(), an_assessment("no")).overall == 1
    assert grade_question(a_question(), an_assessment("yes")).overall == 5


def test_a_signal_is_judged_by_its_own_points_only() -> None:
    grade = grade_question(
        a_question(), an_assessment({"statistic": "no", "owner": "yes", "cost": "partly"})
    )
    assert grade.signals == {Signal.RISK: 1.0, Signal.LEADERSHIP: 5.0, Signal.IMPACT: 3.25}


def test_a_signal_without_points_is_not_assessed() -> None:
    only_risk = a_question(points=points({}, signal=Signal.RISK))
    grade = grade_question(only_risk, an_assessment("yes"))
    assert grade.signals == {Signal.RISK: 5.0, Signal.IMPACT: None, Signal.LEADERSHIP: None}


def test_criteria_stand_in_the_order_of_the_rubric() -> None:
    grade = grade_question(a_question(), an_assessment({"statistic": "yes", "threshold": "no"}))
    assert [(c.id, c.level) for c in grade.criteria] == [
        ("monitoring", 3),
        ("ownership", None),
        ("value", None),
    ]


def test_verdicts_on_points_that_the_question_does_not_have_are_ignored() -> None:
    strange = an_assessment({"statistic": "yes", "of-another-question": "no"})
    assert grade_question(a_question(), strange).coverage == 1.0


@pytest.mark.parametrize(
    ("caps", "score"),
    [([], 5.0), ([None], 4.0), ([None, None], 3.0), ([2], 2.0), ([4], 4.0), ([2, 3], 2.0)],
)
def test_red_flags_take_a_level_each_and_the_lowest_cap_holds(
    caps: list[int | None], score: float
) -> None:
    flags = tuple(a_flag_raised(f"flag-{n}", cap) for n, cap in enumerate(caps))
    grade = grade_question(a_question(), an_assessment("yes", red_flags=flags))
    assert (grade.score, grade.overall) == (score, int(score))
    assert set(grade.signals.values()) == {score}
    assert {c.score for c in grade.criteria} == {5.0}, "flags count against the whole answer"


@pytest.mark.parametrize(("met", "level"), [(Met.YES, 5), (Met.PARTLY, 4), (Met.NO, 3), (None, 5)])
def test_a_good_explanation_of_what_does_not_work_is_no_good_answer(
    met: Met | None, level: int
) -> None:
    explained = [a_point(f"told-{n}", weight=3) for n in range(9)]
    ran = a_point("ran", weight=1, measured="tests")
    verdicts = [a_verdict(point.id, "yes") for point in explained]
    verdict = Verdict(point="ran", met=met, observed="7 of 9 tests passed.", why="Run.")
    grade = grade_question(
        a_question(points=(*explained, ran)),
        an_assessment({}).model_copy(update={"verdicts": (*verdicts, verdict)}),
    )
    assert grade.overall == level


def test_no_number_of_red_flags_goes_below_one() -> None:
    assert penalised(1.5, 5.0, 2) == 1.0


def test_flags_are_listed_with_the_lowest_cap_first() -> None:
    flags = [a_flag_raised("none"), a_flag_raised("three", 3), a_flag_raised("one", 1)]
    assert [f.id for f in worst_first(flags)] == ["one", "three", "none"]


def test_an_author_s_labels_come_to_the_level_that_an_engine_s_verdicts_do() -> None:
    question = a_question(red_flags=(a_red_flag("capped", cap=2),))
    labels = dict.fromkeys((p.id for p in question.points), Met.YES)
    assert level_from_labels(question, labels) == 5
    assert level_from_labels(question, labels, ["capped"]) == 2
    assert level_from_labels(question, {}) is None


def test_a_met_point_without_a_quote_cannot_be_written_down() -> None:
    with pytest.raises(ValueError, match="without a quote"):
        Verdict(point="owner", met=Met.YES)
    assert Verdict(point="owner", met=Met.NO).quote is None


def test_a_quote_whose_offsets_do_not_fit_cannot_be_written_down() -> None:
    with pytest.raises(ValueError, match="offsets 3:5 do not fit 4 characters"):
        Quote(start=3, end=5, text="four")
    assert a_quote("four", start=3).end == 7
