"""Full answers are marked throughout, read alike twice, and what is fitted to is none of what is measured."""

from collections import Counter
from pathlib import Path

import pytest

from evals.answers import load_answers
from evals.bank import product
from evals.full_answers import (
    TO_FIT,
    all_marks,
    answers_to_fit,
    full_answers,
    second_reading,
)
from evals.planted_gaps import pieces
from interviewer.domain.question import Quality
from interviewer.domain.verdict import Met
from interviewer.engines.text import spans, words
from interviewer.errors import EvalError

LEAST_WORDS = 8
FILE = "drift-monitoring-audit.txt"


def plain(text: str) -> str:
    return " ".join(words(text))


def test_every_labelled_question_has_three_full_answers_and_a_mark_for_each_point_made() -> None:
    catalog, answers = product().catalog, full_answers(product().catalog)
    labelled = {one.question for one in load_answers(catalog)}
    assert Counter(one.question for one in answers) == dict.fromkeys(labelled, 3)
    marks = all_marks(catalog)
    for one in answers:
        assert one.quality is Quality.STRONG
        made = {point for point, met in one.verdicts.items() if met is not Met.NO}
        assert marks[one.id].keys() == made
        assert 90 <= len(one.answer.split()) <= 350
        assert len(pieces(one.answer)) > 3


def test_a_second_reader_found_nearly_the_same() -> None:
    found = second_reading(product().catalog)
    assert found.points > 1000
    assert found.disagreements <= 0.02 * found.points
    assert found.pieces > 0.9


def test_every_question_has_four_answers_to_fit_that_make_every_point() -> None:
    catalog = product().catalog
    told = answers_to_fit(catalog)
    assert Counter(one.question for one in told) == dict.fromkeys(catalog.questions, 4)
    for one in told:
        for point in catalog.question(one.question).points:
            assert len(one.without(point.id)) < len(one.text)


def test_no_sentence_to_fit_with_is_one_that_is_measured_with() -> None:
    catalog = product().catalog
    fitted = {plain(span.text) for one in answers_to_fit(catalog) for span in spans([one.text])}
    taken = {
        (one.id, span.text)
        for one in [*load_answers(catalog), *full_answers(catalog)]
        for span in spans([one.answer])
        if len(words(span.text)) >= LEAST_WORDS and plain(span.text) in fitted
    }
    assert taken == set(), taken


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("nobody-s.txt", ("", ""), "no question 'nobody-s'"),
        (FILE, ("## 1\n", ""), ":1: is no `point: words` below a heading"),
        (FILE, ("score-and-inputs: ", "no-such-point: "), "unknown points .'no-such-point'"),
        (FILE, ("watches-the-watcher: ", "-: "), r"answer 1 makes no .'watches-the-watcher'"),
    ],
)
def test_a_file_that_does_not_fit_is_named(
    tmp_path: Path, name: str, change: tuple[str, str], says: str
) -> None:
    text = (TO_FIT / FILE).read_text(encoding="utf-8")
    first, rest = text.split("## 2", 1)
    (tmp_path / name).write_text(f"{first.replace(*change)}## 2{rest}", encoding="utf-8")
    with pytest.raises(EvalError, match=says):
        answers_to_fit(product().catalog, tmp_path)
