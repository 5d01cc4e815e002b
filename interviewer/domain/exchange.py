"""An exchange: a question and all that was said about it, turn by turn."""

from datetime import datetime
from typing import Literal

from interviewer.domain.assessment import Assessment
from interviewer.domain.code_outcome import CodeOutcome
from interviewer.domain.coding import ShownProblem
from interviewer.domain.handed import Handed
from interviewer.domain.moves import FOLLOW_UPS, Inform, Move
from interviewer.domain.observation import Observation
from interviewer.domain.question import Question
from interviewer.domain.sql_problem import ShownSqlProblem
from interviewer.domain.sql_run import SqlRun
from interviewer.domain.value import Value


class Turn(Value):
    """One thing said. A candidate's turn without text is a pass."""

    speaker: Literal["interviewer", "candidate"]
    text: str
    at: datetime
    move: Move | None = None
    passed: bool = False
    cut_off: bool = False
    persona: str = ""
    """Who of the panel spoke; empty for the candidate."""
    notice: str | None = None
    engine: str = ""
    artefact: str = ""
    """Its kind, if the turn is what was handed in; `text` is then what it says, in sentences."""

    @property
    def is_silent(self) -> bool:
        """Whether it lies on the table and nobody has spoken by it: a board or a sketch."""
        return self.artefact not in ("", "page")


class Exchange(Value):
    """A question and all that was said about it."""

    question: Question
    turns: tuple[Turn, ...]
    assessment: Assessment | None = None
    coding: ShownProblem | None = None
    """The problem that it may be solved on, as it was shown."""
    sql: ShownSqlProblem | None = None
    """The same where it is to be solved with a query."""
    submissions: tuple[str, ...] = ()
    """Code or queries that were sent, in order."""
    outcome: CodeOutcome | None = None
    """Of the last run of code."""
    run: SqlRun | None = None
    """Of the last query."""
    observations: tuple[Observation, ...] = ()
    """On the last run, the most serious first."""
    hints: int = 0
    handed: tuple[Handed, ...] = ()
    """Artefacts that were handed in, in order."""

    @property
    def artefact(self) -> Handed | None:
        """The last one that could be read: the one that counts."""
        return next((one for one in reversed(self.handed) if one.is_read), None)

    @property
    def last_spoken(self) -> Turn:
        """The last turn that was said by anybody."""
        return next(turn for turn in reversed(self.turns) if not turn.is_silent)

    @property
    def spoken(self) -> tuple[str, ...]:
        """The candidate's answers without what lies on the table."""
        return tuple(
            t.text
            for t in self.turns
            if t.speaker == "candidate" and not t.passed and not t.is_silent
        )

    @property
    def answers(self) -> tuple[str, ...]:
        """The candidate's words, in order; passes left out. What was handed in is among them."""
        return tuple(t.text for t in self.turns if t.speaker == "candidate" and not t.passed)

    @property
    def moves(self) -> tuple[Move, ...]:
        """The interviewer's moves on this question, in order."""
        return tuple(t.move for t in self.turns if t.move is not None)

    @property
    def last_word(self) -> Turn | None:
        """The candidate's last turn, None before the first."""
        return next(
            (t for t in reversed(self.turns) if t.speaker == "candidate" and not t.is_silent), None
        )

    @property
    def was_passed(self) -> bool:
        """Whether the candidate's last word was a pass."""
        last = self.last_word
        return last is not None and last.passed

    @property
    def was_declined(self) -> bool:
        """Whether the candidate passed on it. To ask no further question of a case is no pass."""
        return self.was_passed and not any(isinstance(move, Inform) for move in self.moves)

    @property
    def told(self) -> tuple[str, ...]:
        """Ids of the hidden facts told in it, in order."""
        informed = (move for move in self.moves if isinstance(move, Inform))
        return tuple(dict.fromkeys(fact.id for move in informed for fact in move.facts))

    @property
    def follow_ups_used(self) -> int:
        """How much of the follow-up budget is gone."""
        return sum(move.kind in FOLLOW_UPS for move in self.moves)

    @property
    def probed(self) -> dict[str, int]:
        """By point: the index of the first answer that came after a probe at it."""
        first: dict[str, int] = {}
        answers = 0
        for turn in self.turns:
            if turn.speaker == "candidate":
                answers += not turn.passed
            elif turn.move is not None and turn.move.kind == "probe" and not turn.move.deepen:
                first.setdefault(turn.move.point, answers)
        return first
