"""Builders shared by the tests of the model client."""

from typing import Any, Literal

from pydantic import BaseModel, Field, SecretStr

from interviewer.llm.chat import Chat, ChatSettings, Message
from interviewer.llm.usage import SpendLimit
from tests.scripted_server import ScriptedServer

KEY = "sk-very-secret-0123456789abcdef"

ANSWER = "We cut PSI alerts by 40%. I own the list."
ASKED = [
    Message("system", "You grade answers."),
    Message("user", f"<answer>\n{ANSWER}\n</answer>"),
]


class PointVerdict(BaseModel):
    point: str = Field(max_length=40)
    quote: str = Field(max_length=200)
    met: Literal["yes", "partly", "no"]


class Verdicts(BaseModel):
    verdicts: list[PointVerdict] = Field(max_length=4)


def a_chat(server: ScriptedServer, limit: SpendLimit | None = None, **changes: Any) -> Chat:
    settings: dict[str, Any] = {
        "model": "scripted-1",
        "base_url": server.base_url,
        "api_key": SecretStr(KEY),
        "deadline_s": 8.0,
        "read_timeout_s": 4.0,
        "tries": 2,
    }
    return Chat(ChatSettings(**(settings | changes)), limit)
