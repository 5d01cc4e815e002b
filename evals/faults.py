"""What is wrong with a data set or a run, in one line each."""

import sys
from collections.abc import Callable

from pydantic import ValidationError

from interviewer.errors import InterviewerError


def first_fault(error: ValueError) -> str:
    """The first thing that is wrong; pydantic's own text takes several lines and a web address."""
    if not isinstance(error, ValidationError):
        return str(error)
    fault = error.errors()[0]
    return f"{'.'.join(map(str, fault['loc'])) or 'the line'}: {fault['msg']}"


def exit_code(name: str, written: Callable[[], list[str]]) -> int:
    """Measures and says what is wrong; 1 if a floor is broken, 2 if a set cannot be used.

    Args:
        name: Of the module, for whoever reads the line.
        written: Writes the report; returns the broken floors, in words.
    """
    try:
        broken = written()
    except InterviewerError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 2
    for line in broken:
        print(f"below the floor: {line}", file=sys.stderr)
    return 1 if broken else 0
