import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from nicegui import ui
from nicegui.functions.download import download
from nicegui.functions.navigate import Navigate
from nicegui.functions.notify import notify
from nicegui.testing import User
from nicegui.testing.general import nicegui_reset_globals

from interviewer.settings import Settings
from interviewer.web.server import build
from tests.cli.ready_home import worded, words_home

__all__ = ["worded", "words_home"]

Opened = Callable[..., AbstractAsyncContextManager[tuple[FastAPI, User]]]


@pytest.fixture
def opened(words_home: Path, caplog: pytest.LogCaptureFixture) -> Opened:
    """Opens the whole application, page included, with a simulated user in front of it."""

    @asynccontextmanager
    async def open_page(**settings: Any) -> AsyncIterator[tuple[FastAPI, User]]:
        given: dict[str, Any] = {"home": words_home, "embeddings": "off"} | settings
        with nicegui_reset_globals():
            os.environ["NICEGUI_USER_SIMULATION"] = "true"
            try:
                app = build(Settings(**given))
                async with (
                    app.router.lifespan_context(app),
                    httpx.AsyncClient(
                        transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8000"
                    ) as client,
                ):
                    yield app, User(client)
            finally:
                os.environ.pop("NICEGUI_USER_SIMULATION")
                ui.navigate, ui.notify, ui.download = Navigate(), notify, download
        errors = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
        # On a busy machine NiceGUI gives up waiting for its own tasks to end; the page has ended.
        assert [it for it in errors if not it.startswith("Could not cancel")] == []

    return open_page


@pytest.fixture
async def app_and_user(opened: Opened) -> AsyncIterator[tuple[FastAPI, User]]:
    async with opened() as both:
        yield both


@pytest.fixture
def user(app_and_user: tuple[FastAPI, User]) -> User:
    return app_and_user[1]


@pytest.fixture
def app(app_and_user: tuple[FastAPI, User]) -> FastAPI:
    return app_and_user[0]
