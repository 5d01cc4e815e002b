"""Answers of a wanted length, each sentence said once, so that no cache helps.

They are put together from the labelled answers, so the words are a candidate's and meet the rubric
as answers do; what they add up to is of no interest here.
"""

import random
from collections import defaultdict

from evals.answers import load_answers
from interviewer.domain.catalog import Catalog
from interviewer.engines.text import spans


class Answers:
    """A source of answers; the same seed gives the same ones."""

    def __init__(self, catalog: Catalog, seed: int = 0) -> None:
        self._random = random.Random(seed)  # noqa: S311 (repeatable, not secret)
        self._said: dict[str, list[str]] = defaultdict(list)
        for graded in load_answers(catalog):
            self._said[graded.question] += [span.text for span in spans([graded.answer])]
        self._told = 0

    @property
    def questions(self) -> list[str]:
        """Ids of the questions there are answers to."""
        return sorted(self._said)

    def new(self, question: str, words: int, *, numbered: bool = True) -> str:
        """An answer of about so many words to a question.

        Args:
            question: Its id.
            words: Give or take a sentence.
            numbered: Each sentence gets a number of its own, so that it was never said before.
                Without, sentences are as they were said, and come back in later answers.
        """
        pool = self._said[question] or [text for said in self._said.values() for text in said]
        chosen: list[str] = []
        left = words
        while left > 0:
            for sentence in self._random.sample(pool, len(pool)):
                if left <= 0:
                    break
                told = self._numbered(sentence) if numbered else sentence
                chosen.append(told)
                left -= len(told.split())
        return " ".join(chosen)

    def _numbered(self, sentence: str) -> str:
        self._told += 1
        stem = sentence.rstrip(".!? ")
        return f"{stem}, as in case {self._told}."
