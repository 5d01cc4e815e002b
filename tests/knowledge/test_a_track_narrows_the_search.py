"""A track's sources are those its questions cite or give to read."""

import pytest

from interviewer.bootstrap import catalog
from interviewer.errors import UnknownId
from interviewer.knowledge.search import Search
from interviewer.knowledge.track_sources import track_sources


def test_only_the_given_sources_are_searched(search: Search) -> None:
    found = search.search("model", 7, sources={"ecoa", "monitoring"})
    assert {hit.source for hit in found.hits} == {"ecoa", "monitoring"}
    assert search.search("model", sources=set()).hits == ()


def test_it_combines_with_the_other_filters(search: Search) -> None:
    found = search.search("model", 7, sources={"ecoa", "sr-11-7"}, status="superseded")
    assert {hit.source for hit in found.hits} == {"sr-11-7"}


def test_the_sources_of_a_track_are_those_its_questions_refer_to() -> None:
    seeds = catalog()
    track = next(iter(seeds.tracks.values()))
    found = track_sources(seeds, track.id)
    question = seeds.question(track.rounds[-1].questions[0])
    cited = {name.partition("#")[0] for point in question.points for name in point.passages}
    assert cited <= found
    assert {name.partition("#")[0] for name in question.reading} <= found


def test_an_unknown_track_is_refused() -> None:
    with pytest.raises(UnknownId, match="no track 'astronaut'"):
        track_sources(catalog(), "astronaut")
