"""An SQL question: a query is stored, run and compared; what differs is asked about and graded."""

import asyncio
import subprocess
import sys

import pytest

from interviewer.domain.catalog import Catalog
from interviewer.domain.events import EVENT, Event, QuerySubmitted, QueryTested
from interviewer.domain.examining import MOST_EXAMINED
from interviewer.domain.interview import Interview, replay
from interviewer.domain.measured import as_spoken, with_measured, with_measured_points
from interviewer.domain.moves import Examine
from interviewer.domain.next_move import next_move
from interviewer.domain.sql_problem import SqlProblem, probes_for
from interviewer.domain.sql_result import Column, Result, SqlFinding
from interviewer.domain.sql_run import KEPT_CHARS, SqlRun, judged, query_observations
from interviewer.domain.verdict import Met
from interviewer.errors import CodeNotRun, InputError, RuleBroken
from interviewer.interviews.query_turns import QueryTurns
from interviewer.interviews.record import Record
from interviewer.interviews.report import round_report
from interviewer.interviews.report_markdown import report_markdown
from interviewer.paths import shipped
from interviewer.store.engine import Database
from interviewer.store.sql_problem_files import load_sql_problems
from interviewer.workbench.sql.runner import CHILD, SqlLimits, SqlRunner
from tests.builders import (
    ANSWER,
    a_catalog,
    a_question,
    an_assessment,
    an_interview,
    answered,
    asked,
    at,
    followed_by,
    graded,
    moved,
    started,
)
from tests.builders_of_moves import a_query_run
from tests.interviews.parts import OWNER, Clock, a_conductor, an_event_log, begun, turn, updates

PROBLEMS = {problem.id: problem for problem in load_sql_problems(shipped("seeds"))}
PROBLEM: SqlProblem = PROBLEMS["spend-and-refunds-per-account"]
SLOW: SqlProblem = PROBLEMS["bank-spend-so-far"]
RIGHT = SqlFinding.RIGHT


def events_of(
    run: SqlRun | None, said: str = "One row an account.", problem: SqlProblem = PROBLEM
) -> list[Event]:
    question = with_measured_points(a_question(sql_problem=problem.id), problem)
    seen = query_observations(problem, run) if run else ()
    sent = {"question": "drift", "sha256": "0" * 64}
    return [
        started("drift"),
        asked(question, sql=problem.shown),
        QuerySubmitted(at=at(1), problem=problem.id, query="SELECT 1", **sent),
        QueryTested(at=at(2), run=run, observations=seen, refused="" if run else "gone", **sent),
        answered(said, 3),
    ]


def queried(run: SqlRun | None, problem: SqlProblem = PROBLEM) -> Interview:
    return an_interview(*events_of(run, problem=problem))


def a_right_run(finding: SqlFinding = RIGHT, **changes: object) -> SqlRun:
    return a_query_run(finding, message="All 87 rows are as expected.", difference=None, **changes)


@pytest.mark.parametrize("finding", list(SqlFinding))
def test_every_finding_is_asked_about_before_the_rubric(finding: SqlFinding) -> None:
    move = next_move(queried(a_query_run(finding)), an_assessment("no"), at(4))
    assert isinstance(move, Examine)
    assert move.observation.ask == probes_for(PROBLEM, finding)[0]
    assert "1 of 2 rows differ in spent." in move.reason


def test_a_query_that_fails_alike_again_is_asked_about_in_other_words() -> None:
    interview, asks = queried(a_query_run()), []
    for minute in range(4, 12, 2):
        move = next_move(interview, an_assessment("no"), at(minute))
        assert move is not None
        if not isinstance(move, Examine):
            assert move.kind == "probe", "the budget of follow-ups is left alone"
            break
        asks.append(move.observation.ask)
        again = query_observations(PROBLEM, a_query_run(), asks)
        sent = {"question": "drift", "sha256": "0" * 64}
        interview = followed_by(
            interview,
            moved(move, minute),
            QuerySubmitted(at=at(minute), problem=PROBLEM.id, query="SELECT 2", **sent),
            QueryTested(at=at(minute), run=a_query_run(), observations=again, **sent),
            answered("Hm.", minute + 1),
        )
    assert asks == list(probes_for(PROBLEM, SqlFinding.INFLATED))[:MOST_EXAMINED]


