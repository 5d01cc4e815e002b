"""Reads `seeds/said/<question>.txt`: what candidates say about each point of a question.

A heading `## point` for every point, under it lines that make it (`+ `), make it partly (`~ `) and
come near without making it (`- `). A question needs no such file.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from interviewer.domain.problem import Problem
from interviewer.domain.question import Question
from interviewer.domain.said import Said

_FIELDS = {"+": "makes", "~": "partly", "-": "misses"}
LEAST = {"+": 6, "~": 2, "-": 3}
"""How many lines of each kind a point of the bank has, or more."""
LEAST_WORDS, MOST_WORDS = 5, 60


class _Line(NamedTuple):
    number: int
    point: str
    mark: str
    text: str


def read_said(
    folder: Path, questions: Mapping[str, Question]
) -> tuple[dict[str, dict[str, Said]], list[Problem]]:
    """By question and point what is said, and what must be corrected.

    A file with a fault is left out whole: its question is then read without it.

    Args:
        folder: The seeds.
        questions: The bank, by id.
    """
    found: dict[str, dict[str, Said]] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("said/*.txt")):
        name = f"{folder.name}/{path.relative_to(folder)}"
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            problems.append(Problem(name, 1, "-", f"is not UTF-8 text ({error.reason})"))
            continue
        question = questions.get(path.stem)
        if question is None:
            problems.append(Problem(name, 1, "-", f"there is no question {path.stem!r}"))
            continue
        lines, faults = _lines(name, text)
        faults += _faults(name, lines, question)
        problems += faults
        if not faults:
            found[question.id] = _by_point(lines)
    return found, problems


def _lines(name: str, text: str) -> tuple[list[_Line], list[Problem]]:
    lines: list[_Line] = []
    faults: list[Problem] = []
    point = ""
    for number, row in enumerate(text.splitlines(), start=1):
        mark, _, rest = row.strip().partition(" ")
        if mark == "##":
            point = rest.strip()
        elif mark in _FIELDS and point and rest.strip():
            lines.append(_Line(number, point, mark, rest.strip()))
        elif row.strip():
            faults.append(
                Problem(name, number, "-", "is neither '## point' nor a line after +, ~ or -")
            )
    return lines, faults


def _faults(name: str, lines: list[_Line], question: Question) -> Iterator[Problem]:
    points = [point.id for point in question.points]
    first: dict[str, int] = {}
    for line in lines:
        if line.point not in points:
            yield Problem(name, line.number, line.point, "the question has no such point")
        words = len(line.text.split())
        if not LEAST_WORDS <= words <= MOST_WORDS:
            message = f"has {words} words, not {LEAST_WORDS} to {MOST_WORDS}"
            yield Problem(name, line.number, line.point, message)
        plain = " ".join(line.text.lower().split())
        if plain in first:
            message = f"stands in line {first[plain]} already"
            yield Problem(name, line.number, line.point, message)
        first.setdefault(plain, line.number)
    for point in points:
        marks = [line.mark for line in lines if line.point == point]
        if any(marks.count(mark) < least for mark, least in LEAST.items()):
            counted = ", ".join(f"{marks.count(mark)} {mark}" for mark in LEAST)
            wanted = ", ".join(f"{n} {mark}" for mark, n in LEAST.items())
            yield Problem(name, 1, point, f"has {counted}; wanted are at least {wanted}")


def _by_point(lines: list[_Line]) -> dict[str, Said]:
    found: dict[str, dict[str, list[str]]] = {}
    for line in lines:
        kinds = found.setdefault(line.point, {field: [] for field in _FIELDS.values()})
        kinds[_FIELDS[line.mark]].append(line.text)
    return {point: Said.model_validate(kinds) for point, kinds in found.items()}
