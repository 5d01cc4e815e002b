"""What a model's words about a committee may rest on, and the check that they rest on nothing else.

Every quote must stand in the candidate's words that the member was given, every number in the
member's facts, and no other vote than the member's own may be named. What fails is not repaired:
the offline wording stands in its place.
"""

import re

from interviewer.domain.committee.votes import Vote
from interviewer.domain.value import Value
from interviewer.engines.instructions import is_instruction
from interviewer.engines.quotes import find_quote

LONGEST_CHARACTERS = 900
"""Of one statement: about 150 words, a minute of speech."""
_SHORTEST_CHARACTERS = 40

_QUOTED = re.compile(
    r"[\"\u201c\u201d\u00ab\u00bb]([^\"\u201c\u201d\u00ab\u00bb]*)[\"\u201c\u201d\u00ab\u00bb]"
)
_MARKS = re.compile(r"[\"\u201c\u201d\u00ab\u00bb]")
_SINGLE = re.compile(r"(?<!\w)['\u2018]([^'\u2018\u2019]{6,}?)['\u2019](?!\w)")
_ELLIPSIS = re.compile(r"\u2026|\.\.\.")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_NUMBER_WORDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|"
    r"eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|"
    r"millions?|billions?|dozens?|half|halves|third|thirds|quarters?|twice|thrice|double|triple|"
    r"zero|percent)\b",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(r"[<>{}#*_|`]|https?:|www\.|\n\s*\n")
_HIRE = re.compile(r"\b(strong(?:ly)?\s+)?(?:(no|not|never|n't)\s+(?:a\s+)?)?hir(?:e|ing)\b", re.I)


class SpokenFacts(Value):
    """What one member may say."""

    vote: Vote
    quotes: tuple[str, ...]
    text: str
    """All facts as one text, quotes included: where numbers are looked up."""


def fault_in(said: str, facts: SpokenFacts) -> str | None:
    """Why these words cannot be used, or None if they rest on the facts."""
    if not _SHORTEST_CHARACTERS <= len(said.strip()) <= LONGEST_CHARACTERS:
        return "too short or too long"
    if _FORBIDDEN.search(said) or is_instruction(said):
        return "markup, an address or an order in it"
    return _quote_fault(said, facts) or _number_fault(said, facts) or _vote_fault(said, facts.vote)


def _quote_fault(said: str, facts: SpokenFacts) -> str | None:
    if len(_MARKS.findall(said)) % 2:
        return "a quotation mark without its partner"
    for match in (*_QUOTED.finditer(said), *_SINGLE.finditer(said)):
        words = match[1]
        if _ELLIPSIS.search(words) or find_quote(words, facts.quotes) is None:
            return f"a quote that is not in the facts: {words[:60]!r}"
    return None


def _number_fault(said: str, facts: SpokenFacts) -> str | None:
    known = {_figure(token) for token in _DIGITS.findall(facts.text)}
    for token in _DIGITS.findall(said):
        if _figure(token) not in known:
            return f"a number that is not in the facts: {token}"
    spelled = {word.lower() for word in _NUMBER_WORDS.findall(facts.text)}
    for word in _NUMBER_WORDS.findall(said):
        if word.lower() not in spelled:
            return f"a number that is not in the facts: {word}"
    return None


def _figure(token: str) -> str:
    """A number without the way it is written: `1,800` and `1800` are one, so are `3` and `3.0`."""
    plain = token.replace(",", "")
    try:
        return f"{float(plain):g}" if plain.count(".") < 2 else plain
    except ValueError:
        return plain


def _vote_fault(said: str, vote: Vote) -> str | None:
    for match in _HIRE.finditer(said):
        is_against = match[2] is not None
        if vote is Vote.ABSTAIN or is_against is (vote.worth > 0):
            return f"another vote than {vote.spoken}"
        if match[1] and abs(vote.worth) < _STRONG:
            return f"another vote than {vote.spoken}"
    return None


_STRONG = 2
