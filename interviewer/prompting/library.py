"""The prompt library: every prompt file of a folder, and the lock that keeps versions unchanged.

Events and evaluations name a prompt by id, version and hash. So a version that has been used may
never change: `prompts.lock` holds the hash of each, and an edited file is refused until it gets a
new version number.
"""

from pathlib import Path
from typing import Any

import yaml

from interviewer.domain.problem import Problem
from interviewer.errors import PromptError
from interviewer.prompting.prompt_file import PromptFile, RenderedPrompt, read

LOCK = "prompts.lock"
_LOCK_HEAD = (
    "# Hash of every prompt version. A changed prompt is a new version; nothing is edited here.\n"
)


class PromptLibrary:
    """The prompts of one folder, all checked when it is opened.

    Args:
        folder: Holds `<group>/<name>.v<N>.md` and `prompts.lock`.

    Raises:
        PromptError: The folder is missing, or a file in it is malformed, uses a variable it does not
            declare, or differs from the lock. The message names file, line and field of the first
            problem; `problems` gives them all.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise PromptError(
                f"no prompt folder at {str(folder)!r}: the installation is incomplete"
            )
        self.folder = folder
        files, found = _read_all(folder)
        found += _broken_locks(folder, files)
        if found:
            more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
            raise PromptError(f"{found[0]}{more}")
        self._versions: dict[str, dict[int, PromptFile]] = {}
        for file in files:
            self._versions.setdefault(file.front.id, {})[file.front.version] = file

    @property
    def ids(self) -> tuple[str, ...]:
        """Every prompt id, sorted."""
        return tuple(sorted(self._versions))

    def prompt(self, prompt_id: str, version: int | None = None) -> PromptFile:
        """One prompt file: the newest version, or the one asked for.

        Raises:
            PromptError: There is no such prompt or version.
        """
        versions = self._versions.get(prompt_id)
        if versions is None:
            raise PromptError(
                f"no prompt {prompt_id!r} in {self.folder}; there are {', '.join(self.ids) or 'none'}"
            )
        wanted = max(versions) if version is None else version
        if wanted not in versions:
            raise PromptError(f"prompt {prompt_id!r} has versions {sorted(versions)}, not {wanted}")
        return versions[wanted]

    def render(self, prompt_id: str, /, **variables: Any) -> RenderedPrompt:
        """The newest version of a prompt with its variables filled in.

        Raises:
            PromptError: There is no such prompt, or the variables are not exactly the declared ones.
        """
        return self.prompt(prompt_id).render(**variables)

    def lock(self) -> tuple[str, ...]:
        """Write the hash of every version not locked yet; returns the keys added.

        Entries that exist are never changed.
        """
        locked = read_lock(self.folder)
        files = [file for versions in self._versions.values() for file in versions.values()]
        added = {file.key: file.sha256 for file in files if file.key not in locked}
        if added:
            entries = yaml.safe_dump(dict(sorted({**locked, **added}.items())), width=200)
            (self.folder / LOCK).write_text(_LOCK_HEAD + entries, encoding="utf-8")
        return tuple(sorted(added))


def problems(folder: Path) -> list[Problem]:
    """Everything wrong with the prompts of a folder, for a check before release.

    Stricter than opening the library: a version that is not in the lock counts, too.
    """
    if not folder.is_dir():
        return [Problem(str(folder), 1, "file", "there is no such folder")]
    files, found = _read_all(folder)
    try:
        locked = read_lock(folder)
    except PromptError as exc:
        return [*found, Problem(str(folder / LOCK), 1, "file", str(exc))]
    found += _broken_locks(folder, files)
    found += [
        Problem(str(file.path), 1, "file", f"is not in {LOCK}: lock it before it is used")
        for file in files
        if file.key not in locked
    ]
    return sorted(found)


def read_lock(folder: Path) -> dict[str, str]:
    """The lock as `id.vN` to sha256; empty if there is no lock yet.

    Raises:
        PromptError: The lock is not a YAML mapping of texts.
    """
    path = folder / LOCK
    if not path.exists():
        return {}
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as exc:
        raise PromptError(f"{path} is not YAML: restore it from version control") from exc
    if not isinstance(entries, dict) or not all(isinstance(v, str) for v in entries.values()):
        raise PromptError(f"{path} must map each `id.vN` to a hash: restore it")
    return entries


def _read_all(folder: Path) -> tuple[list[PromptFile], list[Problem]]:
    files, found = [], []
    for path in sorted(folder.rglob("*.md")):
        if path.name == "README.md":
            continue
        file, its_problems = read(path, folder)
        found += its_problems
        if file is not None:
            files.append(file)
    return files, found


def _broken_locks(folder: Path, files: list[PromptFile]) -> list[Problem]:
    locked = read_lock(folder)
    by_key = {file.key: file for file in files}
    found = []
    for key, sha256 in locked.items():
        path = folder / f"{key}.md"
        if not path.exists():
            found.append(
                Problem(
                    str(folder / LOCK), 1, key, "is locked but its file is gone: restore the file"
                )
            )
        elif key in by_key and by_key[key].sha256 != sha256:
            found.append(
                Problem(
                    str(path),
                    1,
                    "file",
                    f"differs from {LOCK}: an edit is a new version, so copy it"
                    " to the next number and restore this one",
                )
            )
    return found
