"""One turn of the interviewer, in its parts: reading the answer, the scene, and what is stored."""

from collections.abc import Sequence
from contextlib import suppress

from interviewer.domain.assessment import Assessment
from interviewer.domain.catalog import Catalog
from interviewer.domain.coding import ShownProblem
from interviewer.domain.events import Event, MoveMade, QuestionGraded
from interviewer.domain.interview import Interview, apply
from interviewer.domain.measured import as_spoken, with_measured_points
from interviewer.domain.moves import Ask, Move
from interviewer.domain.panel import name_of, speaker_of
from interviewer.domain.question import Question
from interviewer.domain.shown import with_artefact
from interviewer.domain.sql_problem import ShownSqlProblem
from interviewer.domain.timing import Clock
from interviewer.engines.offline.assessor import OfflineAssessor
from interviewer.engines.offline.listener import Listener
from interviewer.engines.protocols import Scene
from interviewer.errors import WrongSequence
from interviewer.interviews.grading import Grader
from interviewer.interviews.performance import Spoken
from interviewer.interviews.record import Record
from interviewer.interviews.updates import MoveChosen, TurnTaken


class Turns:
    """Reads, sets the scene and stores; decides nothing and says nothing."""

    def __init__(
        self,
        *,
        record: Record,
        grader: Grader,
        catalog: Catalog,
        reader: OfflineAssessor,
        listener: Listener,
        clock: Clock,
        grades_at_once: bool,
    ) -> None:
        """Takes its parts.

        Args:
            record: Of all interviews.
            grader: Grades closed exchanges.
            catalog: The seeds.
            reader: Reads every answer at once.
            listener: Hears claims, lists and questions in it.
            clock: Gives aware times.
            grades_at_once: The instant reading is the grade: both are stored with the turn.
        """
        self._record = record
        self._grader = grader
        self._catalog = catalog
        self._reader = reader
        self._listener = listener
        self._clock = clock
        self._grades_at_once = grades_at_once

    async def reading(self, interview: Interview) -> Assessment | None:
        """What the rules are told of the answers; None where there is nothing to read."""
        current = interview.current
        if current is None or interview.awaits_candidate or not current.answers:
            return None
        read = self._listener.listened(interview, await self._reader.assess(as_spoken(current)))
        return with_artefact(read, current)

    def scene(self, interview: Interview, move: Move) -> Scene:
        """Who says the move, and about which question."""
        asked = self._asked(interview, move.question) if isinstance(move, Ask) else None
        current = interview.current.question if interview.current else None
        return Scene(
            interview=interview,
            persona=self._catalog.persona(speaker_of(interview, move)),
            move=move,
            question=asked or current,
        )

    async def store(
        self,
        interview_id: str,
        interview: Interview,
        scene: Scene,
        spoken: Spoken,
        reading: Assessment | None,
        owner: str,
    ) -> None:
        """Appends the turn, unless somebody else took it or the candidate acted meanwhile."""
        latest = interview
        while latest.moments == interview.moments:  # nothing but grades was added
            events = await self._events(latest, scene, spoken, reading)
            with suppress(WrongSequence):
                await self._record.log.append(
                    interview_id,
                    events,
                    latest.seq,
                    owner=owner,
                    state="over" if scene.move.kind == "wrap" else None,
                )
                return
            latest = await self._record.load(interview_id, owner)

    async def _events(
        self, interview: Interview, scene: Scene, spoken: Spoken, reading: Assessment | None
    ) -> Sequence[Event]:
        now = self._clock()
        made = MoveMade(
            at=now,
            move=scene.move,
            said=spoken.text,
            persona=scene.persona.id,
            question=scene.question if isinstance(scene.move, Ask) else None,
            coding=self._shown(scene),
            sql=self._shown_sql(scene),
            engine=spoken.engine,
            model=spoken.model,
            prompt=spoken.prompt,
            usage=spoken.usage,
            fallback=spoken.fallback,
        )
        events: list[Event] = [made]
        if not self._grades_at_once:
            return events
        after = apply(interview, made)
        for exchange in after.ungraded:
            is_current = interview.current is not None and (
                exchange.question.id == interview.current.question.id
            )
            if is_current and reading is not None and not exchange.was_passed:
                found = self._grader.completed(exchange, reading)
            else:
                found = await self._grader.assess(exchange, interview.started.round)
            events.append(QuestionGraded(at=now, question=exchange.question.id, assessment=found))
        return events

    def _shown(self, scene: Scene) -> ShownProblem | None:
        if not isinstance(scene.move, Ask) or scene.question is None:
            return None
        problem = self._catalog.coding_problems.get(scene.question.problem or "")
        return problem.shown if problem else None

    def _shown_sql(self, scene: Scene) -> ShownSqlProblem | None:
        if not isinstance(scene.move, Ask) or scene.question is None:
            return None
        problem = self._catalog.sql_problems.get(scene.question.sql_problem or "")
        return problem.shown if problem else None

    def _asked(self, interview: Interview, question_id: str) -> Question:
        plan = next((q for q in interview.started.plan if q.id == question_id), None)
        if plan is not None and plan.question is not None:
            return plan.question
        question = self._catalog.question(question_id).as_asked
        if question.problem in self._catalog.coding_problems:
            question = with_measured_points(question)
        elif question.sql_problem in self._catalog.sql_problems:
            sql = self._catalog.sql_problems[question.sql_problem]
            question = with_measured_points(question, sql)
        return question if plan is None or plan.line is None else question.filled(plan.line)


def chosen(interview: Interview, scene: Scene) -> MoveChosen:
    """What a front end is told before the move is said."""
    asked = len(interview.exchanges) + (1 if isinstance(scene.move, Ask) else 0)
    return MoveChosen(
        move=scene.move.kind,
        question=scene.question.id if scene.question else None,
        persona=scene.persona.id,
        name=scene.persona.name,
        number=asked,
        of=len(interview.started.plan),
    )


def last_turn(interview: Interview) -> TurnTaken | None:
    """The interviewer's last turn, None where the candidate spoke last or nobody did."""
    current = interview.current
    turn = interview.farewell or (current.turns[-1] if current else None)
    if turn is None or turn.move is None:
        return None
    return TurnTaken(
        move=turn.move.kind,
        question=current.question.id if current else None,
        persona=turn.persona,
        name=name_of(interview, turn.persona),
        text=turn.text,
        notice=turn.notice,
        engine=turn.engine,
    )
