"""The skill profile: which skills a graded question speaks for, and how much."""

import pytest
from pydantic import ValidationError

from interviewer.domain.grade import CriterionGrade, QuestionGrade
from interviewer.domain.rubric import Signal
from interviewer.domain.skills import Evidence, Skill, SkillMap, evidence_of, profile
from tests.builders import a_question

QUESTION = a_question()
CRITERION = QUESTION.criteria[0]


def a_map(criteria: dict[str, tuple[str, ...]], categories: dict[str, tuple[str, ...]]) -> SkillMap:
    skills = tuple(
        Skill(id=name, title=f"The {name} skill", description="What it is.")
        for name in ("ml", "data")
    )
    return SkillMap(skills=skills, criteria=criteria, categories=categories)


def a_grade(criterion: float | None, overall: float | None) -> QuestionGrade:
    grade = CriterionGrade(
        id=CRITERION, signal=Signal.RISK, level=None, score=criterion, coverage=None
    )
    return QuestionGrade(
        question=QUESTION.id,
        overall=None,
        score=overall,
        coverage=None,
        criteria=(grade,),
        signals={},
    )


def test_a_criterion_speaks_for_its_skills_and_the_category_for_half_as_much() -> None:
    skills = a_map({CRITERION: ("ml",)}, {QUESTION.category: ("data",)})
    found = evidence_of(skills, QUESTION, a_grade(5.0, 3.0))
    own = sum(p.weight for p in QUESTION.points if p.criterion == CRITERION)
    assert found == [
        Evidence(skill="ml", score=5.0, weight=own),
        Evidence(skill="data", score=3.0, weight=sum(p.weight for p in QUESTION.points) / 2),
    ]


def test_naming_two_skills_does_not_count_double() -> None:
    skills = a_map({CRITERION: ("ml", "data")}, {})
    found = evidence_of(skills, QUESTION, a_grade(4.0, None))
    own = sum(p.weight for p in QUESTION.points if p.criterion == CRITERION)
    assert sum(piece.weight for piece in found) == pytest.approx(own)


def test_what_was_not_assessed_says_nothing_about_a_skill() -> None:
    skills = a_map({CRITERION: ("ml",)}, {})
    assert evidence_of(skills, QUESTION, a_grade(None, None)) == []
    assert [skill.score for skill in profile(skills, [])] == [None, None]


def test_a_profile_is_the_weighted_mean_of_its_evidence() -> None:
    skills = a_map({}, {})
    pieces = [Evidence(skill="ml", score=5, weight=3), Evidence(skill="ml", score=1, weight=1)]
    assert profile(skills, pieces)[0].score == pytest.approx(4.0)
    assert profile(skills, pieces)[0].evidence == 2


def test_a_map_that_names_an_unknown_skill_is_refused() -> None:
    with pytest.raises(ValidationError, match="unknown skills"):
        a_map({"monitoring": ("juggling",)}, {})
