"""How many answers one core grades in a second: `python -m evals.speed`, in a process of its own.

Two virtual processors are often two threads of one core, where processor time counts double; so
the process is bound to one of them, and what it grades in a second is told.
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

FLOOR = 10.0
"""Answers of 250 words a second and core."""
WORDS = (200, 300)
PASSES = 3
_SENTENCE_END = re.compile(r"\w(?=[.!?;]?\s*(?:\n|$)|[.!?;]\s)")


class Speed(NamedTuple):
    """Medians over the passes.

    Attributes:
        answers: In each pass, one after another.
        words: Of an answer, on the mean.
        per_second: Questions read before, no sentence remembered.
        first: The same in the first pass, in which each question's points are read as well.
    """

    answers: int
    words: float
    per_second: float
    first: float


def measured() -> Speed:
    """The speed on one core, found by a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "evals.speed"], stdout=subprocess.PIPE, text=True, check=True
    )
    return Speed(**json.loads(done.stdout))


def long_answers() -> list[GradedAnswer]:
    """The labelled answers of about 250 words."""
    fewest, most = WORDS
    answers = load_answers(product().catalog)
    return [one for one in answers if fewest <= len(one.answer.split()) <= most]


def _measure() -> Speed:
    if hasattr(os, "sched_setaffinity"):
        # Before the network starts its threads, which inherit it.
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    answers = long_answers()
    # The network is loaded by the first sentence.
    product().reader.read(product().catalog.question(answers[0].question), ["I would ask first."])
    took = [_pass(answers, 1000 * number) for number in range(1, PASSES + 2)]
    return Speed(
        answers=len(answers),
        words=float(np.mean([len(one.answer.split()) for one in answers])),
        per_second=len(answers) / float(np.median(took[1:])),
        first=len(answers) / took[0],
    )


def _pass(answers: Sequence[GradedAnswer], base: int) -> float:
    """Seconds for all; every sentence and line ends with a number of this pass and answer."""
    reader, catalog = product().reader, product().catalog
    begun = time.perf_counter()
    for number, one in enumerate(answers):
        said = _SENTENCE_END.sub(rf"\g<0> {base + number}", one.answer)
        reader.read(catalog.question(one.question), [said])
    return time.perf_counter() - begun


if __name__ == "__main__":
    json.dump(_measure()._asdict(), sys.stdout)
