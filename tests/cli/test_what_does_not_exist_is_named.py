"""Ids, commands and options that do not exist: exit 2, one line that says which and what there is."""

from pathlib import Path

import pytest

from tests.cli.running import NO_EMBEDDINGS, ROUND, assert_refused, run

TRACK = ("--track", "jpmorgan-ai-pm")


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    file = tmp_path / "answers.txt"
    file.write_text("We compare the score distribution every night.")
    return file


def test_an_unknown_track_is_named_beside_the_known_ones(answers: Path) -> None:
    ran = run("chat", "--track", "nope", "--round", "risk-governance", "--answers", answers)
    assert_refused(ran, 2, "'nope'", "jpmorgan-ai-pm")


def test_an_unknown_round_is_named_beside_the_known_ones(answers: Path) -> None:
    ran = run("chat", *TRACK, "--round", "nope", "--answers", answers)
    assert_refused(ran, 2, "'nope'", "risk-governance")


@pytest.mark.parametrize(
    "arguments",
    [("questions", "--track", "nope"), ("questions", *TRACK, "--round", "nope")],
    ids=["track", "round"],
)
def test_questions_of_an_unknown_track_or_round_are_refused(arguments: tuple[str, ...]) -> None:
    assert_refused(run(*arguments), 2, "'nope'")


def test_questions_of_a_round_of_no_track_are_refused() -> None:
    assert_refused(run("questions", "--round", "nope", "--json"), 2, "'nope'")


def test_an_unknown_question_is_named_beside_those_spelt_like_it(answers: Path) -> None:
    ran = run("critique", answers, "--question", "drift-monitering")
    assert_refused(ran, 2, "'drift-monitering'", "drift-monitoring-audit")


@pytest.mark.parametrize(
    "arguments",
    [("report", "nope"), ("report", "../../caf\u00e9"), ("chat", "--resume", "0" * 300)],
    ids=["report", "path", "resume"],
)
def test_an_unknown_interview_is_named(arguments: tuple[str, ...]) -> None:
    assert_refused(run(*arguments), 2, "there is no interview", arguments[-1][:40])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("chat",), ("--track", "--round", "--resume")),
        (("chat", *TRACK), ("--track", "--round")),
        (("chat", *ROUND, "--json"), ("--answers",)),
        (("critique",), ("--question",)),
        (("report",), ("'ID'",)),
        (("search",), ("text",)),
        (("search", " \n"), ("nothing to search for",)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_was_left_out_is_asked_for(arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    assert_refused(run(*arguments), 2, *words)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("interrogate",), "interrogate"),
        (("tracks", "--frob"), "--frob"),
        (("report", "one", "two"), "two"),
        (("search", "drift", "-k", "0"), "-k"),
        (("search", "drift", "-k", "many"), "-k"),
        (("search", "drift", "--status", "repealed"), "'repealed'"),
        (("chat", *ROUND, "--seed", "-1"), "--seed"),
        (("serve", "--port", "99999"), "--port"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_is_named(arguments: tuple[str, ...], word: str) -> None:
    assert_refused(run(*arguments, environment=NO_EMBEDDINGS), 2, word)


def test_no_command_shows_the_commands() -> None:
    ran = run()
    assert (ran.code, ran.err) == (0, "")
    assert "critique" in ran.out
