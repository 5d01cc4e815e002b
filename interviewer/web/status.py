"""Status: what works, what is set, and what to do about what does not."""

import asyncio
from typing import Any

from nicegui import ui

from interviewer import __version__
from interviewer.bootstrap import LOCAL_OWNER, Product
from interviewer.doctor import examine
from interviewer.web.frame import later
from interviewer.web.tables import table
from interviewer.web.words import Words, heading, paragraph

_TONES = {"ok": "yes", "warn": "partly", "fail": "no"}


async def show_status(product: Product, owner: str) -> None:
    """Draws the page; a guest of somebody else's server sees the version and the engine."""
    heading("Checks and settings", 1, "title")
    paragraph(f"interviewer {__version__}. {product.engine_line}", "lead")
    if owner != LOCAL_OWNER:
        paragraph("Settings and checks are for whoever runs this server: `interviewer doctor`.")
        return

    async def checks() -> None:
        _checks(await asyncio.to_thread(examine, product.settings))

    later("Looking ...", checks)


def _checks(found: dict[str, Any]) -> None:
    heading("Checks", 2)
    with ui.element("ul").classes("plain-list checks"):
        for check in found["checks"]:
            with ui.element("li"):
                Words("span", check["name"], "name")
                with ui.element("div").classes("grow"):
                    Words("span", check["message"])
                    if check["settings"]:
                        _changed_by(check["settings"])
                Words("span", check["state"], f"met {_TONES[check['state']]}")
    heading("How to change it", 2)
    paragraph(
        "Put NAME=value into a file .env in the folder that you start from, or into the "
        "environment, which wins; then start again. Keys and passwords are never shown."
    )
    table(
        "Settings",
        ("Setting", "Value", "From", "What it does"),
        [
            (name, it["value"] or "\u2013", it["source"], it["about"].replace("`", ""))
            for name, it in found["settings"].items()
        ],
    )
    heading("Installed", 2)
    packages = {"python": found["python"], **found["packages"]}
    table("Installed", ("Package", "Version"), list(packages.items()))


def _changed_by(settings: list[str]) -> None:
    paragraph(f"Changed by {', '.join(settings)}.", "quiet")
