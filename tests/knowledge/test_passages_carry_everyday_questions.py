"""Each shipped passage is also found by people who do not know its words."""

from collections import Counter

from interviewer.knowledge.everyday import FILES, asked_as
from interviewer.knowledge.sources import load_sources
from interviewer.paths import shipped
from tests.knowledge.builders import a_passage


def test_every_shipped_passage_has_one_and_none_is_left_over() -> None:
    known = load_sources(shipped("knowledge")).passages
    assert [name for name in known if not asked_as(name)] == []
    named = set()
    for file in FILES:
        source = ""
        for line in file.read_text(encoding="utf-8").splitlines():
            source = line[1:] if line.startswith("@") else source
            if not line.startswith("@"):
                named.add(f"{source}#{line.split(' | ')[0]}")
    assert named == set(known)


def test_no_two_passages_claim_the_same_question() -> None:
    known = load_sources(shipped("knowledge")).passages
    asked = Counter(question.casefold() for name in known for question in asked_as(name))
    assert [question for question, times in asked.items() if times > 1] == []


def test_they_are_indexed_and_never_shown() -> None:
    passage = a_passage("a#x", "Heading", "The text.", asked_as=("How so?",))
    assert passage.plain == "How so? a. Heading. The text"
    assert passage.as_written == "a. Heading. The text"
    assert passage.text == "The text."


def test_passages_of_other_sources_have_none() -> None:
    assert asked_as("no-such#passage") == ()
