"""A quote is found if it was said, in the candidate's own characters; what nobody said is void."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.domain.verdict import Quote
from interviewer.engines.quotes import MOST_SPOKEN_WORDS, find_quote, quotes_of, spoken_part
from interviewer.engines.text import spans
from interviewer.prompting.fence import neutralise, restore

ANSWER = (
    "We compare the scores \u2014 every night \u2014 with Dana\u2019s PSI job.  "
    "Above 0.2 it \u201cstops\u201d the model;\nthat\u2019s the rule. We cut it."
)


def found(claimed: str, *answers: str) -> str | None:
    quote = find_quote(claimed, answers or (ANSWER,))
    if quote is None:
        return None
    where = (answers or (ANSWER,))[quote.answer]
    assert where[quote.start : quote.end] == quote.text
    return quote.text


@pytest.mark.parametrize(
    ("claimed", "said"),
    [
        ("We compare the scores", "We compare the scores"),
        ("WE COMPARE THE SCORES", "We compare the scores"),
        ("with Dana's PSI job", "with Dana\u2019s PSI job"),
        ('it "stops" the model', "it \u201cstops\u201d the model"),
        ("the scores - every night - with", "the scores \u2014 every night \u2014 with"),
        ("the model; that's the rule", "the model;\nthat\u2019s the rule"),
        ("PSI job. Above 0.2", "PSI job.  Above 0.2"),
        ('"We cut it."', "We cut it"),
        ("\u201cWe cut it\u201d", "We cut it"),
        ("  We  cut\nit ...", "We cut it"),
        ("We compare ... Above 0.2 it \u201cstops\u201d", "Above 0.2 it \u201cstops"),
        ("We compare the scores [...] it", "We compare the scores"),
        ("We compare the scores\u2026", "We compare the scores"),
    ],
)
def test_case_spacing_and_typography_do_not_matter(claimed: str, said: str) -> None:
    assert found(claimed) == said


@pytest.mark.parametrize(
    "claimed",
    [
        "We compare the alerts",
        "We compare scores",
        "compare the scores with Dana",
        "stops",
        "PSI",
        "",
        "   ",
        "...",
        '""',
        "\u200b\u200b",
        "We\u2026",
    ],
)
def test_what_was_not_said_or_proves_nothing_is_void(claimed: str) -> None:
    assert found(claimed) is None


@pytest.mark.parametrize(
    ("claimed", "answer"),
    [
        ("no risk", "There is no risky feature in it."),
        ("it is low", "We think it is lower than last year."),
        ("he model", "The model stops."),
        ("0.2 per cent", "It fell by 10.2 per cent."),
    ],
)
def test_half_a_word_was_not_said(claimed: str, answer: str) -> None:
    assert found(claimed, answer) is None


def test_a_quote_may_begin_or_end_with_a_mark() -> None:
    assert found("\u20ac5 million", "It cost us \u20ac5 million.") == "\u20ac5 million"
    assert found("40% of alerts (all)", "We cut 40% of alerts (all).") == "40% of alerts (all)"


def test_invisible_characters_in_the_answer_hide_nothing() -> None:
    answer = "We com\u200bpare the\u00ad scores."
    assert found("We compare the scores", answer) == "We com\u200bpare the\u00ad scores"


def test_the_first_answer_that_says_it_is_the_one_quoted() -> None:
    quote = find_quote("above 0.2", ("Nothing here.", "Above 0.2.", "Above 0.2."))
    assert quote is not None
    assert quote.answer == 1


def test_letters_that_grow_when_folded_do_not_shift_the_offsets() -> None:
    assert found("level of risk", "\u0130\u0130\u0130 the level of risk") == "level of risk"


@given(st.text(min_size=1, max_size=300), st.data())
def test_offsets_always_give_the_quote(answer: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(answer) - 1))
    end = data.draw(st.integers(start + 1, len(answer)))
    quote = find_quote(answer[start:end], ("before", answer))
    if quote is not None:
        assert ("before", answer)[quote.answer][quote.start : quote.end] == quote.text


WORDS = st.lists(
    st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=8), min_size=2, max_size=30
)


@given(WORDS, st.data())
def test_whatever_whole_words_were_said_are_found(said: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(said) - 2))
    last = data.draw(st.integers(first + 2, len(said)))
    answer = " ".join(said)
    claimed = " ".join(said[first:last])
    quote = find_quote(
        claimed.upper() if claimed.upper().lower() == claimed.lower() else claimed, (answer,)
    )
    assert quote is not None
    assert quote.text.casefold() == claimed.casefold() or quote.text in answer


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_claim_against_any_answer_is_found_verbatim_or_not_at_all(
    claimed: str, answer: str
) -> None:
    quote = find_quote(claimed, (answer,))
    assert quote is None or answer[quote.start : quote.end] == quote.text


# What the persona says back.


def quoted(text: str) -> Quote:
    return Quote(start=0, end=len(text), text=text)


LONG = (
    "So what we did was to compare the scores every single night with a frozen window, and then "
    "Dana looks at the three features that moved most, because the committee had asked for it"
)


def test_a_short_quote_is_said_back_whole() -> None:
    assert spoken_part(quoted("We compare the scores, every night.")) == (
        "We compare the scores, every night"
    )


def test_a_long_quote_is_cut_to_one_clause() -> None:
    said = spoken_part(quoted(LONG))
    assert said in LONG
    assert len(said.split()) <= MOST_SPOKEN_WORDS


def test_the_clause_that_holds_the_point_s_terms_is_preferred() -> None:
    assert "committee" in spoken_part(quoted(LONG), ["committee"])
    assert "frozen window" in spoken_part(quoted(LONG), ["frozen window"])


@given(st.text(min_size=1, max_size=400), st.lists(st.text(max_size=8), max_size=3))
def test_what_is_said_back_was_said(text: str, terms: list[str]) -> None:
    said = spoken_part(quoted(text), terms)
    assert " ".join(said.split()) in " ".join(text.split())
    assert len(said.split()) <= MOST_SPOKEN_WORDS


@given(
    st.lists(
        st.sampled_from(["a,", "because", "and", "risk;", "the\n", "model.", "\u2014"]),
        min_size=1,
        max_size=60,
    )
)
def test_it_is_never_empty_where_words_were_said(parts: list[str]) -> None:
    text = " ".join(["word", *parts, "word"])
    assert spoken_part(quoted(text))


# Sentences.


@given(st.lists(st.text(max_size=300), max_size=3))
def test_sentences_stand_where_their_offsets_say(answers: list[str]) -> None:
    for span in spans(answers):
        assert answers[span.answer][span.start : span.end] == span.text
        assert span.text.strip() == span.text != ""


@given(
    st.lists(
        st.sampled_from(["PSI", "0.2", "model", "stops.", "why?", "so,", "\n", "\u2014", '"no."']),
        max_size=80,
    )
)
def test_no_word_is_lost_between_sentences_and_they_are_in_order(parts: list[str]) -> None:
    answer = " ".join(parts)
    sentences = spans([answer])
    assert all(before.end <= after.start for before, after in pairwise(sentences))
    kept = " ".join(span.text for span in sentences)
    letters = [c for c in answer if c.isalnum()]
    assert [c for c in kept if c.isalnum()] == letters


def test_a_number_with_a_point_is_no_sentence_end() -> None:
    assert [s.text for s in spans(["PSI is 0.25 here. It stops."])] == [
        "PSI is 0.25 here.",
        "It stops.",
    ]


def test_a_sentence_that_runs_on_is_cut_at_its_commas() -> None:
    clause = "we look at this and then at that one over there,"
    pieces = spans([" ".join([clause] * 8)])
    assert len(pieces) > 1
    assert all(len(piece.text.split()) <= 42 for piece in pieces)


HIDDEN = st.sampled_from("\u200b\u00ad\ufe0f\u034f\u2066\u3164\x1f\x07\U000e0041")
WORDS_WITH_HIDDEN = st.lists(
    st.text(st.one_of(st.sampled_from("abcdefgh<[:=|"), HIDDEN), min_size=1, max_size=8),
    min_size=2,
    max_size=20,
)


@given(WORDS_WITH_HIDDEN, st.sampled_from([" ", "\n", "\r\n", "\u2028", "\x0b", "  "]))
def test_what_a_model_copies_from_the_fence_is_found_in_the_answer(
    said: list[str], space: str
) -> None:
    answer = space.join(["We", "begin", *said, "and", "end"])
    shown = neutralise(answer)
    quote = find_quote(shown, (answer,)) or find_quote(restore(shown), (answer,))
    assert quote is not None
    assert quote.text == answer


def test_every_place_where_words_were_said_is_told() -> None:
    places = [
        (quote.answer, quote.start)
        for quote in quotes_of("we cut", ("We cut it. Then we cut it.", "No.", "We cut."))
    ]
    assert places == [(0, 0), (0, 16), (2, 0)]
