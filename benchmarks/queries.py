"""What people look for: the questions of the retrieval set, or headings while there is none."""

import json
import random

from benchmarks.processes import REPOSITORY
from interviewer.knowledge.passages import Passage

_DATASET = REPOSITORY / "evals" / "datasets" / "retrieval.jsonl"


def queries(passages: list[Passage], count: int) -> tuple[list[str], str]:
    """Different queries, `count` of them if there are so many, and where they come from."""
    found = _from_dataset()
    origin = "the questions of the retrieval set"
    if not found:
        found = [f"{passage.section} {passage.title}" for passage in passages]
        origin = "headings of sections with the titles of their sources"
    distinct = list(dict.fromkeys(found))
    chosen = random.Random(0).sample(distinct, min(count, len(distinct)))  # noqa: S311 (repeatable)
    return chosen, origin


def _from_dataset() -> list[str]:
    if not _DATASET.exists():
        return []
    rows = [json.loads(line) for line in _DATASET.read_text(encoding="utf-8").splitlines() if line]
    return [str(row.get("query") or row["question"]) for row in rows]
