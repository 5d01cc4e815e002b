"""Adjacent sections that answer alike are one hit; repeated text is shown once."""

from collections.abc import Iterator
from pathlib import Path

from interviewer.knowledge.folding import MOST_FOLDED, folded
from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.passages import Passage
from interviewer.knowledge.search import Search
from tests.knowledge.builders import a_passage


def a_section(source: str, number: int) -> Passage:
    return a_passage(f"{source}#s{number}", f"Section {number}", f"Text {number} of {source}.")


def test_the_section_next_to_a_hit_joins_it_and_makes_room_for_another_source() -> None:
    ranked = [
        (5, a_section("a", 5), 1.0),
        (6, a_section("a", 6), 0.95),
        (20, a_section("b", 1), 0.9),
    ]
    hits = folded(ranked, 2)
    assert [hit.passage.id for hit in hits] == ["a#s5", "b#s1"]
    assert [joined.id for joined in hits[0].joined] == ["a#s6"]


def test_a_section_that_answers_less_well_stays_a_hit_of_its_own() -> None:
    ranked = [(5, a_section("a", 5), 1.0), (6, a_section("a", 6), 0.5)]
    assert [hit.passage.id for hit in folded(ranked, 5)] == ["a#s5", "a#s6"]


def test_sections_apart_and_neighbours_of_another_source_stay_apart() -> None:
    ranked = [
        (5, a_section("a", 5), 1.0),
        (7, a_section("a", 7), 1.0),
        (4, a_section("b", 9), 1.0),
    ]
    assert len(folded(ranked, 5)) == 3


def test_a_whole_source_cannot_pass_for_one_hit() -> None:
    ranked = [(row, a_section("a", row), 1.0) for row in range(10)]
    hits = folded(ranked, 10)
    assert all(len(hit.joined) <= MOST_FOLDED for hit in hits)
    assert len(hits) == 4


def test_no_more_is_read_than_needed() -> None:
    read = []

    def ranked() -> Iterator[tuple[int, Passage, float]]:
        for row in range(0, 100, 2):
            read.append(row)
            yield row, a_section("a", row), 1.0

    assert len(folded(ranked(), 3)) == 3
    assert len(read) == 4


def test_text_that_repeats_is_shown_once(tmp_path: Path) -> None:
    text = "A bank compares the distribution of a score with a reference, month by month."
    index = PassageIndex(tmp_path, embedder=None)
    index.ensure(
        [
            a_passage("one#x", "Stability", text),
            a_passage("two#x", "Stability", f"{text.upper()}"),
            a_passage("three#x", "Stability", "Another text on the distribution of complaints."),
        ]
    )
    hits = Search(index, None).search("distribution of a score").hits
    assert [hit.source for hit in hits] == ["one", "three"]
