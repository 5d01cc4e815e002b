"""Headers that tell a browser what a page may do: nothing but talk to where it came from.

Scripts in a page carry a number that is new for each reply, so that a script or an `onerror` that
got into a page by mistake does nothing. Two allowances are NiceGUI's: it turns the names of
handlers into functions with `eval`, and it sets styles in attributes.
"""

import secrets

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OTHERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}
_OPEN_TAG = b"<script"
_API = "/api/"


def policy(nonce: str) -> str:
    """The Content-Security-Policy of one reply."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class Pages:
    """What the page's replies pass through, and the API's do not: the policy, then compression."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._pages = GZipMiddleware(PagePolicy(app), minimum_size=500, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on."""
        is_page = scope["type"] == "http" and not scope["path"].startswith(_API)
        await (self._pages if is_page else self._app)(scope, receive, send)


class PagePolicy:
    """Adds the headers to every HTML reply, and the number to the scripts in it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on and the reply back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _Page(send).send)


class _Page:
    """One reply; HTML is held back until it is whole."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            self._start = message
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)
        else:
            await self._send(message)

    async def _finish(self, start: Message) -> None:
        nonce = secrets.token_urlsafe(16)
        # What people wrote stands in the page with every `<` escaped, so these tags are NiceGUI's.
        body = self._body.replace(_OPEN_TAG, _OPEN_TAG + f' nonce="{nonce}"'.encode())
        headers = MutableHeaders(scope=start)
        headers.update({"Content-Security-Policy": policy(nonce)} | _OTHERS)
        if "content-length" in headers:
            headers["content-length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _is_html(start: Message) -> bool:
    return MutableHeaders(scope=start).get("content-type", "").startswith("text/html")
