"""`python -m benchmarks [NAME ...]`: runs all or some and writes RESULTS.md."""

import argparse
import importlib

from benchmarks import machine, results
from benchmarks.figures import Section
from benchmarks.processes import forget_settings
from interviewer.bootstrap import now

BENCHMARKS = {
    "startup": "benchmarks.startup:run",
    "index": "benchmarks.index:run",
    "turn": "benchmarks.turn:run",
    "search": "benchmarks.search:run",
    "search-20k": "benchmarks.search_sizes:run_20k",
    "search-100k": "benchmarks.search_sizes:run_100k",
    "critique": "benchmarks.critique:run",
    "loop": "benchmarks.loop:run",
    "bulk": "benchmarks.bulk:run",
    "code": "benchmarks.code:run",
    "page": "benchmarks.page:run",
}
ONLY_WHEN_NAMED = ("search-20k", "search-100k", "page", "bulk")
"""They take minutes, or need Chromium and the dependency group `browser`; `make bench` leaves their
figures as they stand."""


def main() -> None:
    """Runs the benchmarks named, or all but the long ones; targets missed are no failure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of: {', '.join(BENCHMARKS)}", default=[]
    )
    names: list[str] = parser.parse_args().names
    for unknown in [name for name in names if name not in BENCHMARKS]:
        parser.error(f"no benchmark {unknown!r}; there are: {', '.join(BENCHMARKS)}")
    forget_settings()
    for name in names or [name for name in BENCHMARKS if name not in ONLY_WHEN_NAMED]:
        circumstances = f"Seen {now():%Y-%m-%d %H:%M} UTC, {machine.facts()}, {machine.load()}."
        print(f"{name} ...", flush=True)
        section = _measured(name)
        results.write(name, section, circumstances)
        _show(section)
    print(f"written to {results.FILE.parent.name}/{results.FILE.name}")


def _measured(name: str) -> Section:
    module, function = BENCHMARKS[name].split(":")
    section: Section = getattr(importlib.import_module(module), function)()
    return section


def _show(section: Section) -> None:
    for figure in section.figures:
        met = {None: "", True: "met", False: "NOT MET"}[figure.met]
        print(f"  {figure.name}: {figure.seen} ({figure.spread}) {figure.target} {met}".rstrip())


if __name__ == "__main__":
    main()
