"""A problem in content that an author must correct: where, and what."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to correct. `line` counts from 1; `field` is a key, or `-` for the whole file."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.message}"
