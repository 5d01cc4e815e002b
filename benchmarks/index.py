"""The index: built from nothing, found up to date, and after one source changed."""

import re
import shutil
from pathlib import Path

from benchmarks.figures import Figure, Section, median_of
from benchmarks.homes import home_with_graph, scratch, warm_home
from benchmarks.processes import REPOSITORY, Ran, ran

COLD_RUNS, BARE_RUNS, NOOP_RUNS, CHANGE_RUNS = 2, 1, 5, 5
COLD_S, WHOLE_S, NOOP_S, CHANGED_S = 15.0, 30.0, 1.5, 2.0
_PRODUCT = ("interviewer", "seeds", "prompts", "knowledge")


def run() -> Section:
    """Measures the command `interviewer index`, from its start to its end."""
    work, warm = scratch("work"), warm_home()
    cold = [ran(["index"], home_with_graph(f"cold-{n}"), within=work) for n in range(COLD_RUNS)]
    bare = [ran(["index"], scratch(f"bare-{n}"), within=work) for n in range(BARE_RUNS)]
    noop = [ran(["index"], warm, within=work) for _ in range(NOOP_RUNS)]
    changed = _changed()
    figures = (
        *_figures("cold index, model graph already there", cold, COLD_S),
        median_of("the same, against the target for all", _seconds(cold), "s", WHOLE_S),
        *_figures("cold index, nothing there (the graph is built, too)", bare, WHOLE_S),
        *_figures("nothing changed", noop, NOOP_S),
        *_figures("one source file changed", changed, CHANGED_S),
    )
    return Section("Index", figures, (_size(changed[-1].said),))


def _figures(name: str, runs: list[Ran], at_most: float) -> tuple[Figure, Figure]:
    used = [run.processor_s for run in runs]
    return (
        median_of(name, _seconds(runs), "s", at_most),
        median_of("processor time of it", used, "s"),
    )


def _seconds(runs: list[Ran]) -> list[float]:
    return [run.seconds for run in runs]


def _changed() -> list[Ran]:
    """Runs after each of several changes to one file, in a copy of the product."""
    program, work = scratch("program"), scratch("work")
    leave = shutil.ignore_patterns("__pycache__")
    for name in _PRODUCT:
        shutil.copytree(REPOSITORY / name, program / name, ignore=leave, dirs_exist_ok=True)
    home = scratch("changing-home")
    shutil.copytree(warm_home(), home, dirs_exist_ok=True)
    sources = sorted((program / "knowledge").glob("*.md"))
    # The first two runs of a copy compile its modules and are left out.
    runs = []
    for number in range(CHANGE_RUNS + 1):
        if number == 0:
            ran(["index"], home, within=work, program=program)
        _edit(sources[number], number)
        run = ran(["index"], home, within=work, program=program)
        if not re.search(r"\bIndex built\b.*\b1 newly embedded", run.said):
            raise RuntimeError(f"the change was not indexed: {run.said.strip()}")
        runs.append(run)
    return runs[1:]


def _edit(source: Path, number: int) -> None:
    text = source.read_text(encoding="utf-8").rstrip()
    source.write_text(f"{text} Seen again on visit {number}.\n", encoding="utf-8")


def _size(said: str) -> str:
    counted = re.search(r"(\d+) sources, (\d+) passages", said)
    size = f"{counted[1]} sources, {counted[2]} passages" if counted else "the shipped sources"
    return (
        f"{size}. The 15 s were promised for the sources of the first round, the 30 s for the whole "
        "corpus on two cores; both stand above, as the whole corpus is what ships. A cold index "
        "embeds every passage, so its time is the processor's; a changed file embeds one passage."
    )
