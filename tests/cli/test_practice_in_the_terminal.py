"""Drills, cards, progress, export and deletion as a person runs them."""

import json
import os
import re
import signal
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from interviewer.cli.main import main
from tests.cli.running import (
    COMMAND,
    NO_EMBEDDINGS,
    Ran,
    assert_refused,
    example,
    questions,
    run,
    surroundings,
)

QUESTION = "drift-monitoring-audit"
WORD = "zanzibar"
ANSWER = f"We compare the {WORD} score every night with PSI, and Dana owns the alert."


@pytest.fixture(scope="module")
def strong() -> str:
    return example(next(q for q in questions() if q["id"] == QUESTION), "strong")


def go(*arguments: str | Path, stdin: str = "") -> Ran:
    return run(*arguments, stdin=stdin, environment=NO_EMBEDDINGS)


def drilled(folder: Path, *answers: str, arguments: tuple[str, ...] = ()) -> Any:
    file = folder / "answers.txt"
    file.write_text("\n---\n".join(answers))
    named = arguments or ("--question", QUESTION)
    ran = go("drill", *named, "--answers", file, "--json")
    assert ran.code == 0, ran.err
    return ran.document["drills"]


@pytest.mark.slow
def test_a_drill_from_file_ends_with_a_report_a_card_and_progress(
    tmp_path: Path, strong: str
) -> None:
    (report,) = drilled(tmp_path, ANSWER, strong)
    assert report["rating"] in ("again", "hard", "good")
    assert report["hints"] > 0
    assert report["critique"]["question"] == QUESTION
    (card,) = go("cards", "list", "--json").document
    assert (card["question"], card["due"][:16]) == (QUESTION, report["due"][:16])
    assert go("cards", "suspend", QUESTION).out == f"{QUESTION}: suspended.\n"
    assert "suspended" in go("cards", "list").out
    found = go("progress", "--interview-date", "2099-01-01", "--json").document
    assert found["exchanges"] == {"drill": 1}
    assert found["cards"] == {"total": 1, "due": 0, "suspended": 1}
    assert len(found["plan"]) == 60
    assert found["strengths"][0]["low"] < found["strengths"][0]["strength"]
    again = go("regrade", report["drill"], "-n", "2", "--json").document
    assert again["deterministic"]
    assert {p["agreement"] for p in again["questions"][0]["points"]} == {1.0}


@pytest.mark.slow
def test_everything_is_exported_and_then_gone_from_every_file(tmp_path: Path) -> None:
    listed = tmp_path / "mine.csv"
    listed.write_text(
        f'question,points\n"How does {WORD} help you to decide here?",Names who decides|Says when\n'
    )
    assert go("cards", "import", listed).code == 0
    (tmp_path / "cv.txt").write_text(f"Built the {WORD} ledger in 2024 and cut cost by 12%.\n")
    assert go("index", tmp_path / "cv.txt", "--kind", "resume").code == 0
    (report,) = drilled(tmp_path, ANSWER)
    alone = go("critique", "--question", QUESTION, "--json", stdin=f"{WORD}, nightly, by Dana.")
    assert alone.code == 0
    home = Path(os.environ["INTERVIEWER_HOME"])
    assert _files_with(home, WORD)

    archive = tmp_path / "export.zip"
    assert go("export", archive).code == 0
    with zipfile.ZipFile(archive) as packed:
        texts = {name: packed.read(name).decode() for name in packed.namelist()}
    kinds = ("transcript.md", "log.json", "critiques/", "own_questions.json", "cards.json")
    for kind in kinds:
        assert any(kind in name for name in texts), kind
    holding = [name for name, text in texts.items() if WORD in text]
    assert {name.rpartition("/")[2] for name in holding} >= {"log.json", "transcript.md"}
    assert any("critiques/" in name for name in holding)
    documents = json.loads(texts["interviewer-export/documents.json"])
    assert [d["name"] for d in documents] == ["cv.txt"]
    assert report["drill"] in " ".join(texts)

    done = go("forget", "--all")
    assert done.code == 0
    assert "own questions 1, " in done.out
    assert "documents 1." in done.out
    assert _files_with(home, WORD) == []
    assert go("cards", "list", "--json").document == []
    assert go("documents", "--json").document == []


def _files_with(folder: Path, word: str) -> list[str]:
    return [str(f) for f in folder.rglob("*") if f.is_file() and word.encode() in f.read_bytes()]


def test_secrets_stay_out_of_the_archive(tmp_path: Path) -> None:
    key = "sk-not-to-be-exported-42"
    secrets = {"OPENAI_API_KEY": key, "INTERVIEWER_ENGINE": "offline"}
    changes = {**NO_EMBEDDINGS, **secrets}
    assert run("export", tmp_path / "x.zip", environment=changes).code == 0
    with zipfile.ZipFile(tmp_path / "x.zip") as packed:
        text = packed.read("interviewer-export/settings.json").decode()
    assert json.loads(text)["OPENAI_API_KEY"] == "(set)"
    assert key not in text


def test_each_problem_of_a_list_has_a_line_and_nothing_is_imported(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text('question,points\nToo short,One point\n"How would you begin with this?",\n')
    ran = go("cards", "import", file)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err == (
        "interviewer: mine.csv:2: question: String should have at least 20 characters\n"
    )


WRONG = [
    (("drill", "--question", "no-such", "--answers", "a.txt"), "no-such"),
    (("drill", "--question", QUESTION, "--due"), "--question names one question"),
    (("drill", "--retest"), "--retest needs --question"),
    (("drill", "--criterion", "charm", "--answers", "a.txt"), "charm"),
    (("cards", "suspend", "no-such"), "no-such"),
    (("cards", "export", "deck.zip"), ".apkg"),
    (("cards", "export", "deck.apkg"), "there is no card to export"),
    (("cards", "import", "absent.csv"), "absent.csv"),
    (("progress", "--interview-date", "soon"), "YYYY-MM-DD"),
    (("progress", "--interview-date", "2001-01-01"), "has passed"),
    (("regrade", "no-such"), "no-such"),
    (("export", "x.tar"), ".zip"),
    (("forget", "--all", "--documents"), "--all"),
]


def test_wrong_use_is_told_on_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(ANSWER)
    monkeypatch.setenv("INTERVIEWER_EMBEDDINGS", "off")
    for arguments, word in WRONG:
        monkeypatch.setattr("sys.argv", ["interviewer", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
        told = capsys.readouterr()
        assert_refused(Ran(int(stopped.value.code or 0), told.out, told.err), 2, word)


@pytest.mark.slow
def test_a_drill_killed_in_the_middle_goes_on_and_is_reviewed(tmp_path: Path, strong: str) -> None:
    process = subprocess.Popen(
        [*COMMAND, "drill", "--question", QUESTION],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=surroundings(NO_EMBEDDINGS),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    drill = _line_with(process, r"Drill ([0-9a-f-]{36})")
    _line_with(process, r"(hands\?)")
    process.stdin.write(f"{ANSWER}\n\n")
    process.stdin.flush()
    _line_with(process, r"(So far)")
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    process.stdin.close()
    process.stdout.close()
    (report,) = drilled(tmp_path, strong, arguments=("--resume", drill))
    assert report["critique"]["answers"][0] == ANSWER
    assert len(go("cards", "list", "--json").document) == 1


def _line_with(process: "subprocess.Popen[str]", pattern: str) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(pattern, line):
            return found[1]
    raise AssertionError(f"{pattern} was never shown")
