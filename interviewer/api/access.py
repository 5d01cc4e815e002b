"""Who may enter: tokens beyond loopback, and no page of another origin in between."""

import hmac
import re
from urllib.parse import urlsplit

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interviewer.api.problems import problem
from interviewer.bootstrap import LOCAL_OWNER
from interviewer.errors import AccessDenied, SettingError
from interviewer.settings import Settings

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
MOST_BODY_BYTES = 1_000_000
MOST_UPLOAD_BYTES = 50_000_000
"""Of one upload on the page: five of the longest documents that are read."""
MOST_FORM_BYTES = 300_000_000
"""Of one request with documents: what a file has beyond its limit is read and dropped, so that it can
be named and the others go in."""
_UPLOADS = "/api/v1/documents"
_PAGE_UPLOADS = re.compile(r"/_nicegui/client/[0-9a-f-]{1,64}/upload/\d{1,9}")
"""Of a page that somebody who may enter has open; the page refuses any other."""


def token_owners(settings: Settings) -> dict[str, str]:
    """Owner by token; empty where one person uses their own machine.

    Raises:
        SettingError: INTERVIEWER_TOKENS is malformed.
    """
    if settings.tokens is None:
        return {}
    owners: dict[str, str] = {}
    for entry in settings.tokens.get_secret_value().split(","):
        name, _, token = entry.strip().partition(":")
        if not name or len(token) < 16:
            raise SettingError(
                "INTERVIEWER_TOKENS must be name:token,name:token with tokens of 16 characters or more"
            )
        owners[token] = name
    return owners


def owner_of(request: Request) -> str:
    """The owner on whose behalf a request acts.

    Raises:
        AccessDenied: Tokens are configured and the request carries none that is known.
    """
    owners: dict[str, str] = request.app.state.owners
    if not owners:
        return LOCAL_OWNER
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        for token, owner in owners.items():
            if hmac.compare_digest(token.encode(), given.strip().encode()):
                return owner
    raise AccessDenied("send a known access token: Authorization: Bearer TOKEN")


class Gatekeeper:
    """Refuses foreign hosts and origins, and bodies too large to be an answer.

    Without tokens the server trusts whoever reaches it, so it must be sure that no web page
    elsewhere speaks through the candidate's browser (DNS rebinding, cross-site posts).
    """

    def __init__(self, app: ASGIApp, *, guarded: bool) -> None:
        self._app = app
        self._guarded = guarded

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers it with a problem."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
        refusal = self._refusal(headers, scope["path"])
        if refusal is None:
            await self._app(scope, _limited(receive, _most_bytes(scope["path"])), send)
        elif scope["type"] == "http":
            await refusal(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _refusal(self, headers: dict[str, str], path: str) -> JSONResponse | None:
        host = headers.get("host", "")
        if not self._guarded and _name(host) not in LOOPBACK_HOSTS:
            detail = "this server answers on loopback names only"
            return problem(403, "Forbidden", detail, instance=path)
        origin = headers.get("origin")
        if origin is not None and _address(origin) != host:
            detail = "requests from other origins are refused"
            return problem(403, "Forbidden", detail, instance=path)
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length) > _most_bytes(path):
            return problem(413, "Too large", _too_large(_most_bytes(path)), instance=path)
        return None


def _most_bytes(path: str) -> int:
    if path == _UPLOADS:
        return MOST_FORM_BYTES
    return MOST_UPLOAD_BYTES if _PAGE_UPLOADS.fullmatch(path) else MOST_BODY_BYTES


def _too_large(limit: int) -> str:
    return f"the limit is {limit:,} bytes"


def _limited(receive: Receive, limit: int) -> Receive:
    """Counts a body that comes without a length, and stops reading it at the limit."""
    read = 0

    async def limited() -> Message:
        nonlocal read
        message = await receive()
        if message["type"] == "http.request":
            read += len(message.get("body", b""))
            if read > limit:
                raise HTTPException(413, _too_large(limit))
        return message

    return limited


def _name(host: str) -> str:
    """Host name without port; empty where it is malformed."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _address(origin: str) -> str:
    """Host and port of an origin; empty where it is malformed."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
