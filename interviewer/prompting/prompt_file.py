"""One prompt file: front matter that declares it, and a body the model reads.

```
---
id: group/name
version: 2
role: judge
variables:
  question: the text the candidate saw
output: Judgement          # optional: the schema of the reply
changed: why this version exists
---
What stays the same from call to call, so that a provider can cache it.
=== turn ===
What is new in this call.
```
It lies at `<folder>/group/name.v2.md`. Without the marker line the whole body is the turn.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import yaml
from pydantic import Field, ValidationError

from interviewer.domain.problem import Problem
from interviewer.domain.usage import PromptRef
from interviewer.domain.value import Value
from interviewer.errors import PromptError
from interviewer.prompting import template

TURN_MARKER = "=== turn ==="
_FRONT = re.compile(r"\A---\n(.*?\n)---\n(.*)\Z", re.DOTALL)
_NAME = re.compile(r"(?P<name>[a-z0-9_-]+)\.v(?P<version>[1-9][0-9]*)\.md")


class RenderedPrompt(Value):
    """A prompt ready to send, and enough to find its file again."""

    id: str
    version: int
    sha256: str = Field(description="Of the prompt file, not of the rendered text.")
    stable: str = Field(description="The system message; empty if the file has no turn marker.")
    turn: str = Field(description="The user message.")

    @property
    def text(self) -> str:
        """Everything the model reads, in order."""
        return f"{self.stable}\n\n{self.turn}" if self.stable else self.turn

    @property
    def ref(self) -> PromptRef:
        """What events and evaluations store about the prompt."""
        return PromptRef(id=self.id, version=self.version, sha256=self.sha256)


class FrontMatter(Value):
    """The declaration at the head of a prompt file."""

    id: str = Field(pattern=r"^[a-z0-9_-]+(/[a-z0-9_-]+)+$")
    version: int = Field(ge=1)
    role: str = Field(pattern=r"^[a-z][a-z-]*$", description="Who speaks: interviewer, judge, ...")
    variables: dict[str, str] = Field(description="Name to what it holds.")
    output: str | None = Field(default=None, description="Schema of the reply, if it has one.")
    changed: str = Field(min_length=1, description="Why this version exists.")


@dataclass(frozen=True, slots=True)
class PromptFile:
    """A prompt file that passed every check at load."""

    path: Path
    front: FrontMatter
    sha256: str
    stable: str
    turn: str

    @property
    def key(self) -> str:
        """`id.vN`, the file's name in the lock."""
        return f"{self.front.id}.v{self.front.version}"

    def render(self, **variables: Any) -> RenderedPrompt:
        """The prompt with its variables filled in.

        Raises:
            PromptError: A variable is missing, not declared, or lacks something the body prints.
        """
        declared = set(self.front.variables)
        if missing := sorted(declared - set(variables)):
            raise PromptError(f"{self.path}: no value for {', '.join(missing)}: pass it to render")
        if unknown := sorted(set(variables) - declared):
            raise PromptError(
                f"{self.path}: got {', '.join(unknown)}, which it does not declare: remove it from"
                " the call or declare it in a new version"
            )
        try:
            stable, turn = (template.render(part, variables) for part in (self.stable, self.turn))
        except (jinja2.TemplateError, TypeError, ValueError) as exc:
            raise PromptError(f"{self.path}: cannot be rendered: {exc}") from exc
        return RenderedPrompt(
            id=self.front.id,
            version=self.front.version,
            sha256=self.sha256,
            stable=stable,
            turn=turn,
        )


