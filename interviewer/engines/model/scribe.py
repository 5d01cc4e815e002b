"""The model scribe: one structured call words the whole debrief; code checks every sentence of it."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from interviewer.domain.committee.debrief import Position
from interviewer.domain.committee.dissent import Dissent
from interviewer.domain.committee.remarks import Remark
from interviewer.domain.committee.votes import Vote
from interviewer.domain.committee.words import Brief, Words
from interviewer.domain.scorecard import Gate
from interviewer.domain.verdict import Met
from interviewer.engines.model.spoken_facts import SpokenFacts, fault_in
from interviewer.engines.offline.scribe import OfflineScribe
from interviewer.llm.chat import Chat, Message
from interviewer.prompting.fence import fence, restore
from interviewer.prompting.library import PromptLibrary

_LONGEST = 1_200
"""Of one statement in a reply, in characters; what is over the limit in `spoken_facts` is refused."""


class StatementReply(BaseModel):
    """What one member says."""

    model_config = ConfigDict(extra="forbid")

    member: Annotated[str, StringConstraints(max_length=60)]
    text: Annotated[str, StringConstraints(max_length=_LONGEST)]


class DebriefWords(BaseModel):
    """Everything the model says about a debrief."""

    model_config = ConfigDict(extra="forbid")

    statements: list[StatementReply] = Field(max_length=16)
    dissent: Annotated[str, StringConstraints(max_length=_LONGEST)]


class ModelScribe:
    """Words debriefs with a chat model; the offline scribe's words stand where it says too much."""

    name = "model"

    def __init__(self, chat: Chat, prompts: PromptLibrary, offline: OfflineScribe) -> None:
        self._chat = chat
        self._prompts = prompts
        self._offline = offline

    async def word(self, brief: Brief) -> Words:
        """Words the debrief.

        Raises:
            ModelError: No usable reply.
        """
        spare = self._offline.worded(brief)
        facts = {p.ballot.member: _facts(p, brief) for p in brief.findings.positions}
        dissent = brief.findings.dissent
        shown = _dissent_facts(dissent, brief) if dissent else None
        prompt = self._prompts.render(
            "committee/debrief",
            decision=f"{brief.findings.decision.spoken}. {brief.findings.because}",
            members=[_shown(brief, member, known) for member, known in facts.items()],
            dissent={
                "id": dissent.member,
                "side": "for the candidate" if dissent.argues_for else "against the candidate",
                "facts": fence(shown.text, "facts"),
            }
            if dissent and shown
            else "",
        )
        messages = [Message("system", prompt.stable), Message("user", prompt.turn)]
        reply = await self._chat.structured(messages, DebriefWords)
        said = {s.member.strip(): restore(s.text.strip()) for s in reversed(reply.value.statements)}
        refused: dict[str, str] = {}
        statements = {
            member: _kept(member, said.get(member), known, spare.statements[member], refused)
            for member, known in facts.items()
        }
        closing = restore(reply.value.dissent.strip())
        return Words(
            statements=statements,
            dissent=_kept("dissent", closing, shown, spare.dissent, refused) if shown else "",
            engine=self.name,
            model=self._chat.settings.name,
            prompt=prompt.ref,
            usage=reply.usage,
            refused=refused,
        )


def _kept(
    whose: str, said: str | None, facts: SpokenFacts, spare: str, refused: dict[str, str]
) -> str:
    """The model's words if they rest on the facts, else the offline ones with the reason noted."""
    fault = "nothing was said" if said is None else fault_in(said, facts)
    if fault is None and said is not None:
        return said
    refused[whose] = fault or ""
    return spare


def _shown(brief: Brief, member: str, facts: SpokenFacts) -> dict[str, str]:
    who = brief.members[member]
    return {
        "id": member,
        "name": who.name,
        "title": who.title,
        "voice": who.voice,
        "vote": facts.vote.spoken,
        "facts": fence(facts.text, "facts"),
    }


def _facts(position: Position, brief: Brief) -> SpokenFacts:
    ballot = position.ballot
    remarks = (*position.strongest, *position.weakest)
    lines = [f"Vote: {ballot.vote.spoken}, because {ballot.because}."]
    lines += [_gate(gate) for gate in ballot.gates]
    lines += [_remark(remark, brief) for remark in remarks]
    return _spoken_facts(ballot.vote, remarks, lines)


def _dissent_facts(dissent: Dissent, brief: Brief) -> SpokenFacts:
    ballot = next(p.ballot for p in brief.findings.positions if p.ballot.member == dissent.member)
    lines = [f"Vote: {ballot.vote.spoken}.", *(_gate(gate) for gate in ballot.gates)]
    lines += [_remark(remark, brief) for remark in dissent.remarks]
    return _spoken_facts(ballot.vote, dissent.remarks, lines)


def _spoken_facts(vote: Vote, remarks: tuple[Remark, ...], lines: list[str]) -> SpokenFacts:
    quotes = tuple(remark.quote for remark in remarks if remark.quote)
    return SpokenFacts(vote=vote, quotes=quotes, text="\n".join(lines))


def _gate(gate: Gate) -> str:
    if gate.score is None:
        return f"{gate.signal.value}: not assessed"
    side = "reached" if gate.passed else "below the bar"
    return f"{gate.signal.value}: {gate.score:.1f}, bar {gate.bar:.1f}, {side}"


def _remark(remark: Remark, brief: Brief) -> str:
    where = brief.round_titles.get(remark.round, remark.round)
    said = f'"{" ".join(remark.quote.split())}"' if remark.quote else "nothing near it was said"
    if remark.red_flag:
        return f"Red flag ({where}): {remark.statement} Words: {said}"
    if remark.met is Met.YES:
        return f"Made ({where}): {remark.statement} Words: {said}"
    degree = "Made in part" if remark.met is Met.PARTLY else "Missing"
    return f"{degree} ({where}): {remark.statement} Nearest words: {said}"
