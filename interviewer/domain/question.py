"""A question of the bank: what is asked, its rubric, and answers that show what each level is."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from interviewer.domain.case import Stage, repeated
from interviewer.domain.handed import ArtefactKind
from interviewer.domain.rubric import Line, PassageId, Point, RedFlag, Slug
from interviewer.domain.value import Value
from interviewer.domain.verdict import Met

Prose = Annotated[str, StringConstraints(min_length=20, max_length=6000, strip_whitespace=True)]


PLACEHOLDER = "{quote}"

AUTHORED_POINTS = 5
"""How many points an author owes a question of the bank; a candidate's own may have fewer."""

STORIES = frozenset({"behavioural", "incident", "introduction", "resume", "track-record"})
"""Categories of questions about what the candidate has done."""


class Quality(StrEnum):
    """What an example answer is an example of."""

    STRONG = "strong"
    GOOD = "good"
    MIDDLING = "middling"
    WEAK = "weak"
    WRONG = "wrong"
    OFF_TOPIC = "off-topic"


class Example(Value):
    """An answer with the verdicts it deserves, given from the rubric before any engine read it."""

    quality: Quality
    answer: Prose
    level: int = Field(ge=1, le=5, description="What the verdicts come to (`grade.level_of`).")
    verdicts: dict[Slug, Met]
    red_flags: tuple[Slug, ...] = ()


class Change(Value):
    """A change of facts that may be thrown in after an answer: a curveball."""

    id: Slug
    text: Line = Field(
        description="Said word for word: what has changed, and one open question about it."
    )
    persona: Slug | None = Field(
        default=None, description="Who brings it, in a panel; otherwise whoever has the floor."
    )


class Question(Value):
    """One question with its rubric and examples."""

    id: Slug
    track: Slug
    round: Slug
    persona: Slug
    category: Slug = Field(description="What kind of question it is, for the bank's filter.")
    text: Annotated[str, StringConstraints(min_length=20, max_length=900, strip_whitespace=True)]
    minutes: int = Field(ge=2, le=30, description="Time the persona plans for it, follow-ups too.")
    follow_ups: int = Field(default=2, ge=0, le=5, description="The budget of follow-ups.")
    about_history: bool = Field(
        default=False, description="True if superseded rules are its subject, and may be cited."
    )
    fills: Literal["resume", "job"] | None = Field(
        default=None,
        description="The text holds `{quote}`, filled with a line of the candidate's own document "
        "of that kind; without such a document the question is not asked.",
    )
    stage: Stage | None = Field(
        default=None, description="In a case: its stage. Questions of a case keep their order."
    )
    curveballs: tuple[Change, ...] = Field(
        default=(),
        max_length=4,
        description="Changes of facts; the interview's seed decides whether one is thrown in "
        "after the first answer. It counts as a follow-up; one a round at most.",
    )
    problem: Slug | None = Field(
        default=None, description="The coding problem (`seeds/problems`) that it may be solved on."
    )
    sql_problem: Slug | None = Field(
        default=None, description="The SQL problem (`seeds/sql`) that is to be solved for it."
    )
    artefact: ArtefactKind | None = Field(
        default=None, description="What may be handed in for it, besides words."
    )
    parts: tuple[Slug, ...] = Field(
        default=(),
        max_length=14,
        description="Of a sketch: the parts (`seeds/sketch.yaml`) expected in it; none: those "
        "that are expected in every sketch.",
    )
    note: Line | None = Field(
        default=None,
        description="What the candidate is told afterwards about the question's facts.",
    )
    points: tuple[Point, ...] = Field(
        min_length=1, max_length=11, json_schema_extra={"minItems": AUTHORED_POINTS}
    )
    red_flags: tuple[RedFlag, ...] = Field(default=(), max_length=5)
    examples: tuple[Example, ...] = Field(default=(), max_length=8)
    reading: tuple[PassageId, ...] = Field(default=(), max_length=6)

    @property
    def criteria(self) -> tuple[str, ...]:
        """Ids of the criteria its points belong to, in order of first appearance."""
        return tuple(dict.fromkeys(point.criterion for point in self.points))

    @property
    def tells_a_story(self) -> bool:
        """Whether it asks for something the candidate did, so that the telling has a shape."""
        return self.category in STORIES

    @property
    def as_asked(self) -> Self:
        """The question as an interview's log keeps it: without the example answers."""
        return self.model_copy(update={"examples": ()})

    def filled(self, line: str) -> Self:
        """The question about one line of the candidate's own document."""
        return self.model_copy(update={"text": self.text.replace(PLACEHOLDER, line)})

    def point(self, point_id: str) -> Point:
        """The point of that id; raises `KeyError` if the question has none."""
        for point in self.points:
            if point.id == point_id:
                return point
        raise KeyError(point_id)

    @model_validator(mode="after")
    def _the_placeholder_is_declared(self) -> Self:
        if self.fills is None and PLACEHOLDER in self.text:
            raise ValueError(f"the text holds {PLACEHOLDER} but `fills` does not say from what")
        return self

    @model_validator(mode="after")
    def _it_has_one_problem_at_most(self) -> Self:
        if self.problem is not None and self.sql_problem is not None:
            raise ValueError("a question has a `problem` or a `sql_problem`, not both")
        return self

    @model_validator(mode="after")
    def _curveballs_differ(self) -> Self:
        if twice := repeated(change.id for change in self.curveballs):
            raise ValueError(f"two curveballs share an id: {', '.join(twice)}")
        return self

    @model_validator(mode="after")
    def _examples_judge_every_point(self) -> Self:
        points = [point.id for point in self.points]
        if len(set(points)) != len(points):
            raise ValueError(f"two points share an id: {points}")
        flags = {flag.id for flag in self.red_flags}
        for example in self.examples:
            judged = set(example.verdicts)
            if judged != set(points):
                raise ValueError(
                    f"the {example.quality} example must judge every point once: "
                    f"missing {sorted(set(points) - judged)}, unknown {sorted(judged - set(points))}"
                )
            if unknown := set(example.red_flags) - flags:
                raise ValueError(f"the {example.quality} example names unknown red flags {unknown}")
        return self
