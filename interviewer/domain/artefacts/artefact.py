"""The base of every artefact: rows of one kind, bounded, and refused in words one can act on."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, NamedTuple, Self

from pydantic import ValidationError, model_validator

from interviewer.domain.value import Value

VENDOR_NOTE = (
    "3-C, 4-P, RAV and R-I-L are mnemonics of one interview-preparation vendor; no bank is known to "
    "use them."
)
MOST_ROWS = 100
"""Of one artefact."""


class Trouble(NamedTuple):
    """One thing to correct: `row` counts from 1 and is None for the whole; so is `field`."""

    row: int | None
    field: str | None
    message: str

    def __str__(self) -> str:
        where = ", ".join(
            part for part in (f"row {self.row}" if self.row else "", self.field or "") if part
        )
        return f"{where}: {self.message}" if where else self.message


class Row(Value):
    """One row; its fields are the columns, in order."""

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """Names of the fields."""
        return tuple(cls.model_fields)

    @classmethod
    def hint(cls, column: str) -> str:
        """What to write there."""
        return cls.model_fields[column].description or ""

    @classmethod
    def example(cls, column: str) -> str:
        """A value that would do."""
        return str((cls.model_fields[column].examples or [""])[0])


class Artefact(Value):
    """Rows, and what must hold of them together."""

    kind: ClassVar[str]
    title: ClassVar[str]
    note: ClassVar[str] = ""
    """What a reader must know of the kind itself; the label of a vendor's mnemonic."""
    row: ClassVar[type[Row]]

    rows: tuple[Any, ...]

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if not self.rows:
            raise ValueError("there is no row in it: fill in at least one")
        if len(self.rows) > MOST_ROWS:
            raise ValueError(f"it has {len(self.rows):,} rows and may have {MOST_ROWS}")
        troubles = [*self.faults()]
        if troubles:
            raise ValueError("\n".join(map(str, troubles)))
        return self

    def faults(self) -> Iterator[Trouble]:
        """What rows that are each in order do wrong together."""
        return iter(())


def checked_rows(kind: type[Artefact], rows: Sequence[Any]) -> Artefact | tuple[Trouble, ...]:
    """The artefact of these rows, or everything that must be corrected.

    Args:
        kind: What it should be.
        rows: One mapping a row, of column to value.
    """
    try:
        return kind.model_validate({"rows": list(rows[: MOST_ROWS + 1])})
    except ValidationError as error:
        return tuple(
            trouble
            for issue in error.errors(include_url=False, include_input=False)
            for trouble in _troubles(kind, issue["loc"], issue["type"], issue["msg"])
        )


def _troubles(
    kind: type[Artefact], place: tuple[int | str, ...], sort: str, message: str
) -> Iterator[Trouble]:
    said = message.removeprefix("Value error, ")
    row = place[1] + 1 if len(place) > 1 and isinstance(place[1], int) else None
    field = str(place[2]) if len(place) > 2 else None
    if field is None:
        yield from (_parsed(line, row) for line in said.splitlines())
    elif sort == "extra_forbidden":
        known = ", ".join(kind.row.columns())
        yield Trouble(row, field[:40], f"there is no such column; columns are {known}")
    elif sort == "missing":
        yield Trouble(row, field, f"it is missing. {_advice(kind.row, field)}")
    else:
        yield Trouble(row, field, f"{said}. {_advice(kind.row, field)}")


def _parsed(line: str, row: int | None) -> Trouble:
    """A fault of the rows together, which pydantic hands on as text alone."""
    head, colon, rest = line.partition(": ")
    parts = head.split(", ")
    if colon and parts[0].startswith("row ") and parts[0][4:].isdigit():
        return Trouble(int(parts[0][4:]), parts[1] if len(parts) > 1 else None, rest)
    return Trouble(row, None, line)


def _advice(row: type[Row], field: str) -> str:
    if field not in row.model_fields:
        return ""
    return f"Write {row.hint(field)}, for example: {row.example(field)}"
