"""One seed file as YAML that remembers its lines, so that a problem can be named where it stands."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pydantic import TypeAdapter, ValidationError

from interviewer.domain.problem import Problem

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml reads the seeds eight times faster, which every command and every start waits for."""


class SeedFile(NamedTuple):
    """A file that could be read as YAML; what it says is not checked yet."""

    path: Path
    name: str
    node: yaml.Node
    content: Any

    def line_of(self, *location: int | str) -> int:
        """Line, from 1, of the deepest part of the location that exists in the file."""
        return _line_of(self.node, location)

    def problem(self, location: Sequence[int | str], message: str) -> Problem:
        """A problem at that place of the file."""
        field = ".".join(map(str, location)) or "-"
        return Problem(self.name, self.line_of(*location), field, message)


def seed_files(folder: Path, pattern: str, problems: list[Problem]) -> Iterator[SeedFile]:
    """The files of that pattern which are YAML; the others are reported."""
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
                yield SeedFile(path, name, node, content)


def validated(seed: SeedFile, adapter: TypeAdapter[Any], problems: list[Problem]) -> Any:
    """What the file says as the adapter's type; None, with every problem reported, if it is not."""
    try:
        return adapter.validate_python(seed.content)
    except ValidationError as error:
        for issue in error.errors(include_url=False):
            field = ".".join(str(part) for part in issue["loc"]) or "-"
            problems.append(Problem(seed.name, seed.line_of(*issue["loc"]), field, issue["msg"]))
        return None


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
