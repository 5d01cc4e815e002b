"""The offline grader on the shipped bank: who says it, and how, must not move a grade; tricks are
marked."""

import random
import re
from pathlib import Path

import pytest

from interviewer.bootstrap import Product
from interviewer.domain.assessment import Assessment, Hygiene
from interviewer.domain.grade import grade_question
from interviewer.domain.question import Quality, Question
from interviewer.settings import Settings

QUESTION = "drift-monitoring-audit"


@pytest.fixture(scope="module")
def bank(models_home: Path) -> Product:
    return Product(Settings(home=models_home, engine="offline"), None)


@pytest.fixture
def question(bank: Product) -> Question:
    return bank.catalog.question(QUESTION)


def read(bank: Product, question: Question, answer: str) -> Assessment:
    return bank.reader.read(question.as_asked, [answer])


def example(question: Question, quality: Quality) -> str:
    return next(e.answer for e in question.examples if e.quality is quality)


def kinds(found: Assessment) -> set[Hygiene]:
    return {flag.kind for flag in found.hygiene}


def test_an_answer_copied_from_the_bank_is_marked(bank: Product, question: Question) -> None:
    found = read(bank, question, example(question, Quality.STRONG))
    assert Hygiene.COPIED in kinds(found)
    assert found.may_be_gamed


def test_an_example_is_not_graded_by_comparison_with_itself(
    bank: Product, question: Question
) -> None:
    copied = bank.reader.evidence(question, [example(question, Quality.STRONG)])
    assert all(values["like_made"] < 0.9 for values in copied.values())


def test_an_answer_in_own_words_is_not_marked(bank: Product, question: Question) -> None:
    said = (
        "Each night we hold the scores against the approval sample, and every input as well. Our "
        "owner looks within five days at what crossed the line. She decides, model risk reads it, "
        "and it stays in the log with its date. I would show the auditor one alert from May."
    )
    assert not read(bank, question, said).may_be_gamed


@pytest.mark.parametrize(
    ("change", "to"),
    [
        (r"\b(?:the|an?)\s+", ""),
        (r"\b(I|we)'d\b", r"\1 would"),
        (r"\b(\w{3})(\w{3,})\b", "\\1\u200b\\2"),
    ],
    ids=["no articles", "contractions", "invisible characters"],
)
def test_the_way_of_speaking_moves_no_score(
    bank: Product, question: Question, change: str, to: str
) -> None:
    said = example(question, Quality.MIDDLING)
    changed = re.sub(change, to, said)
    assert changed != said
    one = grade_question(question, read(bank, question, said)).score
    two = grade_question(question, read(bank, question, changed)).score
    assert one is not None
    assert two == pytest.approx(one, abs=0.3)


def test_quotes_are_verbatim_where_letters_are_invisible(bank: Product, question: Question) -> None:
    said = example(question, Quality.MIDDLING)
    hidden = re.sub(r"\b(\w{3})(\w{3,})\b", "\\1\u200b\\2", said)
    quotes = [v.quote for v in read(bank, question, hidden).verdicts if v.quote]
    assert quotes
    assert all(hidden[q.start : q.end] == q.text for q in quotes)


def test_shuffled_words_are_marked(bank: Product, question: Question) -> None:
    words = example(question, Quality.STRONG).split()
    random.Random(1).shuffle(words)
    found = read(bank, question, " ".join(words))
    assert Hygiene.DISORDERED in kinds(found)
    assert found.may_be_gamed


def test_an_answer_that_denies_every_sentence_is_marked(bank: Product, question: Question) -> None:
    said = (
        "We do not compare the scores with anything. We would not set limits before the year. "
        "Nobody looks at an alert within five days. I would not keep the data of the night. "
        "The auditor does not get a folder. We never test the monitoring itself."
    )
    assert Hygiene.DENIED in kinds(read(bank, question, said))


def test_terms_in_the_same_frame_again_and_again_earn_nothing(
    bank: Product, question: Question
) -> None:
    terms = [group[0] for point in question.points for group in point.key_terms]
    woven = " ".join(
        f"And I would of course think about {one} and {two} too."
        for one, two in zip(terms[::2], terms[1::2], strict=False)
    )
    found = read(bank, question, woven)
    assert grade_question(question, found).overall == 1
    assert found.may_be_gamed


def test_a_red_flag_is_raised_by_a_plan_and_not_by_its_refusal(
    bank: Product, question: Question
) -> None:
    plan = (
        "January is for writing up the months for which there is no paper. We complete the missing "
        "templates before the audit, so that the sign-offs look complete for the auditor."
    )
    refusal = (
        "I would not write up the months for which there is no paper. Completing missing templates "
        "before the audit would be wrong, so I refuse and show the gap in the sign-offs as a gap."
    )
    assert "records-made-afterwards" in {f.id for f in read(bank, question, plan).red_flags}
    assert read(bank, question, refusal).red_flags == ()
