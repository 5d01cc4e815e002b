"""Checking the content that ships: seeds, prompts, knowledge, and what they say of each other."""

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.domain.catalog import Catalog
from interviewer.domain.question import Question
from interviewer.paths import shipped

if TYPE_CHECKING:
    from interviewer.knowledge.passages import Passage


def check_content(
    seeds: Path | None = None, prompts: Path | None = None, knowledge: Path | None = None
) -> tuple[list[str], str]:
    """Checks everything; returns one line a problem, and a line that says what was counted.

    Args:
        seeds: Folder to check instead of the shipped one; likewise the others.
        prompts: See `seeds`.
        knowledge: See `seeds`.
    """
    from interviewer.knowledge import sources
    from interviewer.prompting import library
    from interviewer.store.catalog_files import read_catalog, read_committee
    from interviewer.store.preparation_files import citation_problems, read_preparation

    seeds, knowledge = seeds or shipped("seeds"), knowledge or shipped("knowledge")
    catalog, seed_problems = read_catalog(seeds, shipped=True)
    preparation, preparation_problems = read_preparation(seeds, catalog)
    _, seat_problems = read_committee(seeds, catalog)
    found_in_seeds = [*seed_problems, *preparation_problems, *seat_problems]
    problems = [str(problem) for problem in found_in_seeds]
    problems += [str(problem) for problem in library.problems(prompts or shipped("prompts"))]
    found = sources.problems(knowledge)
    problems += [f"knowledge/{problem}" for problem in found]
    passages: Mapping[str, Passage] = {}
    if not found:
        passages = sources.load_sources(knowledge).passages
        problems += _cross_problems(seeds, catalog, passages)
        if preparation is not None:
            problems += map(str, citation_problems(preparation, passages))
    counted = (
        f"{len(catalog.tracks)} tracks, {len(catalog.questions)} questions, "
        f"{len(catalog.coding_problems)} coding problems, {len(catalog.sql_problems)} SQL problems, "
        f"{len(passages)} passages: nothing to correct."
    )
    return problems, counted


def _cross_problems(seeds: Path, catalog: Catalog, passages: Mapping[str, object]) -> Iterator[str]:
    for question in catalog.questions.values():
        name = f"questions/{question.round}/{question.id}.yaml"
        for field, passage_id in _cited(question):
            for fault in _faults(passage_id, passages.get(passage_id), question):
                line = _line_naming(seeds / name, field, passage_id)
                yield f"seeds/{name}:{line}: {field}: {fault}"


def _faults(passage_id: str, passage: object, question: Question) -> Iterator[str]:
    if passage is None:
        yield f"passage {passage_id!r} does not exist"
        return
    if str(getattr(passage, "status", "")) == "superseded" and not question.about_history:
        yield f"{passage_id!r} is superseded; cite what is in force"
    if str(getattr(passage, "confidence", "")) == "low":
        yield f"{passage_id!r} is of low confidence: no point rests on it"


def _line_naming(file: Path, field: str, passage_id: str) -> int:
    """The line, from 1, that names the passage below the point or flag it belongs to; 1 if none does."""
    _, _, rest = field.partition(".")
    owner, inside = rest.partition(".")[0], not rest
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        inside = inside or line.strip() == f"- id: {owner}"
        if inside and passage_id in line:
            return number
    return 1


def _cited(question: Question) -> Iterator[tuple[str, str]]:
    for point in question.points:
        for passage_id in point.passages:
            yield f"points.{point.id}.passages", passage_id
    for flag in question.red_flags:
        for passage_id in flag.passages:
            yield f"red_flags.{flag.id}.passages", passage_id
    for passage_id in question.reading:
        yield "reading", passage_id


def overdue_sources(today: dt.date) -> list[str]:
    """Ids of knowledge sources whose `review_by` has passed."""
    from interviewer.bootstrap.content import library

    return [source.id for source in library().overdue(today)]
