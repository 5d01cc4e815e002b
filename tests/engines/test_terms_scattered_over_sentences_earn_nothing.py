"""Terms of a rubric one to a sentence, each sentence built in its own way, say nothing about any of them."""

import json
from pathlib import Path

import pytest

from evals.fit_strung import FRAMES
from interviewer.bootstrap import Product
from interviewer.domain.assessment import Assessment
from interviewer.domain.grade import grade_question
from interviewer.domain.question import Quality, Question
from interviewer.settings import Settings

DRIFT = "drift-monitoring-audit"
NAMED = "sentences that name terms and say nothing about them were left out"


@pytest.fixture(scope="module")
def bank(models_home: Path) -> Product:
    return Product(Settings(home=models_home, engine="offline"), None)


@pytest.fixture(scope="module")
def drift(bank: Product) -> Question:
    return bank.catalog.question(DRIFT)


def example(question: Question, quality: Quality) -> str:
    return next(one.answer for one in question.examples if one.quality is quality)


def stuffing(question: Question, every: int = 1) -> str:
    frames = json.loads(FRAMES.read_text(encoding="utf-8"))["office"]
    terms = [group[0] for point in question.points for group in point.key_terms][::every]
    return " ".join(frame.format(terms=term) for frame, term in zip(frames, terms, strict=False))


def read(bank: Product, question: Question, *answers: str) -> Assessment:
    return bank.reader.read(question.as_asked, list(answers))


def level(bank: Product, question: Question, answer: str) -> int | None:
    return grade_question(question, read(bank, question, answer)).overall


def test_with_every_term_the_grade_is_that_of_what_else_was_said(
    bank: Product, drift: Question
) -> None:
    weak = example(drift, Quality.WEAK)
    padded = f"{weak} {stuffing(drift)}"
    flags = read(bank, drift, padded).hygiene
    assert NAMED in [flag.why for flag in flags]
    assert level(bank, drift, padded) == level(bank, drift, weak)


def test_with_half_of_the_terms_nothing_is_won_either(bank: Product, drift: Question) -> None:
    weak = example(drift, Quality.WEAK)
    assert level(bank, drift, f"{weak} {stuffing(drift, 2)}") == level(bank, drift, weak)


def test_what_is_said_beside_the_stuffing_counts(bank: Product, drift: Question) -> None:
    strong, weak = example(drift, Quality.STRONG), example(drift, Quality.WEAK)
    padded = f"{strong} {stuffing(drift)}"
    assert (level(bank, drift, padded) or 0) > (level(bank, drift, weak) or 0)


@pytest.mark.slow
def test_no_strong_or_good_example_scatters_terms(bank: Product) -> None:
    found = {
        question.id: flag.why
        for question in bank.catalog.questions.values()
        for one in question.examples
        if one.quality in (Quality.STRONG, Quality.GOOD)
        for flag in read(bank, question, one.answer).hygiene
        if flag.why == NAMED
    }
    assert found == {}
