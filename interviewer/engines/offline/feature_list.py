"""Lists of things to build or do that name no constraint: what makes an impatient persona cut in.

It reads text that may still be being typed, so only finished items count.
"""

import re
from collections.abc import Iterator

from interviewer.domain.assessment import FeatureList
from interviewer.domain.verdict import Quote

LEAST_ITEMS = 4
"""So many things in a row are a list. The product hiring manager says that he cuts in after the
second; two are often one idea with its reason, so the rule waits longer."""

_BUILDING = re.compile(
    r"\b(?:add|adds|build|builds|include|includes|offer|offers|launch|ship|support|supports|create|"
    r"integrate|integrates|implement|provide|provides|introduce|features?|capabilit(?:y|ies)|"
    r"functionality|roadmap|(?:it|we|you|product|assistant|app|platform|release)\s+(?:\w+\s+)?(?:has|"
    r"have|needs?|gets?|does|wants?)|there(?:'s|\s+is|\s+are|\s+will)|it'll)\b",
    re.IGNORECASE,
)
_BINDING = re.compile(
    r"\b(?:risk\w*|limit\w*|constrain\w*|regulat\w*|complian\w*|complying|laws?|lawyers?|legal\w*|rules?|"
    r"polic(?:y|ies)|cost\w*|budget\w*|expens\w*|capacit(?:y|ies)|deadlines?|priva\w+|consent\w*|"
    r"audit\w*|fair\w*|bias\w*|harm\w*|loss(?:es)?|loses?|fail\w*|wrong\w*|error\w*|mistake\w*|stops?|"
    r"thresholds?|trade-?offs?|unless|only\s+(?:if|when|for|after)|cannot|can't|won't|never|must\s+not|"
    r"not\s+allowed|no\s+more|at\s+most|approv\w+|control\w*|guardrails?|human|oversight|"
    r"sign(?:s|ed)?[\s-]off|validat\w+|leave\s+out|cut|drop|not\s+in\s+the\s+first|false\s+positives?)\b",
    re.IGNORECASE,
)
"""One of these anywhere in the text, and it is more than a list: it names what binds. Wide on
purpose, since to cut off a thought costs more than to let a list run."""

_FOR_WHOM = re.compile(
    r"\b(?:customers?|clients?|users?|borrowers?|cardholders?|households?|merchants?|consumers?)\b",
    re.IGNORECASE,
)
"""Named before the list begins, the list is for somebody. Inside an item it is only a word."""

_BULLET = re.compile(r"^[ \t]*(?:[-*\u2022\u2013]|\(?\d{1,2}[.)])[ \t]+\S.*$", re.MULTILINE)
_MARK = re.compile(r"\s*(?:[-*\u2022\u2013]\s+|\(?\d{1,2}[.)]\s+)?")
_NUMBERED = re.compile(
    r"(?:^|(?<=[.!?;:])\s+|\n\s*)(?:(?:and\s+|then\s+)?(?:number\s+)?(?:one|two|three|four|five|six|"
    r"seven|eight)|firstly|secondly|thirdly|fourthly|fifthly|also|plus|another|on\s+top|besides)\b[,:]?"
    r"\s[^.!?;]*",
    re.IGNORECASE,
)
_SERIES = re.compile(r"[^.!?;:\n]+")
_BORDER = re.compile(r"\s*,\s+(?:and\s+|or\s+|plus\s+)?|\s+(?:and|plus|as\s+well\s+as)\s+")
_CLAUSE = re.compile(
    r"\s*(?:which|who|that|so|because|since|where|when|as|if|etc|we|i|they|you|it|he|she)\b",
    re.IGNORECASE,
)
_MOST_ITEM_WORDS = 7
_LONGEST_QUOTE_WORDS = 12

_Place = tuple[int, int]


def feature_list(text: str) -> FeatureList | None:
    """The list that a text is, None if it is more than a list, or less.

    Args:
        text: An answer, or what is typed of it so far; an item still being typed is not counted.
    """
    if _BINDING.search(text):
        return None
    for items in (_matches(_BULLET, text), _matches(_NUMBERED, text), *_series(text)):
        if len(items) >= LEAST_ITEMS and not _FOR_WHOM.search(text[: items[0][1]]):
            return _found(text, *items[-1], len(items))
    return None


def _matches(pattern: re.Pattern[str], text: str) -> list[_Place]:
    """Places of bullets or numbered sentences that are finished."""
    found = [match.span() for match in pattern.finditer(text)]
    return found if found and found[-1][1] < len(text) else found[:-1]


def _series(text: str) -> Iterator[list[_Place]]:
    """Items of each comma series that is about building something."""
    for series in _SERIES.finditer(text):
        if _BUILDING.search(series.group()):
            start = series.start()
            items = _items(series.group(), is_finished=series.end() < len(text))
            yield [(start + left, start + right) for left, right in items]


def _items(series: str, *, is_finished: bool) -> list[_Place]:
    """Places of the items of a comma series; of the longest run of short ones."""
    borders = [match.span() for match in _BORDER.finditer(series)]
    edges = [0, *(edge for border in borders for edge in border), len(series)]
    parts = list(zip(edges[::2], edges[1::2], strict=True))
    if not is_finished:
        parts = parts[:-1]
    best: list[_Place] = []
    run: list[_Place] = []
    for number, (start, end) in enumerate(parts):
        if number and _CLAUSE.match(series[start:end]):
            continue
        words = len(series[start:end].split())
        # The first part also holds what leads to the list.
        if words and (words <= _MOST_ITEM_WORDS or number == 0):
            run.append((start, end))
        else:
            run = []
        best = max(best, run, key=len)
    return best


def _found(text: str, start: int, end: int, items: int) -> FeatureList:
    """Quotes the last item whole, or its last words."""
    piece = text[start:end]
    mark = _MARK.match(piece)
    lead = mark.end() if mark and mark.end() < len(piece.rstrip()) else 0
    start, piece = start + lead, piece[lead:].rstrip()
    words = list(re.finditer(r"\S+", piece))
    if len(words) > _LONGEST_QUOTE_WORDS:
        skipped = words[-_LONGEST_QUOTE_WORDS].start()
        start, piece = start + skipped, piece[skipped:]
    quote = Quote(start=start, end=start + len(piece), text=piece)
    return FeatureList(quote=quote, items=items)
