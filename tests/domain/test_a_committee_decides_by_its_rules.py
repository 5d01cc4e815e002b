"""Votes through each member's concern, the fail-one gate, hold, and what is withheld."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from interviewer.domain.claims import Claim, ClaimKind, Contradiction
from interviewer.domain.committee.debrief import Findings, deliberate
from interviewer.domain.committee.decision import Decision
from interviewer.domain.committee.votes import Lens, Vote
from interviewer.domain.rubric import Signal
from tests.builders import POINT_IDS, a_quote
from tests.domain.committee_parts import (
    ALL,
    LENSES,
    NONE,
    RISK,
    a_held_round,
    a_lens,
    a_round_not_sat,
)

NO_RISK = ALL | dict.fromkeys(RISK, "no")


def votes(findings: Findings) -> dict[str, Vote]:
    return {p.ballot.member: p.ballot.vote for p in findings.positions}


def test_whoever_makes_every_point_everywhere_is_hired() -> None:
    rounds = [a_held_round(member) for member in LENSES]
    found = deliberate(rounds, LENSES)
    assert found.decision is Decision.HIRE
    assert set(votes(found).values()) == {Vote.STRONG_HIRE}
    assert (found.overall, found.level) == (5.0, 5)


def test_one_signal_below_its_bar_over_all_rounds_is_a_no_whatever_the_votes() -> None:
    rounds = [a_held_round(member, NO_RISK) for member in ("manager", "recruiter")]
    found = deliberate(rounds, LENSES)
    assert set(votes(found).values()) == {Vote.HIRE}
    assert found.decision is Decision.NO_HIRE
    assert "risk" in found.because


def test_the_same_answers_are_seen_through_each_member_s_own_concern() -> None:
    rounds = [a_held_round(member, NO_RISK) for member in LENSES]
    assert votes(deliberate(rounds, LENSES)) == {
        "officer": Vote.NO_HIRE,
        "manager": Vote.HIRE,
        "recruiter": Vote.HIRE,
    }


def test_a_single_round_below_its_bar_is_a_hold_where_the_rest_carries_it() -> None:
    weak = ALL | {"statistic": "no", "threshold": "no"}
    rounds = [a_held_round("officer", weak), a_held_round("manager"), a_held_round("recruiter")]
    found = deliberate(rounds, LENSES)
    assert found.decision is Decision.HOLD
    assert "Round with the officer" in found.because


def test_a_red_flag_turns_a_risk_minded_vote_and_costs_the_others_their_enthusiasm() -> None:
    lenses = LENSES | {"officer": a_lens(0.5, 0.25, 0.25)}
    rounds = [a_held_round("officer", flags=1), a_held_round("manager", flags=1)]
    cast = votes(deliberate(rounds, lenses))
    assert cast == {"officer": Vote.NO_HIRE, "manager": Vote.HIRE}


def test_the_decision_is_withheld_where_a_round_was_not_sat_and_says_which() -> None:
    rounds = [a_held_round("officer"), a_round_not_sat("manager"), a_round_not_sat("recruiter")]
    found = deliberate(rounds, LENSES)
    assert (found.decision, found.leaning) == (Decision.WITHHELD, Decision.HIRE)
    assert "Not sat: Round with the manager, Round with the recruiter" in found.because
    assert list(votes(found)) == ["officer"]


def test_an_unfinished_round_withholds_the_decision_too() -> None:
    found = deliberate([a_held_round("officer", state="open"), a_held_round("manager")], LENSES)
    assert found.decision is Decision.WITHHELD
    assert "not finished: Round with the officer" in found.because.replace("Not", "not")


def test_a_member_abstains_where_their_own_concern_was_not_assessed() -> None:
    unknown: dict[str, str | None] = ALL | dict.fromkeys(RISK)
    rounds = [a_held_round("officer", unknown), a_held_round("manager"), a_held_round("recruiter")]
    found = deliberate(rounds, LENSES)
    assert votes(found)["officer"] is Vote.ABSTAIN
    assert found.decision is Decision.HIRE


def test_nothing_is_decided_where_a_signal_was_assessed_nowhere() -> None:
    unknown: dict[str, str | None] = ALL | {"owner": None}
    found = deliberate([a_held_round(member, unknown) for member in LENSES], LENSES)
    assert found.decision is Decision.WITHHELD
    assert "assessed in no round: leadership" in found.because.replace("Assessed", "assessed")


def test_on_a_panel_each_member_votes_on_their_own_questions() -> None:
    one, two = a_held_round("officer", NO_RISK), a_held_round("manager")
    members = ("officer", "manager")
    panel = one.model_copy(
        update={"members": members, "exchanges": (*one.exchanges, *two.exchanges)}
    )
    cast = votes(deliberate([panel], LENSES))
    assert cast == {"officer": Vote.NO_HIRE, "manager": Vote.STRONG_HIRE}


def test_a_person_who_sat_in_two_rounds_has_one_vote() -> None:
    again = a_held_round("officer", round="panel", title="Panel")
    found = deliberate([a_held_round("officer"), again], LENSES)
    assert [p.ballot.rounds for p in found.positions] == [("with-officer", "panel")]


def test_the_dissenter_voted_against_what_was_decided_and_argues_from_their_own_quotes() -> None:
    rounds = [a_held_round("officer", NO_RISK), a_held_round("manager", NONE)]
    rounds.append(a_held_round("recruiter", NO_RISK))
    found = deliberate(rounds, LENSES)
    assert found.decision is Decision.NO_HIRE
    assert found.dissent is not None
    assert (found.dissent.member, found.dissent.argues_for) == ("recruiter", True)
    assert found.dissent.voted_otherwise
    assert all(remark.quote for remark in found.dissent.remarks)
    assert {remark.round for remark in found.dissent.remarks} == {"with-recruiter"}


def test_without_dissent_the_least_sure_member_puts_the_other_side_s_case() -> None:
    rounds = [a_held_round("officer"), a_held_round("manager", ALL | {"cost": "partly"})]
    found = deliberate(rounds, LENSES)
    assert found.dissent is not None
    assert (found.dissent.member, found.dissent.voted_otherwise) == ("manager", False)
    assert [remark.point for remark in found.dissent.remarks] == ["cost"]


def test_what_would_have_changed_the_decision_does_change_it() -> None:
    rounds = [a_held_round(member, NO_RISK) for member in LENSES]
    found = deliberate(rounds, LENSES)
    assert found.turning is not None
    assert (found.turning.now, found.turning.short_of) == ("no-hire", Signal.RISK)
    then = {member: dict(NO_RISK) for member in LENSES}
    for change in found.turning.changes:
        assert change.made
        then[change.round.removeprefix("with-")][change.point] = "yes"
    changed = deliberate([a_held_round(m, met) for m, met in then.items()], LENSES)
    assert changed.decision.value == found.turning.then


def test_a_vote_that_hung_on_one_point_says_which() -> None:
    weak = ALL | {"statistic": "no", "threshold": "no"}
    found = deliberate([a_held_round("officer", weak), a_held_round("manager")], LENSES)
    turning = next(p.turning for p in found.positions if p.ballot.member == "officer")
    assert turning is not None
    assert [change.point for change in turning.changes] in (["statistic"], ["threshold"])
    assert (turning.now, turning.then) == ("no-hire", "strong-hire")


def test_what_is_out_of_reach_is_called_so() -> None:
    found = deliberate([a_held_round(m, NONE, flags=2) for m in LENSES], LENSES)
    assert found.turning is not None
    assert found.turning.short == 2.0
    assert found.turning.then is None


def test_contradictions_are_shown_and_not_counted() -> None:
    earlier, later = a_number("I led 8 people", 8), a_number("I led 40 people", 40)
    found = Contradiction(earlier=earlier, later=later, about=("team",), reason="Two numbers.")
    rounds = [a_held_round(member) for member in LENSES]
    with_it, without = deliberate(rounds, LENSES, [found]), deliberate(rounds, LENSES)
    assert with_it.contradictions == (found,)
    assert with_it.model_copy(update={"contradictions": ()}) == without


def a_number(text: str, number: float) -> Claim:
    quote = a_quote(text)
    return Claim(kind=ClaimKind.PEOPLE, quote=quote, question="about-officer", number=number)


def test_risk_minded_votes_count_most() -> None:
    officer, manager, recruiter = LENSES.values()
    assert officer.counts > manager.counts > recruiter.counts


@pytest.mark.parametrize("shares", [(0.5, 0.5, 0.5), (1.2, -0.1, -0.1)])
def test_shares_that_do_not_sum_to_one_are_refused(shares: tuple[float, float, float]) -> None:
    with pytest.raises(ValidationError, match="sum to 1"):
        Lens(weighs=dict(zip(Signal, shares, strict=True)))


_MET = st.fixed_dictionaries({p: st.sampled_from(("yes", "partly", "no")) for p in POINT_IDS})


@given(met=_MET, point=st.sampled_from(POINT_IDS))
def test_a_further_point_never_turns_a_vote_against_the_candidate(
    met: dict[str, str], point: str
) -> None:
    before = deliberate([a_held_round("officer", met)], LENSES)
    after = deliberate([a_held_round("officer", met | {point: "yes"})], LENSES)
    assert votes(after)["officer"].worth >= votes(before)["officer"].worth
