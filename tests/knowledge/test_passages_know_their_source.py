"""A passage carries what a reader must know about the source it was cut from."""

import datetime as dt
from pathlib import Path

import pytest

from interviewer.errors import UnknownId
from interviewer.knowledge.passages import Confidence, Status
from interviewer.knowledge.sources import SourceLibrary, load_sources, plain_citation
from tests.knowledge.builders import WORDS, a_source, write_sources

BODY = f"""What it is.

## First {{#first}}
{WORDS} [S1, II]

## Second {{#second confidence=low}}
{WORDS}
"""


@pytest.fixture
def library(tmp_path: Path) -> SourceLibrary:
    old = {
        "status": "superseded",
        "superseded_by": "new",
        "superseded_on": "2026-04-17",
        "confidence": "medium",
        "review_by": "2026-12-01",
        "cited_as": '["SR 11-7"]',
    }
    return load_sources(
        write_sources(tmp_path, old=a_source("old", BODY, **old), new=a_source("new"))
    )


def test_each_section_is_one_passage(library: SourceLibrary) -> None:
    assert list(library.passages) == ["new#only", "old#first", "old#second"]


def test_a_passage_says_what_replaced_its_source_and_when(library: SourceLibrary) -> None:
    passage = library.passage("old#first")
    assert passage.status is Status.SUPERSEDED
    assert (passage.superseded_by, passage.superseded_on) == ("new", dt.date(2026, 4, 17))
    assert passage.cited_as == ("SR 11-7",)


def test_a_section_has_its_own_confidence_or_the_sources(library: SourceLibrary) -> None:
    assert library.passage("old#first").confidence is Confidence.MEDIUM
    assert library.passage("old#second").confidence is Confidence.LOW


def test_what_is_embedded_leaves_document_marks_out(library: SourceLibrary) -> None:
    passage = library.passage("old#first")
    assert passage.text.endswith("[S1, II]")
    assert passage.plain.startswith(f"{passage.title}. First. A section")
    assert "[S1" not in passage.plain


def test_an_unknown_section_is_answered_with_the_known_ones(library: SourceLibrary) -> None:
    with pytest.raises(UnknownId, match="has no section 'third'; it has: first, second"):
        library.passage("old#third")


def test_an_unknown_source_is_named(library: SourceLibrary) -> None:
    with pytest.raises(UnknownId, match="no source 'older'"):
        library.passage("older#first")


def test_sources_whose_review_has_passed_are_found(library: SourceLibrary) -> None:
    assert [source.id for source in library.overdue(dt.date(2026, 12, 2))] == ["old"]
    assert library.overdue(dt.date(2026, 12, 1)) == ()


@pytest.mark.parametrize(
    "spelling", ["SR 11-7", "sr11-7", "SR 11/7", "  Sr  11.7 ", "SR 11 \u2013 7"]
)
def test_spellings_of_one_name_are_equal(spelling: str) -> None:
    assert plain_citation(spelling) == "sr 11 7"
