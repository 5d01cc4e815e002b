"""Whatever a candidate does, driven through the rules: the round ends and nothing happens twice."""

from collections import Counter
from itertools import pairwise
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from interviewer.domain.assessment import Assessment, Hygiene
from interviewer.domain.clarifying import MOST_ENQUIRIES
from interviewer.domain.events import PlannedQuestion
from interviewer.domain.follow_ups import MOST_CONTRADICTIONS, MOST_RECALLS
from interviewer.domain.interview import Interview, apply
from interviewer.domain.moves import Ask, Challenge, HandOver, Inform, Move, Wrap, goes_on
from interviewer.domain.next_move import MOST_REDIRECTS, MOST_UNANSWERED, next_move
from interviewer.domain.panel import panel_of
from interviewer.domain.question import Question
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
from tests.builders_of_moves import (
    a_case,
    a_change,
    a_contradiction,
    a_feature_list,
    a_hidden_fact,
    a_panel,
    a_remembered_claim,
    an_enquiry,
)


class Act(NamedTuple):
    """What the candidate does next, what the engine makes of it, and after how many minutes."""

    does: str
    verdicts: dict[str, str | None]
    junk: Hygiene | None
    claims: bool
    cites: bool
    delay: float
    contradicts: bool = False
    lists: bool = False
    cut_off: bool = False
    asks: tuple[str | None, ...] = ()


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
    contradicts=st.booleans(),
    lists=st.booleans(),
    cut_off=st.booleans(),
    asks=st.sampled_from([(), (None,), ("capacity",), ("capacity", "budget", None), ("nothing",)]),
)
PANEL = ("officer", "lawyer", "engineer")
FACTS = (a_hidden_fact(), a_hidden_fact("budget", persona="lawyer"))
QUESTIONS = st.lists(
    st.builds(
        lambda follow_ups, weight, deepen, history, stage, persona: {
            "follow_ups": follow_ups,
            "about_history": history,
            "stage": stage,
            "persona": persona,
            "points": points({"statistic": weight}, deepen=deepen, persona=persona),
        },
        st.integers(0, 5),
        st.integers(1, 3),
        st.sampled_from([(), ("And when that fails?",)]),
        st.booleans(),
        st.sampled_from([None, None, "clarify", "design"]),
        st.sampled_from([*PANEL, "stranger"]),
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
    interview = an_interview(_start(list(questions.values()), minutes))
    moves: list[Move] = []
    junk_so_far: list[Any] = []
    reading: Assessment | None = None
    waiting, now, acted = list(acts), 0.0, 0
    each = [1 + q.follow_ups + MOST_REDIRECTS for q in questions.values()]
    # Before each move somebody may hand over; each enquiry is answered by two at most.
    most = 2 * (sum(each) + 1) + 2 * (MOST_ENQUIRIES + 1) * len(bank)
    while not interview.is_over:
        move = next_move(interview, reading, at(now))
        assert move is not None, "nobody is to speak and the round is not over"
        moves.append(move)
        assert len(moves) <= most, "the round does not end"
        put = questions[move.question] if isinstance(move, Ask) else None
        who = move.persona if isinstance(move, HandOver) else None
        interview = apply(interview, moved(move, now, question=put))
        assert who is None or who in panel_of(interview)
        for exchange in interview.ungraded:
            interview = apply(interview, graded(exchange.question.id))
        if put is not None:
            junk_so_far, reading = [], None
        assert interview.awaits_candidate or interview.is_over or goes_on(move)
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
            reading = _read(act, junk_so_far, len(current.answers) - 1)
    return Played(interview, moves, acted)


def _start(questions: list[Question], minutes: int) -> Any:
    return started(
        minutes=minutes,
        plan=tuple(
            PlannedQuestion(
                id=q.id, minutes=8, persona=q.persona, curveball=a_change() if n else None
            )
            for n, q in enumerate(questions)
        ),
        panel=a_panel(*PANEL, interrupting="lawyer"),
        case=a_case(*FACTS),
        remembered=(a_remembered_claim(), a_remembered_claim("We compare it", number=3.0)),
    )


def _read(act: Act, junk_so_far: list[Any], answer: int) -> Assessment:
    return an_assessment(
        act.verdicts,
        hygiene=tuple(junk_so_far),
        claims=(a_claim(), a_claim(missing="an owner")) if act.claims else (),
        currency=(a_currency_flag(),) if act.cites else (),
        contradictions=(a_contradiction(),) if act.contradicts else (),
        remembered=(a_remembered_claim(),) if act.claims else (),
        feature_list=a_feature_list() if act.lists else None,
        enquiries=tuple(an_enquiry(fact, answer) for fact in act.asks),
    )


def _event(act: Act, now: float) -> Any:
    if act.does == "answer":
        return answered("words " * (900 if act.claims else 1), now, cut_off=act.cut_off)
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
            if move.kind not in ("redirect", "hand_over", "inform", "challenge")
        )
        assert set(made.values()) == {1}
        assert exchange.follow_ups_used <= exchange.question.follow_ups
        assert sum(move.kind == "redirect" for move in exchange.moves) <= MOST_REDIRECTS
        challenges = Counter(m.flag is None for m in exchange.moves if isinstance(m, Challenge))
        assert set(challenges.values()) <= {1}


@rounds
def test_what_happens_once_a_round_happens_once(
    bank: list[dict[str, Any]], acts: list[Act], minutes: int, act_again: Act
) -> None:
    moves = play(bank, acts, minutes, act_again).moves
    kinds = Counter(move.kind for move in moves)
    assert kinds["interrupt"] <= 1
    assert kinds["curveball"] <= 1
    assert kinds["recall"] <= MOST_RECALLS
    contradicted = [m for m in moves if isinstance(m, Challenge) and m.contradiction]
    assert len(contradicted) <= MOST_CONTRADICTIONS
    coached = Counter(move.coaching.cause for move in moves if move.coaching)
    assert set(coached.values()) <= {1}
    assert all(move.reason.strip().endswith((".", '."', '".')) for move in moves)


@rounds
def test_a_fact_is_told_only_in_the_clarify_stage_and_only_if_it_was_asked_for(
    bank: list[dict[str, Any]], acts: list[Act], minutes: int, act_again: Act
) -> None:
    played = play(bank, acts, minutes, act_again)
    asked = {fact for act in (*acts, act_again) for fact in act.asks}
    for exchange in played.interview.exchanges:
        told = [m for m in exchange.moves if isinstance(m, Inform)]
        assert not told or exchange.question.stage == "clarify"
        assert {fact.id for move in told for fact in move.facts} <= asked


@rounds
def test_nobody_hands_over_to_who_has_the_floor_nor_twice_in_a_row(
    bank: list[dict[str, Any]], acts: list[Act], minutes: int, act_again: Act
) -> None:
    moves = play(bank, acts, minutes, act_again).moves
    for before, after in pairwise(moves):
        assert not (isinstance(before, HandOver) and isinstance(after, HandOver))


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
    only_junk = [
        a._replace(
            junk=Hygiene.GIBBERISH, does="answer", delay=0.1, asks=(), lists=False, cut_off=False
        )
        for a in acts
    ]
    played = play(
        bank,
        only_junk,
        180,
        only_junk[0] if only_junk else Act("pass", {}, None, False, False, 0.1),
    )
    assert {move.kind for move in played.moves} <= {"ask", "redirect", "hand_over", "wrap"}
    assert len(played.interview.exchanges) == min(len(bank), MOST_UNANSWERED)
