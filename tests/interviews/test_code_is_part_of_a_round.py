"""A coding question: code is run, what it did is asked about first, and measurement grades it."""

import pytest

from interviewer.domain.code_observations import observations
from interviewer.domain.code_outcome import CodeOutcome, Ending, GrowthMeasured, TestOutcome
from interviewer.domain.coding import CodingProblem
from interviewer.domain.events import EVENT, CodeSubmitted, CodeTested, Event, HintGiven
from interviewer.domain.examining import MOST_EXAMINED
from interviewer.domain.grade import grade_question
from interviewer.domain.interview import Interview, replay
from interviewer.domain.measured import as_spoken, with_measured, with_measured_points
from interviewer.domain.moves import Examine
from interviewer.domain.next_move import next_move
from interviewer.domain.verdict import Met
from interviewer.errors import RuleBroken
from interviewer.paths import shipped
from interviewer.store.problem_files import load_coding_problems
from tests.builders import (
    a_question,
    an_assessment,
    an_interview,
    answered,
    asked,
    at,
    followed_by,
    moved,
    started,
)

PROBLEM: CodingProblem = load_coding_problems(shipped("seeds"))["burst-of-attempts"]
QUESTION = with_measured_points(a_question(problem=PROBLEM.id))


def an_outcome(*failing: str, fits: bool | None = True) -> CodeOutcome:
    tests = tuple(
        TestOutcome(
            name=test.name,
            ending=Ending.FAILED if test.name in failing else Ending.PASSED,
            visible=test.visible,
            shown_input="earliest_burst([5, 10], 2, 5)",
            got="10",
            empty=test.empty,
        )
        for test in PROBLEM.tests
    )
    growth = GrowthMeasured(
        n=1000, seconds=0.001, seconds_at_8n=0.009, found="near-linear", fits=fits, expected="O(n)"
    )
    return CodeOutcome(status="ran", tests=tests, growth=growth)


def code_submitted(code: str = "def f(): pass") -> CodeSubmitted:
    return CodeSubmitted(at=at(1), question="drift", problem=PROBLEM.id, code=code, sha256="0" * 64)


def code_tested(outcome: CodeOutcome | None, refused: str) -> CodeTested:
    seen = observations(PROBLEM, outcome) if outcome else ()
    return CodeTested(
        at=at(2),
        question="drift",
        sha256="0" * 64,
        outcome=outcome,
        observations=seen,
        refused=refused,
    )


def coded(outcome: CodeOutcome | None, said: str = "I sort and look at neighbours.") -> Interview:
    return an_interview(
        started("drift"),
        asked(QUESTION, coding=PROBLEM.shown),
        code_submitted(),
        code_tested(outcome, "" if outcome else "there is no sandbox"),
        answered(said, 3),
    )


def test_a_failing_case_is_asked_about_before_the_rubric() -> None:
    move = next_move(coded(an_outcome("window-edge")), an_assessment("no"), at(4))
    assert isinstance(move, Examine)
    assert move.observation.ask == PROBLEM.test("window-edge").ask
    assert "window-edge" in move.reason


def test_the_code_is_asked_about_a_few_times_at_most_and_the_budget_stays() -> None:
    interview = coded(an_outcome("window-edge", "no-attempts"))
    kinds = []
    for minute in range(4, 12, 2):
        move = next_move(interview, an_assessment("no"), at(minute))
        assert move is not None
        kinds.append(move.kind)
        if move.kind in ("ask", "wrap"):
            break
        interview = followed_by(interview, moved(move, minute), answered("Hm.", minute + 1))
    assert kinds[: MOST_EXAMINED + 1] == ["examine"] * MOST_EXAMINED + ["probe"]
    asked_about = [m.observation.kind for m in interview.moves if isinstance(m, Examine)]
    assert len(set(asked_about)) == len(asked_about)


def test_what_was_said_since_is_not_asked_about() -> None:
    said = "May minutes repeat? I have tests for that. It is O(n log n)."
    fine = an_outcome().model_copy(update={"own_tests": 2})
    move = next_move(coded(fine, said), an_assessment("no"), at(4))
    assert move is not None
    assert move.kind == "probe"


@pytest.mark.parametrize(
    ("outcome", "tests", "growth"),
    [
        (an_outcome(), Met.YES, Met.YES),
        (an_outcome("window-edge"), Met.PARTLY, Met.PARTLY),
        (an_outcome(*[t.name for t in PROBLEM.tests]), Met.NO, Met.PARTLY),
        (an_outcome(fits=None), Met.YES, None),
        (an_outcome(fits=False), Met.YES, Met.NO),
        (None, None, None),
    ],
)
def test_measurement_is_the_evidence(
    outcome: CodeOutcome | None, tests: Met | None, growth: Met | None
) -> None:
    exchange = coded(outcome).exchanges[0]
    found = with_measured(an_assessment("yes"), exchange)
    assert [found.met("code-passes-its-tests"), found.met("run-time-grows-as-expected")] == [
        tests,
        growth,
    ]
    verdict = found.verdict("code-passes-its-tests")
    assert verdict is not None
    assert verdict.quote is None
    if outcome is not None:
        assert verdict.observed is not None
        assert f"of {len(PROBLEM.tests)} tests passed" in verdict.observed


def test_code_that_fails_lowers_the_grade_of_the_same_words() -> None:
    levels = []
    for outcome in (an_outcome(), an_outcome(*[t.name for t in PROBLEM.tests], fits=False)):
        exchange = coded(outcome).exchanges[0]
        grade = grade_question(QUESTION, with_measured(an_assessment("yes"), exchange))
        levels.append(grade.score)
    assert levels[0] > levels[1]  # type: ignore[operator]


def test_an_assessor_sees_only_what_words_can_make() -> None:
    exchange = coded(an_outcome()).exchanges[0]
    assert all(p.measured is None for p in as_spoken(exchange).question.points)
    assert len(exchange.question.points) == len(as_spoken(exchange).question.points) + 2


def test_the_log_replays() -> None:
    events: list[Event] = [
        started("drift"),
        asked(QUESTION, coding=PROBLEM.shown),
        code_submitted(),
        HintGiven(at=at(1), question="drift", number=1, text="Sort."),
        code_tested(an_outcome("window-edge"), ""),
    ]
    again = replay(EVENT.validate_json(EVENT.dump_json(event)) for event in events)
    current = again.current
    assert current is not None
    assert (len(current.submissions), current.hints, current.outcome) == (
        1,
        1,
        an_outcome("window-edge"),
    )
    assert again.awaits_candidate


def test_code_for_a_closed_question_is_refused() -> None:
    interview = coded(an_outcome())
    with pytest.raises(RuleBroken, match="closed"):
        followed_by(interview, code_submitted())


def test_what_a_candidate_sees_of_a_run_names_no_hidden_test() -> None:
    seen = an_outcome("window-edge").for_candidate
    assert "window-edge" not in seen.model_dump_json()
    assert seen.passed == an_outcome("window-edge").passed
