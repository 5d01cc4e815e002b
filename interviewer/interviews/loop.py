"""A whole loop: its rounds in order, each an interview of its own, and where the loop stands.

The plan, with the ids of all its interviews, is stored before anything is said. A process may die
anywhere after that: a round whose interview exists goes on where its log ends, one that does not is
opened under the id that was set aside for it. So no round is sat twice.
"""

import uuid
from collections.abc import AsyncIterator
from typing import Literal

from pydantic import AwareDatetime

from interviewer.domain.catalog import Catalog
from interviewer.domain.claims import RememberedClaim
from interviewer.domain.interview import Interview
from interviewer.domain.loop import LoopPlan, PlannedRound, RoundChange, changes_since, planned_loop
from interviewer.domain.memory import distinct, remembered_claims
from interviewer.domain.timing import Clock
from interviewer.domain.value import Value
from interviewer.errors import InputError, RuleBroken, UnknownId
from interviewer.interviews.conduct import Conductor
from interviewer.store.loop_rows import LoopRows


class RoundState(Value):
    """Where one round of a loop stands."""

    round: str
    title: str
    minutes: int
    members: tuple[str, ...]
    interview: str
    state: Literal["over", "open", "not-sat", "gone"]


class LoopState(Value):
    """Where a loop stands."""

    id: str
    track: str
    title: str
    seed: int
    started_at: AwareDatetime
    rounds: tuple[RoundState, ...]
    changes: tuple[RoundChange, ...]

    @property
    def next_round(self) -> RoundState | None:
        """The round to be sat now: the first that is not over; None at the end."""
        return next((r for r in self.rounds if r.state in ("open", "not-sat")), None)

    @property
    def notices(self) -> tuple[str, ...]:
        """What the candidate must know about rounds that changed since the loop began."""
        states = {round_.round: round_.state for round_ in self.rounds}
        return tuple(
            f"{change.notice} {_consequence(states[change.round])}" for change in self.changes
        )


def _consequence(state: str) -> str:
    if state == "over":
        return "You have sat it; it stays in your record as it was asked."
    if state == "open":
        return (
            "What you were asked stays in your record as it was; what is still to come is asked as "
            "it is now, and what was removed is not asked any more."
        )
    if state == "gone":
        return "It cannot be sat, so the committee's decision will be withheld."
    return "You will sit it as it is now."


