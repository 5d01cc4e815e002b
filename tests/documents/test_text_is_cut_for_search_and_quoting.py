import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from interviewer.knowledge.documents.chunks import MOST_WORDS, passages, quotable
from interviewer.knowledge.documents.document import Kind, clean_name, guessed_kind
from interviewer.knowledge.documents.layout import Block, blocks, visible
from tests.documents.builders import JOB, RESUME, RESUME_ITEMS


def test_lines_ended_by_the_paper_are_joined() -> None:
    text = (
        "Professional Experience\n"
        "• Built a model for card fraud that watches every payment of the\n"
        "  bank and cut the losses by 12% within six months\n"
        "•\nLed nine people\n"
        "A longer paragraph about the work that goes on over the end of a\n"
        "line and stops here.\n"
    )
    assert blocks(text) == [
        Block("heading", "Professional Experience"),
        Block(
            "item",
            "Built a model for card fraud that watches every payment of the bank and cut the "
            "losses by 12% within six months",
        ),
        Block("item", "Led nine people"),
        Block(
            "text",
            "A longer paragraph about the work that goes on over the end of a line and stops here.",
        ),
    ]


def test_headings_are_recognised_without_marks() -> None:
    found = [
        b.text for b in blocks("WORK HISTORY\nDid it.\n\nKey duties:\nMore.\n\nSkills\nSQL, R")
    ]
    assert found == ["WORK HISTORY", "Did it.", "Key duties", "More.", "Skills", "SQL, R"]


def test_a_passage_keeps_to_its_section_and_names_it() -> None:
    found = passages("jobs/acme.md", Kind.JOB, blocks(JOB))
    assert [(p.id, p.section) for p in found] == [
        ("my:jobs/acme.md#1", "Fraud engineer: Responsibilities"),
        ("my:jobs/acme.md#2", "Requirements"),
    ]
    assert found[0].text.startswith("- You will own the models")


def test_neighbours_share_one_sentence() -> None:
    text = " ".join(f"Sentence number {n} says something about the model." for n in range(60))
    found = passages("a.txt", Kind.OTHER, blocks(text))
    assert len(found) > 2
    for first, second in pairwise(found):
        assert second.text.split(". ")[0] in first.text


@given(st.text(alphabet="ab7 .\n-#é:", max_size=3_000), st.integers(1, 60))
def test_no_passage_is_too_long_and_no_word_is_lost(text: str, repeat: int) -> None:
    text = "\n".join([text] * repeat)
    cut = blocks(visible(text))
    found = passages("a.txt", Kind.OTHER, cut)
    assert all(len(passage.text.split()) <= MOST_WORDS for passage in found)
    kept = " ".join(f"{passage.section} {passage.text}" for passage in found)
    assert set(re.findall(r"[abé]+", text)) <= set(re.findall(r"[abé]+", kept))


def test_a_resume_is_quoted_by_its_results_first() -> None:
    lines = quotable(Kind.RESUME, blocks(RESUME))
    assert lines[:3] == [RESUME_ITEMS[0], RESUME_ITEMS[2], RESUME_ITEMS[1]]
    assert "Senior engineer at Example Bank since 2019, mostly on payments." in lines[3:]
    assert not any("@" in line for line in lines)


def test_a_job_is_quoted_in_its_own_order() -> None:
    assert quotable(Kind.JOB, blocks(JOB))[0] == "You will own the models that stop card fraud."


def test_kinds_are_guessed_by_name_then_by_words() -> None:
    assert guessed_kind("Jane Résumé.pdf", "") is Kind.RESUME
    assert guessed_kind("acme-jd.docx", "") is Kind.JOB
    assert guessed_kind("a.txt", RESUME) is Kind.RESUME
    assert guessed_kind("a.txt", JOB) is Kind.JOB
    assert guessed_kind("handbook.md", "How we monitor models.") is Kind.OTHER
    assert guessed_kind("resumed-work.md", "How we monitor models.") is Kind.OTHER


def test_a_name_keeps_to_its_folder_and_its_line() -> None:
    assert clean_name("../../etc/passwd\n.txt") == "etc/passwd .txt"
    assert clean_name("C:\\Users\\jane\\cv\x1b[31m.pdf") == "C:/Users/jane/cv[31m.pdf"
