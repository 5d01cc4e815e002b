"""`knowledge show`: a source or a section, and the documents, dates and addresses it rests on."""

import re

from tests.cli.running import run

SECTION = "ecoa-reg-b#no-technology-exception"


def test_a_section_comes_with_the_documents_it_cites_and_no_others() -> None:
    shown = run("knowledge", "show", SECTION)
    assert shown.code == 0
    cited = set(re.findall(r"\[[^\]]*\]", shown.out.partition("## Documents")[0]))
    assert any("S7" in marks for marks in cited)
    listed = re.findall(r"(?m)^- (S\d+): .+, (\d{4}[\d-]*), <https://\S+>$", shown.out)
    assert [mark for mark, _ in listed] == ["S1", "S7"]


def test_json_holds_the_source_with_that_section_alone() -> None:
    source = run("knowledge", "show", SECTION, "--json").document
    assert [one["anchor"] for one in source["sections"]] == ["no-technology-exception"]
    assert source["documents"]["S7"]["date"] == "2025-05-12"


def test_what_does_not_exist_is_named_with_what_does() -> None:
    shown = run("knowledge", "show", "ecoa-reg-b#nope")
    assert shown.code == 2
    assert "has no section 'nope'; it has: status," in shown.err
