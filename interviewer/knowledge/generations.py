"""Generations of an index: folders that are written once, checked, switched to, and never changed.

A generation is built in a `tmp-` folder, verified, renamed to `gen-<number>-<fingerprint>` and
made current by replacing the file CURRENT. Readers follow that file. Nothing here knows what is
inside a generation but the manifest; standard library only, so that finding nothing to do is quick.

    <root>/CURRENT  .build.lock  gen-000002-5f0c.../MANIFEST.json ...
"""

import hashlib
import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

MANIFEST = "MANIFEST.json"
KEPT = 2
"""Generations that stay: the current one, and the one a reader may be about to leave."""

_SELF_WRITING = frozenset({"acquire_write"})
"""Tables a Chroma folder changes whenever it is opened, even to read (chromadb 1.5.9)."""


class Generations:
    """The generations below one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> Path | None:
        """Folder of the current generation, or None if there is none yet."""
        try:
            name = (self.root / "CURRENT").read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return self.root / Path(name).name if name else None

    def begin(self) -> Path:
        """An empty folder to build in; call it with the build lock held.

        What a builder left that died is removed: with the lock held, nobody is using it.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        for leftover in self.root.glob("tmp-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        folder = self.root / f"tmp-{os.getpid()}"
        folder.mkdir()
        return folder

    def publish(self, built: Path, fingerprint: str) -> Path:
        """Renames a finished build and makes it current; returns its folder."""
        number = 1 + max((_number(folder) for folder in self._all()), default=0)
        folder = self.root / f"gen-{number:06d}-{fingerprint}"
        built.rename(folder)
        pointer = self.root / f".CURRENT-{os.getpid()}"
        with pointer.open("w", encoding="utf-8") as file:
            file.write(folder.name)
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self.root / "CURRENT")
        return folder

    def outdated(self) -> list[Path]:
        """Generations beyond the newest `KEPT`, the current one never among them."""
        newest_first = sorted(self._all(), key=_number, reverse=True)
        return [folder for folder in newest_first[KEPT:] if folder != self.current()]

    def _all(self) -> list[Path]:
        return [folder for folder in self.root.glob("gen-*") if folder.is_dir()]


def seal(folder: Path, facts: dict[str, Any]) -> None:
    """Writes the manifest: `facts`, and the sha256 of every file, in a finished build."""
    manifest = {**facts, "files": _digests(folder)}
    text = json.dumps(manifest, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def facts_of(folder: Path) -> dict[str, Any] | None:
    """The manifest of a generation, or None if it is missing or unreadable."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    whole = isinstance(manifest, dict) and {"files", "fingerprint", "embedder"} <= manifest.keys()
    return manifest if whole else None


def damaged_files(folder: Path, manifest: dict[str, Any]) -> list[str]:
    """Names of files that are missing or are not what was sealed; empty for an intact one."""
    found = _digests(folder)
    return [name for name, digest in manifest["files"].items() if found.get(name) != digest]


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {
        path.relative_to(folder).as_posix(): _digest(path)
        for path in files
        if not path.name.endswith(("-journal", "-wal", "-shm"))
    }


def _digest(path: Path) -> str:
    if path.suffix == ".sqlite3":
        return _rows_digest(path)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _rows_digest(path: Path) -> str:
    """A digest of a database's rows instead of its bytes, which change with every opening."""
    digest = hashlib.sha256()
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=30)) as database:
            for (verdict,) in database.execute("PRAGMA integrity_check"):
                digest.update(str(verdict).encode())
            tables = database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            ).fetchall()
            for (table,) in tables:
                if table not in _SELF_WRITING and "fulltext" not in table:
                    digest.update(table.encode())
                    for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - names come from the file's own schema
                        digest.update(repr(row).encode())
    except sqlite3.DatabaseError as error:
        return f"unreadable: {error}"
    return digest.hexdigest()


def _number(folder: Path) -> int:
    number = folder.name.split("-")[1]
    return int(number) if number.isdigit() else 0
