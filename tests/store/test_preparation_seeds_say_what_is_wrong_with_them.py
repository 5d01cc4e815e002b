"""Seeds of the preparation that are wrong: file, line and field of each problem."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from interviewer.domain.catalog import Catalog
from interviewer.errors import SeedError
from interviewer.paths import shipped
from interviewer.store.catalog_files import load_catalog
from interviewer.store.preparation_files import (
    citation_problems,
    load_preparation,
    read_preparation,
)

FILES = ("skills.yaml", "readiness.yaml", "timelines.yaml", "quiz.yaml")
Change = Callable[[str, str, str], int]


class APassage(NamedTuple):
    as_of: dt.date
    status: str = "in_force"
    confidence: str = "high"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(shipped("seeds"))


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    for name in FILES:
        shutil.copy(shipped("seeds") / name, folder / name)
    return folder


@pytest.fixture
def change(seeds: Path) -> Change:
    """Replaces the first occurrence and returns its line."""

    def run(name: str, old: str, new: str) -> int:
        text = (seeds / name).read_text(encoding="utf-8")
        assert old in text
        (seeds / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    return run


def problems(seeds: Path, catalog: Catalog) -> list[str]:
    return [str(problem) for problem in read_preparation(seeds, catalog)[1]]


def test_the_shipped_seeds_are_in_order(seeds: Path, catalog: Catalog) -> None:
    content = load_preparation(seeds, catalog)
    assert len(content.skills.skills) == 8
    assert len(content.readiness) == 10
    assert len(content.quiz) >= 30
    assert {pattern.track for pattern in content.timelines} == set(catalog.tracks)


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("readiness.yaml", "skills: [data]\n", "skills: [juggling]\n", "'juggling' is not defined"),
        ("readiness.yaml", "losses-up-auc-flat,", "no-such-question,", "'no-such-question' is not"),
        ("timelines.yaml", "id: product-sense", "id: ml-fundamentals", "is already used"),
        (
            "timelines.yaml",
            "track: jpmorgan-ai-pm",
            "track: elsewhere",
            "'elsewhere' is not defined",
        ),
        ("timelines.yaml", "after: [7, 10]", "after: [10, 7]", "0 <= fewest <= most"),
        ("quiz.yaml", "id: principles-largest-group", "id: principles-how-many", "already used"),
        ("quiz.yaml", "right: Commercial\n", "right: Corporate\n", "two options are the same"),
        ("quiz.yaml", "topic: principles", "tropic: principles", "Extra inputs"),
    ],
)
def test_a_problem_is_named_with_file_line_and_message(
    seeds: Path, catalog: Catalog, change: Change, name: str, old: str, new: str, says: str
) -> None:
    line = change(name, old, new)
    found = problems(seeds, catalog)
    named = [p for p in found if p.startswith(f"seeds/{name}:") and says in p]
    assert named, found
    # A problem of a whole entry is named where the entry begins.
    assert any(line - 3 <= int(p.split(":")[1]) <= line for p in named), (line, named)


def test_a_criterion_or_category_without_a_skill_is_named(
    seeds: Path, catalog: Catalog, change: Change
) -> None:
    change("skills.yaml", "  monitoring: [infrastructure, ml]\n", "")
    change("skills.yaml", "  behavioural: [communication]\n", "")
    found = "\n".join(problems(seeds, catalog))
    assert "criterion 'monitoring' has no skill" in found
    assert "category 'behavioural' of a question has no skill" in found


def test_an_item_too_few_and_a_missing_file_are_named(seeds: Path, catalog: Catalog) -> None:
    text = (seeds / "readiness.yaml").read_text(encoding="utf-8")
    (seeds / "readiness.yaml").write_text(text[: text.rindex("\n- id: ")], encoding="utf-8")
    assert any("has 9 items, not 10" in problem for problem in problems(seeds, catalog))
    (seeds / "quiz.yaml").unlink()
    with pytest.raises(SeedError, match=r"seeds/quiz\.yaml:1: -: the file does not exist"):
        load_preparation(seeds, catalog)


def test_what_may_not_be_cited_and_what_was_checked_again_is_named(
    seeds: Path, catalog: Catalog
) -> None:
    read, _ = read_preparation(seeds, catalog)
    assert read is not None
    checked = dt.date(2026, 11, 22)
    sound = {
        passage: APassage(checked) for item in read.content.readiness for passage in item.passages
    } | {item.passage: APassage(checked) for item in read.content.quiz}
    assert list(citation_problems(read, sound)) == []
    doubtful = sound | {
        "jpm-results#fy2025": APassage(checked, confidence="low"),
        "jpm-results#size": APassage(checked, status="superseded"),
        "jpm-segments#cib": APassage(dt.date(2027, 1, 5)),
    }
    doubtful.pop("jpm-segments#awm")
    found = "\n".join(str(problem) for problem in citation_problems(read, doubtful))
    assert "'jpm-results#fy2025' is of low confidence" in found
    assert "'jpm-results#size' is superseded" in found
    assert "'jpm-segments#cib' was checked on 2027-01-05" in found
    assert "'jpm-segments#awm' does not exist" in found
