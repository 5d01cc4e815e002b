"""Compares two runs of one task on the same samples: `python -m evals.compare A B`.

A and B are logs of Inspect (.eval, .json) or plain ones (.jsonl). Says for each measure whether the
change from A to B is real: whether the 95 % interval of the paired difference leaves out zero.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from evals.metrics import percentiles
from evals.tasks.record import Record, Run, read_run
from evals.tasks.suite import work_named
from evals.tasks.work import Work
from interviewer.errors import EvalError

DRAWS = 1_000
FEW_GROUPS = 10
"""Below so many groups an interval over groups is too narrow to be believed, and is marked."""


class Difference(NamedTuple):
    """One measure of two runs. NaN where a run has nothing to measure."""

    measure: str
    a: float
    b: float
    low: float
    high: float
    better: int | None
    """As `Work.better`; None for a count."""

    @property
    def is_real(self) -> bool:
        """Whether zero lies outside the interval."""
        return self.low > 0 or self.high < 0

    @property
    def verdict(self) -> str:
        """In words."""
        if np.isnan([self.a, self.b]).any():
            return "not measured"
        if not self.is_real:
            return "no difference" if self.a == self.b else "could be chance"
        if self.better is None:
            return "real"
        gain = abs(self.a) - abs(self.b) if self.better == 0 else self.better * (self.b - self.a)
        return "real: better" if gain > 0 else "real: worse"


def paired(a: Run, b: Run) -> tuple[Work, list[tuple[Record, Record]]]:
    """The records of both runs, matched by id.

    Raises:
        EvalError: The runs are of different tasks or over different samples.
    """
    if a.task != b.task:
        raise EvalError(f"{a.name} is a run of {a.task}, {b.name} of {b.task}: nothing to compare")
    first, second = ({r.id: r for r in run.records} for run in (a, b))
    only = [
        f"{len(rest)} only in {name} ({', '.join(rest[:3])}{', ...' if len(rest) > 3 else ''})"
        for name, rest in (
            (a.name, sorted(first.keys() - second.keys())),
            (b.name, sorted(second.keys() - first.keys())),
        )
        if rest
    ]
    if only:
        raise EvalError(f"the runs are over different samples: {'; '.join(only)}")
    if changed := sorted(i for i in first if first[i].digest != second[i].digest):
        raise EvalError(
            f"the runs are over different samples: {len(changed)} changed in between, "
            f"for example {changed[0]!r}"
        )
    return work_named(a.task), [(first[i], second[i]) for i in sorted(first)]


def differences(
    work: Work, pairs: Sequence[tuple[Record, Record]], *, draws: int = DRAWS, seed: int = 0
) -> list[Difference]:
    """The difference B - A of each measure with its 95 % interval, in [low, high].

    Groups (the answers to one question) are drawn with replacement, each with both of its runs, so
    that neither the pairing nor the likeness of answers to one question is lost. Source: Efron 1979,
    percentile method; Field and Welsh 2007 for drawing groups.
    """
    groups: dict[str, list[tuple[Record, Record]]] = {}
    for pair in pairs:
        groups.setdefault(pair[0].group, []).append(pair)
    members = list(groups.values())

    def both(chosen: Sequence[tuple[Record, Record]]) -> tuple[dict[str, float], dict[str, float]]:
        return work.measures([x for x, _ in chosen]), work.measures([y for _, y in chosen])

    measured_a, measured_b = both(pairs)
    rng = np.random.default_rng(seed)
    drawn: dict[str, list[float]] = {name: [] for name in measured_a}
    for _ in range(draws):
        picks = rng.integers(0, len(members), len(members))
        found_a, found_b = both([pair for pick in picks for pair in members[pick]])
        for name, values in drawn.items():
            values.append(found_b[name] - found_a[name])
    return [
        Difference(
            name, measured_a[name], measured_b[name], *percentiles(values), work.better.get(name)
        )
        for name, values in drawn.items()
    ]


def table(a: Run, b: Run, found: Sequence[Difference], groups: int) -> str:
    """The comparison as Markdown."""
    lines = [
        f"{a.task}: {len(a.records)} samples in {groups} groups; A is {a.name}, B is {b.name}.",
        "",
        "| measure | A | B | B - A | 95 % interval | the change |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {d.measure} | {d.a:.3f} | {d.b:.3f} | {d.b - d.a:+.3f} | {d.low:+.3f} to {d.high:+.3f} "
        f"| {d.verdict} |"
        for d in found
    ]
    lines += ["", f"{len(found)} measures: about one in twenty looks real by chance."]
    if groups < FEW_GROUPS:
        lines.append(f"Only {groups} groups: the intervals are too narrow, trust none of them.")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the comparison; 2 if the runs cannot be compared."""
    parser = argparse.ArgumentParser(prog="evals.compare", description=__doc__)
    parser.add_argument("a", type=Path)
    parser.add_argument("b", type=Path)
    parser.add_argument("--draws", type=int, default=DRAWS)
    chosen = parser.parse_args(arguments)
    try:
        a, b = read_run(chosen.a), read_run(chosen.b)
        work, pairs = paired(a, b)
    except EvalError as error:
        print(f"evals.compare: {error}", file=sys.stderr)
        return 2
    found = differences(work, pairs, draws=chosen.draws)
    print(table(a, b, found, len({x.group for x, _ in pairs})))
    return 0


if __name__ == "__main__":
    sys.exit(main())
