"""The project's files, for the tests that look at all of them."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
_GENERATED = {".venv", ".git", ".hypothesis", "__pycache__", "build", "dist", "logs"}


@cache
def files() -> tuple[Path, ...]:
    """Every file that is or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:  # an unpacked archive
        found = [path for path in ROOT.rglob("*") if not _is_generated(path)]
    return tuple(sorted(path for path in found if path.is_file()))


def _is_generated(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return any(part in _GENERATED or part.endswith(("_cache", ".egg-info")) for part in parts)


def texts(*suffixes: str) -> Iterator[tuple[str, str]]:
    """Name below the root and content of every text file, or of those with a suffix."""
    for path in files():
        if suffixes and path.suffix not in suffixes:
            continue
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def pages() -> dict[str, str]:
    """The documents for people: README, CONTRIBUTING, CHANGELOG and docs/."""
    return {
        name: text
        for name, text in texts(".md")
        if "/" not in name or re.match(r"docs/", name) is not None
    }
