"""Rows that are the right ones with values that are not: what has happened to the values."""

from collections.abc import Callable, Sequence
from math import trunc
from typing import NamedTuple

from interviewer.domain.sql_result import Cell, Difference, Row, SqlFinding

_MOST_DECIMALS = 6
_CLOSE = 1e-4
"""Relative: sums of rounded parts differ from the rounded sum by less."""
_WHOLE = 1e-6
_HALF = 0.5 + _WHOLE
_UNITS = (100.0, 0.01, 1000.0, 0.001)
_SHARE_WHOLE = 0.5
"""From this share of whole multiples on, larger values are put down to repeated rows."""
_SHARE_LARGER = 0.8
"""Likewise in columns that add up, from this share of larger values on."""


class _Change(NamedTuple):
    column: str
    wanted: Cell
    found: Cell


def of_changed_values(
    pairs: Sequence[tuple[Row, Row]], names: Sequence[str], sums: Sequence[str], examples: int
) -> Difference:
    """Names what the values have in common that differ.

    Args:
        pairs: Expected and given row of one key each; some differ.
        names: Of the columns.
        sums: Names of columns that add up or count.
        examples: How many pairs to show.
    """
    unlike = [pair for pair in pairs if pair[0] != pair[1]]
    changes = [
        _Change(name, wanted, found)
        for one, other in unlike
        for name, wanted, found in zip(names, one, other, strict=True)
        if wanted != found
    ]
    kind, text, factor = _said(changes, sums)
    first = changes[0]
    example = f" For instance {first.column}: {_shown(first.wanted)} expected, {_shown(first.found)} in yours."
    count = f"{len(unlike):,} of {len(pairs):,} rows differ in {_columns(changes)}. "
    return Difference(
        kind=kind,
        text=count + text + example,
        missing=tuple(pair[0] for pair in unlike[:examples]),
        extra=tuple(pair[1] for pair in unlike[:examples]),
        factor=factor,
    )


def _said(changes: Sequence[_Change], sums: Sequence[str]) -> tuple[SqlFinding, str, float | None]:
    if all((change.wanted is None) != (change.found is None) for change in changes):
        to_null = sum(change.found is None for change in changes)
        if to_null == len(changes):
            return SqlFinding.NULLS, "They are NULL in your result and should have a value.", None
        if to_null == 0:
            return SqlFinding.NULLS, "They should be NULL and have a value in yours.", None
        return SqlFinding.NULLS, "NULL and value have changed places.", None
    if _all_numbers(changes, _is_rounded):
        return SqlFinding.ROUNDING, "They are off by rounding only.", None
    if (unit := _unit(changes)) is not None:
        text = f"All of them are {unit:g} times what they should be, which looks like another unit."
        return SqlFinding.WRONG_VALUES, text, None
    if (ratios := _ratios(changes, sums)) is not None:
        low, high = min(ratios), max(ratios)
        times = f"{low:.3g}" if high - low < _WHOLE else f"{low:.3g} to {high:.3g}"
        text = f"They are {times} times as large as they should be: rows seem to be counted again."
        return SqlFinding.INFLATED, text, round(sum(ratios) / len(ratios), 2)
    return SqlFinding.WRONG_VALUES, "The rows are the right ones.", None


def _all_numbers(changes: Sequence[_Change], holds: Callable[[float, float], bool]) -> bool:
    return all(
        _is_number(change.wanted) and _is_number(change.found)
        and holds(float(change.wanted), float(change.found))  # type: ignore[arg-type]
        for change in changes
    )  # fmt: skip


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _is_rounded(wanted: float, found: float) -> bool:
    if abs(wanted - found) <= _CLOSE * abs(wanted):
        return True
    return any(_rounds_to(a, b) for a, b in ((wanted, found), (found, wanted)))


def _rounds_to(fine: float, coarse: float) -> bool:
    """Whether the second is the first with fewer decimals, rounded either way at a half, or cut off."""
    for decimals in range(_MOST_DECIMALS + 1):
        scale = 10.0**decimals
        if abs(coarse * scale - round(coarse * scale)) > _WHOLE:
            continue
        if abs(fine * scale - round(fine * scale)) <= _WHOLE:
            return False
        is_near = abs(fine - coarse) * scale <= _HALF
        return is_near or round(coarse * scale) == trunc(fine * scale)
    return False


def _unit(changes: Sequence[_Change]) -> float | None:
    """The power of ten, if one and the same separates all values from the expected ones."""
    if not _all_numbers(changes, lambda wanted, _: wanted != 0):
        return None
    ratios = [float(c.found) / float(c.wanted) for c in changes]  # type: ignore[arg-type]
    for unit in _UNITS:
        if all(abs(ratio - unit) < _WHOLE * unit for ratio in ratios):
            return unit
    return None


def _ratios(changes: Sequence[_Change], sums: Sequence[str]) -> list[float] | None:
    """How many times too large the values are, if they are so as repeated rows would make them.

    Either they are whole multiples, or they stand in columns that add up and nearly all are too large; a
    negative amount that is counted again makes a sum smaller.
    """
    if not _all_numbers(changes, lambda wanted, _: wanted != 0):
        return None
    ratios = [float(c.found) / float(c.wanted) for c in changes]  # type: ignore[arg-type]
    larger = [r for r in ratios if r > 1]
    if {change.column for change in changes} <= set(sums):
        return larger if len(larger) >= _SHARE_LARGER * len(ratios) else None
    whole = [r for r in larger if abs(r - round(r)) < _WHOLE * r]
    return larger if larger == ratios and len(whole) >= _SHARE_WHOLE * len(ratios) else None


def _columns(changes: Sequence[_Change]) -> str:
    return ", ".join(dict.fromkeys(change.column for change in changes))


def _shown(cell: Cell) -> str:
    return "NULL" if cell is None else str(cell)
