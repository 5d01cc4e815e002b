"""The editors' own stylesheet and script; only pages that hold an editor load them."""

from pathlib import Path

from nicegui import ui

from interviewer.web.served_files import address_of, serve_file

_FOLDER = Path(__file__).parent
_STYLE, _SCRIPT = "boards.css", "boards.js"


def serve_board_files() -> None:
    """Adds both files to what is served."""
    for name in (_STYLE, _SCRIPT):
        serve_file(_FOLDER / name)


def load_files() -> None:
    """Has the browser load them, also where an editor comes into a page that already stands."""
    ui.add_head_html(f'<link rel="stylesheet" href="{address_of(_FOLDER / _STYLE)}">')
    # An import: a tag that is added later does not run, and a module runs once however often asked.
    ui.run_javascript(f'import("{address_of(_FOLDER / _SCRIPT)}")')
