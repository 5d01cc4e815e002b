"""Answers to other questions and strung-together terms are no evidence, and honest answers lose nothing."""

from pathlib import Path

import pytest

from interviewer.bootstrap import Product
from interviewer.domain.assessment import Hygiene
from interviewer.domain.question import Quality, Question
from interviewer.domain.verdict import Met
from interviewer.engines.offline.belonging import Belonging
from interviewer.engines.offline.canonical import reworded, seen
from interviewer.engines.offline.features import prepare_point
from interviewer.engines.offline.lexicon import Lexicon, TermGroups
from interviewer.engines.offline.strung import LEAST_STRUNG, strung
from interviewer.engines.text import Span, spans
from interviewer.settings import Settings
from tests.builders import a_question

DRIFT, OTHER = "drift-monitoring-audit", "build-or-buy-trade-documents"


@pytest.fixture(scope="module")
def bank(models_home: Path) -> Product:
    return Product(Settings(home=models_home, engine="offline"), None)


@pytest.fixture(scope="module")
def belonging(bank: Product) -> Belonging:
    return Belonging(bank.catalog.questions.values())


def example(question: Question, quality: Quality = Quality.STRONG) -> str:
    return next(e.answer for e in question.examples if e.quality is quality)


def astray(belonging: Belonging, question: str, answer: str) -> str:
    return " ".join(s.text for s in belonging.astray(question, reworded(seen([answer]))))


def test_an_answer_to_another_question_of_the_bank_belongs_there(
    bank: Product, belonging: Belonging
) -> None:
    said = example(bank.catalog.question(OTHER))
    assert astray(belonging, OTHER, said) == ""
    assert len(astray(belonging, DRIFT, said).split()) > 0.8 * len(said.split())


def test_an_answer_to_another_question_behind_one_s_own_is_cut_off(
    bank: Product, belonging: Belonging
) -> None:
    own, other = (example(bank.catalog.question(i)) for i in (DRIFT, OTHER))
    found = astray(belonging, DRIFT, f"{own}\n\n{other}")
    kept = [s.text for s in reworded(seen([own])) if s.text not in found]
    assert len(kept) >= 0.8 * len(seen([own]))
    assert sum(s.text in found for s in reworded(seen([other]))) >= 0.8 * len(seen([other]))


def test_hardly_any_strong_or_middling_example_is_taken_for_one_of_another_question(
    bank: Product, belonging: Belonging
) -> None:
    examples = [
        (question.id, one.answer)
        for question in bank.catalog.questions.values()
        for one in question.examples
        if one.quality in (Quality.STRONG, Quality.GOOD, Quality.MIDDLING)
    ]
    lost = [question for question, said in examples if astray(belonging, question, said)]
    assert len(lost) <= 0.03 * len(examples)


@pytest.mark.parametrize("question", [DRIFT, "a-question-of-nobody-s"])
def test_of_a_few_words_or_an_unknown_question_nothing_is_said(
    belonging: Belonging, question: str
) -> None:
    said = "We would rent the reading of the bills and write the comparing rules ourselves."
    assert astray(belonging, question, said if question == DRIFT else said * 9) == ""


def test_a_bank_of_one_question_has_nothing_to_compare_with() -> None:
    alone = Belonging([a_question("drift")])
    assert alone.astray("drift", spans(["Something else entirely. " * 40])) == ()


def test_an_answer_to_another_question_is_brought_back_and_earns_nothing(bank: Product) -> None:
    said = example(bank.catalog.question(OTHER))
    found = bank.reader.read(bank.catalog.question(DRIFT).as_asked, [said])
    assert {v.met for v in found.verdicts} == {Met.NO}
    assert [(flag.kind, flag.junk) for flag in found.hygiene] == [(Hygiene.OFF_TOPIC, True)]
    assert not found.may_be_gamed


def strung_in(answer: str) -> list[Span]:
    question = a_question()
    references = [prepare_point(p, question, Lexicon([]), None) for p in question.points]
    return strung(references, spans([answer]))


def test_sentences_that_only_name_terms_are_left_out_once_they_are_many() -> None:
    honest = "My colleague Dana reads every alert with the regional desk before anybody in Leeds goes home."
    found = strung_in(
        "People forget above and stops. There is limit and stop, which matters a lot. Let us keep owner "
        f"and alert in mind. Never overlook kept and version. {honest}"
    )
    assert len(found) == 4
    assert honest not in [span.text for span in found]


def test_terms_side_by_side_now_and_then_are_how_people_talk() -> None:
    few = "People forget above and stops. Let us keep owner and alert in mind."
    assert LEAST_STRUNG > 2
    assert strung_in(few) == []


def test_a_sentence_that_says_something_about_its_terms_is_kept() -> None:
    said = (
        "Above 0.2 the scoring service stops itself and pages whoever is on call in Leeds. "
        "The owner answers every alert before lunch or explains the delay to her director. "
        "Each nightly run is kept beside its code version in a bucket that nobody may overwrite."
    )
    assert strung_in(said) == []


def test_terms_are_found_where_they_stand() -> None:
    groups = TermGroups([["five days"], ["owner", "owns"]])
    assert sorted(groups.places(["she", "own", "it", "five", "day"])) == [(1, 2, 1), (3, 5, 0)]


def test_strung_terms_in_an_answer_are_marked(bank: Product) -> None:
    question = bank.catalog.question(DRIFT)
    woven = " ".join(
        f"Then there is {' and '.join(group[0] for group in point.key_terms)}, which matters."
        for point in question.points
    )
    # As frames go, these are too alike for the other filter to be what is tested.
    varied = woven.replace("Then there is", "Think of", 2).replace("Then there is", "Mind", 2)
    found = bank.reader.read(question.as_asked, [f"We look at the scores each night. {varied}"])
    assert Hygiene.STUFFING in {flag.kind for flag in found.hygiene}
    assert found.may_be_gamed
    assert sum(v.met is Met.YES for v in found.verdicts) <= 1


def test_what_was_sifted_out_earns_nothing_and_is_not_asked_for_as_if_never_said(
    bank: Product,
) -> None:
    question = bank.catalog.question(DRIFT).as_asked
    own, other = (example(bank.catalog.question(i)) for i in (DRIFT, OTHER))
    said = f"{own}\n\n{other}"
    graded, heard = (
        measured(question, [said]) for measured in (bank.reader.evidence, bank.reader.gap_evidence)
    )
    assert graded != heard
    assert all(heard[p]["said_near"] >= graded[p]["said_near"] for p in graded)
