"""A wrong setting, address or port: exit 2, one line with its name, before anything starts."""

import socket
from pathlib import Path

import pytest

from tests.cli.running import ROUND, SERVE, assert_refused, run

TOKENS = "ann:0123456789abcdef"


def test_an_unknown_setting_in_the_environment_is_named_beside_the_known_ones() -> None:
    ran = run("doctor", environment={"INTERVIEWER_ENGIN": "offline"})
    assert_refused(ran, 2, "INTERVIEWER_ENGIN;", "INTERVIEWER_ENGINE", "docs/settings.md")


@pytest.mark.parametrize("command", ["chat", "search", "serve"])
def test_an_unknown_setting_in_dot_env_stops_every_command_that_has_settings(
    tmp_path: Path, command: str
) -> None:
    (tmp_path / ".env").write_text("INTERVIEWER_TYPO=1\n")
    arguments: tuple[str, ...] = {
        "chat": ROUND,
        "search": ("drift",),
    }.get(command, ())
    assert_refused(run(command, *arguments, stdin="An answer."), 2, "INTERVIEWER_TYPO")


def test_a_dot_env_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00INTERVIEWER_ENGINE")
    assert_refused(run("doctor"), 2, ".env", "UTF-8")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INTERVIEWER_ENGINE", "quantum"),
        ("INTERVIEWER_EMBEDDING_THREADS", "many"),
        ("INTERVIEWER_MODEL_DEADLINE_S", "-1"),
    ],
)
def test_an_impossible_value_is_named(name: str, value: str) -> None:
    assert_refused(run("doctor", environment={name: value}), 2, name, "docs/settings.md")


def test_an_impossible_value_in_dot_env_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("INTERVIEWER_ENGINE=quantum\n")
    assert_refused(run("doctor"), 2, "INTERVIEWER_ENGINE")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", ""])
def test_an_address_that_lets_others_in_needs_tokens(host: str) -> None:
    assert_refused(run(*SERVE, "--host", host), 2, repr(host), "INTERVIEWER_TOKENS")


@pytest.mark.parametrize("tokens", ["ann:short", ":0123456789abcdef"])
def test_tokens_that_are_too_weak_or_malformed_are_refused(tokens: str) -> None:
    ran = run(*SERVE, "--host", "0.0.0.0", environment={"INTERVIEWER_TOKENS": tokens})
    assert_refused(ran, 2, "INTERVIEWER_TOKENS", "16 characters")
    assert tokens not in ran.err


@pytest.mark.enable_socket
def test_a_taken_port_is_named_before_anything_slow_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert_refused(run("serve", "--port", port), 2, f"127.0.0.1:{port}", "--port")


def test_an_address_that_is_not_this_machine_s_is_named() -> None:
    ran = run(*SERVE, "--host", "192.0.2.1", environment={"INTERVIEWER_TOKENS": TOKENS})
    assert_refused(ran, 2, "192.0.2.1:47923")


def test_doctor_shows_no_secret() -> None:
    ran = run(
        "doctor",
        "--json",
        environment={
            "INTERVIEWER_TOKENS": TOKENS,
            "OPENAI_API_KEY": "sk-secret-secret",
            "DATABASE_URL": "postgresql://ann:secret-secret@db.example/interviews",
        },
    )
    (database,) = [it for it in ran.document["checks"] if it["name"] == "database"]
    assert database["message"].startswith("PostgreSQL at db.example:5432, database 'interviews'")
    assert database["settings"] == ["DATABASE_URL"]
    assert ran.document["settings"]["INTERVIEWER_TOKENS"]["value"] == "set (hidden)"
    assert "secret-secret" not in ran.out
    assert TOKENS not in ran.out
