"""BM25 sees stems and whole rule numbers, and how much of a question a text covers."""

import numpy as np
import pytest

from interviewer.knowledge.lexical import Lexical, stems

TEXTS = [
    "SR 26-2 says how models are validated",
    "Section 26 lists 2 kinds of fruit",
    "The validation of a model is independent",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Validating models", ["valid", "model"]),
        ("What does the SR 26-2 say?", ["sr", "26", "26-2", "say"]),
        ("12 CFR 1002.9(b)", ["12", "cfr", "1002", "1002-9"]),
        ("SS1/23", ["ss1", "23", "ss1-23"]),
        ("the of and ?!", []),
    ],
)
def test_a_text_becomes_stems(text: str, expected: list[str]) -> None:
    assert stems(text) == expected


def test_a_rule_number_finds_the_rule_and_not_its_digits() -> None:
    scores = Lexical.of(map(stems, TEXTS)).scores(stems("26-2"))
    assert scores.argmax() == 0
    assert scores[0] > 2 * scores[1]


def test_inflected_words_match() -> None:
    scores = Lexical.of(map(stems, TEXTS)).scores(stems("validated model"))
    assert scores[0] > 0
    assert scores[2] > 0
    assert scores[1] == 0


@pytest.mark.parametrize("query", ["", "the of", "zebra", "??"])
def test_words_no_text_holds_score_zero_everywhere(query: str) -> None:
    np.testing.assert_array_equal(Lexical.of(map(stems, TEXTS)).scores(stems(query)), np.zeros(3))


def test_no_texts_give_no_scores() -> None:
    assert Lexical.of([]).scores(stems("model")).shape == (0,)


def test_coverage_is_the_share_of_the_question_a_text_holds() -> None:
    lexical = Lexical.of(map(stems, TEXTS))
    assert lexical.coverage(stems("validate the model"), 2) == 1
    assert lexical.coverage(stems("fruit salad recipe"), 0) == 0
    assert 0 < lexical.coverage(stems("model of a salad"), 2) < 0.5
    assert lexical.coverage(stems("the of"), 2) == 0
