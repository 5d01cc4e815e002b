"""What is wrong with a line of a data set, in one line."""

from pydantic import ValidationError


def first_fault(error: ValueError) -> str:
    """The first thing that is wrong; pydantic's own text takes several lines and a web address."""
    if not isinstance(error, ValidationError):
        return str(error)
    fault = error.errors()[0]
    return f"{'.'.join(map(str, fault['loc'])) or 'the line'}: {fault['msg']}"
