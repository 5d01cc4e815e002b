"""The offline scribe: each member's authored lines around the findings, quotes verbatim."""

from collections.abc import Iterator

from interviewer.domain.committee.debrief import Position
from interviewer.domain.committee.dissent import Dissent
from interviewer.domain.committee.remarks import Remark
from interviewer.domain.committee.seats import Committee, Seat
from interviewer.domain.committee.votes import Ballot, Vote
from interviewer.domain.committee.words import Brief, Words
from interviewer.domain.verdict import Met, Quote
from interviewer.engines.quotes import spoken_part


class OfflineScribe:
    """Words a debrief without a model; the same findings always get the same words."""

    name = "offline"

    def __init__(self, committee: Committee) -> None:
        self._committee = committee

    async def word(self, brief: Brief) -> Words:
        """Words the debrief at once."""
        return self.worded(brief)

    def worded(self, brief: Brief) -> Words:
        """The words for a debrief."""
        findings = brief.findings
        dissent = findings.dissent
        return Words(
            statements={
                position.ballot.member: " ".join(self._statement(position))
                for position in findings.positions
            },
            dissent="" if dissent is None else " ".join(self._dissent(dissent, brief)),
            engine=self.name,
        )

    def _statement(self, position: Position) -> Iterator[str]:
        ballot = position.ballot
        lines = self._committee.seat(ballot.member).lines
        yield lines.votes.of(ballot.vote)
        if ballot.vote is Vote.ABSTAIN:
            return
        yield _score(ballot)
        credit = _credit(position, lines.credit)
        flag, gap = _against(position)
        against = [lines.flag.format(quote=_spoken(flag))] if flag else []
        if gap is not None:
            against.append(lines.gap.format(point=begun_low(gap.statement)))
            if gap.met is Met.PARTLY:
                against.append("Half of it was there.")
        for_first = ballot.vote.worth > 0
        yield from (*credit, *against) if for_first else (*against, *credit)

    def _dissent(self, dissent: Dissent, brief: Brief) -> Iterator[str]:
        seat = self._committee.seat(dissent.member)
        lines = seat.lines
        yield lines.dissent_for if dissent.argues_for else lines.dissent_against
        if not dissent.remarks:
            yield "I have looked for something to bring forward, and there is nothing in the record."
        for remark in dissent.remarks:
            where = brief.round_titles.get(remark.round, remark.round)
            yield _argued(remark, where, seat)


def _credit(position: Position, line: str) -> list[str]:
    quoted = next((r for r in position.strongest if r.quote), None)
    return [] if quoted is None else [line.format(quote=_spoken(quoted))]


def _against(position: Position) -> tuple[Remark | None, Remark | None]:
    """The red flag and the gap that a member names, if there are any."""
    flag = next((r for r in position.weakest if r.red_flag and r.quote), None)
    gap = next((r for r in position.weakest if not r.red_flag), None)
    return flag, gap


def _score(ballot: Ballot) -> str:
    main = next(gate for gate in ballot.gates if gate.signal is ballot.lens.main)
    side = "reached the bar" if main.passed else "stayed below the bar"
    return (
        f"With me {main.signal.value} came to {main.score:.1f} and {side} of {main.bar:.1f}."
        if main.score is not None
        else f"With me {main.signal.value} was not assessed."
    )


def _argued(remark: Remark, where: str, seat: Seat) -> str:
    said = f'"{_spoken(remark)}"' if remark.quote else ""
    if remark.red_flag:
        return f"{where}: {seat.lines.flag.format(quote=_spoken(remark))}"
    if remark.met is Met.YES:
        how = "with a follow-up" if remark.probed else "unasked"
        return f"{where}: {said}. That is an answer that {begun_low(remark.statement)}, {how}."
    wanted = f"{where}: I wanted an answer that {begun_low(remark.statement)}."
    if not said:
        return f"{wanted} Nothing that was said comes near it."
    if remark.met is Met.PARTLY:
        return f"{wanted} Half of it is in {said}."
    return f"{wanted} The nearest that I find is {said}."


def begun_low(statement: str) -> str:
    """A point's statement as the end of "an answer that ...", without its full stop.

    Statements begin with a verb ("Says what ..."); one that does not is introduced.
    """
    text = statement.strip().rstrip(".")
    low = f"{text[:1].lower()}{text[1:]}"
    first = text.split(" ", 1)[0].rstrip(",:").lower()
    is_verb = first in _PAST or (first.endswith("s") and first not in _NO_VERBS)
    return low if is_verb else f"does this: {low}"


_PAST = frozenset({"would", "did", "got", "made", "took", "changed", "had", "kept", "told", "can"})
_NO_VERBS = frozenset({"as", "its", "this", "across", "unless", "besides", "perhaps", "always"})


def _spoken(remark: Remark) -> str:
    """The remark's quote if it can be said across a table in one breath, else a piece of it."""
    text = " ".join((remark.quote or "").split())
    if len(text.split()) <= _ONE_BREATH_WORDS:
        return text.strip(" .,;:")
    return spoken_part(Quote(start=0, end=len(text), text=text))


_ONE_BREATH_WORDS = 28
