"""Critique of a whole file: answers a second, memory as the file grows, and how busy the model is."""

import json
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import machine
from benchmarks.answers import Answers
from benchmarks.figures import Figure, Section, at_least, total_of
from benchmarks.homes import scratch, warm_home
from benchmarks.processes import descendants, ran
from benchmarks.scripted import Request, scripted_server
from interviewer.bootstrap import catalog

WORDS = 250
ANSWERS = 2_000
PER_SECOND = 20.0
SIZES = (1_000, 50_000)
GROWTH = 1.1
CALLS, CALL_ROWS, LATENCY_S = 8, 240, 1.0
BUSY = 0.9
_POLL_S = 0.2
_SHORT = "Nothing comes to mind."


def run() -> Section:
    """Measures `interviewer critique FILE --out FILE`, a process of its own each time."""
    home, work = warm_home(), scratch("bulk")
    rate = _rate(home, work)
    peaks = [_peak(home, work, size) for size in SIZES]
    return Section(
        "Critique of a whole file",
        (
            rate,
            *(
                total_of(f"most memory, {size:,} rows", peak, "MB", "all processes together")
                for size, peak in zip(SIZES, peaks, strict=True)
            ),
            total_of(
                "of it, largest file against smallest", peaks[-1] / peaks[0], "times", "", GROWTH
            ),
            _busy(home, work),
        ),
        (
            f"Answers of about {WORDS} words, every sentence new, from the start of the command to its "
            "end, so the start of its processes counts. Memory is the greatest sum of resident memory "
            f"of the command and its processes, seen every {_POLL_S:.1f} s, with answers of one line "
            "to make long files quick. Busy is the time in which calls were open, of the time they "
            f"could have been: {CALLS} at once, each answered after {LATENCY_S * 1000:.0f} ms, from the "
            f"first call's begin to the last one's. {CALLS} is the usual number. One process reads, asks and "
            "checks some twenty answers a second, so that more calls, or quicker ones, are not kept busy "
            "(16 of 500 ms: 64 %, seen once).",
        ),
    )


def _rate(home: Path, work: Path) -> Figure:
    answers = Answers(catalog())
    asked = answers.questions
    texts = (
        (asked[n % len(asked)], answers.new(asked[n % len(asked)], WORDS)) for n in range(ANSWERS)
    )
    source = _written(work / "rate.jsonl", texts)
    taken = _critique(home, work, source)
    return at_least(
        "answers graded, offline", ANSWERS / taken, "answers/s", "whole run", PER_SECOND
    )


def _peak(home: Path, work: Path, rows: int) -> float:
    asked = sorted(catalog().questions)
    texts = ((asked[n % len(asked)], f"{_SHORT} {n}") for n in range(rows))
    source = _written(work / f"{rows}.jsonl", texts)
    with _watched() as seen:
        _critique(home, work, source)
    return max(seen)


@contextmanager
def _watched() -> Iterator[list[float]]:
    """Memory of this process's children and theirs, in MB, while the block runs."""
    seen, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(_POLL_S):
            seen.append(machine.together_mb(descendants()))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def _busy(home: Path, work: Path) -> Figure:
    answers = Answers(catalog())
    question = answers.questions[0]
    texts = [(question, answers.new(question, WORDS)) for _ in range(CALL_ROWS)]
    source = _written(work / "calls.jsonl", texts)
    with scripted_server() as model:
        model.begin(LATENCY_S, None)
        _critique(
            home,
            work,
            source,
            *("--calls", str(CALLS), "--spend-limit-tokens", "100000000"),
            model=model.base_url,
        )
        share = _share_open(model.idle())
    return at_least(
        "time in which the model's calls were open",
        100 * share,
        "%",
        f"{CALL_ROWS} calls",
        100 * BUSY,
    )


def _share_open(requests: list[Request]) -> float:
    """Of the places for calls, how many were taken while there was work for all of them."""
    begins = [request["started_at"] for request in requests]
    first, last = min(begins), max(begins)
    open_s = sum(min(request["finished_at"], last) - request["started_at"] for request in requests)
    return float(open_s / (CALLS * (last - first)))


def _critique(home: Path, work: Path, source: Path, *options: str, model: str = "") -> float:
    """Seconds of one whole run, offline or with the model at an address."""
    extra = {"OPENAI_BASE_URL": model, "OPENAI_API_KEY": "none"} if model else {}
    out = source.with_suffix(".graded.jsonl")
    out.unlink(missing_ok=True)
    begun = time.perf_counter()
    ran(["critique", str(source), "--out", str(out), *options], home, within=work, extra=extra)
    taken = time.perf_counter() - begun
    with source.open() as rows, out.open() as graded:
        if sum(1 for _ in rows) != sum(1 for _ in graded):
            raise RuntimeError(f"{out.name} has another number of rows than {source.name}")
    return taken


def _written(file: Path, texts: Iterable[tuple[str, str]]) -> Path:
    with file.open("w", encoding="utf-8") as out:
        for number, (question, text) in enumerate(texts):
            row = {"id": f"r{number}", "question": question, "answer": text}
            out.write(json.dumps(row) + "\n")
    return file
