"""Seeds, prompts and knowledge that are wrong: `check` says where, and no command stumbles over them.

Where the command line reads the broken copy, the package is copied with it, and compiled anew.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.checks import check_content
from interviewer.paths import shipped
from tests.cli.running import NO_EMBEDDINGS, ROUND, SERVE, Ran, assert_refused, run

QUESTION = "questions/risk-governance/drift-monitoring-audit.yaml"
TURN = "interviewer/turn.v2.md"
SOURCE = "sr-26-2.md"
COMMANDS = {
    "tracks": ("tracks",),
    "search": ("search", "drift"),
    "critique": ("critique", "--question", "copilot-governance"),
    "chat": ("chat", *ROUND),
    "serve": SERVE,
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the content that ships."""
    copy = tmp_path / "copy"
    for name in ("seeds", "prompts", "knowledge"):
        shutil.copytree(shipped(name), copy / name)
    return copy


@pytest.fixture
def command(tree: Path) -> Callable[..., Ran]:
    """Runs the command line of a copy of the package beside the copied content."""
    package = shipped("seeds").parent / "interviewer"
    shutil.copytree(package, tree / "interviewer", ignore=shutil.ignore_patterns("__pycache__"))

    def run_copy(*arguments: str, **environment: str) -> Ran:
        changes = NO_EMBEDDINGS | {"PYTHONPATH": str(tree)} | environment
        return run(*arguments, stdin="We compare scores nightly.", cwd=tree, environment=changes)

    return run_copy