@pytest.mark.parametrize(
    ("run", "result", "work"),
    [
        (a_right_run(touched=2601), Met.YES, Met.YES),
        (a_right_run(SqlFinding.SLOW, touched=3_383_901), Met.YES, Met.NO),
        (a_query_run(SqlFinding.ORDER), Met.PARTLY, Met.PARTLY),
        (a_query_run(SqlFinding.ROUNDING), Met.PARTLY, Met.PARTLY),
        (a_query_run(SqlFinding.NULLS), Met.NO, Met.PARTLY),
        (a_query_run(SqlFinding.EXTRA_ROWS, touched=50_000), Met.NO, Met.NO),
        (a_query_run(SqlFinding.TIME, row_count=None, touched=None), Met.NO, Met.NO),
        (a_query_run(SqlFinding.ERROR, row_count=None, touched=None), Met.NO, None),
        (None, None, None),
    ],
)
def test_the_last_run_is_the_evidence(
    run: SqlRun | None, result: Met | None, work: Met | None
) -> None:
    exchange = queried(run, SLOW).exchanges[0]
    found = with_measured(an_assessment("yes"), exchange)
    assert found.met("query-returns-what-was-asked") is result
    assert found.met("query-does-no-needless-work") is work
    assert all(point.measured is None for point in as_spoken(exchange).question.points)


def test_only_what_the_problem_limits_is_measured() -> None:
    points = queried(a_right_run()).exchanges[0].question.points
    assert [p.id for p in points if p.measured] == ["query-returns-what-was-asked"]


def test_the_log_replays_and_the_report_shows_the_query() -> None:
    events = [EVENT.validate_json(EVENT.dump_json(e)) for e in events_of(a_query_run())]
    interview = replay(events)
    current = interview.current
    assert current is not None
    assert (current.run, len(current.submissions)) == (a_query_run(), 1)
    with pytest.raises(RuleBroken, match="closed"):
        followed_by(interview, events[2])
    found = with_measured(an_assessment("yes"), current)
    wrap = next_move(followed_by(interview), None, at(4))
    assert wrap is not None
    report = round_report("1", followed_by(interview, moved(wrap, 5), graded("drift", found)))
    text = report_markdown(report, {})
    assert "    SELECT 1\n" in text
    assert "inflated: 1 of 2 rows differ in spent.\nExpected, for instance: 7, 40.0" in text


def test_a_run_holds_nothing_that_a_terminal_or_a_log_would_choke_on() -> None:
    row = ("\x1b[2J\0" + "x" * 5000, 1)
    columns = (Column(name="a\x07", type="VARCHAR"), Column(name="b", type="INTEGER"))
    run = judged(PROBLEM, Result(columns=(), rows=()), Result(columns=columns, rows=(row,) * 400))
    text = run.model_dump_json()
    assert not [c for c in ("\\u001b", "\\u0000", "\\u0007") if c in text]
    assert len(run.kept.model_dump_json()) < 2 * KEPT_CHARS
    assert run.kept.row_count == 400


def test_an_interpreter_without_the_engine_says_so() -> None:
    request = (
        b'{"query": "SELECT 1", "tables": [], "limits": {"cpu_s": 5, "memory_bytes": 1000000, '
    )
    request += b'"process_bytes": 1000000000}}'
    done = subprocess.run(
        [sys.executable, "-I", "-S", CHILD], input=request, capture_output=True, timeout=30
    )
    assert done.stdout == b'{"status": "no-engine"}', done.stderr


class NoEngine(SqlRunner):
    """Where no query can be run."""

    async def run(self, problem: SqlProblem, query: str) -> SqlRun:
        raise CodeNotRun("queries are not run here")


class Endless(SqlRunner):
    """Never comes back; whoever waits is stopped, as by the end of the process."""

    def __init__(self) -> None:
        super().__init__()
        self.began = asyncio.Event()

    async def run(self, problem: SqlProblem, query: str) -> SqlRun:
        self.began.set()
        await asyncio.Event().wait()
        raise AssertionError


def some_turns(database: Database, runner: SqlRunner) -> QueryTurns:
    record = Record(an_event_log(database), Clock())
    return QueryTurns(record, PROBLEMS, runner, Clock())