def read(path: Path, folder: Path) -> tuple[PromptFile | None, list[Problem]]:
    """The prompt file at `path`, or None with every problem found in it.

    Args:
        path: The file.
        folder: The library's root, from which ids are counted.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as exc:
        return None, [Problem(str(path), 1, "file", f"is not UTF-8 text: byte {exc.start}")]
    parts = _FRONT.match(text)
    if parts is None:
        return None, [
            Problem(str(path), 1, "file", "must begin with front matter between two lines `---`")
        ]
    front, problems = _front_matter(path, parts[1])
    if front is None:
        return None, problems
    stable, turn, body_problems = _body(path, parts[2], first_line=parts[1].count("\n") + 3)
    problems += _misplaced(path, folder, front, parts[1]) + body_problems
    if not body_problems:
        problems += _undeclared(path, front, parts[1], parts[2])
    if problems:
        return None, problems
    # Of the text with its line ends unified, so that a checkout with CRLF has the same hash.
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return PromptFile(path, front, sha256, stable, turn), []


def _front_matter(path: Path, source: str) -> tuple[FrontMatter | None, list[Problem]]:
    try:
        raw = yaml.safe_load(source)
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line + 2 if exc.problem_mark else 2
        return None, [Problem(str(path), line, "file", f"front matter is not YAML: {exc.problem}")]
    if not isinstance(raw, dict):
        return None, [Problem(str(path), 2, "file", "front matter must be keys and values")]
    if raw.get("variables", "") is None:
        raw["variables"] = {}
    try:
        return FrontMatter.model_validate(raw), []
    except ValidationError as exc:
        return None, [
            Problem(str(path), _line_of(source, error["loc"]), str(error["loc"][0]), _said(error))
            for error in exc.errors(include_url=False)
        ]


def _said(error: Any) -> str:
    if error["type"] == "missing":
        return "is missing"
    if error["type"] == "extra_forbidden":
        return f"is not a key of a prompt file; the keys are {', '.join(FrontMatter.model_fields)}"
    return f"{error['msg']}, got {error['input']!r}"


def _line_of(source: str, keys: tuple[int | str, ...]) -> int:
    """The line of the file where the innermost of `keys` that can be found stands."""
    for key in reversed(keys):
        for number, line in enumerate(source.splitlines(), start=2):
            if line.strip().startswith(f"{key}:"):
                return number
    return 1


def _body(path: Path, body: str, first_line: int) -> tuple[str, str, list[Problem]]:
    lines = body.split("\n")
    marks = [n for n, line in enumerate(lines) if line.strip() == TURN_MARKER]
    if len(marks) > 1:
        line = first_line + marks[1]
        return "", "", [Problem(str(path), line, "body", f"has a second line {TURN_MARKER!r}")]
    at = marks[0] if marks else -1
    stable = "\n".join(lines[: max(at, 0)])
    turn = "\n".join(lines[at + 1 :])
    problems = [
        Problem(str(path), first_line + offset + line - 1, "body", message)
        for part, offset in ((stable, 0), (turn, at + 1))
        for line, message in template.mistakes(part)
    ]
    if not turn.strip():
        problems.append(Problem(str(path), first_line, "body", "says nothing to the model"))
    return stable, turn, problems


def _misplaced(path: Path, folder: Path, front: FrontMatter, source: str) -> list[Problem]:
    name = _NAME.fullmatch(path.name)
    if name is None:
        return [Problem(str(path), 1, "file", "must be named `<name>.v<number>.md`")]
    expected = (path.relative_to(folder).parent / name["name"]).as_posix()
    problems = []
    if front.id != expected:
        line = _line_of(source, ("id",))
        problems.append(
            Problem(str(path), line, "id", f"is {front.id!r}, its place says {expected!r}")
        )
    if front.version != int(name["version"]):
        line = _line_of(source, ("version",))
        problems.append(
            Problem(
                str(path), line, "version", f"is {front.version}, its name says {name['version']}"
            )
        )
    return problems


def _undeclared(path: Path, front: FrontMatter, source: str, body: str) -> list[Problem]:
    first_line = source.count("\n") + 3
    used = template.variables_in(body)
    problems = [
        Problem(str(path), first_line + line - 1, "variables", f"{name!r} is used but not declared")
        for name, line in used.items()
        if name not in front.variables
    ]
    problems += [
        Problem(
            str(path), _line_of(source, ("variables", name)), "variables", f"{name!r} is never used"
        )
        for name in front.variables
        if name not in used
    ]
    return problems
