"""Claims that candidates make about their own work, found by patterns.

Only what is told as done counts: "I would set the limit at two percent" is a proposal. It is better
to miss a claim than to have a persona quote one that nobody made.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from interviewer.domain.claims import Claim, ClaimKind
from interviewer.domain.verdict import Quote
from interviewer.engines.offline.quantities import Quantity, quantities
from interviewer.engines.quotes import spoken_part
from interviewer.engines.text import Span, content_stems, spans, stem

MOST_CLAIMS = 16
"""Claims kept of one exchange, the first ones: a list of forty figures is no memory."""

_FIRST_PERSON = re.compile(r"\b(?:i|we|my|our|me|us)\b", re.IGNORECASE)
_SELF = re.compile(r"\b(?:i|my|me)\b", re.IGNORECASE)
_PROPOSED = re.compile(
    r"\b(?:would|should|could|might|may|must|shall|will|can|if|suppose|imagine|assume|assuming|"
    r"let's|plan\s+to|going\s+to|want\s+to|aim|target|hope|expect|expected|propose|say,|for\s+example|"
    r"for\s+instance|ideally|never\s+mind|don't|do\s+not)\b|'ll\b|'d\b|\?",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:[a-z]{3,}ed|was|were|had|did|led|built|cut|ran|wrote|took|grew|fell|rose|won|made|set|"
    r"brought|sold|held|got|went|came|drove|chose|met|lost|found|left|kept|began|saw|gave|put|spent|"
    r"shrank|sped)\b",
    re.IGNORECASE,
)
_ADVERB = r"(?:(?:\w+ly|also|then|first|just|myself)\s+){0,2}"
_VERBS = {
    "led": r"led|managed|headed|ran",
    "owned": r"owned|was\s+responsible\s+for|was\s+in\s+charge\s+of|was\s+accountable\s+for",
    "decided": r"decided|chose|made\s+the\s+(?:call|decision)|signed\s+off|approved",
    "launched": r"launched|shipped|released|rolled\s+out|took\s+live",
    "built": r"built|wrote|designed|developed|created",
}
_BASES = {
    "led": "lead|manage|head|run|the one who led",
    "owned": "own|responsible for|in charge of|accountable for|the owner",
    "decided": "decide|choose|make the call|make the decision|sign off|approve|the one who decided",
    "launched": "launch|ship|release|roll out|the one who launched",
    "built": "build|write|design|develop|create|the one who built",
}
_OTHER = (
    r"(?:my\s+(?:manager|boss|lead|director|predecessor|colleague)|the\s+(?:vendor|committee|board|"
    r"business|platform\s+team|data\s+team|risk\s+team|head\s+of\s+\w+)|a\s+(?:colleague|vendor|"
    r"contractor)|our\s+(?:director|vendor|manager|lead|head)|some(?:one|body)\s+else|another\s+team)"
)
_ROLES = {
    holder: {
        verb: re.compile(rf"\b{who}\s+{_ADVERB}(?:{done})\b", re.IGNORECASE)
        for verb, done in _VERBS.items()
    }
    for holder, who in (("self", "i"), ("team", "we"), ("other", _OTHER))
}
_DENIED = {
    verb: re.compile(
        r"\bi\s+(?:(?:did\s+not|didn't|never)\s+(?:really\s+|actually\s+)?|(?:was\s+not|wasn't)\s+"
        rf"(?:really\s+|actually\s+)?)(?:{base.replace(' ', chr(92) + 's+')})\b"
        rf"|\bit\s+(?:was\s+not|wasn't)\s+(?:me|i)\s+who\s+(?:{_VERBS[verb]})\b",
        re.IGNORECASE,
    )
    for verb, base in _BASES.items()
}
_SAYS_NOTHING = frozenset(
    stem(word)
    for word in """team project work year month week day quarter percent percentage point people
    person number rate time case part result thing million thousand billion hundred dollar pound euro
    today later earlier finally eventually actually really roughly around nearly almost
    two three four five six seven eight nine ten twelve twenty thirty forty fifty half
    led managed headed ran owned responsible charge accountable decided chose made call decision
    signed approved launched shipped released rolled live built wrote designed developed created
    lead manage run own decide choose make sign approve launch ship release roll build write design
    develop create manager boss director colleague vendor committee board business""".split()  # noqa: SIM905
)


def claims_in(answers: Sequence[str], *, question: str, round_id: str = "") -> tuple[Claim, ...]:
    """The claims in a candidate's answers to one question, in the order they were made.

    Args:
        answers: The candidate's words, in order.
        question: Id of the question.
        round_id: Id of the round.
    """
    found = [
        claim.model_copy(
            update={
                "quote": claim.quote.model_copy(update={"answer": index}),
                "question": question,
                "round": round_id,
            }
        )
        for index, answer in enumerate(answers)
        for claim in _claims_of(answer)
    ]
    return tuple(found[:MOST_CLAIMS])


@lru_cache(maxsize=512)
def _claims_of(answer: str) -> tuple[Claim, ...]:
    """Claims in one answer. Every turn reads all earlier answers again, so they are remembered."""
    claims: list[Claim] = []
    is_own = False
    for span in spans([answer]):
        # "We rebuilt it. Losses fell by a third." is one account.
        was_own, is_own = is_own, bool(_FIRST_PERSON.search(span.text))
        if not _PROPOSED.search(span.text) and _DONE.search(span.text):
            claims += _claims_of_sentence(span, is_about_own_work=is_own or was_own)
    return tuple(claims)


def _claims_of_sentence(span: Span, *, is_about_own_work: bool) -> Iterator[Claim]:
    quote = Quote(start=span.start, end=span.end, text=span.text)
    topic = topic_of(span.text)
    for holder, verb in _roles(span.text):
        yield Claim.model_validate(
            {
                "kind": ClaimKind.ROLE,
                "quote": quote,
                "question": "",
                "unit": verb,
                "holder": holder,
                "stems": topic,
            }
        )
    if not is_about_own_work:
        return
    holder = "self" if _SELF.search(span.text) else "team"
    for quantity in _told_once(quantities(span.text)):
        yield Claim.model_validate(
            {
                "kind": quantity.kind,
                "quote": quote,
                "question": "",
                "number": quantity.number,
                "unit": quantity.unit,
                "holder": holder,
                "stems": topic,
            }
        )


def told_part(claim: Claim) -> str:
    """A piece of a claim's sentence, short enough to say back, with the figure or the verb in it."""
    sentence = claim.quote.text
    terms = [
        sentence[found.start : found.end]
        for found in quantities(sentence)
        if (found.kind, found.number) == (claim.kind, claim.number)
    ]
    return spoken_part(claim.quote, terms or [claim.unit])


def topic_of(sentence: str) -> tuple[str, ...]:
    """Stems of what a sentence is about: no numbers, units, or words for who did what."""
    return tuple(
        dict.fromkeys(
            word
            for word in content_stems(sentence)
            if word not in _SAYS_NOTHING and not word[0].isdigit()
        )
    )


def _told_once(found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Of a kind and unit that a sentence names twice, nobody can say which is the claim."""
    for quantity in found:
        alike = [q for q in found if (q.kind, q.unit) == (quantity.kind, quantity.unit)]
        if len(alike) == 1:
            yield quantity


def _roles(sentence: str) -> Iterator[tuple[str, str]]:
    for verb, pattern in _DENIED.items():
        if pattern.search(sentence):
            yield "other", verb
            return
    for holder, patterns in _ROLES.items():
        for verb, pattern in patterns.items():
            if pattern.search(sentence):
                yield holder, verb
