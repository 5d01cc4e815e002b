"""Critique of one answer: the same reading, verdicts and grade as in an interview, at once."""

from typing import Protocol

from interviewer.domain.assessment import Assessment
from interviewer.domain.catalog import Catalog
from interviewer.domain.critique import Critique, NextProbe, critique
from interviewer.domain.events import InterviewStarted, PlannedQuestion
from interviewer.domain.interview import Exchange, Interview, Turn
from interviewer.domain.moves import Ask, Redirect, Wrap
from interviewer.domain.next_move import next_move
from interviewer.domain.question import Question
from interviewer.domain.rewrite import Rewrite, scaffold
from interviewer.domain.timing import Clock
from interviewer.domain.usage import Fallback, Usage, spent_by
from interviewer.domain.versions import VersionComparison, compared
from interviewer.engines.hygiene import checked_answer
from interviewer.engines.offline.speaker import spoken
from interviewer.engines.protocols import Assessor, Scene
from interviewer.engines.telling import telling
from interviewer.engines.text import spans
from interviewer.errors import ModelError

_ANY_LINE = "one line of your own document"
"""Stands in a question about one's own documents where no document is at hand."""


class Rewriter(Protocol):
    """Words a planned rewrite."""

    async def rewrite(
        self, question: Question, answer: str, plan: Rewrite
    ) -> tuple[Rewrite, Usage]:
        """The draft and what it cost; raises `ModelError` where there is none."""
        ...


class Critic:
    """Critiques answers to questions of the bank."""

    def __init__(
        self,
        *,
        catalog: Catalog,
        assessor: Assessor,
        offline: Assessor,
        clock: Clock,
        rewriter: Rewriter | None = None,
    ) -> None:
        self._catalog = catalog
        self._rewriter = rewriter
        self._assessor = assessor
        self._offline = offline
        self._clock = clock

    async def critique(
        self, question_id: str, answer: str, *, rewrite: bool = False, fall_back: bool = True
    ) -> Critique:
        """Reads one answer.

        Args:
            question_id: Of the bank.
            answer: As it was given.
            rewrite: Have the model draft the rewrite, which costs a call more; without it, or
                where the model fails, the rewrite holds the candidate's own sentences.
            fall_back: Let the offline engine stand in for a model that fails.

        Raises:
            UnknownId: No such question.
            AnswerTooLong, NotText: The answer was refused.
            ModelError: The model failed, and nothing is to stand in for it.
        """
        question = self._catalog.question(question_id).as_asked.filled(_ANY_LINE)
        checked_answer(answer)
        interview = self._as_interview(question, answer)
        assessment = await self._assessed(interview.exchanges[-1], fall_back=fall_back)
        following = self._next_probe(question, interview, assessment)
        told = telling(question, (answer,))
        found, _ = critique(
            question, assessment, (answer,), following, star=told.star, impact=told.impact
        )
        sentences = [(span.start, span.end) for span in spans([answer])]
        plan = scaffold(question, assessment, answer, sentences, told.star, told.impact)
        if plan is None or not rewrite or self._rewriter is None:
            return found.model_copy(update={"rewrite": plan})
        return await self._drafted(self._rewriter, found, question, plan)

    async def compare(self, question_id: str, before: str, after: str) -> VersionComparison:
        """Reads two versions of an answer and says what the second gained and lost.

        Raises:
            UnknownId: No such question.
            AnswerTooLong, NotText: One of the versions was refused.
        """
        return compared(
            await self.critique(question_id, before), await self.critique(question_id, after)
        )

    async def _drafted(
        self, rewriter: Rewriter, found: Critique, question: Question, plan: Rewrite
    ) -> Critique:
        """With the rewrite as the model words it; as planned, and saying so, where it fails."""
        try:
            drafted, usage = await rewriter.rewrite(question, found.answers[0], plan)
        except ModelError as error:
            note = f"{Fallback.of(error).message} {plan.note}"
            usage = found.usage + spent_by(error)
            rewritten = plan.model_copy(update={"note": note})
            return found.model_copy(update={"rewrite": rewritten, "usage": usage})
        return found.model_copy(update={"rewrite": drafted, "usage": found.usage + usage})

    async def _assessed(self, exchange: Exchange, *, fall_back: bool) -> Assessment:
        if self._assessor.name == self._offline.name:
            return await self._offline.assess(exchange)
        try:
            return await self._assessor.assess(exchange)
        except ModelError as error:
            if not fall_back:
                raise
            found = await self._offline.assess(exchange)
            update = {"fallback": Fallback.of(error), "usage": spent_by(error)}
            return found.model_copy(update=update)

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
