"""Comparing two results: as multisets of rows, in order only where order was asked for.

Numbers are compared to twelve significant digits, because a sum of floats depends on the order in which
its terms are added; a timestamp at midnight equals its date. Columns are compared by position, or by name
where both results have the same names in another order.
"""

from collections import Counter
from collections.abc import Sequence

from interviewer.domain.sql_changes import of_changed_values
from interviewer.domain.sql_result import Cell, Column, Difference, Result, Row, SqlFinding

EXAMPLES = 3
"""So many rows of each sort are shown."""
_DIGITS = 12
_MIDNIGHT = " 00:00:00"
_INTEGERS = [
    f"{sign}{size}"
    for sign in ("", "U")
    for size in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
]
_NUMBERS = (*_INTEGERS, "DECIMAL", "FLOAT", "DOUBLE")
_FAMILIES = {
    **dict.fromkeys(_NUMBERS, "number"),
    **dict.fromkeys(("DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"), "date"),
    "VARCHAR": "text",
}
"""By DuckDB's name of a type: what may stand for it in a result."""


def compared(
    expected: Result,
    given: Result,
    *,
    ordered: bool = False,
    key: Sequence[str] = (),
    sums: Sequence[str] = (),
) -> Difference | None:
    """How the given result differs; None if it is right.

    Args:
        expected: What the reference query returns.
        given: What the candidate's query returned.
        ordered: Whether the order of the rows was asked for.
        key: Columns of the expected result that tell its rows apart. With them, rows can be paired and
            values compared; without, only whole rows are missing or extra.
        sums: Columns that add up or count.
    """
    given = _aligned(expected, given)
    if said := _columns(expected.columns, given.columns):
        return Difference(kind=SqlFinding.COLUMNS, text=said)
    wanted = [_canonical(row) for row in expected.rows]
    found = [_canonical(row) for row in given.rows]
    if Counter(wanted) == Counter(found):
        return None if wanted == found or not ordered else _order(wanted, found)
    if not found:
        text = f"Your result is empty; expected: {_rows(len(wanted))}."
        return Difference(kind=SqlFinding.EMPTY, text=text, missing=tuple(wanted[:EXAMPLES]))
    names = [column.name for column in expected.columns]
    at = [names.index(name) for name in key]
    return _of_rows(wanted, found, at, names, sums)


def _aligned(expected: Result, given: Result) -> Result:
    """The given result with its columns in the expected order, if only that order differs."""
    wanted = [column.name.casefold() for column in expected.columns]
    found = [column.name.casefold() for column in given.columns]
    if wanted == found or len(set(found)) != len(found) or set(wanted) != set(found):
        return given
    at = [found.index(name) for name in wanted]
    return Result(
        columns=tuple(given.columns[i] for i in at),
        rows=tuple(tuple(row[i] for i in at) for row in given.rows),
    )


def _columns(wanted: Sequence[Column], found: Sequence[Column]) -> str | None:
    if len(wanted) != len(found):
        names = ", ".join(column.name for column in wanted)
        return f"Your result has {len(found)} columns; asked for are {len(wanted)}: {names}."
    for i, (one, other) in enumerate(zip(wanted, found, strict=True), 1):
        if _family(one.type) != _family(other.type):
            return (
                f"Column {i} ({one.name}) should hold a {_family(one.type)}; yours is "
                f"{other.name}, a {_family(other.type)}."
            )
    return None


def _family(type_name: str) -> str:
    name = type_name.upper()
    return _FAMILIES.get(name.split("(")[0].split(" ")[0], name.lower())


def _canonical(row: Row) -> Row:
    return tuple(_canonical_cell(cell) for cell in row)


def _canonical_cell(cell: Cell) -> Cell:
    if isinstance(cell, float):
        rounded = float(f"{cell:.{_DIGITS}g}")
        return int(rounded) if rounded.is_integer() else rounded
    if isinstance(cell, str):
        return cell.removesuffix(_MIDNIGHT)
    return cell


def _order(wanted: list[Row], found: list[Row]) -> Difference:
    first = next(i for i, (a, b) in enumerate(zip(wanted, found, strict=True)) if a != b)
    text = f"The rows are right and their order is not: row {first + 1} is the first out of place."
    return Difference(
        kind=SqlFinding.ORDER, text=text, missing=(wanted[first],), extra=(found[first],)
    )


def _of_rows(
    wanted: list[Row], found: list[Row], at: list[int], names: list[str], sums: Sequence[str]
) -> Difference:
    def key(row: Row) -> Row:
        return tuple(row[i] for i in at) if at else row

    wanted_keys, found_keys = Counter(map(key, wanted)), Counter(map(key, found))
    gone = [row for row in wanted if key(row) not in found_keys]
    new = [row for row in found if key(row) not in wanted_keys]
    repeated = [row for row in found if found_keys[key(row)] > wanted_keys[key(row)] > 0]
    if repeated and not gone and not new:
        return _duplicated(found, found_keys, wanted_keys, repeated)
    if gone or new:
        return _other_rows(wanted, found, gone, new, names)
    fewer = [row for row in wanted if found_keys[key(row)] < wanted_keys[key(row)]]
    if fewer:
        text = f"Rows that occur several times occur less often in your result: {len(found)} rows in all, {len(wanted)} expected."
        return Difference(kind=SqlFinding.MISSING_ROWS, text=text, missing=tuple(fewer[:EXAMPLES]))
    by_key = {key(row): row for row in found}
    return of_changed_values([(row, by_key[key(row)]) for row in wanted], names, sums, EXAMPLES)


def _duplicated(
    found: list[Row], found_keys: Counter[Row], wanted_keys: Counter[Row], repeated: list[Row]
) -> Difference:
    factor = round(len(found) / sum(wanted_keys.values()), 2)
    worst = max(found_keys[key] / wanted_keys[key] for key in found_keys)
    text = (
        f"Rows come more often than they should: {len(found):,} rows instead of "
        f"{sum(wanted_keys.values()):,}, {factor:g} times as many, and up to {worst:g} times for one."
    )
    return Difference(
        kind=SqlFinding.DUPLICATED, text=text, extra=tuple(repeated[:EXAMPLES]), factor=factor
    )


def _other_rows(
    wanted: list[Row], found: list[Row], gone: list[Row], new: list[Row], names: list[str]
) -> Difference:
    examples = {"missing": tuple(gone[:EXAMPLES]), "extra": tuple(new[:EXAMPLES])}
    if gone and new:
        text = f"Missing: {_rows(len(gone))}. Not asked for: {_rows(len(new))}."
        return Difference(kind=SqlFinding.DIFFERENT_ROWS, text=text, **examples)
    if gone:
        text = f"Missing: {len(gone):,} of {_rows(len(wanted))}."
        column = _null_column(gone, found, names)
        kind = SqlFinding.MISSING_ROWS
        note = f" In each of them {column} is NULL."
    else:
        text = f"Not asked for: {len(new):,} of your {_rows(len(found))}."
        column = _null_column(new, wanted, names)
        kind = SqlFinding.EXTRA_ROWS
        note = f" In each of them {column} is NULL."
    if column is not None:
        return Difference(kind=SqlFinding.NULLS, text=text + note, **examples)
    return Difference(kind=kind, text=text, **examples)


def _null_column(some: list[Row], others: list[Row], names: list[str]) -> str | None:
    """The column that is NULL in all of the first rows and in none of the others."""
    for i, name in enumerate(names):
        if all(row[i] is None for row in some) and all(row[i] is not None for row in others):
            return name
    return None


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
