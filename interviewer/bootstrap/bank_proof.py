"""What only the engines can say of the bank: questions that are alike, and examples out of order."""

import asyncio
from collections.abc import Callable
from itertools import combinations
from statistics import fmean
from typing import NamedTuple

from interviewer.bootstrap.product import Product
from interviewer.domain.question import Quality, Question

MOST_ALIKE = 0.85
"""Cosine above which two questions ask the same thing. Source: the project's own convention."""
IN_ORDER = (Quality.STRONG, Quality.MIDDLING, Quality.WEAK)
"""From best to worst. Every question of the bank has an example of each."""


class Alike(NamedTuple):
    """Two questions and how near they are, in [-1, 1]."""

    one: str
    other: str
    cosine: float


class Misfit(NamedTuple):
    """A question whose examples the offline engine does not put in order: mean score by quality."""

    question: str
    scores: dict[Quality, float]


def alike_questions(product: Product) -> list[Alike] | None:
    """Pairs of questions above `MOST_ALIKE`, nearest first; None without an embedding model."""
    embedder = product.embedders.rubrics
    if embedder is None:
        return None
    questions = list(product.catalog.questions.values())
    vectors = embedder.embed([question.text for question in questions])
    cosines = vectors @ vectors.T
    found = [
        Alike(questions[i].id, questions[j].id, float(cosines[i, j]))
        for i, j in combinations(range(len(questions)), 2)
        if cosines[i, j] > MOST_ALIKE
    ]
    return sorted(found, key=lambda pair: -pair.cosine)


async def misfits(
    product: Product, progress: Callable[[int, int], None] = lambda _done, _of: None
) -> list[Misfit]:
    """Questions where strong, middling and weak examples do not come out in that order.

    Each example is graded by a fit that has not seen its question, and is not compared with itself.
    A misfit is a fact about the engine or the example; it is listed and nothing is reworded for it.
    """
    found = []
    questions = list(product.catalog.questions.values())
    for number, question in enumerate(questions, start=1):
        scores = await _scores(product, question)
        ordered = [scores[quality] for quality in IN_ORDER if quality in scores]
        if sorted(set(ordered), reverse=True) != ordered:
            found.append(Misfit(question.id, scores))
        progress(number, len(questions))
    return found


async def _scores(product: Product, question: Question) -> dict[Quality, float]:
    scores: dict[Quality, list[float]] = {}
    for example in question.examples:
        if example.quality in IN_ORDER:
            graded = await product.critic.critique(question.id, example.answer)
            scores.setdefault(example.quality, []).append(graded.score or 1.0)
            await asyncio.sleep(0)
    return {quality: round(fmean(values), 2) for quality, values in scores.items()}
