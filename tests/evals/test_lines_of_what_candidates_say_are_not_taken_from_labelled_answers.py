"""What the grader reads by was written by people who had not seen what it is measured with."""

from evals.answers import load_answers
from evals.bank import product
from interviewer.engines.text import content_stems, spans, words

LEAST_WORDS, RUN = 8, 7


def plain(text: str) -> str:
    return " ".join(words(text))


def test_no_sentence_of_a_labelled_answer_is_among_the_lines() -> None:
    catalog = product().catalog
    lines = {
        plain(span.text)
        for question in catalog.said.values()
        for said in question.values()
        for span in spans(said.lines)
    }
    taken = {
        (answer.id, span.text)
        for answer in load_answers(catalog)
        for span in spans([answer.answer])
        if len(words(span.text)) >= LEAST_WORDS and plain(span.text) in lines
    }
    assert taken == set(), taken


def test_no_line_shares_a_long_run_of_words_with_an_answer_to_its_question() -> None:
    catalog = product().catalog
    shared = set()
    for answer in load_answers(catalog):
        said = content_stems(answer.answer)
        runs = {tuple(said[i : i + RUN]) for i in range(len(said) - RUN + 1)}
        for point in catalog.said.get(answer.question, {}).values():
            for line in point.lines:
                stems = content_stems(line)
                if any(tuple(stems[i : i + RUN]) in runs for i in range(len(stems) - RUN + 1)):
                    shared.add((answer.id, line))
    assert shared == set(), shared
