import json
from pathlib import Path

import pytest

from interviewer.cli.main import _run
from interviewer.domain.artefacts.kinds import KINDS
from interviewer.workbench.boards.incoming import Format
from interviewer.workbench.boards.writing import write_board
from tests.boards.samples import board, changed

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_board_is_shown_and_checked(kind: str, tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "board.csv"
    file.write_text(write_board(board(kind), Format.CSV), newline="")
    assert _run(["board", "show", str(file)]) == 0
    assert KINDS[kind].title in capsys.readouterr().out
    assert _run(["board", "check", str(file)]) == 0
    assert "none of the checks stops at anything" in capsys.readouterr().out


def test_a_finding_comes_with_its_question(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "board.json"
    rows = changed("register", 1, owner="", control="[red]read[/] the policy [/]")
    file.write_text(write_board(board("register", rows), Format.JSON))
    assert _run(["board", "check", str(file)]) == 0
    said = capsys.readouterr().out
    assert "Whose telephone rings?" in " ".join(said.split())
    assert "[red]read[/] the policy [/]" in " ".join(said.split())
    assert _run(["board", "check", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["kind"] == "register"
    assert "high-risk-without-owner" in [finding["kind"] for finding in found["findings"]]


def test_a_board_is_converted_and_drawn(tmp_path: Path, capsys: Captured) -> None:
    start = tmp_path / "a.csv"
    start.write_text(write_board(board("rav"), Format.CSV), newline="")
    current = start
    for name in ("b.json", "c.md", "d.csv"):
        out = tmp_path / name
        to = out.suffix[1:]
        assert _run(["board", "convert", str(current), "--to", to, "--out", str(out)]) == 0
        current = out
    assert current.read_bytes() == start.read_bytes()
    capsys.readouterr()
    assert _run(["board", "convert", str(start), "--to", "svg"]) == 0
    assert capsys.readouterr().out.startswith("<svg ")


def test_every_problem_is_listed_with_its_line(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "m.csv"
    file.write_text("risk,likelihood,impact\nDrift,often,major\n")
    assert _run(["board", "check", str(file)]) == 2
    said = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[1:3] for line in said] == [
        ["m.csv:2", "risk"],
        ["m.csv:2", "likelihood"],
    ]
    assert _run(["board", "form", "canvas"]) == 2
    assert _run(["board", "convert", str(file), "--to", "pdf"]) == 2
    assert _run(["board", "show", str(tmp_path / "none.csv")]) == 2


def test_a_sketch_is_read_and_asked_about(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "sketch.md"
    file.write_text(
        'My design:\n```mermaid\ngraph LR\nA[Payment] -->|score| B["[bold]Model"]\n```\n'
    )
    assert _run(["board", "sketch", str(file), "--expect", "fallback"]) == 0
    said = capsys.readouterr().out
    assert "Payment \u2192 [bold]Model (score)" in said
    assert "No fallback is drawn" in said
    assert _run(["board", "sketch", str(file), "--json"]) == 0
    assert "no-kill-switch" in [f["kind"] for f in json.loads(capsys.readouterr().out)["findings"]]
    file.write_text("graph LR\nA[open")
    assert _run(["board", "sketch", str(file)]) == 2
    assert "sketch.md:2: -: the bracket" in capsys.readouterr().err


def test_a_page_is_read_as_a_layman_would(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "card.md"
    file.write_text("# Model card\n\nThe PSI was 0.02 in June.\n")
    assert _run(["board", "page", str(file)]) == 0
    assert "'PSI' is never spelt out." in capsys.readouterr().out
    assert _run(["board", "page", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["unexplained"] == ["PSI"]
    file.write_bytes(b"caf\xe9")
    assert _run(["board", "page", str(file)]) == 2
