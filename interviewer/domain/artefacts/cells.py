"""What may stand in a cell: text, a date, a number, a place on a scale.

Every refusal is a phrase that says what is wrong with the value; what to write instead is added
from the field's description and example, by `interviewer.domain.artefacts.artefact`.
"""

import datetime as dt
import math
import re
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator

MOST_CELL = 1_500
"""Characters of one cell. The longest is the action of a story, some 250 words."""
MOST_NUMBER = 1e12
"""Largest size of a number; beyond it a typing error is likelier than a case."""
FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Outside of these a slip of the keyboard is likelier than a plan."""

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_PLACEHOLDER = re.compile(
    r"(tb[acd]|to ?do|n/?a|none|nil|unknown|various|asap|soon|later|x{2,}|\?+|[-\u2013\u2014]+|\.{2,}|\u2026)[.!]?",
    re.IGNORECASE,
)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_LEAST_WORDS = 4

Scale = TypeVar("Scale", bound=StrEnum)


def plain(value: object) -> object:
    """Text on one line without spaces at its ends; nothing for None.

    Raises:
        ValueError: It is too long or holds characters that do not print.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    if _UNPRINTABLE.search(value.replace("\r", " ")):
        raise ValueError("it holds characters that do not print")
    text = " ".join(value.split())
    if len(text) > MOST_CELL:
        raise ValueError(f"it has {len(text):,} characters and may have {MOST_CELL:,}")
    return text


def _said(value: str) -> str:
    if _PLACEHOLDER.fullmatch(value):
        raise ValueError(f"{value!r} says nothing")
    return value


def _filled(value: str) -> str:
    if not value:
        raise ValueError("it is empty")
    return _said(value)


def _sentence(value: str) -> str:
    if value and len(value.split()) < _LEAST_WORDS:
        raise ValueError(f"{value[:60]!r} is a heading")
    return _filled(value)


def _date(value: object) -> object:
    text = plain(value)
    if text == "":
        return None
    if isinstance(text, str) and not _ISO_DATE.match(text):
        raise ValueError(f"{text[:40]!r} is not a date as year-month-day")
    if isinstance(text, str):
        try:
            text = dt.date.fromisoformat(text)
        except ValueError:
            raise ValueError(f"{text!r} is not a day of the calendar") from None
    if not isinstance(text, dt.date):
        raise ValueError("it is not a date as year-month-day")  # noqa: TRY004 (pydantic reads ValueError)
    if not FIRST_YEAR <= text.year <= LAST_YEAR:
        raise ValueError(f"{text} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return text


def _number(value: object) -> object:
    text = plain(value)
    if isinstance(text, str):
        if not text:
            raise ValueError("it is empty")
        if text.startswith("="):
            raise ValueError(f"{text[:40]!r} is a formula, and nothing is calculated here")
        try:
            text = float(text)
        except ValueError:
            raise ValueError(f"{str(text)[:40]!r} is not a number") from None
    if isinstance(text, bool) or not isinstance(text, int | float):
        raise ValueError("it is not a number")  # noqa: TRY004 (pydantic reads ValueError)
    # The size first: an integer of 400 digits is no float.
    if abs(text) > MOST_NUMBER or not math.isfinite(text):
        raise ValueError(f"it is not between -{MOST_NUMBER:,.0f} and {MOST_NUMBER:,.0f}")
    return float(text)


Text = Annotated[str, BeforeValidator(plain), AfterValidator(_said)]
"""Text that may be left empty; a placeholder such as "tbd" is refused."""
Filled = Annotated[str, BeforeValidator(plain), AfterValidator(_filled)]
"""Text that must be there."""
Sentence = Annotated[str, BeforeValidator(plain), AfterValidator(_sentence)]
"""At least four words."""
Day = Annotated[dt.date, BeforeValidator(_date)]
MaybeDay = Annotated[dt.date | None, BeforeValidator(_date)]
Number = Annotated[float, BeforeValidator(_number)]


def placed(scale: type[Scale], value: object, *, optional: bool = False) -> object:
    """A place on a scale from its name, or from its number counted from 1.

    Raises:
        ValueError: The scale has no such place.
    """
    text = plain(value)
    if isinstance(text, int) and not isinstance(text, bool):
        text = str(text)
    if text == "" and optional:
        return None
    places = list(scale)
    if isinstance(text, str):
        name = re.sub(r"[\s_-]+", " ", text).casefold()
        for number, place in enumerate(places, 1):
            if name in (place.value.replace("-", " "), str(number)):
                return place
    known = ", ".join(place.value for place in places)
    what = "it is empty" if text == "" else f"{str(text)[:40]!r} is not on the scale"
    raise ValueError(f"{what} {known}")
