"""STAR and the impact statement: what is said of how an experience is told."""

import pytest

from interviewer.domain.impact import ImpactPart, impact_statement
from interviewer.domain.star import StarShape, star_shape
from interviewer.domain.star_cues import NUMBER, Part
from interviewer.engines.telling import telling
from interviewer.engines.text import spans
from tests.builders import a_question

TOLD = (
    "Two years ago the fraud team had a queue of nine thousand alerts. "
    "My task was to halve it before the audit. "
    "I rebuilt the threshold per segment and I asked validation to challenge it. "
    "I ran it in shadow for three weeks. "
    "In the end alerts fell from 9,000 to 4,100 a month, with the same losses as the control group."
)


def shaped(text: str) -> StarShape:
    shape = star_shape(text, [(span.start, span.end) for span in spans([text])])
    assert shape is not None
    return shape


def test_each_sentence_goes_to_its_part() -> None:
    found = [(s.part, TOLD[s.start : s.end].split()[0]) for s in shaped(TOLD).segments]
    assert found == [
        (Part.SITUATION, "Two"),
        (Part.TASK, "My"),
        (Part.ACTION, "I"),
        (Part.RESULT, "In"),
    ]


def test_a_good_story_leaves_nothing_to_mend() -> None:
    thought_out = "I asked two colleagues of mine why they disagreed, and I wrote that down. " * 7
    told_in_full = TOLD.replace("In the end", f"{thought_out}In the end")
    assert shaped(told_in_full).findings == ()


def test_the_shares_are_of_the_words_and_make_a_whole() -> None:
    shape = shaped(TOLD)
    assert sum(shape.shares.values()) == pytest.approx(1, abs=0.002)
    assert sum(segment.words for segment in shape.segments) == shape.words == len(TOLD.split())


def test_parts_never_go_back() -> None:
    mixed = "In the end it worked. At the time I joined. I built it. There was a queue."
    order = [list(Part).index(segment.part) for segment in shaped(mixed).segments]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("I built it and I ran it. " * 60, "could go"),
        ("I built it and I ran it.", "there is room"),
        (
            "At the time there was a team. There were many meetings. " * 3 + "I left.",
            "set the scene",
        ),
        (
            "We built it. We ran it. Our team met. We sold it for $4 per case.",
            "which part was yours",
        ),
        ("I built a model. In the end they liked it.", "no figure"),
        ("I built 14 models. In the end they liked it.", "No figure has anything beside it"),
        ("There was a team at the time. We had 5 of 9 cases.", "what you did"),
    ],
)
def test_what_is_wrong_with_a_telling_is_named(text: str, finding: str) -> None:
    assert any(finding in one for one in shaped(text).findings), shaped(text).findings


def test_an_answer_without_words_has_no_shape() -> None:
    assert star_shape(" ", []) is None


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("eleven percent of orders", ["eleven percent"]),
        ("one point two in a hundred", ["one point two in a hundred"]),
        ("$1.2m of 7% by 2025", ["$1.2m", "7%", "2025"]),
        ("two evenings and one friend", []),
    ],
)
def test_amounts_are_found_in_digits_and_in_words(text: str, amounts: list[str]) -> None:
    assert [match.group() for match in NUMBER.finditer(text)] == amounts


def test_a_year_is_no_figure() -> None:
    assert shaped("I joined in 2019 and I left in 2021.").figures == ()


def test_an_impact_statement_quotes_the_sentence_of_each_part() -> None:
    found = impact_statement(TOLD, [(span.start, span.end) for span in spans([TOLD])])
    assert [one.part for one in found] == list(ImpactPart)
    assert all(one.quote == TOLD[one.start : one.end] for one in found)


def test_what_an_impact_statement_lacks_is_left_empty() -> None:
    text = "We improved the customer experience a lot."
    found = impact_statement(text, [(0, len(text))])
    assert {one.quote for one in found} == {None}


def test_only_a_question_about_the_past_is_looked_at_as_a_story() -> None:
    story = a_question(category="behavioural")
    assert telling(story, (TOLD, "and more")).star is not None
    assert telling(a_question(category="model-risk"), (TOLD,)).star is None
    assert telling(story, ()).star is None
