"""Rubrics of imported questions: made from points that were listed, or from a model's draft.

What an author of the bank writes by hand (key terms, probes) is derived here in the plainest way,
so the offline engine reads such a rubric less well; documents say so. No point cites anything:
nobody checked a source for it.
"""

import hashlib
import re
from collections.abc import Sequence

from pydantic import ValidationError

from interviewer.domain.catalog import Catalog
from interviewer.domain.own_question import OwnQuestion
from interviewer.domain.question import Question
from interviewer.domain.rubric import Point, Signal
from interviewer.engines.text import STOP_WORDS, words
from interviewer.errors import InputError
from interviewer.practice.listed_question import ListedPoint, ListedQuestion
from interviewer.prompting.fence import neutralise

OWN_CRITERION = "own"
"""Criterion of a point whose owner named none."""
OWN_SIGNAL = Signal.IMPACT
"""Signal of such a point; it decides nothing, since a drill has no bar."""
OWN_ROUND = "own"
CATEGORY = "own"

_PROBES = (
    "What else would somebody in my place need to hear from you here?",
    "Something that matters to me is still missing. What would you add?",
    "Take one step further: what did you leave out?",
    "Suppose I were not convinced yet. What more would you tell me?",
)
"""Asked where the owner wrote no probe. They cannot give a point away: they do not know it."""
_LONGEST_ID, _TERMS, _TERM_LETTERS = 60, 4, 4
_PLAIN = re.compile(r"[^a-z0-9]+")


def own_question(
    listed: ListedQuestion, points: Sequence[ListedPoint], catalog: Catalog
) -> Question:
    """The question with a rubric of these points.

    Raises:
        InputError: It names a persona, track, round or criterion that does not exist, or cannot be
            asked; the message begins with the field.
    """
    persona = listed.persona or next(iter(catalog.personas))
    if persona not in catalog.personas:
        raise InputError(f"persona: there is no persona {persona!r}")
    track = listed.track or next(iter(catalog.tracks))
    if track not in catalog.tracks:
        raise InputError(f"track: there is no track {track!r}")
    question_id = listed.id or derived_id(listed.question)
    if question_id in catalog.questions:
        raise InputError(f"id: {question_id!r} is a question of the bank: choose another id")
    try:
        return Question(
            id=question_id,
            track=track,
            round=listed.round or OWN_ROUND,
            persona=persona,
            category=CATEGORY,
            text=safe(listed.question),
            minutes=listed.minutes,
            points=tuple(
                _point(number, point, listed, catalog) for number, point in enumerate(points)
            ),
        )
    except ValidationError as error:
        issue = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in issue["loc"]) or "question"
        raise InputError(f"{field}: {issue['msg']}") from None


def listed_rubric(listed: ListedQuestion, catalog: Catalog) -> OwnQuestion:
    """The question with the points that its owner listed.

    Raises:
        InputError: As `own_question`; or it lists none.
    """
    if not listed.points:
        raise InputError(
            "points: there are none: list what a good answer says, or have a language model draft "
            "them with --draft"
        )
    return OwnQuestion(question=own_question(listed, listed.points, catalog), origin="listed")


def derived_id(text: str) -> str:
    """An id that the same text always gets: its first words and a hash."""
    start = "-".join(_PLAIN.sub(" ", text.lower()).split()[:6])[:40].strip("-")
    digest = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]
    return f"own-{start}-{digest}" if start else f"own-{digest}"


def safe(text: str) -> str:
    """The text with nothing in it that a model could take for structure."""
    return " ".join(neutralise(text).split())


def _point(number: int, point: ListedPoint, listed: ListedQuestion, catalog: Catalog) -> Point:
    criterion = point.criterion or listed.criterion or OWN_CRITERION
    signal = point.signal or listed.signal
    known = catalog.criteria.get(criterion)
    if known is None and criterion != OWN_CRITERION:
        raise InputError(f"points.{number}.criterion: there is no criterion {criterion!r}")
    statement = safe(point.statement)
    return Point(
        id=_point_id(number, statement),
        statement=statement,
        criterion=criterion,
        signal=known.signal if known else Signal(signal) if signal else OWN_SIGNAL,
        weight=point.weight,
        counts=(statement, *(safe(way) for way in point.counts))[:6],
        partly=(),
        does_not_count=(),
        key_terms=_terms(statement),
        probes=tuple(safe(probe) for probe in point.probes)
        or (_PROBES[number % len(_PROBES)], _PROBES[(number + 1) % len(_PROBES)]),
        passages=(),
    )


def _point_id(number: int, statement: str) -> str:
    start = "-".join(_PLAIN.sub(" ", statement.lower()).split()[:5])[: _LONGEST_ID - 4]
    return f"p{number + 1}-{start}".strip("-")


def _terms(statement: str) -> tuple[tuple[str, ...], ...]:
    """Its longest content words, each a group of its own."""
    content = [
        w for w in words(statement) if len(w) >= _TERM_LETTERS and w.lower() not in STOP_WORDS
    ]
    chosen = sorted(dict.fromkeys(content), key=lambda w: -len(w))[:_TERMS] or [statement[:60]]
    return tuple((term[:60],) for term in chosen)
