from pathlib import Path

import pytest

from interviewer.errors import SeedError
from interviewer.paths import shipped
from interviewer.store.catalog_files import read_catalog
from interviewer.store.sql_problem_files import load_sql_problems

GOOD = (shipped("seeds") / "sql" / "score-jumps.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("id: score-jumps", "id: other", "sql/score-jumps.yaml:2: id: is not the file's name"),
        ("tables: [model_scores]", "tables: [passwords]", "tables.0: Input should be 'customers'"),
        ("finding: rounding", "finding: rubbish", "wrong.3.finding: Input should be 'right'"),
        ("  right:\n", "  error:\n", "what is asked of a right query is missing"),
    ],
)
def test_a_broken_problem_is_named_by_line_and_field(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    folder = tmp_path / "seeds" / "sql"
    folder.mkdir(parents=True)
    assert old in GOOD
    (folder / "score-jumps.yaml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SeedError) as raised:
        load_sql_problems(folder.parent)
    assert says in str(raised.value)


@pytest.mark.parametrize(
    ("added", "says"),
    [
        ("", "refunds-beside-spend.yaml:13: sql_problem: 'spend-and-refunds-per-account' is not"),
        ("problem: calibration\n", "has a `problem` or a `sql_problem`, not both"),
    ],
)
def test_a_question_names_one_problem_that_exists(tmp_path: Path, added: str, says: str) -> None:
    name = Path("questions", "coding", "refunds-beside-spend.yaml")
    text = (shipped("seeds") / name).read_text(encoding="utf-8")
    file = tmp_path / "seeds" / name
    file.parent.mkdir(parents=True)
    file.write_text(text.replace("sql_problem:", f"{added}sql_problem:"), encoding="utf-8")
    _, problems = read_catalog(tmp_path / "seeds")
    assert says in "\n".join(map(str, problems))
