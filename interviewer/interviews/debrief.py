"""The debrief of a loop: rules find the facts, a scribe words them, the document holds both.

The words are kept with a hash of the facts: asked for again, the same debrief is shown; once a
further round is sat, it is worded anew.
"""

import asyncio
import hashlib
import json
import logging

from pydantic import AwareDatetime, ValidationError

from interviewer.domain.catalog import Catalog
from interviewer.domain.committee.conflicts import contradictions_between
from interviewer.domain.committee.debrief import Findings, deliberate
from interviewer.domain.committee.marks import HeldRound
from interviewer.domain.committee.seats import Committee
from interviewer.domain.committee.words import Brief, Member, Words
from interviewer.domain.interview import Interview
from interviewer.domain.loop import LoopPlan, PlannedRound, changes_since
from interviewer.domain.usage import Fallback
from interviewer.domain.value import Value
from interviewer.engines.offline.scribe import OfflineScribe
from interviewer.engines.scribe import Scribe
from interviewer.errors import ModelError
from interviewer.interviews.loop import Loops
from interviewer.interviews.report import RoundReport, round_report
from interviewer.store.loop_rows import LoopRows

logger = logging.getLogger(__name__)

REAL_COMMITTEES_DIFFER = (
    "Real committees differ. They weigh what no rubric holds: who else applied, which team has a "
    "vacancy, what a referee said, who spoke first in the room. No bank has published or "
    "confirmed how its committees decide; the order risk, impact, leadership is one vendor's "
    "account, and every number here is this project's own. Read the quotes and argue with them."
)
"""Stands in every debrief."""


class Debrief(Value):
    """The committee's document."""

    loop: str
    track: str
    title: str
    engine: str
    started_at: AwareDatetime
    seed: int
    findings: Findings
    members: dict[str, Member]
    words: Words
    notices: tuple[str, ...]
    note: str = REAL_COMMITTEES_DIFFER


class LoopReport(Value):
    """A loop's debrief with the reports of the rounds that were sat."""

    debrief: Debrief
    rounds: tuple[RoundReport, ...]


class Debriefs:
    """Holds committees."""

    def __init__(
        self,
        *,
        loops: Loops,
        rows: LoopRows,
        catalog: Catalog,
        committee: Committee,
        scribe: Scribe,
        offline: OfflineScribe,
    ) -> None:
        """Takes its parts.

        Args:
            loops: Of all candidates.
            rows: Where words are kept.
            catalog: The seeds.
            committee: What each persona weighs.
            scribe: Words debriefs.
            offline: Stands in for it.
        """
        self._loops = loops
        self._rows = rows
        self._catalog = catalog
        self._committee = committee
        self._scribe = scribe
        self._offline = offline

    async def debrief(self, loop_id: str, *, owner: str) -> Debrief:
        """The debrief of the rounds as they stand.

        Raises:
            UnknownId: There is no loop of that id and owner.
            RuleBroken: No round has been sat.
        """
        debrief, _ = await self._held(loop_id, owner)
        return debrief

    async def report(self, loop_id: str, *, owner: str) -> LoopReport:
        """The debrief with every round's own report.

        Raises:
            UnknownId: There is no loop of that id and owner.
            RuleBroken: No round has been sat.
        """
        debrief, sat = await self._held(loop_id, owner)
        reports = tuple(
            round_report(planned.interview, interview)
            for planned, interview in sat
            if interview is not None
        )
        return LoopReport(debrief=debrief, rounds=reports)

    async def _held(
        self, loop_id: str, owner: str
    ) -> tuple[Debrief, list[tuple[PlannedRound, Interview | None]]]:
        await self._loops.assert_sat(loop_id, owner=owner)
        plan = await self._loops.plan(loop_id, owner=owner)
        sat = [pair async for pair in self._loops.graded(loop_id, owner=owner)]
        rounds = self._rounds(plan, sat)
        found = contradictions_between(i for _, i in sat if i is not None)
        personas = [member for held in rounds for member in held.members]
        findings = await asyncio.to_thread(
            deliberate, rounds, self._committee.lenses(personas), found
        )
        members = {persona: self._member(persona) for persona in dict.fromkeys(personas)}
        words = await self._words(loop_id, owner, plan, findings, members)
        state = await self._loops.state(loop_id, owner=owner)
        debrief = Debrief(
            loop=loop_id,
            track=plan.track,
            title=plan.title,
            engine=words.engine,
            started_at=plan.started_at,
            seed=plan.seed,
            findings=findings,
            members=members,
            words=words,
            notices=state.notices,
        )
        return debrief, sat

    def _rounds(
        self, plan: LoopPlan, sat: list[tuple[PlannedRound, Interview | None]]
    ) -> list[HeldRound]:
        gone = {change.round for change in changes_since(plan, self._catalog) if change.gone}
        return [
            _held_round(planned, interview, planned.round in gone) for planned, interview in sat
        ]

    def _member(self, persona: str) -> Member:
        known = self._catalog.personas.get(persona)
        if known is None:
            return Member(id=persona, name=persona.replace("-", " ").title(), title="Interviewer")
        return Member(id=persona, name=known.name, title=known.title, voice=known.voice)

    async def _words(
        self,
        loop_id: str,
        owner: str,
        plan: LoopPlan,
        findings: Findings,
        members: dict[str, Member],
    ) -> Words:
        facts = _hash(findings)
        kept = await self._rows.words(loop_id, owner=owner)
        if kept is not None and kept.facts_sha256 == facts:
            try:
                words = Words.model_validate(kept.words)
            except ValidationError:
                logger.warning("the words kept for debrief %s cannot be read: worded anew", loop_id)
            else:
                # What a failing model left to the offline scribe is tried again.
                if words.engine == self._scribe.name:
                    return words
        brief = Brief(
            track=plan.title,
            findings=findings,
            members=members,
            round_titles={planned.round: planned.title for planned in plan.rounds},
        )
        words = await self._worded(brief)
        document = words.model_dump(mode="json")
        await self._rows.keep_words(loop_id, facts, document, owner=owner)
        return words

    async def _worded(self, brief: Brief) -> Words:
        try:
            return await self._scribe.word(brief)
        except ModelError as error:
            logger.warning("the model failed while wording a debrief: %s (%s)", error, error.kind)
            words = self._offline.worded(brief)
            return words.model_copy(update={"fallback": Fallback.of(error)})


def _held_round(planned: PlannedRound, interview: Interview | None, is_gone: bool) -> HeldRound:
    if interview is None:
        return HeldRound(
            round=planned.round,
            title=planned.title,
            members=planned.members,
            state="gone" if is_gone else "not-sat",
        )
    return HeldRound(
        round=planned.round,
        title=interview.started.title,
        members=planned.members,
        state="over" if interview.is_over else "open",
        bar=interview.started.bar,
        exchanges=interview.exchanges,
    )


def _hash(findings: Findings) -> str:
    document = findings.model_dump(mode="json")
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
