"""Our own stylesheets and scripts, at addresses that change with what is in them."""

import hashlib
from pathlib import Path

from nicegui import app as nicegui_app


def serve_file(file: Path) -> None:
    """Adds a file to what is served, at its name."""
    nicegui_app.add_static_file(local_file=file, url_path=f"/{file.name}")


def address_of(file: Path) -> str:
    """With a digest: a browser keeps the files, and must not show a new page with old ones."""
    return f"/{file.name}?{hashlib.sha256(file.read_bytes()).hexdigest()[:8]}"
