"""The scripted model server, as in the tests of the engines."""

from tests.engines.conftest import chat, running_server, server

__all__ = ["chat", "running_server", "server"]
