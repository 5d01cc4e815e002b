"""Hits carry what `search --json` prints; poor finds are called poor; filters are exact."""

import json
from pathlib import Path

import pytest

from interviewer.errors import InputError, UnknownId
from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.minilm import MiniLM
from interviewer.knowledge.search import Search
from tests.knowledge.builders import CORPUS, CountedEmbedder


def test_a_hit_has_the_fields_of_the_contract(search: Search) -> None:
    hit = search.search("when does a bank act on the population stability index").hits[0]
    printed = json.loads(hit.model_dump_json())
    score = printed.pop("score")
    assert printed == {
        "passage": "monitoring#psi",
        "source": "monitoring",
        "title": "monitoring",
        "section": "Population stability index",
        "text": CORPUS[4].text,
        "status": "practice",
        "superseded_by": None,
        "as_of": "2026-11-22",
        "url": None,
        "joined": [],
        "good": True,
    }
    assert score == 1


def test_hits_are_few_distinct_and_best_first(search: Search) -> None:
    hits = search.search("model validation", 3).hits
    assert len(hits) == len({hit.passage for hit in hits}) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_question_in_other_words_is_answered_by_meaning(search: Search) -> None:
    found = search.search("why was the customer's loan turned down by AI")
    assert found.hits[0].passage == "ecoa#reasons"
    assert found.dense


def test_a_question_in_the_words_of_a_passage_is_answered_well(search: Search) -> None:
    found = search.search("specific principal reasons when an application is declined")
    assert found.good
    assert 0.35 <= found.confidence <= 1


@pytest.mark.parametrize(
    "query",
    [
        "banana bread recipe",
        "asdf qwer zxcv",
        "who won the world cup",
        "????",
        "the of and",
        "xyzzy",
    ],
)
def test_nonsense_finds_nothing_good(search: Search, query: str) -> None:
    assert not search.search(query).good


@pytest.mark.parametrize("query", ["", "  \n"])
def test_an_empty_query_finds_nothing(search: Search, query: str) -> None:
    found = search.search(query)
    assert found.hits == ()
    assert not found.good


def test_a_very_long_query_is_answered(search: Search) -> None:
    found = search.search("population stability index of the score " * 2000)
    assert found.hits[0].passage == "monitoring#psi"


def test_filters_let_nothing_else_through(search: Search) -> None:
    assert {hit.status for hit in search.search("model", 7, status="proposed").hits} == {"proposed"}
    assert {hit.source for hit in search.search("model", 7, topic="fair-lending").hits} == {"ecoa"}
    assert len(search.search("model", 7, topic="model-risk").hits) == 4
    assert search.search("model", status="firm").hits == ()


def test_an_unknown_topic_is_answered_with_the_known_ones(search: Search) -> None:
    with pytest.raises(UnknownId, match=r"no topic .no-such-topic.; there are: .*fair-lending"):
        search.search("model", topic="no-such-topic")


def test_every_hit_says_that_nothing_answers_well(search: Search) -> None:
    found = search.search("a recipe for lasagna with spinach")
    assert not found.good
    assert found.hits
    assert {hit.good for hit in found.hits} == {False}


def test_both_filters_apply_together(search: Search) -> None:
    found = search.search("validation", status="superseded", topic="model-risk")
    assert {hit.source for hit in found.hits} == {"sr-11-7"}


@pytest.mark.parametrize("k", [0, -1, 101])
def test_a_number_of_hits_out_of_range_is_refused(search: Search, k: int) -> None:
    with pytest.raises(InputError, match="k must be 1 to 100"):
        search.search("model", k)


def test_an_unknown_status_is_answered_with_the_known_ones(search: Search) -> None:
    with pytest.raises(UnknownId, match="no status 'valid'; there are: in_force, superseded"):
        search.search("model", status="valid")


def test_without_a_model_words_alone_are_compared(tmp_path: Path) -> None:
    index = PassageIndex(tmp_path, embedder=None)
    index.ensure(CORPUS)
    search = Search(index, None)
    found = search.search("population stability index")
    assert found.hits[0].passage == "monitoring#psi"
    assert found.good
    assert not found.dense
    assert search.search("bankruptcy hearing tomorrow").hits == ()
    assert search.search("definition of a model").hits[0].source == "sr-26-2"


def test_a_query_is_never_compared_with_vectors_of_another_model(
    built: Path, minilm: MiniLM
) -> None:
    index = PassageIndex(built, embedder=minilm)
    assert not Search(index, CountedEmbedder()).search("model").dense
    assert not Search(index, None).search("model").dense
    index.close()
