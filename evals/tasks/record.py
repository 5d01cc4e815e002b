"""What goes into a run and what comes out of it: cases, records, and floors on their measures."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import Field

from evals.answers import is_test
from evals.faults import first_fault
from interviewer.domain.value import Value
from interviewer.errors import EvalError

HALVES = ("test", "calibration", "all")

Facts = dict[str, Any]
"""What one case came to; JSON, without NaN."""


class Case(Value):
    """One sample of a piece of work."""

    id: str
    group: str = Field(description="Cases of one group are not independent: the question's id.")
    input: str = Field(description="What a reader of the log sees first.")
    target: str = ""
    data: Facts = Field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Changes with anything the case holds, so that two runs can be told to have had the same."""
        text = json.dumps([self.input, self.target, self.data], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


class Record(Value):
    """What a run found for one case; a line of the plain log, and metadata of Inspect's."""

    task: str
    id: str
    group: str
    digest: str
    facts: Facts


class Run(NamedTuple):
    """The records of one run of one task."""

    name: str
    task: str
    records: tuple[Record, ...]


class Floor(NamedTuple):
    """A bound that a measure must keep. Without a measured value it is broken."""

    measure: str
    bound: float
    most: bool = False
    """Whether the bound is the most allowed rather than the least."""

    def broken_by(self, measured: dict[str, float]) -> str | None:
        """In words how the bound is broken, or None if it is kept."""
        value = measured.get(self.measure, float("nan"))
        # Written so that NaN is broken.
        if (value <= self.bound) if self.most else (value >= self.bound):
            return None
        return f"{self.measure}: {value:.3f}, {'at most' if self.most else 'floor'} {self.bound:g}"


def in_half(question_id: str, half: str) -> bool:
    """Whether a question belongs to the half asked for.

    Raises:
        EvalError: There is no such half.
    """
    if half not in HALVES:
        raise EvalError(f"there is no half {half!r}: use one of {', '.join(HALVES)}")
    return half == "all" or is_test(question_id) is (half == "test")


def write_records(records: Iterable[Record], file: Path) -> None:
    """Writes a plain log: JSONL, one record a line."""
    lines = (json.dumps(record.model_dump(), ensure_ascii=False) + "\n" for record in records)
    file.write_text("".join(lines), encoding="utf-8")


def as_run(name: str, records: Sequence[Record]) -> Run:
    """The records as one run.

    Raises:
        EvalError: There are none, they are of several tasks, or an id is used twice.
    """
    tasks = sorted({record.task for record in records})
    if len(tasks) != 1:
        raise EvalError(f"{name}: holds {tasks or 'no records'}; it must be a run of one task")
    ids = [record.id for record in records]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise EvalError(f"{name}: the sample {twice[0]!r} occurs twice; run with one epoch")
    return Run(name, tasks[0], tuple(records))


def read_run(file: Path) -> Run:
    """Reads a plain log (.jsonl) or one of Inspect's (.eval, .json).

    Raises:
        EvalError: The file is missing, no log of this suite, or of a run that did not finish.
    """
    if not file.is_file():
        raise EvalError(f"{file}: there is no such file")
    if file.suffix in (".eval", ".json"):
        return as_run(file.name, list(_of_inspect(file)))
    records = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            records.append(Record.model_validate_json(line))
        except ValueError as error:
            raise EvalError(
                f"{file.name}:{number}: is no record of a run: {first_fault(error)}"
            ) from None
    return as_run(file.name, records)


def _of_inspect(file: Path) -> Iterable[Record]:
    try:
        from inspect_ai.log import read_eval_log
    except ImportError:
        raise EvalError(
            f"{file.name}: Inspect's logs need the dependency group `evals`: "
            "uv sync --inexact --group evals"
        ) from None
    log: Any = read_eval_log(str(file))
    samples = log.samples or []
    planned = log.eval.dataset.samples
    if log.status != "success" or any(sample.error for sample in samples):
        done = sum(1 for sample in samples if sample.scores)
        raise EvalError(
            f"{file.name}: the run did not finish ({log.status}, {done} of {planned} samples); "
            f"go on with `inspect eval-retry {file}`"
        )
    for sample in samples:
        for score in (sample.scores or {}).values():
            if "record" in (score.metadata or {}):
                yield Record.model_validate(score.metadata["record"])
