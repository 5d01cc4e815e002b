"""A line of the candidate's own résumé or posting is asked about, in time, by who hires."""

import pytest

from interviewer.bootstrap import catalog
from interviewer.interviews.planning import planned

LINES = ("Cut false alerts by 40 percent.", "Led a team of six.")
ROUNDS = [
    ("jpmorgan-ai-pm", "recruiter-screen", {"resume", "job"}),
    ("jpmorgan-ai-pm", "product-sense", {"resume"}),
    ("jpmorgan-ml-engineer", "recruiter-screen-ml", {"resume", "job"}),
    ("jpmorgan-ml-engineer", "hiring-manager", {"resume"}),
]


@pytest.mark.parametrize(("track", "round_id", "kinds"), ROUNDS)
def test_recruiters_and_hiring_managers_ask_about_a_line_right_after_they_opened(
    track: str, round_id: str, kinds: set[str]
) -> None:
    bank = catalog()
    round_ = bank.round(track, round_id)
    questions = [bank.question(question) for question in round_.questions]
    for seed in range(1, 12):
        plan = planned(round_, questions, lambda _: LINES, seed)
        filled = [place for place, question in enumerate(plan) if question.line]
        assert filled == list(range(1, len(kinds) + 1))
        assert {bank.question(plan[place].id).fills for place in filled} == kinds
        assert {plan[place].line for place in filled} <= set(LINES)
    assert {q.line for q in planned(round_, questions, lambda _: (), 3)} == {None}
    due = 0
    for question in planned(round_, questions, lambda _: LINES, 0):
        due += question.minutes
        assert question.line is None or due <= round_.minutes, "the author's order leaves time, too"
