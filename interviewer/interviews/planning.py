"""Planning a round: which questions, in which order, by whom, and which change of facts.

A question may be about a line of one's own documents. A seed of 0 keeps what the author wrote.
"""

import random
from collections.abc import Callable, Sequence

from interviewer.domain.events import Panellist, PlannedQuestion
from interviewer.domain.question import Change, Question
from interviewer.domain.track import Persona, Round
from interviewer.prompting.fence import neutralise

LONGEST_LINE_CHARACTERS = 240
MOST_LINES = 5
"""Lines to choose from: they come with those first that are worth asking about."""

MOST_REMEMBERED = 60
"""Claims of earlier rounds that a round takes along: more than five rounds of the labelled answers
held together, and few enough that the first event of a log stays small."""


def planned(
    round_: Round,
    questions: Sequence[Question],
    lines: Callable[[str], Sequence[str]],
    seed: int,
) -> tuple[PlannedQuestion, ...]:
    """The plan of a round.

    Args:
        round_: The round.
        questions: Of the round, in the authored order.
        lines: Quotable lines of the candidate's documents, by kind.
        seed: 0 keeps the authored order and takes the first lines and the first change of facts;
            others shuffle and choose. The questions of a case are never shuffled.

    Returns:
        The questions in the order of asking, without those that need a document there is not.
    """
    chosen = list(questions)
    choice = random.Random(seed)  # noqa: S311 (variety, not secrecy)
    if seed and round_.case is None and not any(question.stage for question in questions):
        choice.shuffle(chosen)
    plan: list[PlannedQuestion] = []
    for question in chosen:
        line = None
        if question.fills is not None:
            usable = [text for text in map(_quotable, lines(question.fills)) if text]
            if not usable:
                continue
            line = choice.choice(usable[:MOST_LINES]) if seed else usable[0]
        plan.append(
            PlannedQuestion(
                id=question.id,
                minutes=question.minutes,
                line=line,
                persona=_who_asks(question, round_),
                stage=question.stage,
            )
        )
    return _with_curveball(plan, round_, {q.id: q for q in questions}, choice if seed else None)


def seated(personas: Sequence[Persona]) -> tuple[Panellist, ...]:
    """The personas of a round as its log keeps them."""
    return tuple(
        Panellist(id=p.id, name=p.name, title=p.title, interrupts=p.interrupts) for p in personas
    )


def _who_asks(question: Question, round_: Round) -> str:
    return question.persona if question.persona in round_.personas else round_.personas[0]


def _with_curveball(
    plan: list[PlannedQuestion],
    round_: Round,
    questions: dict[str, Question],
    choice: random.Random | None,
) -> tuple[PlannedQuestion, ...]:
    """The plan with one change of facts in it, if the round or its questions have any."""
    able = [
        (place, question.id)
        for place, question in enumerate(plan)
        if questions[question.id].follow_ups and question.stage != "clarify"
    ]
    # A question's own changes first: a seed of 0 takes the first pair.
    pairs: list[tuple[int, Change]] = [
        (place, change) for place, name in able for change in questions[name].curveballs
    ] + [(place, change) for place, _ in able for change in round_.curveballs]
    if pairs:
        place, change = choice.choice(pairs) if choice else pairs[0]
        plan[place] = plan[place].model_copy(update={"curveball": change})
    return tuple(plan)


def _quotable(line: str) -> str:
    """One line of an untrusted document, safe to stand inside a question."""
    text = " ".join(neutralise(line, limit_chars=4 * LONGEST_LINE_CHARACTERS).split())
    if len(text) <= LONGEST_LINE_CHARACTERS:
        return text
    return text[:LONGEST_LINE_CHARACTERS].rsplit(" ", 1)[0]
