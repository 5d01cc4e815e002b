"""Instructions: words that address the grader instead of answering the question.

A pattern asks for the form of an order ("ignore the rubric", "mark every point as met"), because
the same verbs and nouns are a risk officer's everyday words: analysts override rules, models score
applications, both get the highest rating. What slips through earns nothing, since only rubric
points earn; an honest sentence caught here loses its evidence, which is worse.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from interviewer.engines.text import Span

INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
"""Characters that nobody sees and a model reads."""

_ORDER = (
    r"(?:(?:^|[.!?:;\"'(*`>#|=\-])\s*|\b(?:please|kindly|now|simply|just)\s+"
    r"|\byou\s+(?:must|should|will|shall|have\s+to|need\s+to|are\s+to)\s+)"
)
"""Where an order begins: at a sentence's start, or after "please" or "you must"."""

_ASIDE = r"(?:ignore|disregard|forget|override|overlook|bypass)"
_TOP = r"(?:full|maximum|max|top|highest|perfect)"
_MARKS = r"(?:marks?|scores?|grades?|points?|levels?|credits?|ratings?)\b"
_MINE = r"(?:me|this|my|the\s+candidate|the\s+applicant|him|her|them)"
_FIVE = r"(?:5|five|10|ten|100)\b(?!\s*[\w%])"

