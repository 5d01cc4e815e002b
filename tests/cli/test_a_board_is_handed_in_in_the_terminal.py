"""`/hand-in` in a round held in the terminal: a file, a form in the editor, and what goes wrong."""

from pathlib import Path

import pytest

from tests.cli.running import NO_EMBEDDINGS, run

CHAT = ("chat", "--track", "jpmorgan-ml-engineer", "--round", "system-design", "--seed", "0")


@pytest.mark.slow
def test_a_sketch_is_handed_in_from_a_file_and_from_the_editor(
    tmp_path: Path, words_home: Path
) -> None:
    (tmp_path / "latin.mmd").write_bytes(b"flowchart LR\n a[caf\xe9]")
    (tmp_path / "open.mmd").write_text("flowchart LR\n a[open --> b", encoding="utf-8")
    drawn = tmp_path / "drawn.mmd"
    drawn.write_text("flowchart LR\n  till[Till] --> score[Scoring]", encoding="utf-8")
    typed = [
        "/hand-in nowhere.mmd",
        "/hand-in latin.mmd",
        "/hand-in open.mmd",
        "/hand-in drawn.mmd",
        "/hand-in",
        "There it is.\n",
        "The rules decide when the score is late.\n",
        "/end",
    ]
    editor = f"cp {drawn}"
    ran = run(
        *CHAT,
        stdin="\n".join(typed) + "\n",
        cwd=tmp_path,
        environment=NO_EMBEDDINGS | {"EDITOR": editor, "VISUAL": None},
    )
    assert ran.code == 0, ran.err
    for said in (
        "cannot read nowhere.mmd",
        "latin.mmd is not UTF-8 text",
        "sketch:2: -: the bracket in '[open --> b' is not closed",
        "It is kept; correct it and hand it in again, or answer.",
    ):
        assert said in ran.err
    assert ran.err.count("System sketch: 2 components, 1 flow, handed in.") == 2
    assert "Traceback" not in ran.err
    assert (words_home / "handed-in" / "card-authorisation-scoring.mmd").exists()
    assert "[about your work]" in ran.out
    assert "You handed in: System sketch, 2 components, 1 flow." in ran.out
    assert "1 before it or after it could not be read" in ran.out
