"""Strung terms: sentences that name a rubric's terms and say nothing about them.

A candidate who knows which words are looked for can weave them into sentences ("We should keep
validation and threshold in mind"). Honest sentences do hold two terms of one point side by side now
and then; hardly anybody says three such sentences that hold next to nothing else.
"""

from collections.abc import Sequence

from interviewer.engines.offline.features import Reference
from interviewer.engines.offline.lexicon import stem_line
from interviewer.engines.text import STOP_WORDS, Span, stem

LEAST_STRUNG = 3
"""Sentences from which an answer is one that strings terms. Of the bank's examples and the labelled
answers of the calibration half 0.7 % have so many; every woven answer of `evals/attacks.py` has."""
MOST_BESIDES = (3, 4)
"""Content words a sentence may hold besides the strung terms: to raise the suspicion, and to be left
out once it is raised."""
_LEAST_GROUPS = 2


def strung(references: Sequence[Reference], sentences: Sequence[Span]) -> list[Span]:
    """The sentences of one answer that string terms together, if they are many; else none.

    Args:
        references: The points of the question, prepared.
        sentences: In canonical wording.
    """
    besides = [_words_besides(references, stem_line(span.text).split()) for span in sentences]
    suspected = [n is not None and n <= MOST_BESIDES[0] for n in besides]
    if sum(suspected) < LEAST_STRUNG:
        return []
    return [
        span
        for span, n in zip(sentences, besides, strict=True)
        if n is not None and n <= MOST_BESIDES[1]
    ]


def _words_besides(references: Sequence[Reference], said: Sequence[str]) -> int | None:
    """The content words outside terms of one point strung together; None if none are."""
    line = f" {' '.join(said)} "
    found: int | None = None
    for reference in references:
        if sum(reference.groups.hits(line)) < _LEAST_GROUPS:
            continue
        for run in _runs(reference.groups.places(said), said):
            if len({group for _, _, group in run}) < _LEAST_GROUPS:
                continue
            inside = {i for start, end, _ in run for i in range(start, end)}
            rest = sum(w not in _STOP_STEMS for i, w in enumerate(said) if i not in inside)
            found = rest if found is None else min(found, rest)
    return found


def _runs(
    places: Sequence[tuple[int, int, int]], said: Sequence[str]
) -> list[list[tuple[int, int, int]]]:
    """Terms with nothing but stop words between them, together."""
    runs: list[list[tuple[int, int, int]]] = []
    end = -1
    for place in sorted(places):
        if runs and all(word in _STOP_STEMS for word in said[end : place[0]]):
            runs[-1].append(place)
        else:
            runs.append([place])
            end = -1
        end = max(end, place[1])
    return runs


_STOP_STEMS = frozenset(stem(word) for word in STOP_WORDS)
