"""A story is evidence of a Business Principle by what was done in it, not by the name."""

from typing import Any

from interviewer.bootstrap import catalog
from interviewer.domain.critique import critique
from interviewer.domain.principles import GROUPS, PrincipleShown, principles_shown
from interviewer.knowledge.sources import load_sources
from interviewer.paths import shipped
from tests.builders import a_point, a_question, a_quote, a_verdict, an_assessment

INTEGRITY, TEAM = "jpm-business-principles#integrity", "jpm-business-principles#team"
POINTS = (
    a_point("faced-it", weight=3, passages=(INTEGRITY,)),
    a_point("taught", weight=2, passages=(TEAM, INTEGRITY)),
    a_point("number", weight=3, passages=("star-method#result",)),
)


def shown(said: str, category: str = "behavioural", **met: str) -> tuple[PrincipleShown, ...]:
    verdicts = tuple(
        a_verdict(p.id, met.get(p.id.replace("-", "_"), "no"), quote=a_quote(f"Words on {p.id}."))
        for p in POINTS
    )
    found = an_assessment("no").model_copy(update={"verdicts": verdicts})
    question: Any = a_question(category=category, points=POINTS)
    return principles_shown(question, found, (said,))


def test_points_that_were_made_show_their_group_the_weightiest_first() -> None:
    told = shown("It failed.", faced_it="yes", taught="partly", number="yes")
    assert [(one.passage, one.points, one.quote) for one in told] == [
        (INTEGRITY, ("faced-it", "taught"), "Words on faced-it."),
        (TEAM, ("taught",), "Words on taught."),
    ]


def test_a_principle_that_is_only_recited_is_named_as_that() -> None:
    (told,) = shown("I live operational excellence every day.")
    assert (told.title, told.quote, told.points) == ("Operational excellence", None, ())
    assert shown("It failed.") == ()


def test_a_question_that_asks_for_no_story_shows_none() -> None:
    assert shown("A winning culture.", category="model-risk", faced_it="yes") == ()


def test_it_stands_in_the_critique_and_changes_no_level() -> None:
    question = a_question(category="behavioural")
    found, grade = critique(question, an_assessment("yes"), ("We have a winning culture.",))
    assert [one.title for one in found.principles] == ["A great team and winning culture"]
    _, plain = critique(question, an_assessment("yes"), ("We compare.",))
    assert grade == plain


def test_every_group_is_a_passage_and_every_behavioural_question_can_show_one() -> None:
    passages = load_sources(shipped("knowledge")).passages
    assert {group: passages[group].section for group in GROUPS} == GROUPS
    for question in catalog().questions.values():
        if question.round == "behavioural":
            cited = {passage for point in question.points for passage in point.passages}
            assert cited & set(GROUPS), question.id
