"""Whatever an author gets wrong is named with file, line and field, all at once."""

from pathlib import Path

import pytest

from interviewer.errors import SourceError
from interviewer.knowledge.sources import load_sources, problems
from tests.knowledge.builders import WORDS, a_source, write_sources


def reported(folder: Path) -> list[str]:
    return [str(problem) for problem in problems(folder)]


def test_a_sound_folder_has_no_problems(tmp_path: Path) -> None:
    folder = write_sources(tmp_path, sr_26_2=a_source("sr-26-2"), README="# Not a source")
    assert problems(folder) == []
    assert list(load_sources(folder).sources) == ["sr-26-2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no front matter", "a.md:1: front matter: the file must start with a line '---'"),
        ("", "a.md:1: front matter: the file must start with a line '---'"),
        ("---\nid: a\n", "a.md:1: front matter: no closing line '---'"),
        ("---\n- a\n---\n", "a.md:2: front matter: must be a list of `field: value` lines"),
        ("---\nid: [a\n---\n", "a.md:3: front matter: did not find expected ',' or ']'"),
    ],
    ids=["none", "empty", "unclosed", "list", "yaml"],
)
def test_broken_front_matter_is_named(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in reported(write_sources(tmp_path, a=text))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"isuer": "Fed"}, "a.md:18: isuer: unknown field"),
        ({"issuer": None}, "a.md:1: issuer: missing"),
        ({"status": "binding"}, "a.md:6: status: Input should be"),
        ({"as_of": "yesterday"}, "a.md:11: as_of: Input should be a valid date"),
        ({"url": "ftp://x"}, "a.md:13: url: String should match"),
        ({"documents": "{S1: {title: Letter}}"}, "a.md:17: documents.S1.url: missing"),
        ({"topics": "[Model Risk]"}, "a.md:15: topics.0: String should match"),
        ({"title": "One\ntitle: Two"}, "a.md:4: title: given twice"),
        ({"review_by": "2026-11-22"}, "a.md:12: review_by: 2026-11-22 is not after as_of"),
        (
            {"status": "superseded"},
            "a.md:10: superseded_on: a superseded source needs the date",
        ),
        (
            {"superseded_on": "2026-04-17"},
            "a.md:10: superseded_on: given, but status is in_force",
        ),
    ],
)
def test_a_wrong_field_is_named_with_its_line(
    tmp_path: Path, fields: dict[str, str | None], expected: str
) -> None:
    folder = write_sources(tmp_path, a=a_source("a", **fields))
    assert any(line.startswith(expected) for line in reported(folder)), reported(folder)


def test_the_id_must_be_the_file_name(tmp_path: Path) -> None:
    folder = write_sources(tmp_path, a=a_source("b"))
    assert reported(folder) == ["a.md:2: id: 'b' must equal the file name"]


def test_two_files_cannot_share_an_id(tmp_path: Path) -> None:
    folder = write_sources(tmp_path, a=a_source("a"), b=a_source("a"))
    assert "b.md:2: id: 'a' is already the id of a.md" in reported(folder)


@pytest.mark.parametrize(
    "heading",
    [
        "## No anchor",
        "## Title {#Upper}",
        "## Title {#two words}",
        "### Too deep {#deep}",
        "## Title {#a confidence=certain}",
        f"## Title {{#{'a' * 61}}}",
    ],
)
def test_a_bad_anchor_is_named(tmp_path: Path, heading: str) -> None:
    folder = write_sources(tmp_path, a=a_source("a", f"What it is.\n\n{heading}\n{WORDS}"))
    assert reported(folder)[0].startswith(f"a.md:21: anchor: {heading[:60]!r} must read")


def test_an_anchor_used_twice_is_named(tmp_path: Path) -> None:
    section = f"## Title {{#same}}\n{WORDS}\n"
    folder = write_sources(tmp_path, a=a_source("a", f"What it is.\n{section}{section}"))
    assert reported(folder) == ["a.md:22: #same: this anchor is used twice"]


@pytest.mark.parametrize("count", [29, 191])
def test_a_section_must_have_30_to_190_words(tmp_path: Path, count: int) -> None:
    text = "word " * (count - 1) + "[S1]"
    folder = write_sources(tmp_path, a=a_source("a", f"What it is.\n## Title {{#x}}\n{text}"))
    assert reported(folder) == [f"a.md:20: #x: {count} words; a section has 30 to 190"]


