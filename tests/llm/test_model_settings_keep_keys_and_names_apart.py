import subprocess
import sys

import pytest
from pydantic import SecretStr, ValidationError

from interviewer.errors import SettingError
from interviewer.llm.chat import Chat, ChatSettings
from tests.llm.calls import ASKED, KEY, a_chat
from tests.scripted_server import ScriptedServer


@pytest.mark.parametrize(
    ("model", "provider", "name"),
    [
        ("gpt-4.1-mini", "openai", "gpt-4.1-mini"),
        ("openai:gpt-4.1", "openai", "gpt-4.1"),
        ("anthropic:claude-x", "anthropic", "claude-x"),
        ("llama3.1:8b", "openai", "llama3.1:8b"),
        ("ollama:llama3.1:8b", "ollama", "llama3.1:8b"),
    ],
)
def test_the_provider_stands_before_the_colon(model: str, provider: str, name: str) -> None:
    settings = ChatSettings(model=model)
    assert (settings.provider, settings.name) == (provider, name)


@pytest.mark.parametrize(
    "base_url",
    [f"http://user:{KEY}@host/v1", f"https://host/v1?key={KEY}", KEY, "file:///etc/passwd"],
)
def test_an_address_with_a_secret_is_refused_without_repeating_it(base_url: str) -> None:
    with pytest.raises(ValidationError) as caught:
        ChatSettings(model="m", base_url=base_url)
    assert KEY not in str(caught.value)


def test_the_key_is_in_no_representation() -> None:
    settings = ChatSettings(model="m", api_key=SecretStr(KEY), base_url="http://host/v1")
    chat = Chat(settings)
    assert KEY not in repr(settings) + str(settings) + repr(chat) + settings.model_dump_json()


@pytest.mark.enable_socket
async def test_the_openai_key_of_the_environment_goes_to_no_other_host(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    async with a_chat(server, api_key=None) as chat:
        async for _piece in chat.stream(ASKED):
            pass
    assert KEY not in server.requests[0].authorization


async def test_openai_without_a_key_is_a_setting_to_correct(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(SettingError, match="no API key for model 'gpt-x' at openai"):
        await Chat(ChatSettings(model="gpt-x")).warm()


async def test_a_provider_that_is_not_installed_is_named() -> None:
    with pytest.raises(SettingError, match="claude-x"):
        await Chat(ChatSettings(model="anthropic:claude-x", api_key=SecretStr(KEY))).warm()


def test_importing_the_chat_imports_no_heavy_library() -> None:
    code = "import interviewer.llm.chat, sys; print(*{m.split('.')[0] for m in sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {
        "openai",
        "langchain",
        "langchain_core",
        "langchain_openai",
        "httpx",
        "httpx2",
        "numpy",
    }
    assert not heavy & set(run.stdout.split())
