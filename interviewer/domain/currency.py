"""Currency: finding a superseded rule that an answer cites as if it were in force.

The rules come from the knowledge sources (`cited_as`, `superseded_by`, `superseded_on`); this
module only reads text. It does not judge whether the candidate's account of the rule is right.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from pydantic import Field

from interviewer.domain.value import Value
from interviewer.domain.verdict import Quote

_RESCINDED = re.compile(
    r"""\b(?: supersed\w+ | rescind\w+ | rescission\w* | repeal\w+ | revok\w+ | withdrawn | withdrew
    | lapsed | obsolete | outdated | out[ -]of[ -]date | predecessor | (?:its|a)\ successor
    | successor\ (?:to|of) | (?:went|gone|swept)\ away | (?:tore|torn)\ up | scrapped | replaced\ it
    | (?:takes|took|taken)\ (?:the|its|their)\ place | until\ (?:april|2026) | (?:since|before)\ april
    | under\ the\ 2011 | 2011\ (?:text|guidance|letter|vocabulary) | back\ then
    | no\ longer\ (?:in\ force | appl\w+ | valid | current | bind\w+ | govern\w+
        | the\ (?:guidance|rule|standard|law|text|letter))
    | (?:old|older|former|previous|earlier|legacy)
        \ (?:guidance|rule|letter|text|law|standard|framework|bulletin|regime) )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Said of rules only, so that it counts anywhere near."""

_BEFORE = re.compile(
    r"""\b(?: replac\w+ | remov\w+ | eliminat\w+ | retir\w+ | dropp\w+ | struck | ended | former\w*
    | legacy | old | older | previous\w* | historic\w* | used\ to\ be )\W+
    (?:(?:the|our|its|their|fed's|supervisory|guidance|letter|rule|law|text|known\ as)\W+){0,4}$""",
    re.IGNORECASE | re.VERBOSE,
)
_AFTER = re.compile(
    r"""^\W*(?:and\ its\ \w+(?:\ \w+)?\W+)?(?:(?:which|that|itself)\W+)?
    (?: (?:was|were)\ (?:the|our|in\ force) | used\ to | no\ longer
    | (?:(?:is|are|was|were|has|have|had|got|been|being|now|since|just|already|finally|formally)\W+){1,4}
        (?:replaced|removed|eliminated|retired|dropped|struck|expired|gone|history|legacy) )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Said of models too ("we removed two features"), so that it must be said of the rule itself."""

_STILL = re.compile(
    r"""\b(?: still\ (?:the|in\ force|appl\w+|govern\w+|binding|valid|current|stands|holds)
    | remains\ (?:the|in\ force|binding|valid|current) | alongside )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NEAR_CHARACTERS = 260
"""How far from the citation a word of the past may stand and still belong to it: about two
spoken sentences."""


class SupersededRule(Value):
    """A rule that is no longer in force, and the names people cite it by."""

    source: str
    title: str
    names: tuple[str, ...]
    superseded_by: str | None
    successor_title: str | None = None
    successor_names: tuple[str, ...] = ()
    on: date
    citation: str = Field(description="The passage that says what replaced it.")


class CurrencyFlag(Value):
    """A superseded rule cited in an answer."""

    cited: str
    source: str
    status: str = "superseded"
    superseded_by: str | None
    on: date
    quote: Quote
    citation: str
    acknowledged: bool = Field(description="The candidate said or implied that it is history.")


def currency_flags(
    answers: Sequence[str], rules: Iterable[SupersededRule]
) -> tuple[CurrencyFlag, ...]:
    """Finds each superseded rule once, at its first citation.

    A citation counts as acknowledged when any mention of the rule is called past, or stands within
    about two sentences of words for a rule's end or of its successor's name, unless the rule is
    there said to stand beside the successor.

    >>> rule = SupersededRule(
    ...     source="sr-11-7",
    ...     title="SR 11-7",
    ...     names=("SR 11-7",),
    ...     superseded_by="sr-26-2",
    ...     successor_names=("SR 26-2",),
    ...     on=date(2026, 4, 17),
    ...     citation="sr-26-2#rescissions",
    ... )
    >>> [f.acknowledged for f in currency_flags(["We follow SR 11-7 to the letter."], [rule])]
    [False]
    >>> [f.acknowledged for f in currency_flags(["SR 11-7 was replaced by SR 26-2."], [rule])]
    [True]
    """
    flags = []
    for rule in rules:
        mentions = [
            (index, match)
            for index, answer in enumerate(answers)
            for match in name_pattern(rule.names).finditer(answer)
        ]
        if not mentions:
            continue
        acknowledged = any(_is_past(answers[i], match, rule) for i, match in mentions)
        index, first = mentions[0]
        flags.append(
            CurrencyFlag(
                cited=first.group(),
                source=rule.source,
                superseded_by=rule.superseded_by,
                on=rule.on,
                quote=_sentence_around(first, answers[index], index),
                citation=rule.citation,
                acknowledged=acknowledged,
            )
        )
    return tuple(flags)


_BORDER = re.compile(r"(?<=[.!?])\s+|\n+")


def _sentence_around(match: re.Match[str], answer: str, index: int) -> Quote:
    """The sentence that a citation stands in."""
    borders = list(_BORDER.finditer(answer))
    start = max((b.end() for b in borders if b.end() <= match.start()), default=0)
    end = min((b.start() for b in borders if b.start() >= match.end()), default=len(answer))
    text = answer[start:end]
    start += len(text) - len(text.lstrip())
    end = start + len(text.strip())
    return Quote(answer=index, start=start, end=end, text=answer[start:end])


def name_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the names, longest first, whatever the spacing and hyphens between words."""
    escaped = sorted({_loose(name) for name in names}, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(escaped)})(?![\w])", re.IGNORECASE)


def _loose(name: str) -> str:
    words = re.findall(r"[A-Za-z]+|\d+", name)
    return r"[\s\-\u2010-\u2015./]*".join(map(re.escape, words))


def _is_past(answer: str, match: re.Match[str], rule: SupersededRule) -> bool:
    before = answer[max(0, match.start() - _NEAR_CHARACTERS) : match.start()]
    after = answer[match.end() : match.end() + _NEAR_CHARACTERS]
    around = before + match.group() + after
    if _BEFORE.search(before) or _AFTER.search(after) or _RESCINDED.search(around):
        return True
    if not rule.successor_names or _STILL.search(around):
        return False
    return bool(name_pattern(rule.successor_names).search(around))