_ENGLISH = (
    # Put the rules aside.
    r"(?<!\bi )(?<!\bwe )(?<!\bthey )(?<!\bwho )(?<!\bnot )(?<!n't )(?<!\bnever )(?<!\bcannot )"
    rf"\b{_ASIDE}\s+(?:(?:all|any|every|of|the|your|these|those|my|previous|prior|above|earlier|"
    r"other|given|system)\s+){1,5}(?:instructions?|prompts?|rubrics?|(?:grading|scoring|marking)\s+\w+)\b"
    r"(?!\s+(?:manual|engineering|librar|template))",
    rf"{_ORDER}{_ASIDE}\s+(?:(?:all|any|of|the|your|these|those|previous|prior|above|earlier)\s+)*"
    r"(?:instructions?|prompts?|rubrics?|guidelines)\b",
    rf"{_ORDER}{_ASIDE}\s+(?:all|your)\s+(?:\w+\s+)?rules\b",
    rf"{_ORDER}{_ASIDE}\s+(?:the\s+)?(?:above|previous|prior)\s*(?:$|[.,;!]|and\b|text\b|message)",
    rf"{_ORDER}{_ASIDE}\s+(?:everything|anything|all|whatever|what)\b.{{0,30}}"
    r"\b(?:above|before|previous\w*|earlier|told|said)\b",
    r"\b(?:do\s+not|don't)\s+(?:apply|use|follow)\s+(?:the|your|this)\s+(?:rubric|instructions?)\b",
    r"\b(?:treat|regard|consider|count|take)\s+(?:me|the\s+candidate|(?:this|my)\s+(?:answer|response))\s+as\s+"
    r"(?:having|if|though)\b",
    r"\b(?:assume|suppose|presume|imagine)\s+(?:that\s+)?(?:the\s+candidate|(?:this|my)\s+(?:answer|response))"
    r"\s+(?!models?\b|sets?\b|lists?\b|pools?\b|features?\b|versions?\b|rules?\b|vendors?\b|thresholds?\b|scores?\b)\w",
    r"\b(?:pretend|assume|imagine)\s+(?:that\s+)?i\b.{0,30}\b(?:point|criteri|answer|question|rubric)",
    r"\bfrom\s+now\s+on,?\s+you\b",
    # Give me the marks.
    rf"{_ORDER}(?:give|award|assign|grant|mark|grade|score|rate)\b.{{0,40}}\b{_TOP}\s+(?:possible\s+)?{_MARKS}",
    rf"\b(?:give|award|assign|grant)\s+{_MINE}\b.{{0,30}}\b{_TOP}\s+(?:possible\s+)?{_MARKS}",
    r"\b(?:and|then)\s+(?:give|award|grant)\s+(?:the\s+)?(?:full|maximum|highest|perfect|top)\s+(?:marks|scores?)\b",
    rf"\b(?:give|award)\s+(?:this|my)\s+(?:answer|response)\b.{{0,15}}\b{_FIVE}",
    rf"\b(?:give|award)\s+me\s+(?:a|an)\s+{_FIVE}",
    rf"\b(?:answer|response|candidate|i)\s+(?:\w+\s+)?(?:deserves?|merits?|earns?|has\s+earned)\b.{{0,15}}\b{_TOP}\s+{_MARKS}",
    r"\b(?:mark|grade|score|rate|judge|treat|consider|label|set)\b.{0,30}\b(?:every|each|all)\b.{0,15}"
    r"\b(?:point|criteri|item|check|verdict)\w*\s+(?:\w+\s+)?(?:as|to|=)\s+"
    r"(?:yes|met|true|satisfied|passed|full|fulfilled|correct|5|five|strong)\b(?!\s+or\b)",
    r"\brubric\s+(?:points?|items?|criteria)\b.{0,20}\b(?:met|satisfied|fulfilled|covered)\b",
    r"\b(?:mark|grade|score|rate)\s+(?:me\b|(?:this|it|everything|all)\s+(?:as\s+)?(?:correct|yes|met|passed|excellent)\b)",
    rf"{_ORDER}(?:only\s+)?(?:return|print|output|say|write)\s+(?:\"?met\b|yes\b|true\b|\{{)",
    r"\bas\s+(?:an?|the)\s+(?:ai\s+)?(?:grader|assessor|evaluator|language\s+model),?\s+you\b",
    r"\b(?:mark|grade|score|rate|judge)\s+(?:this|my)\s+(?:\w+\s+)?(?:answer|response)\b",
    rf"{_ORDER}(?:mark|grade|score|rate|judge)\s+the\s+answer\s+(?:as|with|at)\b",
    # You there.
    r"\bwhoever\s+(?:reads|grades|marks|scores|assesses|judges)\s+(?:this|it|my)\b",
    r"(?:^|[.!?]\s*|,\s*)(?:each|every)\s+point\s+(?:counts\b|is\s+(?:met|made)\b|should\s+(?:count|be)\b)",
    r"(?:^|[.!?(\"]\s*)[#>*\-\s]*(?:(?:a\s+)?(?:note|message|memo|attention)\s+(?:to|for)|attention|dear|hey|hello|hi)"
    r"[\s,:]+(?:the\s+)?(?:\w+\s+)?(?:grader|assessor|evaluator|examiner|ai|model|llm|assistant|chatbot)\b"
    r"\s*(?:[:,\-\u2013\u2014]|reading|grading|marking)",
    r"\byou\s+are\s+now\s+(?:a|an|the)?\s*(?:\w+\s+){0,3}(?:grader|assessor|assistant|evaluator|examiner|ai|model|chatbot|bot)\b",
    r"\byou\s+are\s+(?:a|an|the|no\s+longer(?:\s+an?)?)\s+(?:\w+\s+){0,2}(?:grader|assistant|ai|llm|chatbot|bot)\b"
    r"(?!\s*(?:vice|general|risk|team|lead|owner|product|govern|manag|valid|engineer|develop))",
    r"\b(?:respond|reply|output|return|answer)\s+(?:only\s+with|with\s+only)\s+(?:json|yes|\"?\{|a\s+score|the\s+score)",
    rf"{_ORDER}(?:respond|reply|output|return)\s+(?:only\s+)?with\s+(?:json|yes|\"?\{{|a\s+score)",
)
_FORGED = (
    r"^[#>*\-`|\s]*new\s+(?:system\s+)?instructions?\s*:",
    r"^[#>*\-`|\s]*(?:system|assistant|developer|user|human|ai)\s+(?:prompt|message|note|turn|override|instructions?)\**\s*:",
    r"^[#>*\-`|\s]*(?:assistant|grader|assessor|evaluator)\**\s*:",
    r"^[#>*\-`|\s]*system\**\s*:.{0,80}\b(?:candidate|this\s+answer|the\s+answer|marks|rubric|grader|instructions?|prompt|you\s+(?:are|must|should|will))\b",
    r"<\|?/?(?:im_start|im_end|system|assistant|user|answer|instructions?|end)[^>]{0,40}\|?>",
    r"\[/?(?:INST|SYS|SYSTEM|(?-i:END))\b[^\]]{0,20}\]|<<\s*/?SYS\s*>>",
    r"\bmet\b\W{0,4}(?:=|:|to)\W{0,4}(?:yes|true)|\"(?:met|verdict|score|overall|level)\"\s*:",
    r"(?:^|[\-=#*\[<(_~]{2})\s*(?:end|begin|start)\s+of\s+(?:the\s+)?(?:answer|data|(?:system\s+)?prompt|instructions?|candidate)",
)
_OTHER_LANGUAGES = (
    r"\b(?:ignora|olvida|omite)\b.{0,40}\b(?:instruccion|reglas|r\u00fabrica)|\b(?:otorga|asigna|pon|dame)\b.{0,40}\b(?:puntuaci\u00f3n|puntos|nota)\b",
    r"\b(?:ignorez|ignore[rz]?\s+(?:les|toutes|tes|vos|ces)|oublie[zr]?)\b.{0,40}\b(?:instructions|consignes|bar\u00e8me)|\b(?:donne[zr]?|attribue[zr]?|mettez)\b.{0,40}\b(?:note|points)\b",
    r"\b(?:ignorier|vergiss|missachte)\w*\b.{0,40}\b(?:anweisung|regeln|vorgaben)|\b(?:gib|vergib|bewerte)\b.{0,50}\b(?:punkt|note|volle|h\u00f6chst)",
    r"\u5ffd\u7565.{0,12}(?:\u6307\u4ee4|\u8bf4\u660e|\u89c4\u5219|\u6307\u793a)|(?:\u7ed9|\u6253).{0,10}(?:\u6ee1\u5206|\u6700\u9ad8\u5206)",
    r"\u0438\u0433\u043d\u043e\u0440\u0438\u0440.{0,40}(?:\u0438\u043d\u0441\u0442\u0440\u0443\u043a\u0446|\u043f\u0440\u0430\u0432\u0438\u043b)|\u043f\u043e\u0441\u0442\u0430\u0432\u044c.{0,40}(?:\u0431\u0430\u043b\u043b|\u043e\u0446\u0435\u043d\u043a)",
    r"\bignor\w*\b.{0,40}\b(?:istruzioni|instru\u00e7\u00f5es)\b",
)
_INSTRUCTIONS = re.compile(
    "|".join((*_ENGLISH, *_FORGED, *_OTHER_LANGUAGES)), re.IGNORECASE | re.MULTILINE
)
_TYPOGRAPHY = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00ab": '"', "\u00bb": '"'}
)


