"""The moments of a round: what carried it, what cost it, and what to do next."""

from interviewer.domain.moves import Wrap
from interviewer.interviews.moments import next_steps, strongest, weakest
from interviewer.interviews.report import RoundReport, round_report
from tests.builders import (
    POINT_IDS,
    a_currency_flag,
    a_flag_raised,
    a_question,
    an_assessment,
    an_interview,
    answered,
    asked,
    ended,
    graded,
    moved,
    points,
)

FIRST, SECOND, THIRD, FOURTH, FIFTH = POINT_IDS
WEIGHTS = {FIRST: 1, SECOND: 3, THIRD: 3, FOURTH: 2, FIFTH: 1}
MET = {FIRST: "yes", SECOND: "yes", THIRD: "partly", FOURTH: "no", FIFTH: None}


def report(**found: object) -> RoundReport:
    question = a_question("drift", points=points(WEIGHTS))
    assessment = an_assessment(MET, **found)
    wrap = Wrap(cause="candidate", reason="It was asked for.")
    return round_report(
        "an-id",
        an_interview(
            asked(question), answered(), ended(), moved(wrap), graded("drift", assessment)
        ),
    )


def test_the_heaviest_points_made_are_the_strongest_moments() -> None:
    assert [moment.point for moment in strongest(report())] == [SECOND, FIRST]
    assert all(moment.quote for moment in strongest(report()))


def test_what_weighs_most_of_what_is_missing_is_weakest_and_not_assessed_is_not_missing() -> None:
    assert [moment.point for moment in weakest(report())] == [THIRD, FOURTH]


def test_a_red_flag_is_weaker_than_any_missing_point() -> None:
    found = weakest(report(red_flags=(a_flag_raised(),)))
    assert found[0].point is None
    assert found[0].quote == "We compare"


def test_an_outdated_rule_is_read_up_on_first_and_a_known_one_is_not() -> None:
    first = next_steps(report(currency=(a_currency_flag(),)))[0]
    assert "SR 11-7" in first.text
    assert first.citation == "sr-26-2#rescissions"
    known = next_steps(report(currency=(a_currency_flag(acknowledged=True),)))
    assert not [step for step in known if "SR 11-7" in step.text]
    assert [step.question for step in known] == ["drift", "drift"]
