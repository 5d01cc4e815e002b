"""What is wrong with a round, its panel and its case is said by field."""

from typing import Any

import pytest
from pydantic import ValidationError

from interviewer.domain.question import Question
from interviewer.domain.track import Round
from interviewer.store.round_problems import LEAST_QUESTIONS, question_problems, round_problems
from tests.builders import a_catalog, a_question, points
from tests.builders_of_moves import a_case, a_change, a_hidden_fact


def found_in_round(*questions: Question, shipped: bool = False, **changes: Any) -> list[Any]:
    catalog = a_catalog(*questions, **changes)
    return list(round_problems(catalog.round("bank", "risk"), catalog, shipped=shipped))


def found_in_question(question: Question, **round_changes: Any) -> list[Any]:
    catalog = a_catalog(question, **round_changes)
    return list(question_problems(question, catalog.track("bank")))


CASE: dict[str, Any] = {"brief": a_case().brief, "hidden_facts": (a_hidden_fact(),)}
CLARIFY = a_question("ask", stage="clarify")


def test_a_sound_round_has_no_problems() -> None:
    assert found_in_round() == []
    assert found_in_round(CLARIFY, **CASE) == []
    asks = CLARIFY.model_copy(update={"points": points({}, asks_for="capacity")})
    assert found_in_question(asks, **CASE) == []


def test_too_few_questions_are_a_fault_of_the_shipped_bank_only() -> None:
    assert found_in_round() == []
    ((field,), message) = found_in_round(shipped=True)[0]
    assert field == "questions"
    assert f"a round needs {LEAST_QUESTIONS} or more" in message
    assert found_in_round(CLARIFY, shipped=True, **CASE) == [], "a case is one long task"


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"hidden_facts": (a_hidden_fact(persona="stranger"),)}, ("hidden_facts", 0, "persona")),
        ({"curveballs": (a_change(persona="stranger"),)}, ("curveballs", 0, "persona")),
    ],
)
def test_who_is_not_on_the_panel_is_named(changes: dict[str, Any], place: Any) -> None:
    ((where, message),) = found_in_round(CLARIFY, **(CASE | changes))
    assert (where, message) == (place, "'stranger' is not one of the round's personas")


def test_facts_without_a_stage_to_ask_in_are_named() -> None:
    ((where, message),) = found_in_round(a_question(), **CASE)
    assert where == ("hidden_facts",)
    assert "'clarify'" in message


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"persona": "stranger"}, ("persona",)),
        ({"points": points({}, persona="stranger")}, ("points", 0, "persona")),
        ({"points": points({}, needs_fact="made-up")}, ("points", 0, "needs_fact")),
        ({"points": points({}, asks_for="made-up")}, ("points", 0, "asks_for")),
        ({"stage": "design", "points": points({}, asks_for="capacity")}, ("points", 0, "asks_for")),
        ({"curveballs": (a_change(persona="stranger"),)}, ("curveballs", 0, "persona")),
    ],
)
def test_a_question_that_does_not_fit_its_round_is_named(
    changes: dict[str, Any], place: Any
) -> None:
    question = a_question("ask", **({"stage": "clarify"} | changes))
    assert place in [where for where, _ in found_in_question(question, **CASE)]


def test_ids_that_occur_twice_and_facts_without_a_brief_are_refused() -> None:
    settings = a_catalog().round("bank", "risk").model_dump()
    twice = (a_hidden_fact(), a_hidden_fact())
    for changes, message in (
        ({"brief": a_case().brief, "hidden_facts": twice}, "hidden_facts: two share an id"),
        ({"hidden_facts": twice[:1]}, "hidden_facts need a brief"),
        ({"curveballs": (a_change(), a_change())}, "curveballs: two share an id"),
    ):
        with pytest.raises(ValidationError, match=message):
            Round(**(settings | changes))
    with pytest.raises(ValidationError, match="two curveballs share an id"):
        a_question(curveballs=(a_change(), a_change()))
