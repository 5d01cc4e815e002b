"""`sql`: the list, a query that is right, one that is not, and what cannot be run."""

from pathlib import Path

from interviewer.paths import shipped
from interviewer.store.sql_problem_files import load_sql_problems
from tests.cli.running import assert_refused, run

PROBLEM = next(
    p for p in load_sql_problems(shipped("seeds")) if p.id == "customers-outside-private"
)


def test_a_query_from_a_file_is_compared_and_explained(tmp_path: Path) -> None:
    file = tmp_path / "query.sql"
    file.write_text(PROBLEM.wrong[0].query, encoding="utf-8")
    ran = run("sql", PROBLEM.id, "--file", file)
    assert ran.code == 0, ran.err
    assert "missing-rows: Missing: 1 of 3 rows." in ran.out
    assert PROBLEM.probes[PROBLEM.wrong[0].finding][0] in " ".join(ran.out.split())
    assert PROBLEM.reference not in ran.out


def test_a_query_that_is_not_run_is_told_why_and_fails() -> None:
    ran = run("sql", PROBLEM.id, "--file", "-", "--json", stdin="DROP TABLE customers")
    assert ran.code == 1
    assert ran.document["run"]["finding"] == "refused"
    assert "DROP is not allowed" in ran.document["run"]["message"]
    assert "Traceback" not in ran.err


def test_a_problem_hides_its_solution() -> None:
    problems = run("sql", "--json").document
    assert len(problems) >= 14
    assert not {"reference", "wrong", "probes"} & set(problems[0])


def test_what_cannot_be_used_is_said_in_one_line(tmp_path: Path) -> None:
    assert_refused(run("sql", "no-such-problem"), 2, "no SQL problem 'no-such-problem'")
    binary = tmp_path / "query.sql"
    binary.write_bytes(b"\xff\xfe\x00")
    assert_refused(run("sql", PROBLEM.id, "--file", binary), 2, "not UTF-8")
