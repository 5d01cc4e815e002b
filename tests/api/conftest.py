from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from interviewer.api.app import create_app
from interviewer.settings import Settings
from tests.api.problems import ROUND
from tests.cli.ready_home import ready_home, warmed, worded, words_home

__all__ = ["ready_home", "warmed", "worded", "words_home"]

Opened = Callable[..., AbstractAsyncContextManager[tuple[FastAPI, httpx.AsyncClient]]]


@pytest.fixture
def opened(words_home: Path) -> Opened:
    """Opens the application on this test's home, with a client that speaks to it directly."""

    @asynccontextmanager
    async def open_app(**settings: Any) -> AsyncIterator[tuple[FastAPI, httpx.AsyncClient]]:
        given: dict[str, Any] = {"home": words_home, "embeddings": "off"} | settings
        app = create_app(Settings(**given))
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://127.0.0.1:8000/api/v1"
            ) as client:
                yield app, client

    return open_app


@pytest.fixture
async def app_and_client(opened: Opened) -> AsyncIterator[tuple[FastAPI, httpx.AsyncClient]]:
    async with opened() as both:
        yield both


@pytest.fixture
def client(app_and_client: tuple[FastAPI, httpx.AsyncClient]) -> httpx.AsyncClient:
    return app_and_client[1]


@pytest.fixture
def app(app_and_client: tuple[FastAPI, httpx.AsyncClient]) -> FastAPI:
    return app_and_client[0]


@pytest.fixture
async def interview(client: httpx.AsyncClient) -> str:
    """The id of a round whose first question has been put."""
    reply = await client.post("/interviews", json=ROUND)
    assert reply.status_code == 201, reply.text
    return str(reply.json()["id"])
