"""Runs tasks of the suite and fails when a floor breaks: `python -m evals.tasks grading persona`.

With Inspect AI where it is installed (dependency group `evals`), which keeps logs that can be looked
at with `inspect view` and taken up again; with `--plain FOLDER` without it, into JSONL.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.tasks.engines import ENGINES, open_engine
from evals.tasks.record import HALVES, Run, read_run, write_records
from evals.tasks.suite import WORKS, work_named
from evals.tasks.work import run_plainly
from interviewer.errors import InterviewerError

FILE = Path(__file__).with_name("with_inspect.py")


def plain_runs(chosen: argparse.Namespace) -> list[Run]:
    """Runs the tasks without Inspect and writes one JSONL each.

    Raises:
        InterviewerError: A setting or labelled set is wrong, or the endpoint failed.
    """
    engine = open_engine(chosen.engine, chosen.votes, chosen.spend_limit_tokens)
    chosen.plain.mkdir(parents=True, exist_ok=True)
    runs = []
    for name in chosen.tasks:
        records = run_plainly(work_named(name), engine, chosen.half)
        file = chosen.plain / f"{name}-{engine.name}.jsonl"
        write_records(records, file)
        print(f"wrote {file}")
        runs.append(Run(file.name, name, tuple(records)))
    return runs


def inspect_runs(chosen: argparse.Namespace) -> list[Run]:
    """Runs the tasks with Inspect.

    Raises:
        InterviewerError: A setting or labelled set is wrong, or a run did not finish; says how to
            go on with it.
    """
    # Before Inspect: whatever is wrong is then said in one line.
    engine = open_engine(chosen.engine, chosen.votes, chosen.spend_limit_tokens)
    from inspect_ai import eval as run_inspect

    options: dict[str, Any] = {"engine": engine.name, "half": chosen.half, "votes": chosen.votes}
    if chosen.spend_limit_tokens is not None:
        options["spend_limit_tokens"] = chosen.spend_limit_tokens
    logs = run_inspect(
        [f"{FILE}@{name}" for name in chosen.tasks],
        model=None,
        task_args=options,
        limit=chosen.limit,
        log_dir=str(chosen.log_dir),
        display="none",
    )
    for log in logs:
        print(f"{log.eval.task}: {log.location}")
    return [read_run(Path(log.location)) for log in logs]


def report(runs: Sequence[Run]) -> list[str]:
    """Prints the measures of every run; returns the floors they break, in words."""
    broken = []
    for run in runs:
        work = work_named(run.task)
        print(f"\n{run.task}: {len(run.records)} samples")
        for name, value in work.measures(run.records).items():
            print(f"  {name:<36} {value:.3f}")
        broken += work.broken_floors(run.records)
    return broken


def parsed(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="evals.tasks", description=__doc__)
    parser.add_argument(
        "tasks", nargs="*", help=f"some of {', '.join(WORKS)}; all if none is named"
    )
    parser.add_argument("--engine", choices=ENGINES, default="offline")
    parser.add_argument("--half", choices=HALVES, default="test")
    parser.add_argument("--votes", type=int, default=1, help="of the model assessor")
    parser.add_argument("--spend-limit-tokens", type=int, help="required with --engine model")
    parser.add_argument("--limit", type=int, help="samples of each task (with Inspect)")
    parser.add_argument("--log-dir", type=Path, default=Path("logs"), help="Inspect's logs")
    parser.add_argument("--plain", type=Path, metavar="FOLDER", help="without Inspect, into JSONL")
    chosen = parser.parse_args(arguments)
    chosen.tasks = chosen.tasks or list(WORKS)
    return chosen


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what is asked for; 1 if a floor breaks, 2 if the run cannot be made."""
    chosen = parsed(arguments)
    try:
        for name in chosen.tasks:
            work_named(name)
        runs = plain_runs(chosen) if chosen.plain else inspect_runs(chosen)
    except InterviewerError as error:
        print(f"evals.tasks: {error}", file=sys.stderr)
        return 2
    broken = report(runs)
    for line in broken:
        print(f"below the floor: {line}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
