"""A question made ready for matching: its points, red flags and graded examples, once each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from interviewer.domain.question import Example, Question
from interviewer.engines.offline.exemplars import (
    Contrast,
    Exemplar,
    contrasts,
    example_texts,
    prepare_examples,
)
from interviewer.engines.offline.features import (
    Evidence,
    Reference,
    prepare_flag,
    prepare_point,
    references_texts,
)
from interviewer.engines.offline.lexicon import Lexicon
from interviewer.engines.text import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from interviewer.engines.offline.attribution import Attributed
    from interviewer.engines.offline.said import SaidPoints, Sayings


class Embeds(Protocol):
    """Anything that maps texts to unit vectors, shape (n, dim)."""

    def embed(self, texts: list[str]) -> "NDArray[np.float32]":
        """Unit vectors of the texts."""
        ...


class Shown(NamedTuple):
    """What graded examples show of each point of a question.

    Attributes:
        contrasts: By point, the nearest sentences of examples that made it and that missed it.
        sentences: Vectors of all sentences of the examples, shape (n, dim).
        attributed: In the order of the points, which of these sentences make each.
        lexicon: Weighs words.
    """

    contrasts: Mapping[str, Contrast]
    sentences: "NDArray[np.float32]"
    attributed: "tuple[Attributed, ...]"
    lexicon: Lexicon


class Prepared(NamedTuple):
    """A question made ready for matching."""

    points: tuple[Reference, ...]
    flags: tuple[Reference, ...]
    exemplars: tuple[Exemplar, ...]
    shown: Shown | None
    """What all examples show, for an answer that repeats none of them; None without an embedder."""
    said: "SaidPoints | None" = None
    """What candidates say about the points, where lines of it ship."""


def rubric_texts(questions: Iterable[Question]) -> list[str]:
    """Every text of these questions that gets a vector."""
    texts: list[str] = []
    for question in questions:
        texts += [*references_texts(question), *example_texts(question.examples)]
    return texts


def prepare(
    question: Question,
    examples: Sequence[Example],
    lexicon: Lexicon,
    embedder: Embeds | None,
    sayings: "Sayings | None" = None,
) -> Prepared:
    """Prepares a question; without an embedder by words alone, and then without its examples."""
    if embedder is None:
        return Prepared(
            tuple(prepare_point(p, question, lexicon, None) for p in question.points),
            tuple(prepare_flag(f, question, lexicon, None) for f in question.red_flags),
            (),
            None,
        )
    texts = [*references_texts(question), *example_texts(examples)]
    by_text = dict(zip(texts, embedder.embed(texts), strict=True))

    def embed(wanted: list[str]) -> "NDArray[np.float32] | None":
        import numpy as np

        if not wanted:  # a candidate's own point may say nothing of what does not count
            return None
        return np.vstack([by_text[text] for text in wanted])

    points = tuple(prepare_point(p, question, lexicon, embed) for p in question.points)
    flags = tuple(prepare_flag(f, question, lexicon, embed) for f in question.red_flags)
    exemplars = prepare_examples(examples, embed)
    said = sayings.of(question) if sayings else None
    return Prepared(points, flags, exemplars, show(points, exemplars, lexicon), said)


def show(points: Sequence[Reference], exemplars: Sequence[Exemplar], lexicon: Lexicon) -> Shown:
    """What these examples show of the points of their question."""
    import numpy as np

    from interviewer.engines.offline.attribution import attribute

    nothing = np.zeros((0, np.asarray(points[0].positive).shape[1]), np.float32)
    sentences = np.vstack([nothing, *(exemplar.vectors for exemplar in exemplars)])
    attributed = attribute(points, exemplars, lexicon)
    return Shown(contrasts(points, exemplars), sentences, attributed, lexicon)


def with_said(
    evidence: list[Evidence],
    said: "SaidPoints | None",
    usable: Sequence[Span],
    vectors: "NDArray[np.float32] | None",
) -> list[Evidence]:
    """The evidence with what `SaidPoints` measures, where there is anything to measure."""
    if said is None or vectors is None or not usable:
        return evidence
    measured = said.measure(usable, vectors)
    return [
        replace(one, values=one.values | more) for one, more in zip(evidence, measured, strict=True)
    ]
