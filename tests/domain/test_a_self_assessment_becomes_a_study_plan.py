"""Readiness: three checks an item, a score, and a plan that begins where it is weakest."""

import pytest

from interviewer.domain.readiness import (
    CHECKS,
    Answers,
    Check,
    GivenAnswers,
    Item,
    Readiness,
    Standing,
    assess,
    blank,
)
from interviewer.domain.skills import Skill, SkillMap
from interviewer.domain.verdict import Met
from interviewer.errors import UnknownId
from tests.builders import a_catalog

SKILLS = SkillMap(
    skills=tuple(
        Skill(id=skill, title=f"The {skill} skill", description="What it is about.")
        for skill in ("maths", "business", "software")
    ),
    criteria={},
    categories={},
)
QUESTION = next(iter(a_catalog().questions.values()))
YES, PARTLY, NO = Met.YES, Met.PARTLY, Met.NO


def an_item(name: str, *skills: str) -> Item:
    return Item(
        id=name,
        title=f"Be good at {name}",
        skills=skills or ("maths",),
        checks=tuple(
            Check(id=check, asks=f"Can you do {check} of {name} now?", todo=f"Do {name} {check}.")
            for check in ("first", "second", "third")
        ),
        questions=(QUESTION.id,),
        passages=("some-source#a-section",),
    )


ITEMS = (an_item("sums"), an_item("stories", "business"), an_item("both", "maths", "business"))


def all_of(said: Met) -> dict[str, Met]:
    return dict.fromkeys(("first", "second", "third"), said)


def found(answers: Answers, track: str | None = None) -> Readiness:
    return assess(ITEMS, answers, skills=SKILLS, catalog=a_catalog(), track=track)


def test_an_item_is_worth_the_mean_of_its_checks() -> None:
    result = found({"sums": {"first": YES, "second": PARTLY, "third": NO}})
    assert result.items[0].score == pytest.approx(0.5)
    assert result.items[0].standing is Standing.NEARLY
    assert result.score == pytest.approx(0.5)


def test_what_was_not_answered_is_left_out_and_not_counted_as_no() -> None:
    result = found({"sums": {"first": YES}})
    assert result.items[0].score == 1
    assert result.items[1].score is None
    assert result.items[1].standing is Standing.UNANSWERED
    assert (result.answered, result.checks) == (1, 3 * CHECKS)


def test_nobody_is_ready_on_a_check_that_was_not_answered() -> None:
    result = found({"sums": {"first": YES}, "stories": all_of(YES)})
    assert [item.standing for item in result.items[:2]] == [Standing.NEARLY, Standing.READY]
    assert "sums" in {step.item for step in result.plan}


def test_the_plan_begins_where_it_is_weakest_and_leaves_out_what_is_ready() -> None:
    answers = {"sums": all_of(YES), "stories": all_of(PARTLY), "both": all_of(NO)}
    assert [step.item for step in found(answers).plan] == ["both", "stories"]


def test_a_step_names_only_what_is_not_a_yes_with_question_round_and_passages() -> None:
    step = found({"stories": {"first": YES, "second": NO, "third": PARTLY}}).plan[-1]
    assert step.todo == ("Do stories second.", "Do stories third.")
    assert [practice.question for practice in step.practise] == [QUESTION.id]
    assert step.practise[0].round == QUESTION.round
    assert step.read == ("some-source#a-section",)


def test_a_skill_is_the_mean_of_its_items_and_an_item_of_two_skills_counts_half() -> None:
    result = found({"sums": all_of(YES), "both": all_of(NO)})
    by_skill = {skill.skill: skill for skill in result.skills}
    assert by_skill["maths"].score == pytest.approx(2 / 3)
    assert by_skill["business"].score == 0
    assert by_skill["software"].score is None
    assert by_skill["software"].evidence == 0


def test_answers_to_what_is_not_asked_are_refused_by_name() -> None:
    with pytest.raises(UnknownId, match="no item 'singing'"):
        found({"singing": all_of(YES)})
    with pytest.raises(UnknownId, match="no check 'fourth'"):
        found({"sums": {"fourth": YES}})
    with pytest.raises(UnknownId, match="no track"):
        found({}, track="elsewhere")


def test_a_blank_form_and_a_result_can_both_be_answered_again() -> None:
    assert found(blank(ITEMS).known).answered == 0
    result = found({"sums": all_of(PARTLY)})
    assert found(GivenAnswers.model_validate_json(result.model_dump_json()).known) == result
