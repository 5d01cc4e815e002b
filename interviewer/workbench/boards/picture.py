"""An inline SVG that is built, never pasted together: every text is escaped by the XML writer.

Everything is drawn in `currentColor`, so that a picture follows the page it stands in, light or
dark; kinds of marks differ in shape and label, never in colour alone. Widths of text are estimated,
since nothing here knows the reader's font.
"""

import unicodedata
from xml.etree import ElementTree as Tree

_FONT = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
_EM = 0.54
"""Width of a character in parts of the size of the type, on average, in a sans-serif face."""
LINE = 1.35
"""Distance of lines in parts of the size of the type."""


class Picture:
    """A picture in the making."""

    def __init__(self, name: str, title: str, described: str, width: int) -> None:
        """Begins a picture.

        Args:
            name: Unique in the page.
            title: What it is.
            described: The same as the picture shows, in sentences.
            width: In units of the drawing.
        """
        self.width = width
        self._root = Tree.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "role": "img",
                "aria-labelledby": f"{name}-t {name}-d",
                "fill": "none",
                "stroke": "none",
                "color": "currentColor",
                "font-family": _FONT,
                "font-size": "14",
            },
        )
        Tree.SubElement(self._root, "title", {"id": f"{name}-t"}).text = title
        Tree.SubElement(self._root, "desc", {"id": f"{name}-d"}).text = described

    def _add(self, tag: str, **attributes: float | str | None) -> Tree.Element:
        shown = {
            name.rstrip("_").replace("_", "-"): f"{value:.6g}"
            if isinstance(value, float)
            else str(value)
            for name, value in attributes.items()
            if value is not None
        }
        return Tree.SubElement(self._root, tag, shown)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 14,
        anchor: str | None = None,
        bold: bool = False,
        quiet: bool = False,
        turned: bool = False,
    ) -> None:
        """One line of text, its baseline at `y`; `turned` reads upwards."""
        self._add(
            "text",
            x=x,
            y=y,
            fill="currentColor",
            font_size=size,
            text_anchor=anchor,
            font_weight="600" if bold else None,
            opacity="0.72" if quiet else None,
            transform=f"rotate(-90 {x:g} {y:g})" if turned else None,
        ).text = text

    def block(
        self,
        x: float,
        y: float,
        text: str,
        width: float,
        *,
        size: float = 14,
        bold: bool = False,
        quiet: bool = False,
    ) -> float:
        """Text in as many lines as it needs, its top at `y`; returns its height."""
        lines = wrapped(text, width, size)
        for number, line in enumerate(lines):
            self.text(x, y + size + number * size * LINE, line, size=size, bold=bold, quiet=quiet)
        return len(lines) * size * LINE

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        shade: float = 0,
        stroke: float = 1,
        faint: bool = True,
    ) -> None:
        """A rectangle; `shade` from 0 to 1 fills it."""
        self._add(
            "rect",
            x=x,
            y=y,
            width=width,
            height=height,
            fill="currentColor" if shade else None,
            fill_opacity=shade or None,
            stroke="currentColor" if stroke else None,
            stroke_width=stroke or None,
            stroke_opacity="0.35" if faint and stroke else None,
        )

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        width: float = 1,
        dashed: bool = False,
        faint: bool = True,
    ) -> None:
        """A straight line."""
        self._add(
            "line",
            x1=start[0],
            y1=start[1],
            x2=end[0],
            y2=end[1],
            stroke="currentColor",
            stroke_width=width,
            stroke_dasharray="5 4" if dashed else None,
            stroke_opacity="0.35" if faint else None,
        )

    def link(
        self, start: tuple[float, float], end: tuple[float, float], clear: float, *, dashed: bool
    ) -> None:
        """A strong line between two marks of radius `clear`; nothing if they touch."""
        across, down = end[0] - start[0], end[1] - start[1]
        length = (across**2 + down**2) ** 0.5
        if length <= 2 * clear:
            return
        ux, uy = across / length * clear, down / length * clear
        self.line(
            (start[0] + ux, start[1] + uy), (end[0] - ux, end[1] - uy), width=2, dashed=dashed,
            faint=False,
        )  # fmt: skip

    def arrow(self, start: tuple[float, float], end: tuple[float, float], clear: float) -> None:
        """A thin arrow between two marks of radius `clear`; nothing if they touch."""
        across, down = end[0] - start[0], end[1] - start[1]
        length = (across**2 + down**2) ** 0.5
        if length < 2 * clear + 8:
            return
        ux, uy = across / length, down / length
        tip = (end[0] - ux * clear, end[1] - uy * clear)
        back = (tip[0] - ux * 8, tip[1] - uy * 8)
        self.line((start[0] + ux * clear, start[1] + uy * clear), back)
        corners = [tip, (back[0] - uy * 4, back[1] + ux * 4), (back[0] + uy * 4, back[1] - ux * 4)]
        points = " ".join(f"{px:.1f},{py:.1f}" for px, py in corners)
        self._add("polygon", points=points, fill="currentColor", fill_opacity="0.55")

    def mark(self, x: float, y: float, label: str, *, square: bool = False) -> None:
        """A numbered mark: a circle, or a square."""
        if square:
            self._add(
                "rect", x=x - 11, y=y - 11, width=22, height=22, stroke="currentColor",
                stroke_width=2,
            )  # fmt: skip
        else:
            self._add("circle", cx=x, cy=y, r=11, stroke="currentColor", stroke_width=1.5)
        self.text(x, y + 4.5, label, size=12 if len(label) < 3 else 10, anchor="middle", bold=True)

    def diamond(self, x: float, y: float) -> None:
        """A gate."""
        points = f"{x:g},{y - 8:g} {x + 8:g},{y:g} {x:g},{y + 8:g} {x - 8:g},{y:g}"
        self._add("polygon", points=points, fill="currentColor")

    def finished(self, height: float) -> str:
        """The markup.

        Args:
            height: Of what was drawn.
        """
        self._root.set("viewBox", f"0 0 {self.width} {height:.0f}")
        self._root.set("style", f"width:100%;max-width:{self.width}px;height:auto")
        return Tree.tostring(self._root, encoding="unicode") + "\n"


def columns(text: str) -> int:
    """How many characters wide a text is, the wide ones of East Asia counted twice."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The text in lines that fit; a word that is too long is cut.

    >>> wrapped("one two three", 60, 14)
    ['one two', 'three']
    """
    most = max(4, int(width / (size * _EM)))
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, most):
            joined = f"{lines[-1]} {piece}".strip()
            if columns(joined) <= most:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, most: int) -> list[str]:
    pieces = [""]
    for sign in word:
        if columns(pieces[-1]) + columns(sign) > most:
            pieces.append("")
        pieces[-1] += sign
    return pieces