def change(file: Path, old: str, new: str) -> int:
    """Replaces the first occurrence and returns its line."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def problems(tree: Path) -> list[str]:
    found, _ = check_content(tree / "seeds", tree / "prompts", tree / "knowledge")
    return found


@pytest.mark.slow
def test_the_copy_itself_is_sound(command: Callable[..., Ran]) -> None:
    ran = command("check")
    assert (ran.code, ran.err) == (0, ""), ran.out
    assert "nothing to correct" in ran.out


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("minutes: 9", "minutes: [9", "is not valid YAML"),
        ("minutes: 9", "minutes: nine", "minutes:"),
        ("minutes: 9", "minuets: 9", "minuets:"),
        ("persona: cmro", "persona: nobody", "persona: 'nobody' is not defined"),
        ("round: risk-governance", "round: nowhere", "round: round 'nowhere'"),
        ("    signal: risk", "    signal: luck", "points.0.signal:"),
        ("    weight: 2", "    weight: 99", "points.0.weight:"),
    ],
    ids=["yaml", "type", "field", "persona", "round", "signal", "weight"],
)
def test_a_broken_question_is_named(tree: Path, old: str, new: str, expected: str) -> None:
    line = change(tree / "seeds" / QUESTION, old, new)
    found = problems(tree)
    own = [problem for problem in found if problem.startswith(f"seeds/{QUESTION}:")]
    assert any(expected in problem for problem in own), found
    lines = [int(re.findall(r":(\d+): ", problem)[0]) for problem in own]
    # A missing or surplus field is placed at what holds it, an unclosed bracket where it shows.
    assert any(1 <= found_at <= line + 2 for found_at in lines), own


TRACK_FILE = "seeds/tracks/jpmorgan-ai-pm.yaml"
CASE = """brief: Card fraud has risen for three quarters, and the board wants a product soon.
    hidden_facts:
      - id: capacity
        asked_about: [[analysts], [capacity]]
        ways_of_asking: ["What is the capacity?", "How many analysts?", "How many alerts a day?"]
        text: Forty analysts close 1,100 alerts a day.
        persona: cmro
    personas: [recruiter, nobody]"""


def test_a_broken_case_is_named_with_file_and_field(tree: Path) -> None:
    line = change(tree / TRACK_FILE, "personas: [recruiter]", CASE)
    own = [p for p in problems(tree) if p.startswith(f"{TRACK_FILE}:")]
    expected = "hidden_facts.0.persona: 'cmro' is not one of the round's personas"
    assert f"{TRACK_FILE}:{line + 6}: rounds.0.{expected}" in own, own
    assert any(p.endswith("rounds.0.personas.1: 'nobody' is not defined") for p in own), own
    assert any("hidden_facts: no question of the round has the stage 'clarify'" in p for p in own)


def test_a_round_with_too_few_questions_is_named(tree: Path) -> None:
    file = tree / TRACK_FILE
    listed = re.search(r"questions:\n((?: {6}- [\w-]+\n)+)", file.read_text(encoding="utf-8"))
    assert listed is not None
    kept = "".join(listed[1].splitlines(keepends=True)[:5])
    change(file, listed[1], kept)
    expected = "rounds.0.questions: has 5 questions; a round needs 6 or more"
    assert any(expected in problem for problem in problems(tree))


@pytest.mark.slow
def test_an_artefact_that_no_question_can_ask_for_is_named(tree: Path) -> None:
    register = tree / "seeds" / "questions/onsite-panel/panel-risk-register.yaml"
    change(register, "checks: [all-in-one-band]", "checks: [all-in-one-boat]")
    sketch = tree / "seeds" / "questions/system-design/card-authorisation-scoring.yaml"
    change(sketch, "parts: [feature-store", "parts: [crystal-ball")
    change(tree / "seeds" / QUESTION, "minutes:", "parts: [fallback]\nminutes:")
    found = "\n".join(problems(tree))
    assert "points.1.checks.0: 'all-in-one-boat' is no finding on a register; known: " in found
    assert "parts: there is no part 'crystal-ball'; parts are " in found
    assert f"{QUESTION}" in found
    assert "parts: belongs to a question that asks for a sketch" in found


def test_a_passage_that_does_not_exist_is_named(tree: Path) -> None:
    file = tree / "seeds" / QUESTION
    cited = re.search(r"passages: \[?\"?([\w-]+#[\w-]+)", file.read_text(encoding="utf-8"))
    assert cited is not None
    line = change(file, cited[1], "sr-26-2#made-up")
    (named,) = [p for p in problems(tree) if "passage 'sr-26-2#made-up' does not exist" in p]
    assert named.startswith(f"seeds/{QUESTION}:{line}: points.")


def test_a_prompt_with_an_undeclared_variable_is_named(tree: Path) -> None:
    change(tree / "prompts" / TURN, "You play {{ name }}", "You play {{ nickname }}")
    assert any(TURN in problem and "nickname" in problem for problem in problems(tree))


def test_a_locked_prompt_that_was_edited_is_named(tree: Path) -> None:
    change(tree / "prompts" / TURN, "You never:", "You hardly ever:")
    assert any(TURN in problem for problem in problems(tree))


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("status: in_force", "status: in_farce", "status"),
        ("superseded_by: null", "superseded_by: sr-99-9", "sr-99-9"),
        ("as_of: 2026-11-22", "as_of: last week", "as_of"),
        ("id: sr-26-2", "id: [sr-26-2", "front matter"),
    ],
    ids=["status", "successor", "date", "yaml"],
)
def test_a_broken_source_is_named(tree: Path, old: str, new: str, field: str) -> None:
    change(tree / "knowledge" / SOURCE, old, new)
    found = problems(tree)
    assert any(SOURCE in problem and field in problem for problem in found), found


def test_files_that_are_not_text_are_named(tree: Path) -> None:
    for file in ("seeds/" + QUESTION, "prompts/" + TURN, "knowledge/" + SOURCE):
        (tree / file).write_bytes(b"\xff\xfe\x00\x01")
        assert any(file in problem for problem in problems(tree)), file


@pytest.mark.slow
def test_check_lists_every_problem_and_fails(tree: Path, command: Callable[..., Ran]) -> None:
    change(tree / "seeds" / QUESTION, "minutes: 9", "minutes: nine")
    change(tree / "prompts" / TURN, "You play {{ name }}", "You play {{ nickname }}")
    change(tree / "knowledge" / SOURCE, "status: in_force", "status: in_farce")
    ran = command("check")
    assert (ran.code, ran.err) == (1, "")
    for file in (QUESTION, TURN, SOURCE):
        assert file in ran.out


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tracks", "critique", "chat", "serve"])
def test_a_broken_seed_is_one_line_wherever_seeds_are_needed(
    tree: Path, command: Callable[..., Ran], name: str
) -> None:
    line = change(tree / "seeds" / QUESTION, "minutes: 9", "minutes: nine")
    assert_refused(command(*COMMANDS[name]), 2, f"seeds/{QUESTION}:{line}: minutes")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["search", "critique", "serve"])
def test_a_broken_source_is_one_line_wherever_sources_are_needed(
    tree: Path, command: Callable[..., Ran], name: str
) -> None:
    change(tree / "knowledge" / SOURCE, "status: in_force", "status: in_farce")
    assert_refused(command(*COMMANDS[name]), 2, SOURCE, "status")


@pytest.mark.slow
def test_a_broken_prompt_is_one_line_where_a_model_would_need_it(
    tree: Path, command: Callable[..., Ran]
) -> None:
    change(tree / "prompts" / TURN, "You play {{ name }}", "You play {{ nickname }}")
    ran = command("chat", *ROUND, OPENAI_BASE_URL="http://127.0.0.1:9/v1")
    assert_refused(ran, 2, TURN, "nickname")
