"""Critique of one answer: the same reading, verdicts and grade as in an interview, at once."""

from interviewer.domain.assessment import Assessment
from interviewer.domain.catalog import Catalog
from interviewer.domain.critique import Critique, NextProbe, critique
from interviewer.domain.events import InterviewStarted, PlannedQuestion
from interviewer.domain.interview import Exchange, Interview, Turn
from interviewer.domain.moves import Ask, Redirect, Wrap
from interviewer.domain.next_move import next_move
from interviewer.domain.question import Question
from interviewer.domain.timing import Clock
from interviewer.domain.usage import Fallback
from interviewer.engines.hygiene import checked_answer
from interviewer.engines.offline.speaker import spoken
from interviewer.engines.protocols import Assessor, Scene
from interviewer.engines.telling import telling
from interviewer.errors import ModelError

_ANY_LINE = "one line of your own document"
"""Stands in a question about one's own documents where no document is at hand."""


class Critic:
    """Critiques answers to questions of the bank."""

    def __init__(
        self, *, catalog: Catalog, assessor: Assessor, offline: Assessor, clock: Clock
    ) -> None:
        self._catalog = catalog
        self._assessor = assessor
        self._offline = offline
        self._clock = clock

    async def critique(self, question_id: str, answer: str) -> Critique:
        """Reads one answer.

        Raises:
            UnknownId: No such question.
            AnswerTooLong, NotText: The answer was refused.
        """
        question = self._catalog.question(question_id).as_asked.filled(_ANY_LINE)
        checked_answer(answer)
        interview = self._as_interview(question, answer)
        assessment = await self._assessed(interview.exchanges[-1])
        following = self._next_probe(question, interview, assessment)
        told = telling(question, (answer,))
        found, _ = critique(
            question, assessment, (answer,), following, star=told.star, impact=told.impact
        )
        return found

    async def _assessed(self, exchange: Exchange) -> Assessment:
        if self._assessor.name == self._offline.name:
            return await self._offline.assess(exchange)
        try:
            return await self._assessor.assess(exchange)
        except ModelError as error:
            found = await self._offline.assess(exchange)
            return found.model_copy(update={"fallback": Fallback.of(error)})

    def _as_interview(self, question: Question, answer: str) -> Interview:
        """A round with this question only, so that the rules of follow-ups can be asked."""
        now = self._clock()
        asked = Ask(question=question.id, reason="You chose the question.")
        turns = (
            Turn(speaker="interviewer", text=question.text, at=now, move=asked),
            Turn(speaker="candidate", text=answer, at=now),
        )
        started = InterviewStarted(
            at=now,
            track=question.track,
            round=question.round,
            title=question.id,
            persona=question.persona,
            engine=self._assessor.name,
            minutes=question.minutes,
            plan=(PlannedQuestion(id=question.id, minutes=question.minutes),),
            bar={},
        )
        return Interview(
            started=started,
            exchanges=(Exchange(question=question, turns=turns),),
            moments=(now,),
        )

    def _next_probe(
        self, question: Question, interview: Interview, assessment: Assessment
    ) -> NextProbe | None:
        move = next_move(interview, assessment, self._clock())
        if move is None or isinstance(move, Wrap | Ask):
            return None
        persona = self._catalog.persona(question.persona)
        scene = Scene(interview=interview, persona=persona, move=move, question=question)
        point = None if isinstance(move, Redirect) else getattr(move, "point", None)
        return NextProbe(point=point, text=spoken(scene), reason=move.reason)
