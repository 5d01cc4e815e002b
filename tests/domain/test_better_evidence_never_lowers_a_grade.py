"""Properties of grading that hold for any rubric and any verdicts."""

from hypothesis import given
from hypothesis import strategies as st

from interviewer.domain.assessment import Assessment
from interviewer.domain.grade import QuestionGrade, grade_question
from interviewer.domain.question import Question
from interviewer.domain.rubric import Signal
from interviewer.domain.scorecard import Outcome, scorecard
from interviewer.domain.verdict import FlagRaised
from tests.builders import POINT_IDS, a_point, a_question, a_quote, a_verdict

ORDER = ("no", "partly", "yes")
VERDICTS = st.fixed_dictionaries(
    {p: st.tuples(st.sampled_from([*ORDER, None]), st.booleans()) for p in POINT_IDS}
)
FLAGS = st.lists(st.sampled_from([None, 1, 2, 3, 4]), max_size=3)
QUESTIONS = st.builds(
    lambda weights, signals: a_question(
        points=tuple(
            a_point(p, weight=w, signal=s)
            for p, w, s in zip(POINT_IDS, weights, signals, strict=True)
        )
    ),
    st.lists(st.integers(1, 3), min_size=5, max_size=5),
    st.lists(st.sampled_from(Signal), min_size=5, max_size=5),
)


def assessment(verdicts: dict[str, tuple[str | None, bool]], caps: list[int | None]) -> Assessment:
    return Assessment(
        engine="offline",
        verdicts=tuple(a_verdict(p, met, probed=probed) for p, (met, probed) in verdicts.items()),
        red_flags=tuple(
            FlagRaised(id=f"flag-{n}", quote=a_quote(), cap=cap) for n, cap in enumerate(caps)
        ),
    )


def numbers(grade: QuestionGrade) -> list[float | None]:
    return [
        grade.overall,
        grade.score,
        grade.coverage,
        *(c.level for c in grade.criteria),
        *(c.score for c in grade.criteria),
        *(grade.signals[s] for s in Signal),
    ]


def none_fell(before: QuestionGrade, after: QuestionGrade) -> bool:
    return all(
        was is None or (now is not None and now >= was)
        for was, now in zip(numbers(before), numbers(after), strict=True)
    )


@given(QUESTIONS, VERDICTS, FLAGS, st.sampled_from(POINT_IDS))
def test_a_better_verdict_lowers_nothing(
    question: Question,
    verdicts: dict[str, tuple[str | None, bool]],
    caps: list[int | None],
    better: str,
) -> None:
    met, probed = verdicts[better]
    if met in (None, "yes"):
        return
    raised = ORDER[ORDER.index(str(met)) + 1]
    before = grade_question(question, assessment(verdicts, caps))
    after = grade_question(question, assessment(verdicts | {better: (raised, probed)}, caps))
    assert none_fell(before, after)
    assert after.coverage is not None
    assert before.coverage is not None
    assert after.coverage > before.coverage


@given(QUESTIONS, VERDICTS, FLAGS, st.sampled_from(POINT_IDS))
def test_saying_it_unasked_lowers_nothing(
    question: Question,
    verdicts: dict[str, tuple[str | None, bool]],
    caps: list[int | None],
    sooner: str,
) -> None:
    met, _ = verdicts[sooner]
    after_probe = grade_question(question, assessment(verdicts | {sooner: (met, True)}, caps))
    unasked = grade_question(question, assessment(verdicts | {sooner: (met, False)}, caps))
    assert none_fell(after_probe, unasked)


@given(QUESTIONS, VERDICTS, FLAGS, st.sampled_from([None, 1, 2, 3, 4]))
def test_a_red_flag_raises_nothing(
    question: Question,
    verdicts: dict[str, tuple[str | None, bool]],
    caps: list[int | None],
    cap: int | None,
) -> None:
    without = grade_question(question, assessment(verdicts, caps))
    flagged = grade_question(question, assessment(verdicts, [*caps, cap]))
    assert none_fell(flagged, without)


@given(QUESTIONS, VERDICTS, FLAGS)
def test_every_score_lies_between_one_and_five(
    question: Question, verdicts: dict[str, tuple[str | None, bool]], caps: list[int | None]
) -> None:
    grade = grade_question(question, assessment(verdicts, caps))
    assert grade.coverage is None or 0 <= grade.coverage <= 1
    scores = [grade.score, *grade.signals.values(), *(c.score for c in grade.criteria)]
    assert all(score is None or 1 <= score <= 5 for score in scores)
    assert all(c.level is None or 1 <= c.level <= 5 for c in grade.criteria)
    assert (grade.overall is None) == (grade.score is None)


SIGNALS = st.fixed_dictionaries({s: st.none() | st.floats(1, 5) for s in Signal})
BARS = st.dictionaries(st.sampled_from([s.value for s in Signal]), st.floats(1, 5))


def grades_of(scored: list[dict[Signal, float | None]]) -> list[QuestionGrade]:
    return [
        QuestionGrade(
            question=f"q{n}", overall=None, score=None, coverage=None, criteria=(), signals=signals
        )
        for n, signals in enumerate(scored)
    ]


@given(st.lists(SIGNALS, max_size=6), BARS, st.integers(1, 20))
def test_a_scorecard_lies_between_one_and_five_and_within_what_was_scored(
    scored: list[dict[Signal, float | None]], bar: dict[str, float], weight: int
) -> None:
    card = scorecard(grades_of(scored), bar, {"q0/risk": weight})
    known = [v for signals in scored for v in signals.values() if v is not None]
    assert (card.overall is None) == (not known)
    if card.overall is not None:
        assert 1 <= card.overall <= 5
        assert min(known) - 0.01 <= card.overall <= max(known) + 0.01
        assert card.level is not None
        assert 1 <= card.level <= 5
    assert all(v is None or 1 <= v <= 5 for v in card.signals.values())


@given(st.lists(SIGNALS, min_size=1, max_size=4), BARS, st.sampled_from(Signal), st.floats(0, 4))
def test_a_higher_score_never_turns_going_forward_into_being_screened_out(
    scored: list[dict[Signal, float | None]], bar: dict[str, float], signal: Signal, more: float
) -> None:
    score = scored[0][signal]
    if score is None:
        return
    before = scorecard(grades_of(scored), bar, {})
    better = [scored[0] | {signal: min(5.0, score + more)}, *scored[1:]]
    after = scorecard(grades_of(better), bar, {})
    assert before.overall is not None
    assert after.overall is not None
    assert after.overall >= before.overall - 1e-9
    if before.outcome is Outcome.ADVANCE:
        assert after.outcome is Outcome.ADVANCE
