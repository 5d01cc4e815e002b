"""Exemplars: graded answers that ship with a question, as contrast for what a candidate says.

Graded answers of the same question are the cheapest accuracy there is (docs/grading.md): sentences
that made a point show it in words its author did not think of, and sentences of answers that
missed it show what only sounds like it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from interviewer.domain.question import Example
from interviewer.domain.verdict import Met
from interviewer.engines.offline.canonical import reworded, seen
from interviewer.engines.offline.lexicon import stem_line
from interviewer.engines.text import Span, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from interviewer.engines.offline.features import Reference

    Vectors = NDArray[np.float32]

NEAREST = 2
"""Sentences of an example that stand for how it speaks to a point."""
_COPIED_SHARE = 0.5
_COPIED_WORDS = 5


@dataclass(frozen=True)
class Exemplar:
    """One graded example answer."""

    lines: frozenset[str]
    texts: tuple[str, ...]
    vectors: "Vectors"
    verdicts: Mapping[str, Met]


@dataclass(frozen=True)
class Contrast:
    """Sentences of examples nearest to one point: of those that made it, of those that did not."""

    made: "Vectors | None"
    missed: "Vectors | None"


def example_texts(examples: Sequence[Example]) -> list[str]:
    """Every sentence of the examples, for warming the cache."""
    return [text for example in examples for text in _sentences(example)]


def prepare_examples(examples: Sequence[Example], embed: Any) -> tuple[Exemplar, ...]:
    """Prepares a question's examples; `embed` maps texts to unit vectors."""
    prepared = []
    for example in examples:
        sentences = _sentences(example)
        prepared.append(
            Exemplar(
                lines=frozenset(_lines(sentences)),
                texts=tuple(sentences),
                vectors=embed(sentences),
                verdicts=example.verdicts,
            )
        )
    return tuple(prepared)


def split_copied(
    exemplars: Sequence[Exemplar], sentences: Sequence[Span]
) -> tuple[tuple[Exemplar, ...], bool]:
    """The exemplars that the answer does not repeat, and whether it repeats one.

    An answer repeats an example if half of its sentences stand there word for word. It must not be
    compared with itself.
    """
    said = _lines([span.text for span in sentences])
    if not said:
        return tuple(exemplars), False
    kept = tuple(
        exemplar
        for exemplar in exemplars
        if sum(line in exemplar.lines for line in said) < _COPIED_SHARE * len(said)
    )
    return kept, len(kept) < len(exemplars)


def contrasts(
    references: "Sequence[Reference]", exemplars: Sequence[Exemplar]
) -> dict[str, Contrast]:
    """For each point, what examples that made it and examples that missed it say nearest to it."""
    import numpy as np

    found = {}
    for reference in references:
        sides: dict[Met, list[Vectors]] = {Met.YES: [], Met.NO: []}
        for exemplar in exemplars:
            met = exemplar.verdicts.get(reference.id)
            if met not in sides or reference.positive is None or not len(exemplar.vectors):
                continue
            nearness = (reference.positive @ exemplar.vectors.T).max(axis=0)
            sides[met].append(exemplar.vectors[np.argsort(-nearness, kind="stable")[:NEAREST]])
        made, missed = (np.vstack(rows) if rows else None for rows in sides.values())
        found[reference.id] = Contrast(made, missed)
    return found


def _sentences(example: Example) -> list[str]:
    return [span.text for span in reworded(seen([example.answer]))]


def _lines(sentences: Sequence[str]) -> list[str]:
    return [stem_line(text) for text in sentences if len(words(text)) >= _COPIED_WORDS]
