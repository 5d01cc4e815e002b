"""One document about one exchange: every quote can be found where the document says it stands."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from interviewer.domain.critique import critique
from interviewer.domain.verdict import FlagRaised, Quote
from tests.builders import (
    POINT_IDS,
    a_currency_flag,
    a_fallback,
    a_question,
    a_verdict,
    an_assessment,
    junk,
    some_usage,
)


def quote_in(answers: tuple[str, ...], answer: int, start: int, length: int) -> Quote:
    start = min(start, len(answers[answer]) - 1)
    end = min(start + length, len(answers[answer]))
    return Quote(answer=answer, start=start, end=end, text=answers[answer][start:end])


ANSWERS = st.lists(st.text(min_size=1), min_size=1, max_size=3).map(tuple)


@given(ANSWERS, st.data())
def test_the_offsets_give_the_quote(answers: tuple[str, ...], data: st.DataObject) -> None:
    def any_quote() -> Quote:
        return quote_in(
            answers,
            data.draw(st.integers(0, len(answers) - 1)),
            data.draw(st.integers(0, 40)),
            data.draw(st.integers(1, 40)),
        )

    assessment = an_assessment("no").model_copy(
        update={
            "verdicts": tuple(a_verdict(p, "yes", quote=any_quote()) for p in POINT_IDS),
            "red_flags": (FlagRaised(id="no-monitoring", quote=any_quote()),),
            "currency": (a_currency_flag().model_copy(update={"quote": any_quote()}),),
        }
    )
    found, _ = critique(a_question(), assessment, answers)
    quoted: list[Any] = [*found.points, *found.red_flags, *found.currency]
    assert len(quoted) == len(POINT_IDS) + 2
    for each in quoted:
        assert answers[each.answer][each.start : each.end] == each.quote


def test_every_point_of_the_rubric_is_in_it_in_order_assessed_or_not() -> None:
    found, _ = critique(a_question(), an_assessment({"owner": "yes"}), ("We compare",))
    assert [p.id for p in found.points] == list(POINT_IDS)
    by_id = {p.id: p for p in found.points}
    assert (by_id["owner"].met, by_id["owner"].quote) == ("yes", "We compare")
    missing = by_id["cost"]
    assert (missing.met, missing.quote, missing.start, missing.end, missing.answer) == (None,) * 5
    assert missing.why == "Not assessed."
    assert missing.confidence == 0.0
    assert missing.citations == ("sr-26-2#monitoring",)


def test_the_level_is_the_grade_s() -> None:
    found, grade = critique(a_question(), an_assessment("yes"), ("We compare",))
    assert (found.overall, found.score) == (grade.overall, grade.score) == (5, 5.0)
    assert [c.level for c in found.criteria] == [5, 5, 5]


def test_it_says_who_judged_and_why_not_the_model() -> None:
    assessment = an_assessment("no", fallback=a_fallback(), usage=some_usage(7), may_be_gamed=True)
    found, _ = critique(a_question(note="The case is invented."), assessment, ("We compare",))
    assert found.fallback == a_fallback()
    assert found.usage.prompt_tokens == 7
    assert found.may_be_gamed
    assert found.note == "The case is invented."


def test_a_red_flag_that_the_rubric_no_longer_has_is_named_by_its_id() -> None:
    flag = FlagRaised(id="from-an-older-rubric", quote=quote_in(("We compare",), 0, 0, 2))
    found, _ = critique(a_question(), an_assessment(red_flags=(flag,)), ("We compare",))
    assert found.red_flags[0].statement == "from-an-older-rubric"


def test_hygiene_is_told_with_its_reason() -> None:
    found, _ = critique(a_question(), an_assessment(hygiene=(junk("echo"),)), ("How?",))
    assert [(h.kind, h.why) for h in found.hygiene] == [("echo", "as the test wants it")]
