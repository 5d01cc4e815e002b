"""RESULTS.md: a section for each benchmark; those not run this time stay as they were."""

import re
from pathlib import Path

from benchmarks.figures import Figure, Section

FILE = Path(__file__).parent / "RESULTS.md"
_MARK = re.compile(r"^<!-- benchmark: ([\w-]+) -->$", re.MULTILINE)

_ORDER = (
    "startup",
    "index",
    "turn",
    "search",
    "search-20k",
    "search-100k",
    "critique",
    "bulk",
    "code",
    "loop",
    "page",
)

_INTRODUCTION = """\
# Benchmark results

Written by `python -m benchmarks`; do not edit. Medians with least and greatest of the samples,
p95 and p99 with the greatest. "met" is what was seen in that run, on that machine, at that load:
a busy machine makes every time longer, so the load at the start stands beside it. Ratios and
differences compare things measured in the same run.
"""


def write(name: str, section: Section, circumstances: str, file: Path = FILE) -> None:
    """Puts a section into the file, in place of the one it had.

    Args:
        name: The benchmark's name on the command line.
        section: What it found.
        circumstances: When and on what.
        file: The results.
    """
    sections = _read(file)
    sections[name] = _markdown(name, section, circumstances)
    body = "\n".join(sections[known] for known in sorted(sections, key=_ORDER.index))
    met, missed = body.count("| yes |"), body.count("| **no** |")
    summary = f"\n**{met} of {met + missed} targets met as seen.**\n\n"
    file.write_text(_INTRODUCTION + summary + body, encoding="utf-8")


def _read(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    parts = _MARK.split(file.read_text(encoding="utf-8"))
    return {
        name: f"<!-- benchmark: {name} -->{text.rstrip()}\n"
        for name, text in zip(parts[1::2], parts[2::2], strict=True)
        if name in _ORDER
    }


def _markdown(name: str, section: Section, circumstances: str) -> str:
    rows = "\n".join(_row(figure) for figure in section.figures)
    notes = "\n".join(f"\n{note}" for note in section.notes)
    return (
        f"<!-- benchmark: {name} -->\n## {section.title}\n\n"
        f"Repeat with `make bench ARGS={name}`. {circumstances}\n\n"
        "| figure | seen | spread | n | target | met |\n|---|---|---|---|---|---|\n"
        f"{rows}\n{notes}\n"
    )


def _row(figure: Figure) -> str:
    met = {None: "", True: "yes", False: "**no**"}[figure.met]
    return (
        f"| {figure.name} | {figure.seen} | {figure.spread} | {figure.samples} "
        f"| {figure.target} | {met} |"
    )