class Loops:
    """Runs loops for any number of candidates; keeps no state but the store's."""

    def __init__(
        self, *, rows: LoopRows, conductor: Conductor, catalog: Catalog, clock: Clock, version: str
    ) -> None:
        """Takes its parts.

        Args:
            rows: Of all loops.
            conductor: Conducts the rounds.
            catalog: The seeds.
            clock: Gives aware times.
            version: Of the product, for the plan.
        """
        self._rows = rows
        self._conductor = conductor
        self._catalog = catalog
        self._clock = clock
        self._version = version

    async def start(self, track: str, *, owner: str, seed: int | None = None) -> str:
        """Fixes a loop and returns its id; no round has been opened yet.

        Args:
            track: Id of the track.
            owner: Whose loop it is.
            seed: For the order of questions in every round; 0 keeps the authored order, None draws
                one.

        Raises:
            UnknownId: There is no such track.
        """
        loop_id = str(uuid.uuid4())
        if seed is None:
            seed = uuid.UUID(loop_id).int % 2**31 or 1
        plan = planned_loop(
            self._catalog,
            track,
            seed=seed,
            started_at=self._clock(),
            version=self._version,
            new_id=lambda: str(uuid.uuid4()),
        )
        await self._rows.add(loop_id, owner, track, plan.model_dump(mode="json"))
        return loop_id

    async def plan(self, loop_id: str, *, owner: str) -> LoopPlan:
        """The loop as it was fixed at the start.

        Raises:
            UnknownId: There is none of that id and owner.
        """
        kept = await self._rows.load(loop_id, owner=owner)
        return LoopPlan.model_validate(kept.plan)

    async def state(self, loop_id: str, *, owner: str) -> LoopState:
        """Where the loop stands, and what changed since it began.

        Raises:
            UnknownId: There is none of that id and owner.
        """
        plan = await self.plan(loop_id, owner=owner)
        changes = changes_since(plan, self._catalog)
        gone = {change.round for change in changes if change.gone}
        rounds = []
        for planned in plan.rounds:
            interview = await self.interview(planned, owner=owner)
            rounds.append(
                RoundState(
                    **planned.model_dump(include=set(_SHOWN)),
                    state=_state(interview, planned.round in gone),
                )
            )
        return LoopState(
            id=loop_id,
            track=plan.track,
            title=plan.title,
            seed=plan.seed,
            started_at=plan.started_at,
            rounds=tuple(rounds),
            changes=changes,
        )

    async def around(self, interview_id: str, *, owner: str) -> LoopState | None:
        """The loop that an interview is a round of; None if it was sat alone.

        Raises:
            StoreError: The loops of the owner cannot be listed.
        """
        for kept in await self._rows.listing(owner, limit=500):
            plan = LoopPlan.model_validate(kept.plan)
            if any(planned.interview == interview_id for planned in plan.rounds):
                return await self.state(kept.id, owner=owner)
        return None

    async def interview(self, planned: PlannedRound, *, owner: str) -> Interview | None:
        """The interview of a round, None before it was opened."""
        try:
            return await self._conductor.load(planned.interview, owner=owner)
        except UnknownId:
            return None

    async def open_next(self, loop_id: str, *, owner: str) -> RoundState | None:
        """The round to be sat now, opened if it was not; None when every round is over.

        Raises:
            UnknownId: There is no loop of that id and owner.
        """
        state = await self.state(loop_id, owner=owner)
        following = state.next_round
        if following is None or following.state == "open":
            return following
        plan = await self.plan(loop_id, owner=owner)
        planned = next(p for p in plan.rounds if p.round == following.round)
        try:
            await self._open(plan, planned, owner)
        except InputError:
            # Two may go on with a loop at once: the other one has opened the round.
            if await self.interview(planned, owner=owner) is None:
                raise
        return following.model_copy(update={"state": "open"})

    async def _open(self, plan: LoopPlan, planned: PlannedRound, owner: str) -> None:
        await self._conductor.start(
            plan.track,
            planned.round,
            owner=owner,
            seed=planned.seed,
            remembered=await self._remembered(plan, planned, owner),
            interview_id=planned.interview,
        )

    async def _remembered(
        self, plan: LoopPlan, until: PlannedRound, owner: str
    ) -> tuple[RememberedClaim, ...]:
        """What was claimed in the rounds before this one, the oldest first."""
        claims: list[RememberedClaim] = []
        for planned in plan.rounds[: plan.rounds.index(until)]:
            if await self.interview(planned, owner=owner) is not None:
                graded = await self._conductor.graded(planned.interview, owner=owner)
                claims += remembered_claims(graded, planned.interview)
        return distinct(claims)

    async def graded(
        self, loop_id: str, *, owner: str
    ) -> AsyncIterator[tuple[PlannedRound, Interview | None]]:
        """Every round in order with its interview, every closed exchange of it graded."""
        for planned in (await self.plan(loop_id, owner=owner)).rounds:
            if await self.interview(planned, owner=owner) is None:
                yield planned, None
            else:
                yield planned, await self._conductor.graded(planned.interview, owner=owner)

    async def assert_sat(self, loop_id: str, *, owner: str) -> None:
        """Makes sure that there is something to talk about.

        Raises:
            UnknownId: There is no loop of that id and owner.
            RuleBroken: No round has been opened.
        """
        state = await self.state(loop_id, owner=owner)
        if all(r.state in ("not-sat", "gone") for r in state.rounds):
            raise RuleBroken("no round of this loop has been sat yet: there is nothing to debrief")


_SHOWN = ("round", "title", "minutes", "members", "interview")


def _state(
    interview: Interview | None, is_gone: bool
) -> Literal["over", "open", "not-sat", "gone"]:
    if interview is None:
        return "gone" if is_gone else "not-sat"
    return "over" if interview.is_over else "open"
