"""Tracks, rounds and personas: who asks what, for how long, and in which voice."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from interviewer.domain.case import Brief, Case, HiddenFact, repeated
from interviewer.domain.question import Change
from interviewer.domain.rubric import Line, Slug
from interviewer.domain.value import Value

Template = Annotated[str, StringConstraints(min_length=3, max_length=400, strip_whitespace=True)]
"""An authored line in which `{names}` are filled by code."""


class Lines(Value):
    """What the persona says word for word when no model phrases it; the offline engine's voice."""

    opening: tuple[Template, ...] = Field(min_length=1, description="Greets; `{minutes}`.")
    bridge: tuple[Template, ...] = Field(min_length=3, description="Leads to the next question.")
    probe: tuple[Template, ...] = Field(min_length=3, description="Before a probe; `{quote}`.")
    probe_plain: tuple[Template, ...] = Field(
        min_length=2, description="Where nothing is quotable."
    )
    deepen: tuple[Template, ...] = Field(
        min_length=2, description="Before a harder follow-up; `{quote}`."
    )
    press: tuple[Template, ...] = Field(
        min_length=2, description="A claim lacks `{missing}`; `{quote}`."
    )
    challenge: tuple[Template, ...] = Field(
        min_length=1, description="An outdated rule; `{quote}` `{cited}`. Asks, does not reveal."
    )
    redirect: dict[Slug, Template] = Field(
        description="By what was wrong: empty, gibberish, echo, dont-know, instructions, off-topic."
    )
    passed: tuple[Template, ...] = Field(min_length=1, description="The candidate passed.")
    time: tuple[Template, ...] = Field(
        min_length=1, description="Before the last question; `{minutes}`."
    )
    wrap: tuple[Template, ...] = Field(min_length=1, description="Ends the round.")
    recall: tuple[Template, ...] = Field(
        default=(
            'You said "{quote}" {where}. I was not there: what was your own part, and how was it '
            "measured?",
        ),
        min_length=1,
        description="Tests a claim of an earlier round; `{quote}` `{where}`, the latter filled "
        'with words such as: in the round "Recruiter screen".',
    )
    contradiction: tuple[Template, ...] = Field(
        default=(
            'You now say "{quote}"; {where} I have you with "{earlier}". How do the two go together?',
        ),
        min_length=1,
        description="Two claims disagree; `{quote}` `{earlier}` `{where}`. Asks, does not accuse.",
    )
    interrupt: tuple[Template, ...] = Field(
        default=('I stop you at "{quote}". What limits any of that?',),
        min_length=1,
        description="Cuts in on a list without a constraint; `{quote}`. Names no constraint.",
    )
    curveball: tuple[Template, ...] = Field(
        default=("Something has changed since you began.",),
        min_length=1,
        description="Before a change of facts, which follows word for word.",
    )
    hand_over: tuple[Template, ...] = Field(
        default=("{next} has a question for you.",),
        min_length=1,
        description="Gives the floor to a colleague; `{next}` is the colleague's name.",
    )
    introduces: tuple[Template, ...] = Field(
        default=("I am {name}, {title}.",),
        min_length=1,
        description="Said once, by a member of a panel who speaks for the first time and did not "
        "open it; `{name}` `{title}`.",
    )
    fact: tuple[Template, ...] = Field(
        default=("I can tell you that.",),
        min_length=1,
        description="Before a fact of a case that was asked for, which follows word for word.",
    )
    no_fact: tuple[Template, ...] = Field(
        default=(
            "I have nothing on that as you ask it. Ask it another way, or ask something else.",
        ),
        min_length=1,
        description="What was asked found no fact. It may have been worded unluckily, so let the "
        "candidate ask again or ask for something else; never hint at what to ask.",
    )
    half_time: tuple[Template, ...] = Field(
        default=("Half of our time is gone; {minutes} minutes are left.",),
        min_length=1,
        description="Said once, at half time; `{minutes}` left. Nothing about the answers.",
    )
    long_answer: tuple[Template, ...] = Field(
        default=("That took about {minutes} minutes to say; mind the clock.",),
        min_length=1,
        description="Said once, after an answer that ran long; `{minutes}` it took. Nothing about "
        "what was in it.",
    )


class Persona(Value):
    """A fictional interviewer."""

    id: Slug
    name: Line
    title: Line
    introduction: Line = Field(description="What the candidate reads about them beforehand.")
    voice: Line = Field(description="How they speak, for the model's prompt.")
    cares_about: tuple[Line, ...] = Field(min_length=2, max_length=6)
    irritated_by: tuple[Line, ...] = Field(min_length=2, max_length=6)
    never: tuple[Line, ...] = Field(min_length=2, max_length=6)
    interrupts: bool = Field(
        default=False, description="Cuts in on a list of features that names no constraint."
    )
    lines: Lines


class Round(Value):
    """One interview of a track."""

    id: Slug
    title: Line
    minutes: int = Field(ge=5, le=180)
    personas: tuple[Slug, ...] = Field(min_length=1)
    filters_for: Line = Field(description="What the round decides.")
    note: Line | None = Field(default=None, description="What is doubtful about the round's facts.")
    questions: tuple[Slug, ...] = Field(min_length=1, description="In the order of asking.")
    bar: dict[str, float] = Field(
        default_factory=lambda: {"risk": 3.0, "impact": 2.5, "leadership": 2.5},
        description="The level each signal must reach, 1-5.",
    )
    brief: Brief | None = Field(
        default=None,
        description="Makes the round a case: read out before the first question. The questions "
        "then keep their order.",
    )
    hidden_facts: tuple[HiddenFact, ...] = Field(
        default=(), max_length=30, description="Of the case; told only to a candidate who asks."
    )
    curveballs: tuple[Change, ...] = Field(
        default=(),
        max_length=6,
        description="Changes of facts that fit every question of the round; see the question's.",
    )

    @property
    def case(self) -> Case | None:
        """The case, if the round is one."""
        return None if self.brief is None else Case(brief=self.brief, facts=self.hidden_facts)

    @model_validator(mode="after")
    def _a_case_is_whole(self) -> Self:
        if self.hidden_facts and self.brief is None:
            raise ValueError("hidden_facts need a brief: they are facts of a case")
        if twice := repeated(fact.id for fact in self.hidden_facts):
            raise ValueError(f"hidden_facts: two share an id: {', '.join(twice)}")
        if twice := repeated(change.id for change in self.curveballs):
            raise ValueError(f"curveballs: two share an id: {', '.join(twice)}")
        return self


class Track(Value):
    """A hiring process."""

    id: Slug
    title: Line
    summary: Line
    note: Line | None = None
    rounds: tuple[Round, ...] = Field(min_length=1)
