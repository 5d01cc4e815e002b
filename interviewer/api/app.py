"""The FastAPI application: routes, health, access, and the product's life."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match, Mount
from starlette.types import Scope

from interviewer import __version__
from interviewer.api import (
    archive,
    artefacts,
    boards,
    coding,
    documents,
    interviews,
    library,
    loops,
    practice,
    preparation,
    problems,
    sql,
)
from interviewer.api.access import Gatekeeper, token_owners
from interviewer.bootstrap import open_product
from interviewer.errors import InterviewerError
from interviewer.settings import Settings

logger = logging.getLogger(__name__)


def create_app(settings: Settings) -> FastAPI:
    """Builds the application; the product opens when the server starts.

    If it cannot, `app.state.failure` says why.
    """

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            try:
                product = await stack.enter_async_context(open_product(settings))
                # Reads seeds, sources and prompts: what is wrong with them stops the start.
                product.conductor  # noqa: B018
            except (InterviewerError, OSError) as error:
                app.state.failure = error
                raise
            app.state.product = product
            warming = asyncio.create_task(product.warm())
            try:
                yield
            finally:
                warming.cancel()
                await asyncio.gather(warming, return_exceptions=True)

    app = FastAPI(
        title="interviewer",
        version=__version__,
        summary="Mock interviews for bank AI roles, with grades that carry evidence.",
        description="Independent practice tool, not affiliated with JPMorgan Chase. Personas are "
        "fictional. No legal advice.",
        lifespan=life,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.owners = token_owners(settings)
    app.state.failure = None
    app.add_middleware(Gatekeeper, guarded=bool(app.state.owners))
    problems.install(app)
    app.include_router(interviews.router, prefix="/api/v1")
    app.include_router(loops.router, prefix="/api/v1")
    app.include_router(library.router, prefix="/api/v1")
    app.include_router(documents.router, prefix="/api/v1")
    app.include_router(practice.router, prefix="/api/v1")
    app.include_router(archive.router, prefix="/api/v1")
    app.include_router(preparation.router, prefix="/api/v1")
    app.include_router(boards.router, prefix="/api/v1")
    app.include_router(artefacts.router, prefix="/api/v1")
    app.include_router(coding.router, prefix="/api/v1")
    app.include_router(sql.router, prefix="/api/v1")
    _add_health(app)
    _add_unknown(app)
    return app


def _add_health(app: FastAPI) -> None:
    @app.get("/healthz", tags=["health"])
    @app.get("/api/v1/healthz", include_in_schema=False)
    async def healthz() -> dict[str, str]:
        """Whether the process answers."""
        return {"status": "ok", "version": __version__}

    @app.get("/readyz", tags=["health"], response_model=None)
    @app.get("/api/v1/readyz", include_in_schema=False, response_model=None)
    async def readyz(request: Request) -> dict[str, object] | JSONResponse:
        """Whether interviews can be sat: the database answers and the seeds are read."""
        product = request.app.state.product
        try:
            await product.conductor.ping()
        except InterviewerError as error:
            return problems.problem(503, "Not ready", str(error), instance=request.url.path)
        return {
            "status": "ready",
            "engine": product.engine_name,
            "questions": len(product.catalog.questions),
            "warm": product.is_warm,
        }


def _add_unknown(app: FastAPI) -> None:
    """Keeps what stands behind the API, such as a page, from answering for it."""

    @app.api_route(_UNKNOWN, methods=_METHODS, include_in_schema=False)
    async def unknown(request: Request, path: str) -> None:
        allowed = _allowed(app, request.scope)
        if allowed:
            detail = f"{request.method} is not possible here"
            raise HTTPException(405, detail, {"Allow": ", ".join(sorted(allowed))})
        raise HTTPException(404, f"there is nothing at /api/{path}")


_UNKNOWN = "/api/{path:path}"
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]


def _allowed(app: FastAPI, scope: Scope) -> set[str]:
    """Methods that a route of the API knows at this path."""
    known = [
        route
        for route in app.router.routes
        if not isinstance(route, Mount) and getattr(route, "path", "") != _UNKNOWN
    ]
    return {
        method
        for method in _METHODS
        if any(route.matches({**scope, "method": method})[0] is Match.FULL for route in known)
    }
