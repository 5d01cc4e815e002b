"""Whatever a candidate does, driven through the rules: the round ends and nothing happens twice."""

from collections import Counter
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from interviewer.domain.assessment import Assessment, Hygiene
from interviewer.domain.interview import Interview, apply
from interviewer.domain.moves import Ask, Move, Wrap
from interviewer.domain.next_move import MOST_REDIRECTS, next_move
from tests.builders import (
    POINT_IDS,
    a_claim,
    a_currency_flag,
    a_question,
    an_assessment,
    an_interview,
    answered,
    at,
    ended,
    graded,
    junk,
    moved,
    passed,
    points,
    started,
)


class Act(NamedTuple):
    """What the candidate does next, what the engine makes of it, and after how many minutes."""

    does: str
    verdicts: dict[str, str | None]
    junk: Hygiene | None
    claims: bool
    cites: bool
    delay: float


ACTS = st.builds(
    Act,
    does=st.sampled_from(["answer"] * 8 + ["pass", "end"]),
    verdicts=st.fixed_dictionaries(
        {p: st.sampled_from(["yes", "partly", "no", None]) for p in POINT_IDS}
    ),
    junk=st.sampled_from([None] * 6 + [h for h in Hygiene if h.is_junk]),
    claims=st.booleans(),
    cites=st.booleans(),
    delay=st.sampled_from([0.0, 0.1, 1.0, 4.0, 9.0, 200.0, -3.0]),
)
QUESTIONS = st.lists(
    st.builds(
        lambda follow_ups, weight, deepen, history: {
            "follow_ups": follow_ups,
            "about_history": history,
            "points": points({"statistic": weight}, deepen=deepen),
        },
        st.integers(0, 5),
        st.integers(1, 3),
        st.sampled_from([(), ("And when that fails?",)]),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


class Played(NamedTuple):
    """A whole round: its end state, its moves in order, and how often the candidate acted."""

    interview: Interview
    moves: list[Move]
    acts: int


def play(bank: list[dict[str, Any]], acts: list[Act], minutes: int, act_again: Act) -> Played:
    """Drives a round the way the conductor does: move, grade what closed, let the candidate act."""
    questions = {f"q{n}": a_question(f"q{n}", **changes) for n, changes in enumerate(bank)}
    interview = an_interview(started(*questions, minutes=minutes))
    moves: list[Move] = []
    junk_so_far: list[Any] = []
    reading: Assessment | None = None
    waiting, now, acted = list(acts), 0.0, 0
    most = sum(1 + q.follow_ups + MOST_REDIRECTS for q in questions.values()) + 1
    while not interview.is_over:
        move = next_move(interview, reading, at(now))
        assert move is not None, "nobody is to speak and the round is not over"
        moves.append(move)
        assert len(moves) <= most, "the round does not end"
        put = questions[move.question] if isinstance(move, Ask) else None
        interview = apply(interview, moved(move, now, question=put))
        for exchange in interview.ungraded:
            interview = apply(interview, graded(exchange.question.id))
        if put is not None:
            junk_so_far, reading = [], None
        if not interview.awaits_candidate:
            continue
        act = waiting.pop(0) if waiting else act_again
        acted += 1
        now += act.delay
        interview = apply(interview, _event(act, now))
        current = interview.current
        assert current is not None
        if act.does == "answer":
            if act.junk is not None:
                junk_so_far.append(junk(act.junk, len(current.answers) - 1))
            reading = an_assessment(
                act.verdicts,
                hygiene=tuple(junk_so_far),
                claims=(a_claim(),) if act.claims else (),
                currency=(a_currency_flag(),) if act.cites else (),
            )
    return Played(interview, moves, acted)


def _event(act: Act, now: float) -> Any:
    if act.does == "answer":
        return answered("words", now)
    return passed(now) if act.does == "pass" else ended(now)


rounds = given(
    bank=QUESTIONS,
    acts=st.lists(ACTS, max_size=12),
    minutes=st.sampled_from([5, 20, 180]),
    act_again=ACTS,
)


@rounds
def test_it_ends_within_the_planned_questions_follow_ups_and_redirects(
    bank: list[dict[str, Any]], acts: list[Act], minutes: int, act_again: Act
) -> None:
    played = play(bank, acts, minutes, act_again)
    assert isinstance(played.moves[-1], Wrap)
    assert sum(isinstance(move, Wrap) for move in played.moves) == 1
    assert played.acts < len(played.moves)


@rounds
def test_nothing_is_asked_twice_and_no_point_is_probed_twice(
    bank: list[dict[str, Any]], acts: list[Act], minutes: int, act_again: Act
) -> None:
    played = play(bank, acts, minutes, act_again)
    asks = Counter(move.question for move in played.moves if isinstance(move, Ask))
    assert set(asks.values()) <= {1}
    for exchange in played.interview.exchanges:
        made = Counter(
            (move.kind, getattr(move, "point", None), getattr(move, "deepen", None))
            for move in exchange.moves
            if move.kind != "redirect"
        )
        assert set(made.values()) == {1}
        assert exchange.follow_ups_used <= exchange.question.follow_ups
        assert sum(move.kind == "redirect" for move in exchange.moves) <= MOST_REDIRECTS


@rounds
def test_no_closed_exchange_stays_ungraded_and_each_is_graded_once(
    bank: list[dict[str, Any]], acts: list[Act], minutes: int, act_again: Act
) -> None:
    # `apply` refuses a second grade, so that the round was played to its end shows "once".
    interview = play(bank, acts, minutes, act_again).interview
    assert interview.ungraded == ()
    assert interview.closed == interview.exchanges


@rounds
def test_junk_alone_never_earns_a_follow_up(
    bank: list[dict[str, Any]], acts: list[Act], minutes: int, act_again: Act
) -> None:
    only_junk = [a._replace(junk=Hygiene.GIBBERISH, does="answer", delay=0.1) for a in acts]
    played = play(
        bank,
        only_junk,
        180,
        only_junk[0] if only_junk else Act("pass", {}, None, False, False, 0.1),
    )
    assert {move.kind for move in played.moves} <= {"ask", "redirect", "wrap"}
    assert len(played.interview.exchanges) == len(bank), "junk must not end the round either"
