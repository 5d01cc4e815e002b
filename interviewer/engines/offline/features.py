"""Features: what the offline assessor measures for each point of a rubric.

All are in [0, 1] or close to it, and none sees the answer's length or the other points' result, so
that a long answer or a good impression earns nothing by itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from interviewer.domain.question import Question
from interviewer.domain.rubric import Point, RedFlag
from interviewer.engines.offline.lexicon import Lexicon, TermGroups, recall, stem_line
from interviewer.engines.text import Span, content_stems, has_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

FEATURES = (
    "terms_whole",  # share of the term groups touched anywhere
    "terms_window",  # the same within two neighbouring sentences
    "terms_all",  # 1 if one window touches every group
    "recall_window",  # idf recall of the best way of saying it, in the best window
    "recall_whole",  # the same over the whole answer
    "cos_counts",  # nearest sentence to statement and ways of saying it
    "cos_second",  # the second nearest
    "cos_over_partly",  # how much nearer than to what earns a partly
    "cos_over_not",  # how much nearer than to what earns a no
    "cos_over_flag",  # how much nearer than to the question's red flags
    "routed",  # 1 if a nearest sentence is nearer to this point than to any other
    "number",  # the best window states an amount
    "negated",  # the best window denies or hedges
)
LEXICAL = (
    "terms_whole",
    "terms_window",
    "terms_all",
    "recall_window",
    "recall_whole",
    "number",
    "negated",
)
"""Those that need no embeddings."""

NEGATED = re.compile(
    r"\b(?:not|never|no|don't|doesn't|didn't|isn't|aren't|won't|wouldn't|can't|cannot|without|nobody|"
    r"nothing|hardly|skip|avoid|unnecessary|needn't)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reference:
    """A point (or red flag) prepared for matching, once per question."""

    id: str
    groups: TermGroups
    wanted: tuple[dict[str, float], ...]
    positive: "Vectors | None"
    partly: "Vectors | None"
    negative: "Vectors | None"
    texts: tuple[str, ...]
    """What `positive` are the vectors of."""


@dataclass(frozen=True)
class Window:
    """One sentence or two neighbouring ones."""

    first: int
    last: int
    line: str
    stems: frozenset[str]


@dataclass(frozen=True)
class Evidence:
    """What was measured for one point, and where."""

    values: dict[str, float]
    sentence: int | None
    """Index of the sentence that speaks to the point most."""


def references_texts(question: Question) -> list[str]:
    """Every rubric text that needs a vector, for warming the cache."""
    texts: list[str] = []
    for point in question.points:
        texts += [point.statement, *point.counts, *point.partly, *point.does_not_count]
    for flag in question.red_flags:
        texts += [flag.statement, *flag.counts]
    return texts


def prepare_point(point: Point, question: Question, lexicon: Lexicon, embed: Any) -> Reference:
    """Prepares a point; `embed` maps texts to unit vectors (n, 384), or is None."""
    asked = frozenset(content_stems(question.text))
    return Reference(
        id=point.id,
        groups=TermGroups(point.key_terms),
        wanted=tuple(lexicon.weigh(text, asked) for text in (point.statement, *point.counts)),
        positive=embed([point.statement, *point.counts]) if embed else None,
        partly=embed(list(point.partly)) if embed else None,
        negative=embed(list(point.does_not_count)) if embed else None,
        texts=(point.statement, *point.counts),
    )


def prepare_flag(flag: RedFlag, question: Question, lexicon: Lexicon, embed: Any) -> Reference:
    """Prepares a red flag like a point without partial credit."""
    asked = frozenset(content_stems(question.text))
    return Reference(
        id=flag.id,
        groups=TermGroups(flag.key_terms),
        wanted=tuple(lexicon.weigh(text, asked) for text in (flag.statement, *flag.counts)),
        positive=embed([flag.statement, *flag.counts]) if embed else None,
        partly=None,
        negative=None,
        texts=(flag.statement, *flag.counts),
    )


def windows(sentences: Sequence[Span]) -> list[Window]:
    """Every sentence, and every two neighbours within one answer."""
    made = []
    for i, span in enumerate(sentences):
        made.append(_window(i, i, span.text))
        if i + 1 < len(sentences) and sentences[i + 1].answer == span.answer:
            made.append(_window(i, i + 1, f"{span.text} {sentences[i + 1].text}"))
    return made


def _window(first: int, last: int, text: str) -> Window:
    return Window(first, last, stem_line(text), stem_set(text))


@lru_cache(maxsize=4_000)
def stem_set(text: str) -> frozenset[str]:
    """The different content stems of a text."""
    return frozenset(content_stems(text))


def measure(
    references: Sequence[Reference],
    sentences: Sequence[Span],
    vectors: "Vectors | None",
    flags: Sequence[Reference] = (),
) -> list[Evidence]:
    """Measures every reference against the sentences.

    Args:
        references: The points of one question.
        sentences: Usable sentences, in order.
        vectors: Their unit vectors, shape (n_sentences, 384), or None without embeddings.
        flags: The question's red flags, for telling a point from its perversion.
    """
    if not sentences:
        return [Evidence(dict.fromkeys(FEATURES, 0.0), None) for _ in references]
    parts = windows(sentences)
    whole = " ".join(span.text for span in sentences)
    whole_line, whole_stems = stem_line(whole), stem_set(whole)
    similarity = _similarities(references, flags, vectors)
    return [
        _evidence(ref, parts, whole_line, whole_stems, sentences, similarity, index)
        for index, ref in enumerate(references)
    ]


@dataclass(frozen=True)
class _Similarity:
    positive: Any  # (n_references, n_sentences): nearest way of saying it
    partly: Any
    negative: Any
    flags: Any  # (n_sentences,): nearest red flag


def _similarities(
    references: Sequence[Reference], flags: Sequence[Reference], vectors: "Vectors | None"
) -> _Similarity | None:
    if vectors is None:
        return None
    import numpy as np

    def nearest(refs: Sequence[Reference], side: str) -> Any:
        rows = []
        for ref in refs:
            matrix = getattr(ref, side)
            rows.append(
                np.zeros(len(vectors)) if matrix is None else (matrix @ vectors.T).max(axis=0)
            )
        return np.vstack(rows)

    return _Similarity(
        nearest(references, "positive"),
        nearest(references, "partly"),
        nearest(references, "negative"),
        nearest(flags, "positive").max(axis=0) if flags else np.zeros(len(vectors)),
    )


def _evidence(
    ref: Reference,
    parts: Sequence[Window],
    whole_line: str,
    whole_stems: frozenset[str],
    sentences: Sequence[Span],
    similarity: _Similarity | None,
    index: int,
) -> Evidence:
    best, best_terms, best_recall = _best_window(ref, parts)
    values = dict.fromkeys(FEATURES, 0.0)
    values["terms_whole"] = ref.groups.share(whole_line)
    values["terms_window"] = best_terms
    values["terms_all"] = float(best_terms == 1.0)
    values["recall_window"] = best_recall
    values["recall_whole"] = max(recall(wanted, whole_stems) for wanted in ref.wanted)
    sentence = best.first if best_terms or best_recall else None
    if similarity is not None:
        nearest = similarity.positive[index]
        order = nearest.argsort()[::-1]
        top = int(order[0])
        values["cos_counts"] = float(nearest[top])
        values["cos_second"] = float(nearest[order[1]]) if len(order) > 1 else 0.0
        values["cos_over_partly"] = float(nearest[top] - similarity.partly[index][top])
        values["cos_over_not"] = float(nearest[top] - similarity.negative[index][top])
        values["cos_over_flag"] = float(nearest[top] - similarity.flags[top])
        values["routed"] = float(
            any(int(similarity.positive[:, int(s)].argmax()) == index for s in order[:2])
        )
        sentence = _quotable(ref, sentences, nearest, best)
    text = sentences[sentence].text if sentence is not None else ""
    values["number"] = float(has_number(text))
    values["negated"] = float(bool(NEGATED.search(text)))
    return Evidence(values, sentence)


def _best_window(ref: Reference, parts: Sequence[Window]) -> tuple[Window, float, float]:
    scored = [
        (ref.groups.share(w.line), max(recall(wanted, w.stems) for wanted in ref.wanted), w)
        for w in parts
    ]
    # A single sentence wins over a pair that adds nothing.
    best = max(scored, key=lambda s: (s[0] + s[1], s[2].first == s[2].last))
    return best[2], max(s[0] for s in scored), max(s[1] for s in scored)


def _quotable(ref: Reference, sentences: Sequence[Span], nearest: Any, best: Window) -> int:
    """The sentence to quote: close in meaning, and with the point's terms if any has them."""
    shares = [ref.groups.share(stem_line(span.text)) for span in sentences]
    in_best = [0.1 if best.first <= i <= best.last else 0.0 for i in range(len(sentences))]
    return max(
        range(len(sentences)), key=lambda i: float(nearest[i]) + 0.4 * shares[i] + in_best[i]
    )
