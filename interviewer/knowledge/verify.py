"""Checks a generation in a process of its own: `python -m interviewer.knowledge.verify [FOLDER]`.

A damaged Chroma folder can end the interpreter with a segmentation fault, which no `except`
catches; the builder therefore lets a child process open the new folder first. Counting is not
enough (a folder without its graph still counts right): known vectors are looked up.

Exit codes: 0 sound, 1 not, anything else the interpreter died.
"""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from interviewer.errors import IndexUnavailable
from interviewer.knowledge.chroma_folder import FolderCollection
from interviewer.knowledge.snapshot import CHROMA, VECTORS, checked

PROBES = 64
"""Vectors looked up, spread evenly."""
TIMEOUT_S = 300.0
TOLERANCE = 1e-3
"""A stored vector must come back at a cosine this near to 1."""
FOUND_SHARE = 0.9
"""Of the probes that must come back. Chroma's search graph is approximate: among 100,000 passages
in tight clusters it misses one in a hundred; without its graph it finds next to none."""


def verify(folder: Path) -> None:
    """Opens a generation and looks known vectors up.

    Raises:
        IndexUnavailable: Files differ from the manifest, rows are missing, or a lookup fails.
    """
    _, whole = checked(folder)
    if not whole:
        raise IndexUnavailable(f"index {folder}: Chroma files differ from the manifest")
    if not (folder / CHROMA).is_dir():
        return
    vectors = np.load(folder / VECTORS, allow_pickle=False)
    collection = FolderCollection(folder / CHROMA)
    try:
        if collection.count() != len(vectors):
            raise IndexUnavailable(
                f"index {folder}: Chroma holds {collection.count()} of {len(vectors)} passages"
            )
        rows = np.unique(np.linspace(0, len(vectors) - 1, PROBES, dtype=int))
        answers = [collection.query(vectors[row], 1) for row in rows]
        found = sum(bool(answer) and answer[0][1] >= 1 - TOLERANCE for answer in answers)
        if found < FOUND_SHARE * len(rows):
            raise IndexUnavailable(
                f"index {folder}: {found} of {len(rows)} stored vectors are found"
            )
    finally:
        collection.close()


class Verifier:
    """A child process that imports what it needs while the parent still builds.

    Importing chromadb takes longer than everything else about a small change.
    """

    def __init__(self) -> None:
        """Starts the child; it waits for a folder."""
        # It must import what this process runs, and nothing that lies in the working folder.
        command = [sys.executable, "-P", "-m", "interviewer.knowledge.verify"]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        self._child = subprocess.Popen(  # noqa: S603 - our own module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def check(self, folder: Path) -> None:
        """Has the child verify a folder; once.

        Raises:
            IndexUnavailable: The folder is not sound, or the check took too long.
        """
        try:
            _, said = self._child.communicate(f"{folder}\n", timeout=TIMEOUT_S)
        except subprocess.TimeoutExpired as error:
            raise IndexUnavailable(
                f"checking the new index {folder} took over {TIMEOUT_S:.0f} s: try again"
            ) from error
        if self._child.returncode != 0:
            raise IndexUnavailable(
                f"the new index {folder} failed its check (exit {self._child.returncode}): "
                f"{said.strip()[-300:]}"
            )

    def stop(self) -> None:
        """Ends the child if it still runs."""
        if self._child.poll() is None:
            self._child.kill()
            self._child.communicate()


def main(arguments: list[str]) -> int:
    """Verifies the folder named as argument, or else on standard input; 0 if none is named."""
    import chromadb  # noqa: F401 (imported while nobody waits for it)

    named = arguments[0] if arguments else sys.stdin.readline().rstrip("\n")
    if not named:
        return 0
    try:
        verify(Path(named))
    except IndexUnavailable as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stderr.flush()
    # The builder waits for the end: what an interpreter tears down takes longer than the check.
    os._exit(code)
