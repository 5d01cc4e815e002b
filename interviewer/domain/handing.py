"""An exchange after an artefact was handed in for it, or was read.

A page is an answer, so that the interviewer speaks next. A board or a sketch lies on the table: the
candidate goes on, explains it, or hands in another, and the last one that could be read counts.
"""

from interviewer.domain.artefact_events import ArtefactChecked, ArtefactHandedIn
from interviewer.domain.exchange import Exchange, Turn
from interviewer.domain.handed import CheckedArtefact, Handed
from interviewer.errors import RuleBroken

MOST_HANDED_IN = 20
"""For one question: more is no interview, and each is kept in the log."""


def handed(exchange: Exchange, event: ArtefactHandedIn | ArtefactChecked) -> Exchange:
    """The exchange after one more event.

    Raises:
        RuleBroken: Too much was handed in, or something is told of that was not handed in.
    """
    match event:
        case ArtefactHandedIn():
            if len(exchange.handed) >= MOST_HANDED_IN:
                raise RuleBroken(
                    f"{MOST_HANDED_IN} artefacts were handed in for this question already"
                )
            new = Handed(
                kind=event.kind, content=event.content, at=event.at, place=len(exchange.turns)
            )
            return exchange.model_copy(update={"handed": (*exchange.handed, new)})
        case ArtefactChecked():
            if event.number > len(exchange.handed):
                raise RuleBroken("nothing was handed in that could have been read")
            before = exchange.handed[event.number - 1]
            # An exchange that is graded keeps what its grade rests on.
            if before.found is not None or exchange.assessment is not None:
                return exchange
            return _read(exchange, event.number - 1, event.found)


def _read(exchange: Exchange, index: int, found: CheckedArtefact) -> Exchange:
    now = exchange.handed[index].model_copy(update={"found": found})
    everything = (*exchange.handed[:index], now, *exchange.handed[index + 1 :])
    update: dict[str, object] = {"handed": everything}
    if now.is_read:
        turns = [_replaced(turn) for turn in exchange.turns]
        turns.insert(
            now.place,
            Turn(speaker="candidate", text=found.words, at=now.at, artefact=now.kind),
        )
        update["turns"] = tuple(turns)
    return exchange.model_copy(update=update)


def _replaced(turn: Turn) -> Turn:
    """An earlier artefact counts no more; its place among the answers stays, as quotes rest on it."""
    if not turn.is_silent:
        return turn
    return turn.model_copy(update={"text": REPLACED})


REPLACED = "(Replaced by a later one.)"
