"""Reads the seeds folder into a `Catalog`; every problem is named with file, line and field."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from interviewer.domain.catalog import Catalog
from interviewer.domain.grade import level_from_labels
from interviewer.domain.problem import Problem
from interviewer.domain.question import AUTHORED_POINTS, Question
from interviewer.domain.rubric import AUTHORED_LEAST, Criterion
from interviewer.domain.track import Persona, Track
from interviewer.errors import SeedError

M = TypeVar("M", bound=BaseModel)

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml reads the seeds eight times faster, which every command and every start waits for."""

SCHEMAS: dict[str, TypeAdapter[Any]] = {
    "criteria": TypeAdapter(list[Criterion]),
    "persona": TypeAdapter(Persona),
    "question": TypeAdapter(Question),
    "track": TypeAdapter(Track),
}
"""By schema name: what a seed file of that kind must be (`seeds/schemas/<name>.schema.json`)."""


class _SeedFile(NamedTuple):
    path: Path
    name: str
    node: yaml.Node
    content: Any

    def line_of(self, *location: int | str) -> int:
        return _line_of(self.node, location)


def load_catalog(folder: Path) -> Catalog:
    """Reads and checks all seeds.

    Raises:
        SeedError: With every problem found, one a line.
    """
    catalog, problems = read_catalog(folder)
    if problems:
        raise SeedError("\n".join(map(str, problems)))
    return catalog


def read_catalog(folder: Path) -> tuple[Catalog, list[Problem]]:
    """Reads all seeds; what cannot be used is left out of the catalog and reported."""
    problems: list[Problem] = []
    if not folder.is_dir():
        problems.append(Problem(str(folder), 1, "-", "the seeds folder does not exist"))
    criteria: dict[str, Criterion] = {}
    for seed in _files(folder, "criteria.yaml", problems):
        listed = _validated(seed, TypeAdapter(list[Criterion]), problems) or []
        criteria |= {criterion.id: criterion for criterion in listed}
    personas = _by_id(folder, "personas/*.yaml", Persona, problems)
    questions = _by_id(folder, "questions/*/*.yaml", Question, problems)
    tracks = _by_id(folder, "tracks/*.yaml", Track, problems)
    catalog = Catalog(
        tracks={k: v for k, (v, _) in tracks.items()},
        personas={k: v for k, (v, _) in personas.items()},
        criteria=criteria,
        questions={k: v for k, (v, _) in questions.items()},
    )
    for track, seed in tracks.values():
        problems += _track_problems(track, catalog, seed)
    for question, seed in questions.values():
        problems += _question_problems(question, catalog, seed)
    return catalog, problems


def _files(folder: Path, pattern: str, problems: list[Problem]) -> Iterator[_SeedFile]:
    for path in sorted(folder.glob(pattern)):
        name = f"{folder.name}/{path.relative_to(folder)}"
        try:
            loader = _LOADER(path.read_text(encoding="utf-8"))
            node = loader.get_single_node()
            content = None if node is None else loader.construct_document(node)
        except UnicodeDecodeError as error:
            problems.append(Problem(name, 1, "-", f"is not UTF-8 text ({error.reason})"))
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            problems.append(Problem(name, line, "-", f"is not valid YAML: {error.problem}"))
        except yaml.YAMLError as error:
            problems.append(Problem(name, 1, "-", f"is not valid YAML: {error}"))
        else:
            if node is None:
                problems.append(Problem(name, 1, "-", "is empty"))
            else:
                yield _SeedFile(path, name, node, content)


def _validated(seed: _SeedFile, adapter: TypeAdapter[Any], problems: list[Problem]) -> Any:
    try:
        return adapter.validate_python(seed.content)
    except ValidationError as error:
        for issue in error.errors(include_url=False):
            field = ".".join(str(part) for part in issue["loc"]) or "-"
            problems.append(Problem(seed.name, seed.line_of(*issue["loc"]), field, issue["msg"]))
        return None


