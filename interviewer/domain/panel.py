"""The panel: who of the interviewers speaks, and when one gives the floor to another.

Whoever has the floor keeps it until a question, a point or a change of facts belongs to somebody
else. Answering a question of the candidate's takes no floor: whoever knows, answers.
"""

from interviewer.domain.interview import Interview
from interviewer.domain.moves import Ask, Curveball, HandOver, Inform, Move, Probe
from interviewer.domain.question import Question


def panel_of(interview: Interview) -> tuple[str, ...]:
    """Ids of the round's personas, the one who opens it first."""
    started = interview.started
    return tuple(member.id for member in started.panel) or (started.persona,)


def name_of(interview: Interview, persona: str) -> str:
    """A persona's name as the candidate was told it; empty in a log that does not hold it."""
    return next((p.name for p in interview.started.panel if p.id == persona), "")


def speaks_for_the_first_time(interview: Interview, persona: str) -> bool:
    """Whether nobody has heard this persona yet, in a round that somebody else has opened."""
    turns = [turn for exchange in interview.exchanges for turn in exchange.turns]
    opened = interview.started.persona
    heard = {turn.persona or opened for turn in turns if turn.speaker == "interviewer"}
    return bool(heard) and persona not in heard and persona in panel_of(interview)


def floor_of(interview: Interview) -> str | None:
    """Id of the persona who has the floor; None before anybody has spoken."""
    for exchange in reversed(interview.exchanges):
        for turn in reversed(exchange.turns):
            match turn.move:
                case None | Inform():
                    continue
                case HandOver(persona=persona):
                    return persona
                case _:
                    return turn.persona or interview.started.persona
    return None


def speaker_of(interview: Interview, move: Move) -> str:
    """Id of the persona who is to make the move."""
    floor = floor_of(interview) or interview.started.persona
    wanted = _concerned(interview, move)
    return wanted if wanted in panel_of(interview) else floor


def handed_over(interview: Interview, move: Move) -> Move:
    """The move, or the hand-over that must come before it."""
    floor = floor_of(interview)
    if floor is None or isinstance(move, Inform) or _has_just_been_given(interview):
        return move
    speaker = speaker_of(interview, move)
    if speaker == floor:
        return move
    name = name_of(interview, speaker) or speaker
    return HandOver(persona=speaker, reason=f"What comes next is {name}'s concern.")


def _concerned(interview: Interview, move: Move) -> str | None:
    match move:
        case Ask():
            planned = interview.started.plan
            return next((q.persona for q in planned if q.id == move.question), None)
        case Probe():
            return _concerned_with(_question(interview), move.point)
        case Inform():
            return move.persona
        case Curveball():
            return move.change.persona
        case _:
            return None


def _concerned_with(question: Question | None, point_id: str) -> str | None:
    points = question.points if question else ()
    return next((point.persona for point in points if point.id == point_id), None)


def _question(interview: Interview) -> Question | None:
    return interview.current.question if interview.current else None


def _has_just_been_given(interview: Interview) -> bool:
    current = interview.current
    return current is not None and isinstance(current.turns[-1].move, HandOver)
