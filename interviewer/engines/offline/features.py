"""Features: what the offline assessor measures for each point of a rubric.

All are in [-1, 1], and none sees the answer's length or whether other points were made, so that a
long answer or a good impression earns nothing by itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from interviewer.domain.question import Question
from interviewer.domain.rubric import Point, RedFlag
from interviewer.engines.offline.canonical import canonical
from interviewer.engines.offline.lexicon import (
    Lexicon,
    TermGroups,
    recall,
    stem_line,
    stem_set,
)
from interviewer.engines.text import Span, content_stems, has_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from interviewer.engines.offline.prepared import Shown

    Vectors = NDArray[np.float32]

ATTRIBUTED = (
    "ex_near",  # nearest sentence to sentences of examples that make the point
    "ex_over_rest",  # how much nearer than to all their other sentences
    "ex_over_missed",  # how much nearer than to sentences of examples that missed it
    "ex_words",  # weighted share of words in common with the likest sentence that makes it
    "over_others",  # how much nearer a sentence is to the point than to any other point
    "over_most_of_others",  # the same with seven tenths of the nearness to the others
    "own_sentence",  # nearness of those sentences that are nearer to it than to any other point
    "share_of_sentence",  # the largest share of a sentence that is the point's
)
"""Those for which the points of a question compete, and which examples teach (`attribution`)."""
FEATURES = (
    "terms_whole",  # share of the term groups touched anywhere
    "terms_window",  # the same within two neighbouring sentences
    "terms_all",  # 1 if one window touches every group
    "recall_whole",  # idf recall of the best way of saying it, over the whole answer
    "cos_counts",  # nearest sentence to statement and ways of saying it
    "cos_ways",  # mean over the ways of saying it of the sentence nearest to each
    "cos_over_points",  # how much nearer than the other points come on average
    "cos_partly",  # nearest sentence to what earns a partly
    "cos_not",  # nearest sentence to what earns a no
    "cos_over_flag",  # how much nearer than to the question's red flags
    "like_missed",  # nearest sentence to examples that missed the point
    "like_made",  # how much nearer the answer is to examples that made it
    "has_missed",  # 1 if there is an example that missed it
    "number",  # the sentence states an amount
    "negated",  # it denies
    "hedged",  # it supposes
    *ATTRIBUTED,
)
LEXICAL = (
    "terms_whole",
    "terms_window",
    "terms_all",
    "recall_window",  # idf recall of the best way of saying it, in the best window
    "recall_whole",
    "number",
    "negated",
    "hedged",
)
"""Those that need no embeddings."""

NEGATED = re.compile(
    r"\b(?:not|never|no|don't|doesn't|didn't|isn't|aren't|won't|wouldn't|can't|cannot|without|nobody|"
    r"nothing|hardly|skip|avoid|unnecessary|needn't)\b",
    re.IGNORECASE,
)
HEDGED = re.compile(
    r"\b(?:would|could|might|maybe|probably|i\s+think|i\s+guess|sort\s+of|kind\s+of)\b",
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
        texts += [*_ways(point), *map(canonical, point.partly)]
        texts += map(canonical, point.does_not_count)
    for flag in question.red_flags:
        texts += _ways(flag)
    return texts


def prepare_point(point: Point, question: Question, lexicon: Lexicon, embed: Any) -> Reference:
    """Prepares a point; `embed` maps texts to unit vectors (n, 384), or is None."""
    asked = frozenset(content_stems(question.text))
    return Reference(
        id=point.id,
        groups=TermGroups(point.key_terms),
        wanted=tuple(lexicon.weigh(text, asked) for text in _ways(point)),
        positive=embed(_ways(point)) if embed else None,
        partly=embed([canonical(text) for text in point.partly]) if embed else None,
        negative=embed([canonical(text) for text in point.does_not_count]) if embed else None,
        texts=tuple(_ways(point)),
    )


def prepare_flag(flag: RedFlag, question: Question, lexicon: Lexicon, embed: Any) -> Reference:
    """Prepares a red flag like a point without partial credit."""
    asked = frozenset(content_stems(question.text))
    return Reference(
        id=flag.id,
        groups=TermGroups(flag.key_terms),
        wanted=tuple(lexicon.weigh(text, asked) for text in _ways(flag)),
        positive=embed(_ways(flag)) if embed else None,
        partly=None,
        negative=None,
        texts=tuple(_ways(flag)),
    )


def _ways(one: Point | RedFlag) -> list[str]:
    """The statement and the ways of saying it, in canonical wording."""
    return [canonical(text) for text in (one.statement, *one.counts)]


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


def measure(
    references: Sequence[Reference],
    sentences: Sequence[Span],
    vectors: "Vectors | None",
    flags: Sequence[Reference] = (),
    shown: "Shown | None" = None,
) -> list[Evidence]:
    """Measures every reference against the sentences.

    Args:
        references: The points of one question.
        sentences: Usable sentences, in order.
        vectors: Their unit vectors, shape (n_sentences, 384), or None without embeddings.
        flags: The question's red flags, for telling a point from its perversion.
        shown: What graded answers show; without it no points compete.
    """
    if not sentences:
        return [Evidence(dict.fromkeys((*FEATURES, *LEXICAL), 0.0), None) for _ in references]
    parts = windows(sentences)
    whole = " ".join(span.text for span in sentences)
    whole_line, whole_stems = stem_line(whole), stem_set(whole)
    found = []
    for reference in references:
        best, terms, near = _best_window(reference, parts)
        values = dict.fromkeys((*FEATURES, *LEXICAL), 0.0)
        values["terms_whole"] = reference.groups.share(whole_line)
        values["terms_window"] = terms
        values["terms_all"] = float(terms == 1.0)
        values["recall_window"] = near
        values["recall_whole"] = max(recall(wanted, whole_stems) for wanted in reference.wanted)
        found.append((values, best, best.first if terms or near else None))
    if vectors is not None:
        lines = [stem_line(span.text) for span in sentences]
        shares = [[one.groups.share(line) for line in lines] for one in references]
        cosines = _Cosines(references, flags, shown, vectors)
        for index, (values, best, _) in enumerate(found):
            values |= cosines.values(index)
            sentence = _quotable(shares[index], cosines.nearest[index], best)
            found[index] = (values, best, sentence)
        if shown is not None:
            from interviewer.engines.offline.attribution import compete

            stems = [stem_set(span.text) for span in sentences]
            rivals = compete(shown, cosines.nearest, shares, stems, vectors)
            for (values, _, _), competed in zip(found, rivals, strict=True):
                values |= competed
    return [_described(values, sentences, sentence) for values, _, sentence in found]


def _described(
    values: dict[str, float], sentences: Sequence[Span], sentence: int | None
) -> Evidence:
    text = sentences[sentence].text if sentence is not None else ""
    values["number"] = float(has_number(text))
    values["negated"] = float(bool(NEGATED.search(text)))
    values["hedged"] = float(bool(HEDGED.search(text)))
    return Evidence(values, sentence)


class _Cosines:
    """Nearness in meaning of one answer's sentences to everything a rubric holds."""

    def __init__(
        self,
        references: Sequence[Reference],
        flags: Sequence[Reference],
        shown: "Shown | None",
        vectors: "Vectors",
    ) -> None:
        import numpy as np

        self._references = references
        self._contrasts = shown.contrasts if shown else {}
        self._vectors = vectors
        ways = [np.asarray(reference.positive) @ vectors.T for reference in references]
        self._ways = [float(to_each.max(axis=1).mean()) for to_each in ways]
        self.nearest = np.vstack([to_each.max(axis=0) for to_each in ways])
        """Shape (n_references, n_sentences)."""
        self._mean = float(self.nearest.max(axis=1).mean())
        self._flags = np.zeros(len(vectors))
        if flags:
            self._flags = (np.vstack([np.asarray(f.positive) for f in flags]) @ vectors.T).max(
                axis=0
            )

    def values(self, index: int) -> dict[str, float]:
        """The features of one reference that come from vectors."""
        reference = self._references[index]
        near = self.nearest[index]
        top = int(near.argmax())
        contrast = self._contrasts.get(reference.id)
        made = self._to(contrast.made if contrast else None)
        missed = self._to(contrast.missed if contrast else None)
        return {
            "cos_counts": float(near[top]),
            "cos_ways": self._ways[index],
            "cos_over_points": float(near[top]) - self._mean,
            "cos_partly": self._to(reference.partly) or 0.0,
            "cos_not": self._to(reference.negative) or 0.0,
            "cos_over_flag": float(near[top] - self._flags[top]),
            "like_missed": missed or 0.0,
            "like_made": 0.0 if made is None or missed is None else made - missed,
            "has_missed": float(missed is not None),
        }

    def _to(self, others: "Vectors | None") -> float | None:
        return None if others is None else float((others @ self._vectors.T).max())


def _best_window(ref: Reference, parts: Sequence[Window]) -> tuple[Window, float, float]:
    scored = [
        (ref.groups.share(w.line), max(recall(wanted, w.stems) for wanted in ref.wanted), w)
        for w in parts
    ]
    # A single sentence wins over a pair that adds nothing.
    best = max(scored, key=lambda s: (s[0] + s[1], s[2].first == s[2].last))
    return best[2], max(s[0] for s in scored), max(s[1] for s in scored)


def _quotable(shares: Sequence[float], nearest: Any, best: Window) -> int:
    """The sentence to quote: close in meaning, and with the point's terms if any has them."""
    in_best = [0.1 if best.first <= i <= best.last else 0.0 for i in range(len(shares))]
    return max(range(len(shares)), key=lambda i: float(nearest[i]) + 0.4 * shares[i] + in_best[i])
