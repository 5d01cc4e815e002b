"""Reads the seeds of the preparation: skills, readiness, timelines, quiz.

What they say of the catalog is checked here as well; what they cite is checked by whoever knows the
passages, with `citation_problems`.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from pydantic import TypeAdapter

from interviewer.domain.catalog import Catalog
from interviewer.domain.preparation import Preparation
from interviewer.domain.problem import Problem
from interviewer.domain.quiz import QuizItem
from interviewer.domain.readiness import Item
from interviewer.domain.skills import SkillMap
from interviewer.domain.timeline import TimelinePattern
from interviewer.errors import SeedError
from interviewer.store.seed_file import SeedFile, seed_files, validated

ITEMS = 10
"""Items of the readiness assessment."""

SCHEMAS: dict[str, TypeAdapter[Any]] = {
    "skills": TypeAdapter(SkillMap),
    "readiness": TypeAdapter(list[Item]),
    "timeline": TypeAdapter(list[TimelinePattern]),
    "quiz": TypeAdapter(list[QuizItem]),
}
"""By schema name: what a seed file of that kind must be (`seeds/schemas/<name>.schema.json`)."""

_FILES = {
    "skills": "skills.yaml",
    "readiness": "readiness.yaml",
    "timeline": "timelines.yaml",
    "quiz": "quiz.yaml",
}


class Citable(Protocol):
    """What is asked of a passage here."""

    @property
    def as_of(self) -> dt.date:
        """When its facts were checked."""

    @property
    def status(self) -> str:
        """Whether it is in force."""

    @property
    def confidence(self) -> str:
        """How sure its facts are."""


class PreparationSeeds(NamedTuple):
    """The preparation with the files it was read from, for naming problems."""

    content: Preparation
    files: dict[str, SeedFile]


def load_preparation(folder: Path, catalog: Catalog) -> Preparation:
    """Reads and checks the seeds of the preparation.

    Raises:
        SeedError: With every problem found, one a line.
    """
    seeds, problems = read_preparation(folder, catalog)
    if seeds is None or problems:
        raise SeedError("\n".join(map(str, problems)))
    return seeds.content


def read_preparation(
    folder: Path, catalog: Catalog
) -> tuple[PreparationSeeds | None, list[Problem]]:
    """Reads the seeds of the preparation; None if one of the files cannot be used."""
    problems: list[Problem] = []
    files: dict[str, SeedFile] = {}
    values: dict[str, Any] = {}
    for kind, name in _FILES.items():
        if not (folder / name).is_file():
            problems.append(Problem(f"{folder.name}/{name}", 1, "-", "the file does not exist"))
        for seed in seed_files(folder, name, problems):
            value = validated(seed, SCHEMAS[kind], problems)
            if value is not None:
                files[kind], values[kind] = seed, value
    if problems:
        return None, problems
    content = Preparation(
        skills=values["skills"],
        readiness=tuple(values["readiness"]),
        timelines=tuple(values["timeline"]),
        quiz=tuple(values["quiz"]),
    )
    seeds = PreparationSeeds(content, files)
    return seeds, [
        *_skill_problems(content.skills, catalog, files["skills"]),
        *_readiness_problems(content, catalog, files["readiness"]),
        *_timeline_problems(content.timelines, catalog, files["timeline"]),
        *_repeated([item.id for item in content.quiz], files["quiz"]),
    ]


def citation_problems(
    seeds: PreparationSeeds, passages: Mapping[str, Citable]
) -> Iterator[Problem]:
    """Passages that do not exist, are superseded or of low confidence, or were checked again."""
    for i, item in enumerate(seeds.content.readiness):
        for j, passage_id in enumerate(item.passages):
            yield from _cited(seeds.files["readiness"], (i, "passages", j), passage_id, passages)
    file = seeds.files["quiz"]
    for i, asked in enumerate(seeds.content.quiz):
        yield from _cited(file, (i, "passage"), asked.passage, passages)
        passage = passages.get(asked.passage)
        if passage is not None and passage.as_of != asked.as_of:
            message = (
                f"the source of {asked.passage!r} was checked on {passage.as_of}: compare the "
                "item with it and give that date"
            )
            yield file.problem((i, "as_of"), message)


def _cited(
    file: SeedFile,
    location: Sequence[int | str],
    passage_id: str,
    passages: Mapping[str, Citable],
) -> Iterator[Problem]:
    passage = passages.get(passage_id)
    if passage is None:
        yield file.problem(location, f"passage {passage_id!r} does not exist")
        return
    if passage.status == "superseded":
        yield file.problem(location, f"{passage_id!r} is superseded; cite what is in force")
    if passage.confidence == "low":
        yield file.problem(location, f"{passage_id!r} is of low confidence: nothing rests on it")


def _skill_problems(skills: SkillMap, catalog: Catalog, file: SeedFile) -> Iterator[Problem]:
    yield from _repeated([skill.id for skill in skills.skills], file, "skills")
    used = {question.category for question in catalog.questions.values()}
    for missing in sorted(set(catalog.criteria) - set(skills.criteria)):
        yield file.problem(("criteria",), f"criterion {missing!r} has no skill")
    for unknown in sorted(set(skills.criteria) - set(catalog.criteria)):
        yield file.problem(("criteria", unknown), f"criterion {unknown!r} is not defined")
    for missing in sorted(used - set(skills.categories)):
        yield file.problem(("categories",), f"category {missing!r} of a question has no skill")


def _readiness_problems(
    content: Preparation, catalog: Catalog, file: SeedFile
) -> Iterator[Problem]:
    items = content.readiness
    if len(items) != ITEMS:
        yield file.problem((), f"has {len(items)} items, not {ITEMS}")
    yield from _repeated([item.id for item in items], file)
    skills = {skill.id for skill in content.skills.skills}
    for i, item in enumerate(items):
        for field, named, known in (
            ("skills", item.skills, skills),
            ("questions", item.questions, set(catalog.questions)),
        ):
            for j, name in enumerate(named):
                if name not in known:
                    yield file.problem((i, field, j), f"{name!r} is not defined")


def _timeline_problems(
    timelines: Iterable[TimelinePattern], catalog: Catalog, file: SeedFile
) -> Iterator[Problem]:
    yield from _repeated([pattern.track for pattern in timelines], file, key="track")
    for i, pattern in enumerate(timelines):
        if pattern.track not in catalog.tracks:
            yield file.problem((i, "track"), f"{pattern.track!r} is not defined")
        yield from _repeated([step.id for step in pattern.steps], file, i, "steps")


def _repeated(
    ids: Sequence[str], file: SeedFile, *within: int | str, key: str = "id"
) -> Iterator[Problem]:
    for i, found in enumerate(ids):
        if found in ids[:i]:
            yield file.problem((*within, i, key), f"{found!r} is already used")