@pytest.mark.parametrize("marks", ["S9", "S9, IV", "S1; S9"])
def test_a_citation_of_an_unlisted_document_is_named(tmp_path: Path, marks: str) -> None:
    body = f"What it is.\n## Title {{#x}}\n{WORDS} [S1, II] [{marks}]"
    folder = write_sources(tmp_path, a=a_source("a", body))
    assert reported(folder) == ["a.md:20: #x: cites S9, which is not in documents"]


@pytest.mark.parametrize("confidence", ["high", "medium"])
def test_a_section_cites_one_of_the_documents(tmp_path: Path, confidence: str) -> None:
    words = WORDS.replace("[S1]", "")
    body = f"What it is.\n## Title {{#x confidence={confidence}}}\n{words}"
    folder = write_sources(tmp_path, a=a_source("a", body))
    assert reported(folder) == ["a.md:20: #x: cites none of the documents: S1"]


def test_a_section_of_low_confidence_may_have_no_document_to_cite(tmp_path: Path) -> None:
    words = WORDS.replace("[S1]", "")
    heading = "## Title {#x confidence=low}"
    folder = write_sources(tmp_path, a=a_source("a", f"What it is.\n{heading}\n{words}"))
    assert reported(folder) == []
    folder = write_sources(tmp_path, a=a_source("a", f"What it is.\n{heading}\n{words} [S9]"))
    assert reported(folder) == ["a.md:20: #x: cites S9, which is not in documents"]


def test_a_file_needs_an_introduction_and_a_section(tmp_path: Path) -> None:
    folder = write_sources(tmp_path, a=a_source("a", " "))
    assert [problem.field for problem in problems(folder)] == ["introduction", "sections"]


def test_a_successor_must_exist(tmp_path: Path) -> None:
    fields = {"status": "superseded", "superseded_by": "gone", "superseded_on": "2026-01-01"}
    folder = write_sources(tmp_path, a=a_source("a", **fields))
    assert reported(folder) == ["a.md:9: superseded_by: no source 'gone'"]


def test_what_governs_the_subject_must_exist_and_goes_with_superseded_text(tmp_path: Path) -> None:
    gone = {"status": "superseded", "superseded_on": "2026-01-01"}
    folder = write_sources(
        tmp_path, a=a_source("a", **gone, governed_by="lost"), b=a_source("b", governed_by="a")
    )
    told = reported(folder)
    assert any("governed_by: no source 'lost'" in line for line in told)
    assert any(
        line.startswith("b.md") and "governed_by: given, but status" in line for line in told
    )


def test_sources_cannot_replace_each_other_in_a_circle(tmp_path: Path) -> None:
    fields = {"status": "superseded", "superseded_on": "2026-01-01"}
    folder = write_sources(
        tmp_path,
        a=a_source("a", superseded_by="b", **fields),
        b=a_source("b", superseded_by="a", **fields),
    )
    assert "a.md:9: superseded_by: leads back to 'a': nothing replaces itself" in reported(folder)


def test_a_spelling_belongs_to_one_source(tmp_path: Path) -> None:
    folder = write_sources(
        tmp_path,
        a=a_source("a", cited_as='["SR 26-2", "SR26-2"]'),
        b=a_source("b", cited_as='["sr 26-2"]'),
    )
    assert reported(folder) == [
        "b.md:14: cited_as: 'sr 26-2' already names 'a'; a spelling belongs to one source"
    ]


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"---\nid: a\ntitle: caf\xe9\n---\n")
    assert reported(tmp_path) == ["a.md:3: file: not UTF-8: byte 0xe9"]


def test_an_empty_or_missing_folder_is_named(tmp_path: Path) -> None:
    assert "no source file" in reported(tmp_path)[0]
    with pytest.raises(SourceError, match="no source file"):
        load_sources(tmp_path / "missing")


def test_loading_refuses_a_folder_and_counts_what_is_wrong(tmp_path: Path) -> None:
    folder = write_sources(tmp_path, a=a_source("b"), c=a_source("d"), e=a_source("e"))
    with pytest.raises(SourceError) as refusal:
        load_sources(folder)
    assert str(refusal.value) == (
        "a.md:2: id: 'b' must equal the file name (and 1 more: `interviewer check` lists them)"
    )
