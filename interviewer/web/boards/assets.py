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
    style, script = address_of(_FOLDER / _STYLE), address_of(_FOLDER / _SCRIPT)
    ui.add_head_html(
        f'<link rel="stylesheet" href="{style}"><script type="module" src="{script}"></script>'
    )
    # An import, too: a tag that is added later does not run, and a module runs once however often
    # it is asked for. The import alone would come only once the page has a connection.
    ui.run_javascript(f'import("{script}")')
