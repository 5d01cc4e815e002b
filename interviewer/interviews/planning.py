"""Planning a round: which questions, in which order, by whom, and which change of facts.

A question may be about a line of one's own documents. A seed of 0 keeps the author's order.
"""

import hashlib
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
        seed: 0 keeps the authored order and takes the first lines; others shuffle and choose. The
            questions of a case are never shuffled. Every seed, 0 too, chooses a change of facts.

    Returns:
        The questions in the order of asking, without those that need a document there is not.
    """
    chosen = list(questions)
    choice = random.Random(seed)  # noqa: S311 (variety, not secrecy)
    if seed and round_.case is None and not any(question.stage for question in questions):
        choice.shuffle(chosen)
        chosen = _own_documents_early(chosen)
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
    return _with_curveball(plan, round_, {q.id: q for q in questions}, seed)


def _own_documents_early(questions: Sequence[Question]) -> list[Question]:
    """Right after the opening question, so that the clock does not cut off what is about them."""
    own = [question for question in questions if question.fills is not None]
    others = [question for question in questions if question.fills is None]
    return [*others[:1], *own, *others[1:]]


def seated(personas: Sequence[Persona]) -> tuple[Panellist, ...]:
    """The personas of a round as its log keeps them."""
    return tuple(
        Panellist(id=p.id, name=p.name, title=p.title, interrupts=p.interrupts) for p in personas
    )


def _who_asks(question: Question, round_: Round) -> str:
    return question.persona if question.persona in round_.personas else round_.personas[0]


def _with_curveball(
    plan: list[PlannedQuestion], round_: Round, questions: dict[str, Question], seed: int
) -> tuple[PlannedQuestion, ...]:
    """The plan with one change of facts in it, if the round or its questions have any.

    Which one, and at which question, follows from the seed and the round: each change has the same
    chance, and so has each question that it fits and that the planned minutes reach.
    """
    places: dict[str, list[int]] = {}
    changes: dict[str, Change] = {}
    begins = 0
    for place, planned_question in enumerate(plan):
        question = questions[planned_question.id]
        able = question.follow_ups and question.stage != "clarify" and begins < round_.minutes
        begins += planned_question.minutes
        for where, change in _changes(question, round_) if able else ():
            changes[f"{where}/{change.id}"] = change
            places.setdefault(f"{where}/{change.id}", []).append(place)
    if changes:
        drawn = int.from_bytes(hashlib.sha256(f"{seed}/{round_.id}".encode()).digest())
        name = sorted(changes)[drawn % len(changes)]
        place = places[name][drawn // len(changes) % len(places[name])]
        plan[place] = plan[place].model_copy(update={"curveball": changes[name]})
    return tuple(plan)


def _changes(question: Question, round_: Round) -> list[tuple[str, Change]]:
    """The changes that fit a question, each with where it was authored."""
    own = [(question.id, change) for change in question.curveballs]
    return own + [("", change) for change in round_.curveballs]


def _quotable(line: str) -> str:
    """One line of an untrusted document, safe to stand inside a question."""
    text = " ".join(neutralise(line, limit_chars=4 * LONGEST_LINE_CHARACTERS).split())
    if len(text) <= LONGEST_LINE_CHARACTERS:
        return text
    return text[:LONGEST_LINE_CHARACTERS].rsplit(" ", 1)[0]
