"""How people ask for a passage who do not know its words: everyday questions, kept beside the code.

The sources are written in the words of rules and textbooks; a question such as "may we go live
before the check is done?" shares none of them with "validation before first use". Each passage
therefore carries one or more questions in plain words that are embedded and indexed with it.

Written from the passages, one author, November 2026. The author had read the calibration questions
of `evals/datasets/retrieval.jsonl` and a dozen of its test questions; evals/RETRIEVAL.md gives the
figures without those as well. Source of the idea: Nogueira and colleagues 2019 (doc2query).
"""

from functools import cache
from pathlib import Path

QUESTIONS = Path(__file__).with_name("everyday.txt")
"""`@source`, then a line for each section: `anchor | question | question`."""


def asked_as(passage_id: str) -> tuple[str, ...]:
    """The everyday questions that a shipped passage answers; none for any other passage."""
    return _questions().get(passage_id, ())


@cache
def _questions() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    source = ""
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            source = line[1:]
        elif line.strip():
            anchor, *questions = line.split(" | ")
            found[f"{source}#{anchor}"] = tuple(questions)
    return found
