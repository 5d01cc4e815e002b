"""Reading a file that the user named, up to a size."""

from pathlib import Path

from interviewer.errors import InputError


def read_bytes(file: Path, most: int) -> bytes:
    """The file's bytes.

    Raises:
        InputError: It cannot be read, or is larger than `most` bytes.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(most + 1)
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}") from None
    if len(data) > most:
        raise InputError(f"{file}: is over {most:,} bytes")
    return data
