"""The questions the confidence is fitted on are none of those it is measured on."""

from evals.fit_confidence import neighbours
from evals.retrieval_set import load_queries
from interviewer.knowledge.everyday import asked_as
from interviewer.knowledge.sources import load_sources
from interviewer.paths import shipped


def test_none_is_in_the_evaluation_and_none_is_asked_of_a_passage() -> None:
    known = load_sources(shipped("knowledge")).passages
    measured = {query.query.casefold() for query in load_queries(set(known))}
    asked = {question.casefold() for name in known for question in asked_as(name)}
    fitted = [question.casefold() for question in neighbours()]
    assert len(set(fitted)) == len(fitted) >= 100
    assert not set(fitted) & (measured | asked)


def test_no_everyday_question_is_a_question_of_the_evaluation() -> None:
    known = load_sources(shipped("knowledge")).passages
    measured = {query.query.casefold() for query in load_queries(set(known))}
    assert [q for name in known for q in asked_as(name) if q.casefold() in measured] == []
