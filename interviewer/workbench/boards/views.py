"""A board that was read, as plain data: one shape for the command line and HTTP."""

from dataclasses import asdict
from typing import Any

from interviewer.workbench.boards.reading import ReadBoard


def board_view(read: ReadBoard) -> dict[str, Any]:
    """Kind, rows, problems and notices; rows are null while there are problems."""
    rows = None if read.board is None else read.board.model_dump(mode="json")["rows"]
    return {
        "kind": read.kind,
        "rows": rows,
        "problems": [asdict(problem) for problem in read.problems],
        "notices": list(read.notices),
    }
