"""What has been replaced stands behind what replaced it, unless somebody asks for it."""

from pathlib import Path

import pytest

from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.passages import Status
from interviewer.knowledge.search import Search
from tests.knowledge.builders import a_passage


@pytest.mark.parametrize(
    "query",
    [
        "definition of a model",
        "quantitative method, system or approach that applied mathematical theories",
        "how often was a model validated",
        "review each model at least once a year",
    ],
)
def test_the_successor_comes_first(search: Search, query: str) -> None:
    found = search.search(query, 7)
    order = [hit.source for hit in found.hits if hit.source.startswith("sr-")]
    assert order[0] == "sr-26-2"


def test_a_superseded_hit_says_what_replaced_it(search: Search) -> None:
    hits = {hit.passage: hit for hit in search.search("definition of a model", 7).hits}
    old = hits["sr-11-7#definition"]
    assert (old.status, old.superseded_by) == (Status.SUPERSEDED, "sr-26-2")


def test_history_ranks_it_like_any_other(search: Search) -> None:
    query = "review each model at least once a year"
    assert search.search(query, history=True).hits[0].passage == "sr-11-7#validation"


@pytest.mark.parametrize("name", ["SR 11-7", "SR11-7", "OCC 2011-12", "sr 11/7"])
def test_naming_the_old_document_finds_it_behind_what_replaced_it(
    search: Search, name: str
) -> None:
    first, second, *_ = search.search(f"review once a year under {name}?").hits
    assert first.source == "sr-26-2"
    assert second.passage == "sr-11-7#validation"
    past = search.search(f"did {name} want a review once a year?").hits
    assert past[0].passage == "sr-11-7#validation"


def test_what_governs_the_subject_now_comes_before_what_was_withdrawn(tmp_path: Path) -> None:
    text = "Creditors that decide with complex algorithms owe specific reasons."
    index = PassageIndex(tmp_path, embedder=None)
    index.ensure(
        [
            a_passage("circular#x", "Reasons", text, status=Status.SUPERSEDED, governed_by="rule"),
            a_passage("rule#x", "Notices", "A creditor gives the specific reasons of a denial."),
            a_passage("rule#y", "Records", "Records of applications are kept for 25 months."),
        ]
    )
    first, second, *_ = Search(index, None).search(text).hits
    assert (first.passage, second.passage) == ("rule#x", "circular#x")
    assert second.superseded_by is None


def test_a_chain_of_successors_leads_to_the_text_in_force(tmp_path: Path) -> None:
    text = "Banks review each model once a year."
    gone = {"status": Status.SUPERSEDED}
    index = PassageIndex(tmp_path, embedder=None)
    index.ensure(
        [
            a_passage("first#x", "Review", text, superseded_by="second", **gone),
            a_passage(
                "second#x", "Review", f"{text} So do thrifts.", superseded_by="third", **gone
            ),
            a_passage("third#x", "Review", "Models are reviewed by their risk."),
            a_passage("fourth#x", "Review", "Another rule about a year of lending."),
        ]
    )
    found = Search(index, None).search(text)
    assert [hit.source for hit in found.hits][:3] == ["third", "first", "second"]


def test_a_source_nothing_replaced_is_found_behind_equals(tmp_path: Path) -> None:
    withdrawn = a_passage("a#x", "Letter", "On drift of scores.", status=Status.SUPERSEDED)
    index = PassageIndex(tmp_path, embedder=None)
    kept = a_passage("b#x", "Letter", "About the drift of all our own scores.")
    index.ensure([withdrawn, kept])
    hits = Search(index, None).search("drift of scores").hits
    assert [hit.source for hit in hits] == ["b", "a"]
    assert hits[1].score > 0


def test_a_source_nothing_replaced_stands_behind_text_that_fits_nearly_as_well(
    tmp_path: Path,
) -> None:
    index = PassageIndex(tmp_path, embedder=None)
    index.ensure(
        [
            a_passage("gone#x", "Letter", "Drift of scores.", status=Status.SUPERSEDED),
            a_passage("kept#x", "Letter", "Drift of scores in several other populations."),
            a_passage("else#x", "Letter", "Complaints about scores."),
        ]
    )
    search = Search(index, None)
    assert [hit.source for hit in search.search("drift of scores").hits][:2] == ["kept", "gone"]
    assert search.search("drift of scores", history=True).hits[0].source == "gone"


def test_naming_the_new_document_does_not(search: Search) -> None:
    assert search.search("review once a year under SR 26-2?").hits[0].source == "sr-26-2"


def test_asking_for_superseded_text_only_gives_only_that(search: Search) -> None:
    found = search.search("model", status="superseded")
    assert {hit.source for hit in found.hits} == {"sr-11-7"}


@pytest.mark.parametrize(
    "query",
    [
        "what did the withdrawn guidance say on review once a year",
        "review each model once a year before it was superseded",
        "the former rule on review of each model",
    ],
)
def test_a_question_about_the_past_finds_what_was(search: Search, query: str) -> None:
    assert search.search(query).hits[0].passage == "sr-11-7#validation"


def test_naming_the_old_document_brings_its_successor_along(search: Search) -> None:
    found = search.search("review once a year under SR 11-7?", 2)
    assert {hit.source for hit in found.hits} == {"sr-11-7", "sr-26-2"}
