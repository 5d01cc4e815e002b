"""One question of a round, played by the domain's rules with the offline speaker's words."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from interviewer.domain.assessment import Assessment
from interviewer.domain.catalog import Catalog
from interviewer.domain.events import AnswerGiven, InterviewStarted, MoveMade, PlannedQuestion
from interviewer.domain.interview import Exchange, Interview, apply, replay
from interviewer.domain.moves import Ask, Move, Wrap
from interviewer.domain.next_move import next_move
from interviewer.domain.question import Question
from interviewer.engines.offline.speaker import spoken
from interviewer.engines.protocols import Scene

_START = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
_TURN = dt.timedelta(seconds=40)


class ReadsRounds(Protocol):
    """Anything that assesses all answers to one question, with what was probed."""

    def read(
        self, question: Question, answers: Sequence[str], probed: dict[str, int], /
    ) -> Assessment:
        """Findings on the answers."""
        ...


class FollowUp(NamedTuple):
    """What the interviewer did after an answer, and with which reading."""

    move: Move
    text: str
    reading: Assessment


class Rehearsal:
    """A round of a single question: `say` an answer, read the follow-up.

    Attributes:
        question: As asked.
        closing: The reading after the answer that got no further follow-up, None before.
    """

    def __init__(
        self,
        question_id: str,
        catalog: Catalog,
        reader: ReadsRounds,
        speak: Callable[[Scene], str] = spoken,
    ) -> None:
        """Opens the round and puts the question."""
        self.question = catalog.question(question_id).as_asked
        self.closing: Assessment | None = None
        self._reader, self._speak = reader, speak
        self._persona = catalog.persona(self.question.persona)
        self._now = _START
        started = InterviewStarted(
            at=_START,
            track=self.question.track,
            round=self.question.round,
            title="Rehearsal",
            persona=self.question.persona,
            engine="offline",
            minutes=45,
            plan=(PlannedQuestion(id=question_id, minutes=self.question.minutes),),
            bar={},
        )
        ask = MoveMade(
            at=_START,
            move=Ask(question=question_id, reason="rehearsal"),
            said=self.question.text,
            question=self.question,
            engine="offline",
        )
        self._interview: Interview = replay([started, ask])

    @property
    def exchange(self) -> Exchange:
        """All that was said so far."""
        return self._interview.exchanges[-1]

    @property
    def asked(self) -> list[str]:
        """What the interviewer said so far, in order."""
        return [turn.text for turn in self.exchange.turns if turn.speaker == "interviewer"]

    def say(self, answer: str) -> FollowUp | None:
        """Gives an answer; returns the follow-up, or None where the question is closed.

        Raises:
            RuleBroken: The question was closed before.
        """
        self._interview = apply(self._interview, AnswerGiven(at=self._tick(), text=answer))
        exchange = self.exchange
        reading = self._reader.read(exchange.question, exchange.answers, exchange.probed)
        move = next_move(self._interview, reading, self._tick())
        if move is None or isinstance(move, Ask | Wrap):
            self.closing = reading
            return None
        scene = Scene(
            interview=self._interview, persona=self._persona, move=move, question=self.question
        )
        text = self._speak(scene)
        made = MoveMade(at=self._now, move=move, said=text, engine="offline")
        self._interview = apply(self._interview, made)
        return FollowUp(move, text, reading)

    def _tick(self) -> dt.datetime:
        self._now += _TURN
        return self._now