def an_sql_catalog(**changes: object) -> Catalog:
    question = a_question("drift", sql_problem=PROBLEM.id, **changes)
    return a_catalog(question, a_question("limits")).model_copy(update={"sql_problems": PROBLEMS})


async def test_what_was_sent_outlives_the_engine_and_the_process(database: Database) -> None:
    conductor = a_conductor(database, catalog=an_sql_catalog())
    interview_id = await begun(conductor)
    with pytest.raises(CodeNotRun, match="not run here"):
        await some_turns(database, NoEngine()).query(interview_id, "SELECT 1", owner=OWNER)
    endless = Endless()
    waiting = asyncio.create_task(
        some_turns(database, endless).query(interview_id, "SELECT 2", owner=OWNER)
    )
    await endless.began.wait()
    waiting.cancel()
    for unfit in ("", " \n", "SELECT '\0'", "SELECT '\ud800'", "x" * 20_001):
        with pytest.raises(InputError):
            await some_turns(database, NoEngine()).query(interview_id, unfit, owner=OWNER)
    interview = await conductor.load(interview_id, owner=OWNER)
    assert _sent(interview) == ("SELECT 1", "SELECT 2")
    assert interview.awaits_candidate
    assert interview.current is not None
    assert interview.current.run is None
    assert (await turn(conductor.answer(interview_id, ANSWER, owner=OWNER))).move != "examine"


def _sent(interview: Interview) -> tuple[str, ...]:
    return interview.exchanges[0].submissions


HOSTILE = {
    "DROP TABLE customers": "DROP is not allowed here",
    "COPY customers TO 'stolen.csv'": "COPY is not allowed here",
    "ATTACH 'other.db'": "ATTACH is not allowed here",
    "INSTALL httpfs": "INSTALL is not allowed here",
    "SELECT count(*) FROM range(100000) a, range(100000) b WHERE sqrt(a.range * b.range) % 2 <> 0.5": "its time was over",
    "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT count(*) FROM r": "its time was over",
}  # fmt: skip


@pytest.mark.slow
async def test_a_round_with_hostile_wrong_and_right_queries(database: Database) -> None:
    conductor = a_conductor(database, catalog=an_sql_catalog(follow_ups=0))
    interview_id = await begun(conductor)
    shown = (await conductor.load(interview_id, owner=OWNER)).current
    assert shown is not None
    assert shown.sql == PROBLEM.shown
    turns = some_turns(database, SqlRunner(SqlLimits(cpu_s=1)))
    sheets = await turns.tables(interview_id, owner=OWNER)
    assert [sheet.name for sheet in sheets] == list(PROBLEM.tables)
    for query, said in HOSTILE.items():
        run = await turns.query(interview_id, query, owner=OWNER)
        assert said in run.message
        assert not run.was_run
    wrong = await turns.query(interview_id, PROBLEM.wrong[0].query, owner=OWNER)
    assert wrong.finding is SqlFinding.INFLATED
    assert wrong.difference is not None
    assert (wrong.difference.missing, len(wrong.difference.extra)) == ((), 3)
    follow_up = await turn(conductor.answer(interview_id, ANSWER, owner=OWNER))
    assert follow_up.move == "examine"
    assert PROBLEM.probes[SqlFinding.INFLATED][0] in follow_up.text
    right = await turns.query(interview_id, PROBLEM.reference, owner=OWNER)
    assert right.finding is RIGHT
    asked_next = await turn(conductor.answer(interview_id, "Summed first.", owner=OWNER))
    assert PROBLEM.probes[RIGHT][0] in asked_next.text
    await updates(conductor.end(interview_id, owner=OWNER))
    with pytest.raises(RuleBroken):
        await turns.query(interview_id, "SELECT 1", owner=OWNER)
    interview = await conductor.graded(interview_id, owner=OWNER)
    report = round_report(interview_id, interview)
    points = {point.id: point for point in report.questions[0].points}
    assert points["query-returns-what-was-asked"].met is Met.YES
    sent = report.questions[0].submission
    assert sent is not None
    assert (sent.sent, sent.text) == (len(HOSTILE) + 2, PROBLEM.reference)
