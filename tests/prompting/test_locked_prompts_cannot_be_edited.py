from pathlib import Path

import pytest

from interviewer.errors import PromptError
from interviewer.prompting.library import LOCK, PromptLibrary, problems

TEXT = """---
id: coach/rewrite
version: 1
role: coach
variables:
changed: first version
---
Say it shorter.
"""


def a_locked_folder(tmp_path: Path) -> Path:
    path = tmp_path / "coach" / "rewrite.v1.md"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    assert PromptLibrary(tmp_path).lock() == ("coach/rewrite.v1",)
    return path


def test_an_edit_of_a_locked_version_is_refused(tmp_path: Path) -> None:
    path = a_locked_folder(tmp_path)
    path.write_text(TEXT + "Much shorter.\n", encoding="utf-8")
    with pytest.raises(PromptError, match=r"rewrite\.v1\.md.*an edit is a new version"):
        PromptLibrary(tmp_path)
    assert [p.file for p in problems(tmp_path)] == [str(path)]


def test_an_edit_as_a_new_version_is_welcome_and_leaves_old_entries_alone(tmp_path: Path) -> None:
    path = a_locked_folder(tmp_path)
    before = (tmp_path / LOCK).read_text(encoding="utf-8")
    newer = path.with_name("rewrite.v2.md")
    newer.write_text(TEXT.replace("version: 1", "version: 2") + "Now.\n", encoding="utf-8")
    library = PromptLibrary(tmp_path)
    assert [p.message for p in problems(tmp_path)] == [
        "is not in prompts.lock: lock it before it is used"
    ]
    assert library.lock() == ("coach/rewrite.v2",)
    assert (tmp_path / LOCK).read_text(encoding="utf-8").startswith(before)
    assert problems(tmp_path) == []
    assert library.lock() == ()


def test_a_locked_version_may_not_disappear(tmp_path: Path) -> None:
    path = a_locked_folder(tmp_path)
    path.rename(path.with_name("rewrite.v2.md"))
    with pytest.raises(PromptError):
        PromptLibrary(tmp_path)
    assert any("its file is gone" in p.message for p in problems(tmp_path))


def test_other_line_ends_are_not_an_edit(tmp_path: Path) -> None:
    path = a_locked_folder(tmp_path)
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    assert PromptLibrary(tmp_path).render("coach/rewrite").text == "Say it shorter."


def test_a_damaged_lock_is_said(tmp_path: Path) -> None:
    a_locked_folder(tmp_path)
    (tmp_path / LOCK).write_text("- not\n- a mapping\n", encoding="utf-8")
    with pytest.raises(PromptError, match="restore it"):
        PromptLibrary(tmp_path)
    assert problems(tmp_path)
