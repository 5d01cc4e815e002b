"""What may be wrong with a round: who sits on its panel, what its case hides, what it throws in.

It yields places within a track's or question's seed file and messages; `catalog_files` adds file
and line.
"""

from collections.abc import Iterator, Sequence

from interviewer.domain.case import Stage
from interviewer.domain.catalog import Catalog
from interviewer.domain.question import Change, Question
from interviewer.domain.track import Round, Track

LEAST_QUESTIONS = 6
"""Questions that a shipped round of conversation has at least: with fewer, candidates meet the same
ones again. A case is one long task instead; it has its stages."""

Place = tuple[tuple[int | str, ...], str]


def round_problems(round_: Round, catalog: Catalog, *, shipped: bool) -> Iterator[Place]:
    """Problems of one round; places are relative to it.

    Args:
        round_: The round.
        catalog: All seeds.
        shipped: Also what is a fault only in the bank that ships: too few questions.
    """
    if shipped and round_.brief is None and len(round_.questions) < LEAST_QUESTIONS:
        message = f"has {len(round_.questions)} questions; a round needs {LEAST_QUESTIONS} or more"
        yield ("questions",), message
    for i, fact in enumerate(round_.hidden_facts):
        if fact.persona not in round_.personas:
            yield ("hidden_facts", i, "persona"), _not_on_the_panel(fact.persona)
    yield from _change_problems(round_.curveballs, round_)
    asked = [catalog.questions[q] for q in round_.questions if q in catalog.questions]
    has_stage = any(question.stage is Stage.CLARIFY for question in asked)
    if round_.hidden_facts and not has_stage:
        yield ("hidden_facts",), "no question of the round has the stage 'clarify' to ask in"


def question_problems(question: Question, track: Track) -> Iterator[Place]:
    """Problems of one question with the round that asks it; places are relative to the question."""
    round_ = next((r for r in track.rounds if r.id == question.round), None)
    if round_ is None:
        return
    if question.persona not in round_.personas:
        yield ("persona",), _not_on_the_panel(question.persona)
    facts = {fact.id for fact in round_.hidden_facts}
    for i, point in enumerate(question.points):
        if point.persona is not None and point.persona not in round_.personas:
            yield ("points", i, "persona"), _not_on_the_panel(point.persona)
        for field in ("asks_for", "needs_fact"):
            named = getattr(point, field)
            if named is not None and named not in facts:
                yield ("points", i, field), f"{named!r} is no hidden fact of the round"
        if point.asks_for is not None and question.stage is not Stage.CLARIFY:
            yield ("points", i, "asks_for"), "belongs to a question of the stage 'clarify'"
    yield from _change_problems(question.curveballs, round_)


def _change_problems(changes: Sequence[Change], round_: Round) -> Iterator[Place]:
    for i, change in enumerate(changes):
        if change.persona is not None and change.persona not in round_.personas:
            yield ("curveballs", i, "persona"), _not_on_the_panel(change.persona)


def _not_on_the_panel(persona: str) -> str:
    return f"{persona!r} is not one of the round's personas"
