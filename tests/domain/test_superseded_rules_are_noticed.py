"""A superseded rule cited as current is noticed; one that the candidate calls history is not held
against them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.domain.currency import currency_flags
from tests.builders import a_rule

NO_SUCCESSOR = a_rule(
    source="eo-14110",
    names=("EO 14110", "Executive Order 14110"),
    superseded_by=None,
    successor_names=(),
    on=dt.date(2025, 1, 20),
)

SPELLINGS = [
    "SR 11-7",
    "SR11-7",
    "sr 11-7",
    "SR-11-7",
    "SR 11\u20117",
    "SR 11\u20137",
    "SR\u00a011-7",
    "SR 11/7",
    "SR 11 - 7",
    "OCC 2011-12",
    "OCC Bulletin 2011-12",
    "OCC Bulletin 2011\u201312",
    "occ bulletin 2011-12",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_rule_is_found_however_it_is_spelt(spelling: str) -> None:
    answer = f"We validate everything under {spelling}, as the policy says."
    (flag,) = currency_flags([answer], [a_rule()])
    assert flag.cited == spelling
    assert answer[flag.quote.start : flag.quote.end] == flag.quote.text == answer


@pytest.mark.parametrize(
    "text",
    [
        "We follow SR 26-2.",
        "See SR 11-70 and SR 111-7.",
        "CSR 11-7 is a ticket of ours.",
        "Between 2011 and 2012 we had no drift.",
        "Ticket OCC 2011-123 is closed.",
        "",
    ],
)
def test_what_only_looks_like_the_rule_is_not_taken_for_it(text: str) -> None:
    assert currency_flags([text], [a_rule()]) == ()


CURRENT = [
    "We follow SR 11-7 to the letter.",
    "SR 11-7 requires effective challenge by people who did not build the model.",
    "SR 11-7 remains the backbone of model risk management.",
    "SR 11-7 is still the standard for traditional models.",
    "Under SR 11-7 we removed two features and validated the model again.",
    "SR 11-7 asks for outcomes analysis on historical data.",
    "We eliminated most false positives, as SR 11-7 wants us to.",
    "SR 11-7 applies, and the legacy scorecard is covered by it.",
    "Our policy is built on SR 11-7. The old vendor was replaced last year.",
    "As SR 11-7 says, models are retired when they no longer perform.",
    "The former owner left, but SR 11-7 makes the business answerable.",
    "The model has gone live under SR 11-7.",
    "I was the owner of the SR 11-7 programme at my bank.",
    "SR 26-2 came in alongside SR 11-7, which is still in force for regressions.",
]
HISTORY = [
    "SR 11-7 was replaced by SR 26-2.",
    "SR 11-7 was superseded in April.",
    "SR 11-7 has since been rescinded.",
    "The agencies rescinded SR 11-7 and its OCC twin.",
    "In April the regulators replaced SR 11-7 with something shorter.",
    "SR 11-7 is no longer in force.",
    "SR 11-7 no longer applies.",
    "SR 26-2 took the place of SR 11-7.",
    "What used to be SR 11-7 is now SR 26-2.",
    "SR 11-7, now withdrawn, asked for effective challenge.",
    "SR 11-7 went away in April and its successor is shorter.",
    "Under the predecessor, SR 11-7, we had to do it yearly.",
    "SR 11-7 was the guidance until April 2026.",
    "The old guidance, SR 11-7, said the same.",
    "The former SR 11-7 had a definition with three parts.",
    "SR 11-7 is obsolete since April.",
    "SR 11-7 is gone, the idea behind it is not.",
    "They removed SR 11-7 from the books.",
    "SR 11-7 was in force when we built it. We re-papered it under SR 26-2.",
    "Historically SR 11-7 asked for this. Today SR 26-2 does.",
    "I know SR 11-7 best. It has been superseded, so I would check what replaced it.",
    "The legacy framework, SR 11-7, still shapes how people think.",
    "SR 11-7 is history.",
]


@pytest.mark.parametrize("text", CURRENT)
def test_citing_it_as_current_is_not_an_acknowledgement(text: str) -> None:
    assert [f.acknowledged for f in currency_flags([text], [a_rule()])] == [False]


@pytest.mark.parametrize("text", HISTORY)
def test_calling_it_history_is(text: str) -> None:
    assert [f.acknowledged for f in currency_flags([text], [a_rule()])] == [True]


def test_a_rule_is_flagged_once_at_its_first_mention() -> None:
    answers = ["Nothing here.", "So. First SR 11-7, then SR11-7. More.", "And OCC 2011-12."]
    (flag,) = currency_flags(answers, [a_rule()])
    assert (flag.quote.answer, flag.cited) == (1, "SR 11-7")
    assert flag.quote.text == "First SR 11-7, then SR11-7."
    assert answers[1][flag.quote.start : flag.quote.end] == flag.quote.text


@given(st.text(max_size=80), st.sampled_from(SPELLINGS), st.text(max_size=80))
def test_the_sentence_of_the_citation_is_quoted_whatever_stands_around_it(
    before: str, spelling: str, after: str
) -> None:
    answer = f"{before} {spelling} {after}"
    for flag in currency_flags([answer], [a_rule()]):
        assert flag.cited in flag.quote.text
        assert answer[flag.quote.start : flag.quote.end] == flag.quote.text
        assert flag.quote.text.strip() == flag.quote.text


def test_one_acknowledgement_covers_every_mention() -> None:
    text = "SR 11-7 has three pillars. " + "We do this and that every single day. " * 20
    (flag,) = currency_flags([text, "I know that SR 11-7 was superseded."], [a_rule()])
    assert flag.acknowledged
    assert flag.quote.answer == 0


def test_the_past_must_be_spoken_of_near_the_rule() -> None:
    far = "We superseded the policy. " + "The model runs at night. " * 20 + "SR 11-7 applies."
    assert [f.acknowledged for f in currency_flags([far], [a_rule()])] == [False]


def test_each_rule_is_flagged_for_itself() -> None:
    flags = currency_flags(["SR 11-7 and EO 14110 apply."], [a_rule(), NO_SUCCESSOR])
    assert [(f.source, f.superseded_by, f.on.isoformat()) for f in flags] == [
        ("sr-11-7", "sr-26-2", "2026-04-17"),
        ("eo-14110", None, "2025-01-20"),
    ]
    assert flags[0].citation == "sr-26-2#rescissions"


def test_a_rule_that_nothing_replaced_can_be_acknowledged_too() -> None:
    (flag,) = currency_flags(["EO 14110 was revoked in January 2025."], [NO_SUCCESSOR])
    assert flag.acknowledged
