"""Looking at a page: does it fit, can everybody use it, does it stay on this machine."""

import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

BUILD = Path(__file__).resolve().parents[2] / "build"
SCREENSHOTS = BUILD / "screenshots"
WIDTHS = (1280, 640, 360)
"""640 is what a 1280 pixel wide window shows at 200 % zoom."""
PICTURED = (1280, 360)
AXE = "axe-core@4.14.1"
_GRAVE = ("serious", "critical")


class Watch:
    """Remembers what a page asks for and complains about."""

    def __init__(self, page: Any) -> None:
        self.asked: set[str | None] = set()
        self.complaints: list[str] = []
        page.on("request", lambda request: self.asked.add(urlsplit(request.url).hostname))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._said)

    def _said(self, message: Any) -> None:
        if message.type == "error" and "404" not in message.text:
            self.complaints.append(message.text)


def fits(page: Any, name: str) -> None:
    """No sideways scrolling at any width; the pictures are kept to be looked at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(150)
        if width in PICTURED:
            page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} wide at {width}"
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def grave_findings(page: Any) -> list[str]:
    """What axe-core calls serious or critical, with the places."""
    page.evaluate(_axe())
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{it['id']}: {[node['target'] for node in it['nodes']][:4]}"
        for it in found["violations"]
        if it["impact"] in _GRAVE
    ]


def _axe() -> str:
    """The script, fetched once by npm: it is a tool of these tests and of nothing that ships."""
    folder = BUILD / AXE
    script = folder / "package" / "axe.min.js"
    if not script.exists():
        folder.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(
            ["npm", "pack", "--silent", AXE],
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        subprocess.run(["tar", "xzf", packed.stdout.split()[-1]], cwd=folder, check=True)
    return script.read_text(encoding="utf-8")
