"""The bank as plain documents: the shapes of `tracks --json` and `questions --json`."""

from typing import Any

from interviewer.domain.catalog import Catalog
from interviewer.domain.question import Question


def tracks_document(catalog: Catalog) -> list[dict[str, Any]]:
    """Every track with its rounds, in the order of the loop."""
    return [
        {
            "id": track.id,
            "title": track.title,
            "summary": track.summary,
            "note": track.note,
            "rounds": [
                {
                    "id": round_.id,
                    "title": round_.title,
                    "minutes": round_.minutes,
                    "personas": list(round_.personas),
                    "filters_for": round_.filters_for,
                    "note": round_.note,
                    "questions": list(round_.questions),
                }
                for round_ in track.rounds
            ],
        }
        for track in catalog.tracks.values()
    ]


def questions_document(
    catalog: Catalog, track: str | None = None, round_id: str | None = None
) -> list[dict[str, Any]]:
    """Questions with rubric and examples, in the order in which rounds ask them.

    Raises:
        UnknownId: There is no such track or round.
    """
    if track is not None:
        catalog.track(track)
        if round_id is not None:
            catalog.round(track, round_id)
    ordered = [
        catalog.questions[question_id]
        for t in catalog.tracks.values()
        for r in t.rounds
        for question_id in r.questions
        if track in (None, t.id) and round_id in (None, r.id)
    ]
    return [_question(question) for question in ordered]


def _question(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "track": question.track,
        "round": question.round,
        "category": question.category,
        "text": question.text,
        "persona": question.persona,
        "criteria": list(question.criteria),
        "points": [point.model_dump(mode="json") for point in question.points],
        "red_flags": [flag.model_dump(mode="json") for flag in question.red_flags],
        "examples": [example.model_dump(mode="json") for example in question.examples],
    }
