"""Whether old text and what replaced it stand where a question wants them.

`datasets/old_and_new.txt` holds questions that name, date or describe text that was replaced. About
the past the old text should lead, with what replaced it among the first five passages; about the
present, what replaced it should be among the first three.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from evals.answers import DATASETS
from evals.rankers import Ranker
from interviewer.bootstrap import Product
from interviewer.errors import EvalError

FILE = DATASETS / "old_and_new.txt"
PARTS = ("looked at while the rules were made", "written afterwards")
"""Of the file, in its order."""


class OldOrNew(NamedTuple):
    """One question: whether it is about the past, the source it wants, and its part of the file."""

    past: bool
    source: str
    query: str
    part: int


class Standing(NamedTuple):
    """How many questions got what they want, each of how many."""

    past: int
    of_past: int
    successor: int
    of_successor: int
    present: int
    of_present: int


def load(known: set[str], file: Path = FILE) -> list[OldOrNew]:
    """The questions of the file; a comment after a question begins its second part.

    Args:
        known: Ids of the sources.
        file: Lines `past | source | question` or `present | source | question`.

    Raises:
        EvalError: A line is malformed or names no source; says which.
    """
    found: list[OldOrNew] = []
    part = 0
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#"):
            part = 1 if found else 0
            continue
        about, _, rest = line.partition(" | ")
        source, _, query = rest.partition(" | ")
        if about not in {"past", "present"} or source not in known or not query:
            raise EvalError(f"{file.name}:{number}: is no `past|present | source | question`")
        found.append(OldOrNew(about == "past", source, query, part))
    return found


def standing(ranker: Ranker, questions: Sequence[OldOrNew], made: Product) -> Standing:
    """How a way of searching meets some of them."""
    replaced_by = made.index.snapshot().replaced_by
    past = successor = replaced = present = 0
    for one in questions:
        sources = [passage.partition("#")[0] for passage in ranker(one.query)[0]]
        if not one.past:
            present += one.source in sources[:3]
            continue
        past += sources[:1] == [one.source]
        if one.source in replaced_by:
            replaced += 1
            successor += replaced_by[one.source] in sources[:5]
    about_past = sum(one.past for one in questions)
    return Standing(past, about_past, successor, replaced, present, len(questions) - about_past)


def in_words(found: Standing) -> str:
    """The counts in a sentence."""
    return (
        f"the old text leads in {found.past} of {found.of_past} about the past, what replaced it is "
        f"among the first five in {found.successor} of {found.of_successor}, and among the first "
        f"three in {found.present} of {found.of_present} about the present"
    )
