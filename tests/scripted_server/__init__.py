"""A local OpenAI-compatible server that does what a test tells it to, faults included."""

from tests.scripted_server.script import RecordedRequest
from tests.scripted_server.server import ScriptedServer

__all__ = ["RecordedRequest", "ScriptedServer"]
