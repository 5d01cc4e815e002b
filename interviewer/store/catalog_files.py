"""Reads the seeds folder into a `Catalog`; every problem is named with file, line and field."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter

from interviewer.domain.catalog import Catalog
from interviewer.domain.committee.seats import Committee
from interviewer.domain.grade import level_from_labels
from interviewer.domain.problem import Problem
from interviewer.domain.question import AUTHORED_POINTS, Question
from interviewer.domain.rubric import AUTHORED_LEAST, Criterion
from interviewer.domain.track import Persona, Track
from interviewer.errors import SeedError
from interviewer.store.asked_artefacts import artefact_problems
from interviewer.store.problem_files import read_coding_problems
from interviewer.store.round_problems import question_problems, round_problems
from interviewer.store.said_files import read_said
from interviewer.store.seed_file import SeedFile, seed_files, validated
from interviewer.store.sketch_files import read_sketch_parts
from interviewer.store.sql_problem_files import read_sql_problems

M = TypeVar("M", bound=BaseModel)

SCHEMAS: dict[str, TypeAdapter[Any]] = {
    "committee": TypeAdapter(Committee),
    "criteria": TypeAdapter(list[Criterion]),
    "persona": TypeAdapter(Persona),
    "question": TypeAdapter(Question),
    "track": TypeAdapter(Track),
}
"""By schema name: what a seed file of that kind must be (`seeds/schemas/<name>.schema.json`)."""


def load_catalog(folder: Path) -> Catalog:
    """Reads and checks all seeds.

    Raises:
        SeedError: With every problem found, one a line.
    """
    catalog, problems = read_catalog(folder)
    if problems:
        raise SeedError("\n".join(map(str, problems)))
    return catalog


def read_catalog(folder: Path, *, shipped: bool = False) -> tuple[Catalog, list[Problem]]:
    """Reads all seeds; what cannot be used is left out of the catalog and reported.

    Args:
        folder: With tracks, personas, criteria and questions.
        shipped: Also report what is a fault only in the bank that ships.
    """
    problems: list[Problem] = []
    if not folder.is_dir():
        problems.append(Problem(str(folder), 1, "-", "the seeds folder does not exist"))
    criteria: dict[str, Criterion] = {}
    for seed in seed_files(folder, "criteria.yaml", problems):
        listed = validated(seed, TypeAdapter(list[Criterion]), problems) or []
        criteria |= {criterion.id: criterion for criterion in listed}
    personas = _by_id(folder, "personas/*.yaml", Persona, problems)
    questions = _by_id(folder, "questions/*/*.yaml", Question, problems)
    tracks = _by_id(folder, "tracks/*.yaml", Track, problems)
    coding_problems, faults = read_coding_problems(folder)
    sql_problems, sql_faults = read_sql_problems(folder)
    parts, part_faults = read_sketch_parts(folder)
    said, said_faults = read_said(folder, {k: v for k, (v, _) in questions.items()})
    problems += [*faults, *sql_faults, *part_faults, *said_faults]
    catalog = Catalog(
        sketch_parts={part.id: part for part in parts},
        coding_problems=coding_problems,
        sql_problems={problem.id: problem for problem in sql_problems},
        tracks={k: v for k, (v, _) in tracks.items()},
        personas={k: v for k, (v, _) in personas.items()},
        criteria=criteria,
        questions={k: v for k, (v, _) in questions.items()},
        said=said,
    )
    for track, seed in tracks.values():
        problems += _track_problems(track, catalog, seed, shipped=shipped)
    for question, seed in questions.values():
        problems += _question_problems(question, catalog, seed)
        problems += [seed.problem(*fault) for fault in artefact_problems(question, catalog)]
    return catalog, problems


def load_committee(folder: Path) -> Committee:
    """Reads what each persona weighs on a committee, and their words there.

    Raises:
        SeedError: `committee.yaml` is missing or broken.
    """
    committee, problems = read_committee(folder)
    if committee is None:
        raise SeedError("\n".join(map(str, problems)))
    return committee


def read_committee(
    folder: Path, catalog: Catalog | None = None
) -> tuple[Committee | None, list[Problem]]:
    """The seats, or None if they cannot be used, and everything wrong with their file.

    With a catalog, a seat of an unknown persona is wrong, too.
    """
    problems: list[Problem] = []
    if not (folder / "committee.yaml").exists():
        problems.append(Problem(f"{folder.name}/committee.yaml", 1, "-", "does not exist"))
    committee: Committee | None = None
    for seed in seed_files(folder, "committee.yaml", problems):
        committee = validated(seed, TypeAdapter(Committee), problems)
        problems += [
            seed.problem(("seats", persona), f"{persona!r} is not defined")
            for persona in (committee.seats if committee and catalog else ())
            if catalog and persona not in catalog.personas
        ]
    return committee, problems


def _by_id(
    folder: Path, pattern: str, model: type[M], problems: list[Problem]
) -> dict[str, tuple[M, SeedFile]]:
    found: dict[str, tuple[M, SeedFile]] = {}
    for seed in seed_files(folder, pattern, problems):
        value = validated(seed, TypeAdapter(model), problems)
        if value is None:
            continue
        seed_id = value.id
        if seed_id != seed.path.stem:
            message = f"{seed_id!r} must equal the file name {seed.path.stem!r}"
            problems.append(Problem(seed.name, seed.line_of("id"), "id", message))
        if seed_id in found:
            message = f"{seed_id!r} is already used by {found[seed_id][1].name}"
            problems.append(Problem(seed.name, seed.line_of("id"), "id", message))
        else:
            found[seed_id] = (value, seed)
    return found


def _track_problems(
    track: Track, catalog: Catalog, seed: SeedFile, *, shipped: bool
) -> Iterator[Problem]:
    for r, round_ in enumerate(track.rounds):
        for field, wanted, known in (
            ("personas", round_.personas, catalog.personas),
            ("questions", round_.questions, catalog.questions),
        ):
            for i, name in enumerate(wanted):
                if name not in known:
                    location = ("rounds", r, field, i)
                    yield seed.problem(location, f"{name!r} is not defined")
        for place, message in round_problems(round_, catalog, shipped=shipped):
            yield seed.problem(("rounds", r, *place), message)


def _question_problems(question: Question, catalog: Catalog, seed: SeedFile) -> Iterator[Problem]:
    for field, named, known in (
        ("persona", question.persona, catalog.personas),
        ("problem", question.problem, catalog.coding_problems),
        ("sql_problem", question.sql_problem, catalog.sql_problems),
    ):
        if named is not None and named not in known:
            yield seed.problem((field,), f"{named!r} is not defined")
    track = catalog.tracks.get(question.track)
    if track is None:
        yield seed.problem(("track",), f"{question.track!r} is not defined")
    elif not any(r.id == question.round and question.id in r.questions for r in track.rounds):
        yield seed.problem(("round",), f"round {question.round!r} does not list this question")
    elif question.persona in catalog.personas:
        for place, message in question_problems(question, track):
            yield seed.problem(place, message)
    for i, point in enumerate(question.points):
        criterion = catalog.criteria.get(point.criterion)
        if criterion is None:
            yield seed.problem(("points", i, "criterion"), f"{point.criterion!r} is not defined")
        elif criterion.signal is not point.signal:
            message = f"criterion {criterion.id!r} belongs to signal {criterion.signal.value!r}"
            yield seed.problem(("points", i, "signal"), message)
    yield from _sparse_problems(question, seed)
    yield from _example_problems(question, seed)


def _sparse_problems(question: Question, seed: SeedFile) -> Iterator[Problem]:
    """What an author of the bank still owes; a candidate's own question may leave it out."""
    if (found := len(question.points)) < AUTHORED_POINTS:
        yield seed.problem(("points",), _too_few(AUTHORED_POINTS, found))
    for i, point in enumerate(question.points):
        for field, least in AUTHORED_LEAST.items():
            if (found := len(getattr(point, field))) < least:
                yield seed.problem(("points", i, field), _too_few(least, found))


def _too_few(least: int, found: int) -> str:
    return f"should have at least {least} items, not {found}"


def _example_problems(question: Question, seed: SeedFile) -> Iterator[Problem]:
    levels: dict[str, int] = {}
    for i, example in enumerate(question.examples):
        level = level_from_labels(question, example.verdicts, example.red_flags)
        if level != example.level:
            message = f"the verdicts come to level {level}, not {example.level}"
            yield seed.problem(("examples", i, "level"), message)
        levels[example.quality.value] = example.level
    missing = {"strong", "middling", "weak"} - set(levels)
    if missing:
        yield seed.problem(("examples",), f"has no {', '.join(sorted(missing))} example")
    elif not levels["strong"] > levels["middling"] > levels["weak"]:
        yield seed.problem(("examples",), "levels must fall from strong to middling to weak")