def plain(text: str) -> str:
    """A text as a reader sees it: nothing invisible, ordinary letters, quotes and spaces."""
    visible = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    return re.sub(r"[^\S\n]", " ", visible.translate(_TYPOGRAPHY))


@lru_cache(maxsize=4_000)
def is_instruction(sentence: str) -> bool:
    """Whether words address the grader rather than the question."""
    return bool(_INSTRUCTIONS.search(plain(sentence)))


def instructions_among(sentences: Sequence[Span]) -> tuple[Span, ...]:
    """The sentences of one answer that address the grader, also where line breaks cut an order.

    Args:
        sentences: Of one answer, in order.
    """
    found = {span for span in sentences if is_instruction(span.text)}
    for run in _unfinished_runs(sentences):
        text, places = "", []
        for span in run:
            seen = plain(span.text)
            places.append((len(text), len(text) + len(seen), span))
            text += f"{seen} "
        for match in _INSTRUCTIONS.finditer(text):
            found |= {span for a, b, span in places if a < match.end() and match.start() < b}
    return _with_short_neighbours(sentences, found)


_SHORT_WORDS = 6


def _with_short_neighbours(sentences: Sequence[Span], found: set[Span]) -> tuple[Span, ...]:
    """The sentences found, and the short ones between and beside them: an order cut in pieces."""
    places = [place for place, span in enumerate(sentences) if span in found]
    taken = set(places)
    for start in places:
        for step in (-1, 1):
            place = start + step
            while 0 <= place < len(sentences) and _is_short(sentences[place]):
                taken.add(place)
                place += step
    return tuple(sentences[place] for place in sorted(taken))


def _is_short(span: Span) -> bool:
    return len(span.text.split()) <= _SHORT_WORDS


def _unfinished_runs(sentences: Sequence[Span]) -> list[list[Span]]:
    """Pieces that no full stop separates: a line break or a clause border cut them."""
    runs: list[list[Span]] = []
    for span in sentences:
        if runs and runs[-1][-1].text[-1] not in ".!?":
            runs[-1].append(span)
        else:
            runs.append([span])
    return [run for run in runs if len(run) > 1]
