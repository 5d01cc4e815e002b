"""What a drill sets out to do: how many follow-ups, when to show the critique, which old gaps."""

from typing import Literal

from pydantic import Field

from interviewer.domain.names import name_from
from interviewer.domain.question import Question
from interviewer.domain.value import Value

FOLLOW_UPS = 4
"""Follow-ups of a drill unless asked otherwise; twice those of a question in a round."""
MOST_FOLLOW_UPS = 5
DRILL_MINUTES = 60
"""A drill is not timed: reading critiques takes as long as it takes. This only ends one that was
left lying."""
_LONGEST_TEXT = 900
_LEAD = "You were asked this before: "

CritiqueWhen = Literal["each", "end"]
"""Whether the critique is shown after each answer or only at the end."""


class DrillPlan(Value):
    """The plan of one drill, fixed at its start."""

    follow_ups: int = Field(default=FOLLOW_UPS, ge=0, le=MOST_FOLLOW_UPS)
    critique: CritiqueWhen = "each"
    gaps: tuple[str, ...] = Field(
        default=(), description="Points missed in the last drill of this question; asked first."
    )
    asked: dict[str, int] = Field(
        default_factory=dict,
        description="By point: how many wordings of its probe earlier drills have used.",
    )
    retest: bool = Field(
        default=False, description="Only the gaps are asked, in other words than before."
    )

    def title_of(self, question: str) -> str:
        """What the drill on a question of that id is called."""
        return f"{'Retest' if self.retest else 'Drill'}: {name_from(question)}"


def drill_question(question: Question, plan: DrillPlan) -> Question:
    """The question as a drill asks it: with the drill's budget; in a retest, of its gaps only.

    Raises:
        ValueError: A retest has no gap that the question knows.
    """
    changes: dict[str, object] = {"follow_ups": plan.follow_ups}
    if plan.retest:
        points = tuple(p for p in question.points if p.id in plan.gaps)
        if not points:
            raise ValueError("a retest needs a gap")
        heaviest = max(points, key=lambda p: p.weight)
        wording = heaviest.probes[plan.asked.get(heaviest.id, 0) % len(heaviest.probes)]
        changes |= {"points": points, "text": _reminding(question.text, wording)}
    return question.as_asked.model_copy(update=changes)


def _reminding(text: str, wording: str) -> str:
    """The probe, after as much of the question as reminds of it: whole sentences from its start."""
    room = _LONGEST_TEXT - len(_LEAD) - len(wording) - 2
    kept = " ".join(text.split())
    if len(kept) > room:
        kept = kept[:room].rpartition(". ")[0] or kept[: room - 1].rpartition(" ")[0]
        kept = f"{kept.rstrip('.')}."
    return f"{_LEAD}{kept}\n\n{wording}"
