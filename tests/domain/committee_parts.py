"""Rounds as a committee receives them, built from verdicts."""

from collections.abc import Mapping
from typing import Any

from interviewer.domain.committee.marks import HeldRound
from interviewer.domain.committee.votes import Lens
from interviewer.domain.rubric import Signal
from tests.builders import ANSWER, a_flag_raised, a_question, an_assessment, an_exchange

BAR = {"risk": 3.0, "impact": 2.5, "leadership": 2.5}
RISK = {"statistic": "yes", "threshold": "yes", "evidence": "yes"}
"""By the rubric of `a_question()`: the points of risk, all made."""
ALL = RISK | {"owner": "yes", "cost": "yes"}
NONE = dict.fromkeys(ALL, "no")


def a_lens(risk: float, impact: float, leadership: float) -> Lens:
    """A member's weights."""
    weighs = {Signal.RISK: risk, Signal.IMPACT: impact, Signal.LEADERSHIP: leadership}
    return Lens(weighs=weighs)


LENSES = {
    "officer": a_lens(0.7, 0.1, 0.2),
    "manager": a_lens(0.2, 0.6, 0.2),
    "recruiter": a_lens(0.2, 0.2, 0.6),
}


def a_held_round(
    member: str = "officer",
    met: Mapping[str, str | None] = ALL,
    *,
    flags: int = 0,
    **changes: Any,
) -> HeldRound:
    """A round of one question, asked by one member, with these verdicts."""
    question = a_question(f"about-{member}", persona=member)
    raised = tuple(a_flag_raised() for _ in range(flags))
    exchange = an_exchange(ANSWER, question=question)
    judged = exchange.model_copy(update={"assessment": an_assessment(met, red_flags=raised)})
    settings: dict[str, Any] = {
        "round": f"with-{member}",
        "title": f"Round with the {member}",
        "members": (member,),
        "state": "over",
        "bar": BAR,
        "exchanges": (judged,),
    }
    return HeldRound(**(settings | changes))


def a_round_not_sat(member: str = "recruiter", state: str = "not-sat") -> HeldRound:
    """A round that nobody has opened."""
    return a_held_round(member, state=state, bar={}, exchanges=())
