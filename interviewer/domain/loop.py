"""A loop: all rounds of a track in order, fixed when it starts, and what has changed since.

What was asked stands in each round's own log. The plan keeps hashes of the rounds as they were, so
that a candidate who resumes under a changed question bank can be told what is no longer the same.
"""

import hashlib
import json
from collections.abc import Callable

from pydantic import AwareDatetime, Field

from interviewer.domain.catalog import Catalog
from interviewer.domain.question import Question
from interviewer.domain.track import Round
from interviewer.domain.value import Value

MOST_NAMED = 4
"""Questions named in one notice; the rest are counted."""


class PlannedRound(Value):
    """One round of a loop, as it was when the loop began."""

    round: str
    title: str
    minutes: int
    members: tuple[str, ...] = Field(description="Ids of the personas.")
    interview: str = Field(description="Id under which the round is sat, fixed beforehand.")
    seed: int
    sha256: str = Field(description="Of the round itself, without its questions.")
    questions: dict[str, str] = Field(description="By id: the hash of each question.")


class LoopPlan(Value):
    """What a loop consists of."""

    track: str
    title: str
    seed: int = Field(description="0 keeps the authored order everywhere.")
    started_at: AwareDatetime
    version: str = ""
    rounds: tuple[PlannedRound, ...]


class RoundChange(Value):
    """How a round differs from what it was when the loop began."""

    round: str
    title: str
    gone: bool = False
    settings: bool = Field(default=False, description="Minutes, bar, personas or title differ.")
    reworded: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def notice(self) -> str:
        """In words, for the candidate."""
        if self.gone:
            return (
                f'The round "{self.title}" has been taken out of the track since this loop began.'
            )
        parts = [f"{_named(ids)} {what}" for ids, what in self._lists if ids]
        if self.settings:
            parts.append("its time, bar or interviewers differ")
        return f'The round "{self.title}" has changed since this loop began: {"; ".join(parts)}.'

    @property
    def _lists(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        return ((self.reworded, "reworded"), (self.removed, "removed"), (self.added, "added"))


def _named(ids: tuple[str, ...]) -> str:
    shown = ", ".join(ids[:MOST_NAMED])
    return shown if len(ids) <= MOST_NAMED else f"{shown} and {len(ids) - MOST_NAMED} more"


def planned_loop(
    catalog: Catalog,
    track_id: str,
    *,
    seed: int,
    started_at: AwareDatetime,
    version: str,
    new_id: Callable[[], str],
) -> LoopPlan:
    """Fixes a loop over all rounds that the track has now.

    Raises:
        UnknownId: There is no such track.
    """
    track = catalog.track(track_id)
    return LoopPlan(
        track=track.id,
        title=track.title,
        seed=seed,
        started_at=started_at,
        version=version,
        rounds=tuple(
            PlannedRound(
                round=round_.id,
                title=round_.title,
                minutes=round_.minutes,
                members=round_.personas,
                interview=new_id(),
                seed=round_seed(seed, round_.id),
                sha256=_hash_of_round(round_),
                questions=_hashes(catalog, round_),
            )
            for round_ in track.rounds
        ),
    )


def round_seed(seed: int, round_id: str) -> int:
    """The seed of one round: its own, always the same for the same loop; 0 stays 0."""
    if seed == 0:
        return 0
    digest = hashlib.sha256(f"{seed}/{round_id}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % 2**31 or 1


def changes_since(plan: LoopPlan, catalog: Catalog) -> tuple[RoundChange, ...]:
    """Which rounds are no longer what they were when the loop began, in the loop's order."""
    track = catalog.tracks.get(plan.track)
    rounds = {round_.id: round_ for round_ in track.rounds} if track else {}
    found = (_change(planned, rounds.get(planned.round), catalog) for planned in plan.rounds)
    return tuple(change for change in found if change is not None)


def _change(planned: PlannedRound, now: Round | None, catalog: Catalog) -> RoundChange | None:
    if now is None:
        return RoundChange(round=planned.round, title=planned.title, gone=True)
    before, after = planned.questions, _hashes(catalog, now)
    change = RoundChange(
        round=planned.round,
        title=planned.title,
        settings=_hash_of_round(now) != planned.sha256,
        reworded=tuple(q for q in before if q in after and before[q] != after[q]),
        removed=tuple(q for q in before if q not in after),
        added=tuple(q for q in after if q not in before),
    )
    is_same = change == RoundChange(round=planned.round, title=planned.title)
    return None if is_same else change


def _hashes(catalog: Catalog, round_: Round) -> dict[str, str]:
    asked = (catalog.questions[q] for q in round_.questions if q in catalog.questions)
    return {question.id: _hash_of_question(question) for question in asked}


def _hash_of_question(question: Question) -> str:
    """Of what is asked and how it is judged; another example answer changes neither."""
    return _sha256(question.as_asked.model_dump(mode="json"))


def _hash_of_round(round_: Round) -> str:
    return _sha256(round_.model_dump(mode="json", exclude={"questions"}))


def _sha256(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