def _by_id(
    folder: Path, pattern: str, model: type[M], problems: list[Problem]
) -> dict[str, tuple[M, _SeedFile]]:
    found: dict[str, tuple[M, _SeedFile]] = {}
    for seed in _files(folder, pattern, problems):
        value = _validated(seed, TypeAdapter(model), problems)
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


def _track_problems(track: Track, catalog: Catalog, seed: _SeedFile) -> Iterator[Problem]:
    for r, round_ in enumerate(track.rounds):
        for field, wanted, known in (
            ("personas", round_.personas, catalog.personas),
            ("questions", round_.questions, catalog.questions),
        ):
            for i, name in enumerate(wanted):
                if name not in known:
                    location = ("rounds", r, field, i)
                    yield _problem(seed, location, f"{name!r} is not defined")


def _question_problems(question: Question, catalog: Catalog, seed: _SeedFile) -> Iterator[Problem]:
    if question.persona not in catalog.personas:
        yield _problem(seed, ("persona",), f"{question.persona!r} is not defined")
    track = catalog.tracks.get(question.track)
    if track is None:
        yield _problem(seed, ("track",), f"{question.track!r} is not defined")
    elif not any(r.id == question.round and question.id in r.questions for r in track.rounds):
        yield _problem(seed, ("round",), f"round {question.round!r} does not list this question")
    for i, point in enumerate(question.points):
        criterion = catalog.criteria.get(point.criterion)
        if criterion is None:
            yield _problem(seed, ("points", i, "criterion"), f"{point.criterion!r} is not defined")
        elif criterion.signal is not point.signal:
            message = f"criterion {criterion.id!r} belongs to signal {criterion.signal.value!r}"
            yield _problem(seed, ("points", i, "signal"), message)
    yield from _sparse_problems(question, seed)
    yield from _example_problems(question, seed)


def _sparse_problems(question: Question, seed: _SeedFile) -> Iterator[Problem]:
    """What an author of the bank still owes; a candidate's own question may leave it out."""
    if (found := len(question.points)) < AUTHORED_POINTS:
        yield _problem(seed, ("points",), _too_few(AUTHORED_POINTS, found))
    for i, point in enumerate(question.points):
        for field, least in AUTHORED_LEAST.items():
            if (found := len(getattr(point, field))) < least:
                yield _problem(seed, ("points", i, field), _too_few(least, found))


def _too_few(least: int, found: int) -> str:
    return f"should have at least {least} items, not {found}"


def _example_problems(question: Question, seed: _SeedFile) -> Iterator[Problem]:
    levels: dict[str, int] = {}
    for i, example in enumerate(question.examples):
        level = level_from_labels(question, example.verdicts, example.red_flags)
        if level != example.level:
            message = f"the verdicts come to level {level}, not {example.level}"
            yield _problem(seed, ("examples", i, "level"), message)
        levels[example.quality.value] = example.level
    missing = {"strong", "middling", "weak"} - set(levels)
    if missing:
        yield _problem(seed, ("examples",), f"has no {', '.join(sorted(missing))} example")
    elif not levels["strong"] > levels["middling"] > levels["weak"]:
        yield _problem(seed, ("examples",), "levels must fall from strong to middling to weak")


def _problem(seed: _SeedFile, location: Sequence[int | str], message: str) -> Problem:
    field = ".".join(map(str, location))
    return Problem(seed.name, seed.line_of(*location), field, message)


def _line_of(node: yaml.Node, location: Sequence[int | str]) -> int:
    """Line, from 1, of the deepest part of the location that exists in the file."""
    line = node.start_mark.line + 1
    for part in location:
        child = _child(node, part)
        if child is None:
            break
        node = child
        line = node.start_mark.line + 1
    return line


def _child(node: yaml.Node, part: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part]  # type: ignore[no-any-return]
    return None
