import re
from pathlib import Path
from typing import Any, get_args

import pytest

from interviewer.api.app import create_app
from interviewer.cli.main import app
from interviewer.domain.events import Event
from interviewer.domain.grade import CREDIT, FLAG_COST, LEVEL_FLOORS, PROBED_SHARE
from interviewer.domain.moves import Move
from interviewer.domain.scorecard import SIGNAL_WEIGHTS
from interviewer.domain.track import Round
from interviewer.settings import Settings
from interviewer.web.frame import FOOTER
from tests.architecture.tree import ROOT, pages, texts


def members(union: Any, tag: str) -> list[str]:
    """Values of the tag over a discriminated union's members."""
    return [str(member.model_fields[tag].default) for member in get_args(get_args(union)[0])]


@pytest.mark.parametrize("word", members(Move, "kind") + members(Event, "type"))
def test_the_glossary_explains_every_move_and_event(word: str) -> None:
    assert re.search(rf"^\| `{word}` \| \w", pages()["docs/glossary.md"], re.M)


def test_the_glossary_explains_nothing_that_is_gone() -> None:
    explained = re.findall(r"^\| `(\w+)` \|", pages()["docs/glossary.md"], re.M)
    assert set(explained) == {*members(Move, "kind"), *members(Event, "type")}


def test_the_page_on_grading_states_the_numbers_in_use() -> None:
    page = pages()["docs/grading.md"]
    credits = ", ".join(str(credit) for credit in CREDIT.values())
    floors = ", ".join(f"{floor:.2f}" for floor in LEVEL_FLOORS)
    assert f"| credit of yes, partly, no | {credits} |" in page
    assert f"| share of a point made only after a probe | {PROBED_SHARE} |" in page
    assert f"level 2, 3, 4, 5 | {floors} |" in page
    assert f"| cost of a red flag, in levels | {FLAG_COST} |" in page
    bars = Round.model_fields["bar"].get_default(call_default_factory=True, validated_data={})
    for signal, weight in SIGNAL_WEIGHTS.items():
        assert f"{signal.value} {weight}" in page
        assert f"{signal.value} {bars[signal.value]}" in page


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    named = {
        (name, target)
        for name, text in pages().items()
        for target in re.findall(r"(?:`|^ {4}|; )make ([a-z-]+)", text, re.M)
    }
    assert {target for _, target in named} >= {"run", "test"}
    assert {(name, target) for name, target in named if target not in targets} == set()


def test_the_commands_in_the_documents_are_those_of_the_program() -> None:
    commands = {
        command.name or getattr(command.callback, "__name__", "")
        for command in app.registered_commands
    } | {
        str(group.name or group.typer_instance.info.name)
        for group in app.registered_groups
        if group.typer_instance
    }
    readme = pages()["README.md"]
    listed = set(re.findall(r"`interviewer ([a-z]+)", readme))
    assert listed == commands
    named = {
        (name, command)
        for name, text in pages().items()
        for command in re.findall(r"`interviewer ([a-z]+)", text)
    }
    assert {(name, command) for name, command in named if command not in commands} == set()


def test_the_page_on_the_api_names_every_route(tmp_path: Path) -> None:
    page = pages()["docs/api.md"]
    paths = create_app(Settings(home=tmp_path)).openapi()["paths"]
    routes = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, methods in paths.items()
        for method in methods
    }
    assert set(re.findall(r"^\| `([A-Z]+ [^`]+)` \|", page, re.M)) == routes


def test_every_link_leads_somewhere() -> None:
    broken = {
        (name, target)
        for name, text in pages().items()
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", text)
        if not ((ROOT / name).parent / target).exists()
    }
    assert broken == set()


def test_every_document_that_the_code_refers_to_exists() -> None:
    missing = {
        (name, target)
        for name, text in texts(".py", ".toml", ".yaml")
        for target in re.findall(r"docs/(?:adr/\d{4}|\w+\.md)", text)
        if not list(ROOT.glob(f"{target}*"))
    }
    assert missing == set()


def test_the_disclaimer_stands_in_the_readme_and_on_every_page() -> None:
    for sentence in ("independent practice tool, not affiliated with JPMorgan Chase", "No legal"):
        assert sentence in pages()["README.md"]
        assert sentence in FOOTER
