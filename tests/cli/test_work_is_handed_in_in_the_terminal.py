"""`interviewer code`, and `/code`, `/sql` and `/tables` in a round that is held in the terminal."""

from pathlib import Path

import pytest

from interviewer.paths import shipped
from interviewer.store.catalog_files import load_catalog
from tests.cli.running import NO_EMBEDDINGS, assert_refused, run

pytestmark = pytest.mark.slow

CATALOG = load_catalog(shipped("seeds"))
ROUND = CATALOG.round("jpmorgan-ml-engineer", "coding")
CODED, QUERIED = (CATALOG.question(question) for question in ROUND.questions[:2])
CODE = CATALOG.coding_problems[CODED.problem or ""]
SQL = CATALOG.sql_problems[QUERIED.sql_problem or ""]
SLOPPY = CODE.wrong_code(next(wrong for wrong in CODE.wrong if wrong.fails == "window-edge"))


def test_a_coding_problem_is_practised(tmp_path: Path) -> None:
    listed = run("code", "--json").document
    assert CODE.id in [problem["id"] for problem in listed]
    assert f"Hint 1 of {len(CODE.hints)}: " in run("code", CODE.id, "--hint", "1").out
    file = tmp_path / "solution.py"
    file.write_text(SLOPPY, encoding="utf-8")
    ran = run("code", CODE.id, "--file", file, "--json").document
    failing = [t["name"] for t in ran["outcome"]["tests"] if t["ending"] != "passed"]
    assert "window-edge" in failing
    assert CODE.test("window-edge").ask in [seen["ask"] for seen in ran["observations"]]
    off = {"INTERVIEWER_CODE": "off"}
    assert_refused(run("code", CODE.id, "--file", file, environment=off), 1, "switched off")
    assert_refused(run("code", "no-such-problem"), 2, "no-such-problem")


@pytest.mark.usefixtures("words_home")
def test_code_and_queries_are_handed_in_during_a_round(tmp_path: Path) -> None:
    code, query, binary = (tmp_path / name for name in ("c.py", "q.sql", "b.sql"))
    code.write_text(SLOPPY, encoding="utf-8")
    query.write_text(SQL.wrong[0].query, encoding="utf-8")
    binary.write_bytes(b"\xff\xfe\0")
    typed = [
        "/sql",  # no SQL question is open
        f"/code {code}",
        "I sort the minutes and compare neighbours, which is O(n log n). May they repeat?\n",
        "/pass",
        "/code",
        "/tables",
        f"/sql {binary}",
        f"/sql {tmp_path / 'gone.sql'}",
        f"/sql {query}",
        "I join both tables on the transaction and add the columns up by account.\n",
        "/end",
    ]
    arguments = ("chat", "--track", "jpmorgan-ml-engineer", "--round", ROUND.id, "--seed", "0")
    ran = run(*arguments, stdin="\n".join(typed) + "\n", environment=NO_EMBEDDINGS)
    assert ran.code == 0, ran.err
    said = " ".join(ran.out.split())
    noted = " ".join(ran.err.split())
    for expected in (
        f"of {sum(not test.visible for test in CODE.tests) + 1} tests that are not shown passed",
        CODE.test("window-edge").ask or "?",
        "Tables: transactions, disputes.",
        "one row a dispute",
        "inflated: 51 of 87 rows differ in spent.",
        SQL.probes[SQL.wrong[0].finding][0],
        f"Your query for \u201c{SQL.title}\u201d:",
        "Expected, for instance:",
    ):
        assert " ".join(expected.split()) in said, expected
    for expected in (
        "the question that is open asks for no query",
        "the question that is open asks for no code",
        "is not UTF-8 text",
        "cannot read",
    ):
        assert expected in noted, expected
    assert "Traceback" not in ran.err
