"""The editors' own stylesheet and script; only pages that hold an editor load them."""

import hashlib
from pathlib import Path

from nicegui import app as nicegui_app
from nicegui import ui

_FOLDER = Path(__file__).parent
_STYLE, _SCRIPT = "boards.css", "boards.js"


def serve_board_files() -> None:
    """Adds both files to what is served."""
    for name in (_STYLE, _SCRIPT):
        nicegui_app.add_static_file(local_file=_FOLDER / name, url_path=f"/{name}")


def load_files() -> None:
    """Has the browser load them, also where an editor comes into a page that already stands."""
    ui.add_head_html(f'<link rel="stylesheet" href="{_address(_STYLE)}">')
    # An import: a tag that is added later does not run, and a module runs once however often asked.
    ui.run_javascript(f'import("{_address(_SCRIPT)}")')


def _address(name: str) -> str:
    """With a digest: a browser keeps the files, and must not use old ones with a new page."""
    digest = hashlib.sha256((_FOLDER / name).read_bytes()).hexdigest()[:8]
    return f"/{name}?{digest}"
