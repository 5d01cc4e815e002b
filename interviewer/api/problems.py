"""Errors as RFC 9457 problem details: the one place where errors become HTTP."""

import logging
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from interviewer.errors import (
    AccessDenied,
    AnswerTooLong,
    CodeNotRun,
    ConfigError,
    InputError,
    InterviewerError,
    ModelError,
    RuleBroken,
    StoreError,
    UnknownId,
    WrongSequence,
)

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

_STATUS: tuple[tuple[type[InterviewerError], int, str], ...] = (
    (UnknownId, 404, "Not found"),
    (AnswerTooLong, 413, "Answer too long"),
    (InputError, 422, "Unusable input"),
    (WrongSequence, 409, "Somebody was faster"),
    (RuleBroken, 409, "Not possible now"),
    (AccessDenied, 401, "No access"),
    (ModelError, 502, "Model unavailable"),
    (CodeNotRun, 503, "Code is not run here"),
    (StoreError, 503, "Storage unavailable"),
    (ConfigError, 500, "Wrongly configured"),
)
"""From the most special class to the most general."""


def problem(
    status: int,
    title: str,
    detail: str,
    *,
    instance: str,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """One problem document.

    Args:
        status: HTTP status.
        title: The kind of problem in a few words.
        detail: This one, and what to do.
        instance: Path of the request.
        headers: To be sent beside it.
    """
    content = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": instance,
    }
    sent = dict(headers or {})
    if status == HTTPStatus.UNAUTHORIZED:
        sent["WWW-Authenticate"] = "Bearer"
    return JSONResponse(content, status_code=status, media_type=MEDIA_TYPE, headers=sent)


def install(app: FastAPI) -> None:
    """Makes every error of the app a problem document."""

    @app.exception_handler(InterviewerError)
    async def _known(request: Request, error: InterviewerError) -> JSONResponse:
        for kind, status, title in _STATUS:
            if isinstance(error, kind):
                return problem(status, title, str(error), instance=request.url.path)
        return problem(500, "Failed", str(error), instance=request.url.path)

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return problem(422, "Unusable input", f"{where}: {first['msg']}", instance=request.url.path)

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> JSONResponse:
        return problem(
            error.status_code,
            HTTPStatus(error.status_code).phrase,
            str(error.detail),
            instance=request.url.path,
            headers=error.headers,
        )

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, error: Exception) -> JSONResponse:
        # The server's log has the traceback: it is raised again after this reply is sent.
        del error
        return problem(
            500,
            "Unexpected failure",
            "this is a fault of the product, and its log says more; what you had sent before "
            "is kept",
            instance=request.url.path,
        )
