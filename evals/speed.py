"""How many answers one core grades in a second: `python -m evals.speed`, in a process of its own.

Two virtual processors are often two threads of one core, where processor time counts double; so
the process is bound to one of them, and what it grades in a second is told.

Most of that is the network's time, which two machines may take one and two of. What the reader is
to blame for is told in times of embedding the same sentences once, measured in the same minute.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from evals.answers import GradedAnswer, load_answers
from evals.bank import product
from interviewer.bootstrap import local_model
from interviewer.engines.text import spans
from interviewer.errors import EvalError

FLOOR = 10.0
"""Answers of 250 words a second and core."""
MOST_TIMES = 1.5
"""Times of embedding the sentences that reading an answer may take, on any machine: the floor that a
continuous integration can hold (docs/adr/0006). It was 1.0 where 7.1 answers a second were read."""
WORDS = (200, 300)
PASSES = 3
_WORD = re.compile(r"[^\W\d_]+")


class Speed(NamedTuple):
    """Medians over the passes.

    Attributes:
        answers: In each pass, one after another.
        words: Of an answer, on the mean.
        per_second: Questions read before, no sentence remembered.
        first: The same in the first pass, in which each question's points are read as well.
        times: What reading takes, in times of embedding the answers' sentences once; from the
            passes that are counted.
    """

    answers: int
    words: float
    per_second: float
    first: float
    times: float


def measured(every: int = 1) -> Speed:
    """The speed on one core, found by a process of its own, from every `every`-th answer."""
    done = subprocess.run(  # noqa: S603 (this very module)
        [sys.executable, "-m", "evals.speed", str(every)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Speed(**json.loads(done.stdout))


def long_answers() -> list[GradedAnswer]:
    """The labelled answers of about 250 words."""
    fewest, most = WORDS
    answers = load_answers(product().catalog)
    return [one for one in answers if fewest <= len(one.answer.split()) <= most]


def _measure(every: int) -> Speed:
    if hasattr(os, "sched_setaffinity"):
        # Before the network starts its threads, which inherit it.
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    answers = long_answers()[::every]
    # The network is loaded by the first sentence.
    product().reader.read(product().catalog.question(answers[0].question), ["I would ask first."])
    took, embedded = [], []
    for number in range(1, PASSES + 2):
        said = [unseen(one.answer, number) for one in answers]
        took.append(_read(answers, said))
        embedded.append(_embed(said))
    times = [a / b for a, b in zip(took, embedded, strict=True)]
    return Speed(
        answers=len(answers),
        words=float(np.mean([len(one.answer.split()) for one in answers])),
        per_second=len(answers) / float(np.median(took[1:])),
        first=len(answers) / took[0],
        times=float(np.median(times[1:])),
    )


def unseen(answer: str, number: int) -> str:
    """The answer as nobody has read it: another letter of each sentence's longest word changes its case.

    The network reads the same word pieces, for it knows no case; a word more in every sentence would
    make a longer answer of it. Short words may be left out before it is read.
    """
    letters = list(answer)
    for span in spans([answer]):
        if words := list(_WORD.finditer(answer, span.start, span.end)):
            longest = max(words, key=lambda word: word.end() - word.start())
            at = longest.start() + number % len(longest[0])
            letters[at] = letters[at].swapcase()
    return "".join(letters)


def _read(answers: Sequence[GradedAnswer], said: Sequence[str]) -> float:
    """Seconds for all."""
    reader, catalog = product().reader, product().catalog
    begun = time.perf_counter()
    for one, text in zip(answers, said, strict=True):
        reader.read(catalog.question(one.question), [text])
    return time.perf_counter() - begun


def _embed(said: Sequence[str]) -> float:
    """Seconds of the network alone for the sentences of all, answer by answer."""
    model = local_model(product().settings)
    if model is None:
        raise EvalError("the embedding model is not installed: there is nothing to compare with")
    model.embed(["The network is loaded first."])
    sentences = [[span.text for span in spans([text])] for text in said]
    begun = time.perf_counter()
    for some in sentences:
        model.embed(some)
    return time.perf_counter() - begun


if __name__ == "__main__":
    json.dump(_measure(int(sys.argv[1]) if sys.argv[1:] else 1)._asdict(), sys.stdout)
