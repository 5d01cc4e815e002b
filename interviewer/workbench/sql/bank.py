"""An invented bank as tables: drawn from one seed, the same rows every time.

The tables are untidy where a bank's are: customers without a segment, accounts without a customer, closed
accounts, transactions that arrive late or were charged twice, transactions disputed more than once,
scores that a second run of the same day wrote again. Names and figures are made up.
"""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from random import Random
from typing import Any

from interviewer.domain.sql_problem import BankTable
from interviewer.domain.value import Value

SEED = 2026
AS_OF = dt.date(2026, 6, 30)
"""The day up to which the bank was drawn; only late arrivals are later."""
_FIRST_DAY = dt.date(2026, 1, 1)
_CUSTOMERS = 90
_TRANSACTIONS = 2600
_GIVEN = [
    "Ada",
    "Ben",
    "Cleo",
    "Dan",
    "Eve",
    "Finn",
    "Gus",
    "Hana",
    "Ivo",
    "June",
    "Kai",
    "Lena",
    "Milo",
    "Nora",
    "Otis",
    "Pia",
    "Quinn",
    "Rosa",
    "Sol",
    "Tess",
]
_FAMILY = ["Arden", "Birch", "Cole", "Dale", "Ebner", "Frost", "Glass", "Hale", "Ives", "Jarvis"]
_CATEGORIES = ("groceries", "dining", "online", "fuel", "travel", "rent", None)
_OFTEN = (24, 18, 18, 12, 9, 3, 6)
"""How often each of the categories is drawn, beside the others."""
_REASONS = ("not received", "not as described", "card not present fraud", "duplicate charge")

Rows = list[tuple[Any, ...]]


class Filled(Value):
    """A table with its rows, column by column, as JSON can carry them."""

    name: str
    columns: str
    values: tuple[tuple[str | int | float | None, ...], ...]


_COLUMNS: dict[str, str] = {
    "customers": "customer_id INTEGER, name VARCHAR, segment VARCHAR, city VARCHAR, joined_on DATE",
    "accounts": "account_id INTEGER, customer_id INTEGER, product VARCHAR, opened_on DATE, "
    "closed_on DATE, credit_limit DECIMAL(12, 2)",
    "cards": "card_id INTEGER, account_id INTEGER, kind VARCHAR, issued_on DATE, blocked_on DATE",
    "transactions": "transaction_id INTEGER, account_id INTEGER, booked_at TIMESTAMP, "
    "received_at TIMESTAMP, amount DECIMAL(12, 2), category VARCHAR, merchant VARCHAR",
    "disputes": "dispute_id INTEGER, transaction_id INTEGER, opened_on DATE, closed_on DATE, "
    "reason VARCHAR, refunded DECIMAL(12, 2)",
    "model_scores": "account_id INTEGER, model VARCHAR, scored_on DATE, loaded_at TIMESTAMP, score DOUBLE",
}
"""By table: its columns as SQL declares them."""

_NOTES: dict[BankTable, str] = {
    "customers": "one row a customer; segment may be unknown (NULL)",
    "accounts": "one row an account; internal accounts have no customer; closed_on is NULL while open; only "
    "card accounts have a limit",
    "cards": "one row a card; an account may have several, or none",
    "transactions": "one row a transaction; amount is money spent, negative for a refund; category may be "
    "unknown; received_at is when the row reached the warehouse",
    "disputes": "one row a dispute; a transaction may be disputed more than once; closed_on and refunded are "
    "NULL while it is open",
    "model_scores": "one row an account, model, day and run; a day may have been run again, the last "
    "loaded_at counts; score is NULL where scoring failed",
}


def note(table: BankTable) -> str:
    """What a row of the table is."""
    return _NOTES[table]


def declared(table: BankTable) -> str:
    """The table's columns as SQL declares them."""
    return _COLUMNS[table]


@lru_cache(maxsize=2)
def bank(seed: int = SEED) -> tuple[Filled, ...]:
    """All tables of the bank that the seed gives."""
    chance = Random(seed)  # noqa: S311 (invented rows, no secret)
    customers = _customers(chance)
    accounts = _accounts(chance, customers)
    transactions = _transactions(chance, accounts)
    tables = {
        "customers": customers,
        "accounts": accounts,
        "cards": _cards(chance, accounts),
        "transactions": transactions,
        "disputes": _disputes(chance, transactions),
        "model_scores": _model_scores(chance, accounts),
    }
    return tuple(
        Filled(name=name, columns=_COLUMNS[name], values=tuple(map(_as_json, zip(*rows, strict=True))))
        for name, rows in tables.items()
    )  # fmt: skip


