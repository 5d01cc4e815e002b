"""The web server: the API's application with the page mounted into it."""

import hashlib
import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from socket import socket

from fastapi import FastAPI

from interviewer.api.app import create_app
from interviewer.settings import Settings


def build(settings: Settings) -> FastAPI:
    """The application with API and page."""
    app = create_app(settings)
    # Only now: the page takes a second to import, and wrong settings need not wait for it.
    from nicegui import ui
    from nicegui.storage import Storage

    from interviewer.web import pages
    from interviewer.web.policy import Pages

    app.add_middleware(Pages)
    pages.register(app)
    pages.register_mishaps()
    Storage.path = settings.home / "page"
    ui.run_with(
        app,
        title="interviewer",
        storage_secret=_storage_secret(settings.home),
        tailwind=False,
        # Our own stands outside the policy, which must see a page before it is compressed.
        gzip_middleware_factory=None,
        show_welcome_message=False,
    )
    return app


def run(settings: Settings, host: str, port: int, announce: Callable[[], None]) -> None:
    """Serves until stopped.

    Args:
        settings: Of this process.
        host: Address to listen on.
        port: Port to listen on.
        announce: Called once the server listens.

    Raises:
        InterviewerError: The product cannot be opened, for example because its database is newer.
    """
    import uvicorn

    app = build(settings)
    config = uvicorn.Config(app, host=host, port=port, log_level="warning", server_header=False)

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket] | None = None) -> None:
            await super().startup(sockets)
            announce()

    # What keeps the product from opening is reported by whoever called, on one line.
    logging.getLogger("uvicorn.error").addFilter(lambda _: app.state.failure is None)
    try:
        with suppress(KeyboardInterrupt):
            Server(config).run()
    except SystemExit:
        if app.state.failure is None:
            raise
        raise app.state.failure from None


def _storage_secret(home: Path) -> str:
    """Signs the page's cookie; kept, so that a restart does not throw people out."""
    file = home / "page.secret"
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600, exist_ok=True)
        file.write_text(secrets.token_hex(32), encoding="ascii")
    return hashlib.sha256(file.read_bytes()).hexdigest()
