"""Whole loops over both tracks with simulated candidates: order, time, and who gets through."""

import datetime as dt
from pathlib import Path

import pytest

from interviewer.bootstrap.product import Product
from interviewer.domain.committee.decision import Decision
from interviewer.domain.interview import Interview
from interviewer.domain.next_move import LEAST_FOR_A_QUESTION
from interviewer.domain.rubric import Signal
from interviewer.domain.scorecard import Outcome
from interviewer.interviews.report import minutes_at
from tests.simulation.candidates import CANDIDATES, JUNK
from tests.simulation.stage import Played, asked, staged

pytestmark = pytest.mark.slow

SEEDS = (0, 7, 2026)
"""The authored order, and two others: with nine candidates that is over 200 interviews."""


@pytest.mark.parametrize("name", CANDIDATES)
async def test_every_loop_keeps_its_order_and_its_time(
    name: str, product: Product, tmp_path: Path
) -> None:
    async with staged(product, tmp_path) as stage:
        for track in product.catalog.tracks:
            for seed in SEEDS:
                played = await stage.play(track, CANDIDATES[name], seed)
                for interview in played.rounds:
                    assert_no_question_twice(interview)
                    assert_within_its_time(interview)
                assert_decided_as_deserved(name, played)
                assert_every_quote_was_said(played)


def test_two_hundred_interviews_are_simulated(product: Product) -> None:
    rounds = sum(len(track.rounds) for track in product.catalog.tracks.values())
    assert len(CANDIDATES) * len(SEEDS) * rounds >= 200


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