def _as_json(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(v.isoformat(" ") if isinstance(v, dt.datetime) else str(v) if isinstance(v, dt.date) else v for v in values)  # fmt: skip


def _customers(chance: Random) -> Rows:
    rows: Rows = []
    for i in range(1, _CUSTOMERS + 1):
        name = f"{_GIVEN[i % len(_GIVEN)]} {chance.choice(_FAMILY)}"
        segment = chance.choice(("retail", "retail", "affluent", "private", None))
        city = chance.choice(("Leeds", "Bournemouth", "Glasgow", "London", None))
        # The last dozen joined lately and have hardly done anything yet.
        earliest = dt.date(2025, 10, 1) if i <= _CUSTOMERS - 12 else dt.date(2026, 5, 1)
        joined = earliest + dt.timedelta(days=chance.randrange(180 if i <= _CUSTOMERS - 12 else 50))
        rows.append((i, name, segment, city, joined))
    return rows


def _accounts(chance: Random, customers: Rows) -> Rows:
    rows: Rows = []
    number = 1000
    for customer_id, _, _, _, joined in customers:
        for product in chance.sample(
            ("current", "savings", "card"), chance.choice((0, 1, 1, 2, 2, 3))
        ):
            number += 1
            opened = min(joined + dt.timedelta(days=chance.randrange(20)), AS_OF)
            closed = None
            if chance.random() < 0.2:
                closed = min(opened + dt.timedelta(days=chance.randrange(20, 150)), AS_OF)
            limit = float(chance.randrange(5, 80) * 100) if product == "card" else None
            rows.append((number, customer_id, product, opened, closed, limit))
    for _ in range(4):
        number += 1
        rows.append((number, None, "internal", dt.date(2025, 10, 1), None, None))
    return rows


def _cards(chance: Random, accounts: Rows) -> Rows:
    rows: Rows = []
    for account_id, _, product, opened, _, _ in accounts:
        most = {"card": 3, "current": 2}.get(product, 0)
        for _ in range(chance.randint(0, most)):
            issued = min(opened + dt.timedelta(days=chance.randrange(60)), AS_OF)
            blocked = issued + dt.timedelta(days=10) if chance.random() < 0.15 else None
            kind = chance.choice(("physical", "virtual"))
            rows.append((5000 + len(rows), account_id, kind, issued, blocked))
    return rows


def _transactions(chance: Random, accounts: Rows) -> Rows:
    spending = [account for account in accounts if account[2] in ("card", "current")]
    rows: Rows = []
    while len(rows) < _TRANSACTIONS:
        account = chance.choice(spending)
        first, last = max(account[3], _FIRST_DAY), account[4] or AS_OF
        if last <= first:
            continue
        day = first + dt.timedelta(days=chance.randrange((last - first).days))
        second = chance.randrange(7 * 3600, 23 * 3600)
        rows += _booked(chance, account[0], dt.datetime.combine(day, dt.time()), second)
    # Numbered as they arrive, which is not how they were booked.
    rows.sort(key=lambda row: (row[2], row[0]))
    return [(100_000 + i, *row) for i, row in enumerate(rows)]


def _booked(chance: Random, account_id: int, day: dt.datetime, second: int) -> Rows:
    """One transaction, now and then with its double: charged again, or at the same second."""
    booked = day + dt.timedelta(seconds=second)
    late = chance.choice((*[0] * 14, 1, 2, 3, 5))
    received = booked + dt.timedelta(days=late, seconds=chance.randrange(60, 7200))
    category = chance.choices(_CATEGORIES, _OFTEN)[0]
    amount = round(chance.lognormvariate(3.2, 0.9), 2) * (-1 if chance.random() < 0.06 else 1)
    merchant = f"shop {chance.randrange(1, 41)}"
    row = (account_id, booked, received, amount, category, merchant)
    again = chance.random()
    if again < 0.03:
        later = dt.timedelta(seconds=chance.choice((20, 75, 240, 900)))
        return [row, (account_id, booked + later, received + later, amount, category, merchant)]
    if again < 0.07:
        other = round(chance.lognormvariate(3.0, 0.8), 2)
        return [
            row,
            (account_id, booked, received, other, category, f"shop {chance.randrange(41, 60)}"),
        ]
    return [row]


def _disputes(chance: Random, transactions: Rows) -> Rows:
    rows: Rows = []
    for transaction in chance.sample(transactions, 170):
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            opened = transaction[2].date() + dt.timedelta(days=chance.randrange(1, 25))
            closed = opened + dt.timedelta(days=chance.randrange(1, 60))
            refunded = round(max(transaction[4], 0) * chance.choice((0, 0.5, 1)), 2)
            is_open = closed > AS_OF or chance.random() < 0.12
            rows.append((
                len(rows) + 1, transaction[0], min(opened, AS_OF), None if is_open else closed,
                chance.choice(_REASONS), None if is_open else refunded,
            ))  # fmt: skip
    return rows


def _model_scores(chance: Random, accounts: Rows) -> Rows:
    rows: Rows = []
    for account_id, _, product, opened, closed, _ in accounts:
        if product != "card":
            continue
        score = chance.uniform(0.02, 0.6)
        for month in range(1, 7):
            day = dt.date(2026, month, 15)
            if not opened <= day <= (closed or AS_OF) or chance.random() < 0.08:
                continue
            score = min(0.99, max(0.01, score + chance.uniform(-0.12, 0.14)))
            loaded = dt.datetime.combine(day, dt.time(3)) + dt.timedelta(
                seconds=chance.randrange(3600)
            )
            kept = None if chance.random() < 0.07 else round(score, 3)
            rows.append((account_id, "delinquency", day, loaded, kept))
            if chance.random() < 0.2:
                again = loaded + dt.timedelta(hours=6)
                rows.append((account_id, "delinquency", day, again, round(score * 0.9, 3)))
    return rows
