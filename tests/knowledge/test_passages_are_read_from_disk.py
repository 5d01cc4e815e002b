"""A generation's passages stay in their file; the columns that ranking needs are in memory."""

from pathlib import Path

import pytest

from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.passage_table import PassageTable
from interviewer.knowledge.passages import Status
from interviewer.knowledge.snapshot import PASSAGE_LIST
from tests.knowledge.builders import CORPUS, a_passage


def test_every_passage_comes_back_as_it_was_built(tmp_path: Path) -> None:
    awkward = a_passage("odd#x", "Braces", "A line\n {\n and a brace } at its end\n}")
    index = PassageIndex(tmp_path, embedder=None)
    index.ensure([*CORPUS, awkward])
    table = index.snapshot().passages
    assert list(table) == [*CORPUS, awkward]
    assert table[-1] == awkward
    assert table[1:3] == list(CORPUS[1:3])
    assert table.ids == [passage.id for passage in (*CORPUS, awkward)]


def test_no_passages_are_no_rows(tmp_path: Path) -> None:
    (tmp_path / "passages.json").write_bytes(PASSAGE_LIST.dump_json([], indent=1))
    assert len(PassageTable(tmp_path / "passages.json")) == 0


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"status": Status.SUPERSEDED}, 2),
        ({"topic": "model-risk"}, 4),
        ({"sources": {"ecoa", "proposal"}}, 2),
        ({"status": Status.IN_FORCE, "sources": {"ecoa", "proposal"}}, 1),
        ({}, len(CORPUS)),
    ],
)
def test_filters_read_the_columns(
    tmp_path: Path, filters: dict[str, object], expected: int
) -> None:
    (tmp_path / "passages.json").write_bytes(PASSAGE_LIST.dump_json(list(CORPUS), indent=1))
    table = PassageTable(tmp_path / "passages.json")
    assert table.passing(**filters).sum() == expected  # type: ignore[arg-type]
