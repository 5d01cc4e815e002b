"""Cells that a spreadsheet would take for a formula.

Out: such a cell gets an apostrophe in front, which spreadsheets hide and do not calculate. In: the
apostrophe is taken off again, and the cell is text; nothing is ever calculated here. What already
begins with apostrophes gets one more, so that both ways cancel out. Source of the signs: OWASP, CSV
injection, with the full-width forms that some spreadsheets also accept.
"""

import re

_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_RUNS = re.compile(f"'*[{_SIGNS}]")
_QUOTED = re.compile(f"'+[{_SIGNS}]")
_BARE = re.compile(f"[{_SIGNS}]")


def disarmed(cell: str) -> str:
    """The cell for a spreadsheet."""
    return f"'{cell}" if _RUNS.match(cell) else cell


def restored(cell: str) -> str:
    """The text of a cell that was disarmed."""
    return cell[1:] if _QUOTED.match(cell) else cell


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would calculate it; a signed number is none."""
    if not _BARE.match(cell):
        return False
    try:
        float(cell)
    except ValueError:
        return True
    return False
