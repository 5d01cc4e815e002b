"""What is right whatever the order, and what is said of a result that is not."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.domain.sql_comparison import compared
from interviewer.domain.sql_result import Cell, Column, Difference, Result, Row, SqlFinding

FEW = settings(max_examples=40)
TYPES = ("INTEGER", "VARCHAR", "DOUBLE")
NAMES = ("account", "label", "amount")
ROW = st.tuples(
    st.integers(0, 5),
    st.sampled_from(["a", "b", None]),
    st.none() | st.integers(-999, 999).map(lambda cents: cents / 100),
)
ROWS = st.lists(ROW, max_size=12)


def result(rows: "list[Row] | tuple[Row, ...]", types: tuple[str, ...] = TYPES) -> Result:
    columns = tuple(Column(name=n, type=t) for n, t in zip(NAMES, types, strict=False))
    return Result(columns=columns, rows=tuple(rows))


def totals(*amounts: Cell) -> Result:
    return result([(i, "a", amount) for i, amount in enumerate(amounts)])


@FEW
@given(ROWS, st.randoms())
def test_rows_in_another_order_are_the_same_result(rows: list[Row], chance: object) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert compared(result(rows), result(shuffled)) is None
    in_order = compared(result(rows), result(shuffled), ordered=True)
    assert (in_order is None) == (rows == shuffled)
    assert in_order is None or in_order.kind is SqlFinding.ORDER


@FEW
@given(ROWS, ROWS)
def test_two_results_are_equal_only_with_the_same_rows_as_often(
    some: list[Row], others: list[Row]
) -> None:
    found = compared(result(some), result(others))
    assert (found is None) == (Counter(some) == Counter(others))


@FEW
@given(st.lists(ROW, min_size=1, max_size=8), st.integers(2, 4))
def test_rows_that_are_repeated_are_told_with_their_factor(rows: list[Row], times: int) -> None:
    found = compared(result(rows), result(rows * times))
    assert found is not None
    assert (found.kind, found.factor) == (SqlFinding.DUPLICATED, times)


@FEW
@given(st.lists(ROW, min_size=2, max_size=8, unique_by=repr))
def test_a_row_that_is_lost_is_shown(rows: list[Row]) -> None:
    found = compared(result(rows), result(rows[1:]))
    assert found is not None
    assert found.kind in (SqlFinding.MISSING_ROWS, SqlFinding.NULLS)
    assert found.extra == ()


@FEW
@given(st.lists(st.floats(0.5, 1e6), min_size=1, max_size=30))
def test_the_order_in_which_floats_were_added_does_not_matter(amounts: list[float]) -> None:
    forth, back = sum(amounts), sum(reversed(amounts))
    assert compared(totals(forth), totals(back)) is None


@pytest.mark.parametrize(
    ("expected", "found", "kind"),
    [
        ((10.0, 20.0, 30.0), (20.0, 60.0, 30.0), SqlFinding.INFLATED),
        ((10.0, 20.0, 30.0), (10.0, None, None), SqlFinding.NULLS),
        ((None, 20.0, 30.0), (0.0, 20.0, 30.0), SqlFinding.NULLS),
        ((0.3333, 0.125), (0.33, 0.13), SqlFinding.ROUNDING),
        ((0.4, 2.7), (0, 2), SqlFinding.ROUNDING),
        ((10.0, 20.0), (11.0, 20.0), SqlFinding.WRONG_VALUES),
        ((0.25, 0.75), (25.0, 75.0), SqlFinding.WRONG_VALUES),
        ((10.0, 20.0), (0, 20.0), SqlFinding.WRONG_VALUES),
    ],
)
def test_values_that_differ_are_told_by_what_they_have_in_common(
    expected: tuple[Cell, ...], found: tuple[Cell, ...], kind: SqlFinding
) -> None:
    difference = compared(totals(*expected), totals(*found), key=("account",))
    assert difference is not None
    assert difference.kind is kind


def test_sums_that_are_too_large_by_uneven_factors_are_put_down_to_repeated_rows() -> None:
    expected, found = totals(10.0, 20.0), totals(13.5, 26.1)
    assert _kind(compared(expected, found, key=("account",))) is SqlFinding.WRONG_VALUES
    told = compared(expected, found, key=("account",), sums=("amount",))
    assert _kind(told) is SqlFinding.INFLATED


def test_rows_that_have_a_null_in_common_are_told_by_it() -> None:
    rows: list[Row] = [(1, "a", 1.0), (2, None, 2.0), (3, None, 3.0)]
    lost = compared(result(rows), result(rows[:1]))
    assert _kind(lost) is SqlFinding.NULLS
    assert lost is not None
    assert "label is NULL" in lost.text


def test_columns_are_compared_by_place_and_kind() -> None:
    rows: list[Row] = [(1, "a", 2.5)]
    wanted = result(rows)
    assert compared(wanted, result(rows, ("BIGINT", "VARCHAR", "DECIMAL(12,2)"))) is None
    assert (
        _kind(compared(wanted, result(rows, ("VARCHAR", "VARCHAR", "DOUBLE"))))
        is SqlFinding.COLUMNS
    )
    assert _kind(compared(wanted, result([(1, "a")], TYPES[:2]))) is SqlFinding.COLUMNS
    swapped = Result(columns=wanted.columns[::-1], rows=tuple(row[::-1] for row in wanted.rows))
    assert compared(wanted, swapped) is None


def test_a_day_is_its_midnight() -> None:
    day = result([("2026-01-01",)], ("DATE",))
    assert compared(day, result([("2026-01-01 00:00:00",)], ("TIMESTAMP",))) is None
    assert compared(day, result([("2026-01-01 00:00:01",)], ("TIMESTAMP",))) is not None


def _kind(difference: Difference | None) -> SqlFinding | None:
    return None if difference is None else difference.kind
