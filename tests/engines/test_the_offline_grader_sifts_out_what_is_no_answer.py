"""Answers to other questions and strung-together terms are no evidence, and honest answers lose nothing."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from interviewer.bootstrap import Product
from interviewer.domain.assessment import Hygiene
from interviewer.domain.question import Quality, Question
from interviewer.domain.verdict import Met
from interviewer.engines.offline.belonging import Belonging
from interviewer.engines.offline.canonical import reworded, seen
from interviewer.engines.offline.features import prepare_point
from interviewer.engines.offline.lexicon import Lexicon, TermGroups, stem_set
from interviewer.engines.offline.strung import LEAST_SUSPECTED, strung
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


class Points:
    """Gives every text the same unit vector."""

    def __init__(self, axis: int) -> None:
        self._axis = axis

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        return np.tile(np.eye(384, dtype=np.float32)[self._axis], (len(texts), 1))


def strung_in(answer: str, talk: str | None = None, axis: int = 1) -> list[Span]:
    """What is strung; on axis 0 everything means what the points mean, on another nothing does."""
    question = a_question()
    references = [prepare_point(p, question, Lexicon([]), Points(0).embed) for p in question.points]
    known = None if talk is None else stem_set(talk)
    return strung(references, spans([answer]), known, Points(axis))


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
    assert LEAST_SUSPECTED > 2
    assert strung_in(few) == []


def test_a_sentence_that_says_something_about_its_terms_is_kept() -> None:
    said = (
        "Above 0.2 the scoring service stops itself and pages whoever is on call in Leeds. "
        "The owner answers every alert before lunch or explains the delay to her director. "
        "Each nightly run is kept beside its code version in a bucket that nobody may overwrite."
    )
    assert strung_in(said) == []


STORY = (
    "On the train to Leeds a stranger read me a poem about above and stops, twice. My sister keeps a card "
    "with limit and stop on her fridge all winter. Over lunch our choir still argues about the owner, the "
    "soup and, in the end, every alert. At the wedding somebody sang of what was kept until the last "
    "guests had gone, and of a version in blue letters. "
)
TALK = (
    "The scoring service pages whoever is on call when the figure goes past it, and nightly run, code, "
    "bucket, director, reasons, explain, rollback."
)


def test_terms_woven_into_a_story_are_told_by_the_words_around_them() -> None:
    honest = "The scoring service pages whoever is on call, and the alert names its reasons."
    found = [span.text for span in strung_in(STORY + honest, TALK)]
    assert len(found) == 4
    assert honest not in found


def test_the_same_story_in_the_words_of_the_question_is_an_answer() -> None:
    assert strung_in(STORY, f"{TALK} {STORY}") == []


def test_a_word_or_two_of_terms_alone_are_strung_whatever_the_talk() -> None:
    bare = (
        "Think of above and stops. Mind limit and stop. Also owner and alert. And kept and version."
    )
    assert len(strung_in(bare, TALK)) == 4


@pytest.mark.parametrize(("axis", "left_out"), [(0, 0), (1, 4)], ids=["near", "far"])
def test_a_story_that_means_what_the_points_mean_is_an_answer(axis: int, left_out: int) -> None:
    assert len(strung_in(STORY, TALK, axis)) == left_out


def test_no_words_are_foreign_to_a_question_about_one_s_own_document(bank: Product) -> None:
    about_own = [q for q in bank.catalog.questions.values() if q.fills is not None]
    found = {
        question.id: flag.why
        for question in about_own
        for one in question.examples
        if one.quality in (Quality.STRONG, Quality.GOOD)
        for flag in bank.reader.read(question.as_asked, [one.answer]).hygiene
        if flag.kind is Hygiene.STUFFING
    }
    assert len(about_own) >= 4
    assert found == {}


def test_terms_are_found_where_they_stand() -> None:
    groups = TermGroups([["five days"], ["owner", "owns"]])
    assert sorted(groups.places(["she", "own", "it", "five", "day"])) == [(1, 2, 1), (3, 5, 0)]


def test_strung_terms_in_an_answer_are_marked(bank: Product) -> None:
    question = bank.catalog.question(DRIFT)
    woven = " ".join(
        f"Then there is {' and '.join(group[0] for group in point.key_terms)}, dear to many a team."
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
