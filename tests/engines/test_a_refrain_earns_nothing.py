"""One sentence again and again with another term in it says nothing about any of them."""

from pathlib import Path

import pytest

from interviewer.bootstrap import Product
from interviewer.domain.assessment import Hygiene
from interviewer.domain.grade import grade_question
from interviewer.domain.question import Question
from interviewer.engines.offline.features import prepare_point
from interviewer.engines.offline.lexicon import Lexicon
from interviewer.engines.offline.refrain import refrains
from interviewer.engines.text import spans
from interviewer.settings import Settings
from tests.builders import a_point, a_question

TERMS = ("outcomes", "cohort", "owner", "ticket", "threshold")
FRAMES = (
    "Then there is {}, which matters a lot in banking.",
    "We talked about {} in many meetings.",
    "What about {}?",
)


def found_in(answer: str) -> list[str]:
    points = [a_point(term, key_terms=[[term]]) for term in TERMS]
    question = a_question("drift", points=points)
    references = [prepare_point(one, question, Lexicon([]), None) for one in question.points]
    return [span.text for span in refrains(references, spans([answer]))]


@pytest.mark.parametrize("frame", FRAMES)
def test_a_sentence_that_only_changes_its_term_is_a_refrain(frame: str) -> None:
    said = [frame.format(term) for term in TERMS]
    honest = "The owner opens a ticket when the limit breaks."
    assert found_in(f"{honest} {' '.join(said)}") == said


def test_two_refrains_in_turn_are_refrains() -> None:
    said = [FRAMES[number % 2].format(term) for number, term in enumerate(TERMS[:4])]
    assert found_in(" ".join(said)) == said


def test_three_in_a_row_are_rhetoric() -> None:
    assert found_in(" ".join(FRAMES[0].format(term) for term in TERMS[:3])) == []


def test_an_answer_pasted_twice_has_no_refrain() -> None:
    said = (
        "The owner opens a ticket on the day. Outcomes come by cohort after half a year. "
        "A threshold was fixed before. Each cohort is read against the one of a year ago."
    )
    assert found_in(f"{said}\n\n{said}") == []


def test_the_grade_is_that_of_what_else_was_said(models_home: Path) -> None:
    bank = Product(Settings(home=models_home, engine="offline"), None)
    question = bank.catalog.question("drift-monitoring-audit")
    weak = next(e.answer for e in question.examples if e.quality.value == "weak")
    terms = [group[0] for point in question.points for group in point.key_terms]
    padded = f"{weak} {' '.join(FRAMES[0].format(term) for term in terms)}"
    found = bank.reader.read(question.as_asked, [padded])
    assert Hygiene.STUFFING in [flag.kind for flag in found.hygiene]
    assert level(bank, question, padded) == level(bank, question, weak)


def level(bank: Product, question: Question, answer: str) -> int | None:
    return grade_question(question, bank.reader.read(question.as_asked, [answer])).overall
