"""A confusion matrix as a small SVG, readable on light and dark pages."""

from collections import Counter
from collections.abc import Sequence

CELL, MARGIN = 54, 92
_INK = "#57606a"


def confusion_svg(truth: Sequence[str], found: Sequence[str], labels: Sequence[str]) -> str:
    """Rows are what was labelled, columns what was found; shade is the share of the row."""
    counts = Counter(zip(truth, found, strict=True))
    rows = {label: sum(counts[label, other] for other in labels) for label in labels}
    width = MARGIN + CELL * len(labels) + 8
    height = MARGIN + CELL * len(labels) + 8
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">',
        f"<title>Labelled (rows) against found (columns): {', '.join(labels)}</title>",
        _text(MARGIN + CELL * len(labels) / 2, 18, "found", weight="bold"),
        _text(34, MARGIN + CELL * len(labels) / 2, "labelled", weight="bold"),
    ]
    for x, label in enumerate(labels):
        parts.append(_text(MARGIN + CELL * (x + 0.5), MARGIN - 14, label))
        parts.append(_text(MARGIN - 20, MARGIN + CELL * (x + 0.5) + 5, label))
    for y, true in enumerate(labels):
        for x, guess in enumerate(labels):
            share = counts[true, guess] / rows[true] if rows[true] else 0.0
            left, top = MARGIN + CELL * x, MARGIN + CELL * y
            parts.append(
                f'<rect x="{left}" y="{top}" width="{CELL - 2}" height="{CELL - 2}" rx="4" '
                f'fill="#1f6feb" fill-opacity="{0.08 + 0.82 * share:.2f}"/>'
            )
            ink = "#ffffff" if share > 0.5 else _INK
            parts.append(
                _text(left + CELL / 2 - 1, top + CELL / 2 - 2, str(counts[true, guess]), ink)
            )
            parts.append(
                _text(left + CELL / 2 - 1, top + CELL / 2 + 14, f"{share:.0%}", ink, size=10)
            )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _text(
    x: float, y: float, text: str, ink: str = _INK, *, size: int = 13, weight: str = "normal"
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" fill="{ink}" font-size="{size}" font-weight="{weight}" '
        f'text-anchor="middle">{text}</text>'
    )
