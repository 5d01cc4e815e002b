"""Sheets made of named parts, each of which stands there once."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from interviewer.domain.artefacts.artefact import Trouble


def part_faults(given: Iterable[StrEnum], all_parts: type[StrEnum]) -> Iterator[Trouble]:
    """Parts that are missing or stand twice."""
    first: dict[StrEnum, int] = {}
    for number, part in enumerate(given, 1):
        if part in first:
            yield Trouble(number, "part", f"{part} stands in row {first[part]} already: merge them")
        first.setdefault(part, number)
    for part in all_parts:
        if part not in first:
            yield Trouble(None, None, f"the part {part} is missing: add a row for it")
