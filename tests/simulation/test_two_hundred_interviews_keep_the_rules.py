"""Whole loops over both tracks with simulated candidates: order, time, and who gets through."""

import datetime as dt
from itertools import islice
from pathlib import Path

import pytest

from interviewer.bootstrap import catalog
from interviewer.bootstrap.product import Product
from interviewer.domain.committee.decision import Decision
from interviewer.domain.interview import Interview
from interviewer.domain.next_move import LEAST_FOR_A_QUESTION
from interviewer.domain.rubric import Signal
from interviewer.domain.scorecard import Outcome
from interviewer.interviews.report import minutes_at
from tests.simulation.candidates import JUNK, NAMES
from tests.simulation.stage import Played, asked, staged

pytestmark = pytest.mark.slow

LEAST_INTERVIEWS = 200
SEEDS = (0, 7, 2026, 31)
"""The authored order first, then others, until there are enough interviews."""


def loops_to_play() -> list[tuple[str, int]]:
    """Candidates with their seeds: every candidate, then again with the next seed."""
    rounds = sum(len(track.rounds) for track in catalog().tracks.values())
    needed = -(-LEAST_INTERVIEWS // rounds)
    return list(islice(((name, seed) for seed in SEEDS for name in NAMES), needed))


@pytest.mark.parametrize("name", NAMES)
async def test_every_loop_keeps_its_order_and_its_time_and_decides_as_deserved(
    name: str, product: Product, folder: Path
) -> None:
    async with staged(product, folder) as stage:
        candidate = stage.candidate(name)
        for seed in [seed for whose, seed in loops_to_play() if whose == name]:
            for track in product.catalog.tracks:
                played = await stage.play(track, candidate, seed)
                for interview in played.rounds:
                    assert_no_question_twice(interview)
                    assert_within_its_time(interview)
                assert_decided_as_deserved(name, played)
                assert_every_quote_was_said(played)


def test_every_candidate_plays_and_the_interviews_are_enough() -> None:
    rounds = sum(len(track.rounds) for track in catalog().tracks.values())
    assert {name for name, _ in loops_to_play()} == set(NAMES)
    assert len(loops_to_play()) * rounds >= LEAST_INTERVIEWS


def assert_no_question_twice(interview: Interview) -> None:
    said = [e.question.text for e in interview.exchanges]
    assert len(set(asked(interview))) == len(asked(interview))
    assert len(set(said)) == len(said)
    for exchange in interview.exchanges:
        probes = [(m.point, m.deepen) for m in exchange.moves if m.kind == "probe"]
        assert len(set(probes)) == len(probes), "the same follow-up twice"


def assert_within_its_time(interview: Interview) -> None:
    """Nothing is opened after the end; only an answer that was begun in time may run over it."""
    assert interview.is_over
    limit = interview.started.minutes
    minutes = minutes_at(interview)
    room = LEAST_FOR_A_QUESTION / dt.timedelta(minutes=1)
    for number, exchange in enumerate(interview.exchanges):
        for turn in exchange.turns:
            if turn.speaker == "interviewer":
                assert minutes[turn.at] < limit
        if number:
            assert minutes[exchange.turns[0].at] <= limit - room


def assert_decided_as_deserved(name: str, played: Played) -> None:
    findings = played.report.debrief.findings
    outcomes = [report.outcome for report in played.report.rounds]
    if name == "strong":
        assert findings.decision is Decision.HIRE, findings.because
    if name in JUNK:
        assert findings.decision is Decision.NO_HIRE, findings.because
        assert Outcome.ADVANCE not in outcomes
    if name.startswith("without-"):
        lacked = Signal(name.removeprefix("without-"))
        gate = next(g for g in findings.gates if g.signal is lacked)
        assert findings.decision is Decision.NO_HIRE, findings.because
        assert gate.passed is False
    if name in ("contradictory", "verbose"):
        assert findings.decision is not Decision.HIRE, findings.because


def assert_every_quote_was_said(played: Played) -> None:
    said = {
        (interview.started.round, exchange.question.id): " ".join(exchange.answers)
        for interview in played.rounds
        for exchange in interview.exchanges
    }
    findings = played.report.debrief.findings
    remarks = [r for p in findings.positions for r in (*p.strongest, *p.weakest)]
    remarks += findings.dissent.remarks if findings.dissent else ()
    for remark in remarks:
        assert remark.quote is None or remark.quote in said[remark.round, remark.question]
