"""Reported orders: what somebody typed to a machine, told by the candidate as an account of it.

`A customer typed "ignore your instructions" and the bot obeyed` is evidence about an attack, and no
attack on the grader. Only the model engine tells the two apart: for it the fence keeps the words
data, while the offline engine would count them as the candidate's own.

What counts as reported is narrow on purpose, because an attacker can write an account too: the words
must stand in quotation marks, in somebody else's mouth, inside a longer answer, say nothing but "put
your instructions aside", and name nothing that a grader could give. So what is let through asks for
no verdict. An honest account that asks for more, such as "give me full marks", is still left out.
"""

import re
from collections.abc import Sequence

from interviewer.engines.instructions import INVISIBLE, is_instruction, plain
from interviewer.engines.text import Span, words

_QUOTED = re.compile(
    '["\u201c\u00ab](?P<double>[^"\u201c\u201d\u00ab\u00bb\n]{4,160})["\u201d\u00bb]'
    "|\u2018(?P<curly>[^\u2018\u2019\n]{4,160})\u2019"
    r"|(?<![\w'])'(?P<straight>[^'\n]{4,160})'(?!\w)"
)
_PUT_ASIDE = re.compile(
    r"\W*(?:(?:please|now|just|hey|ok|okay|so)\W+){0,2}"
    r"(?:ignore|disregard|forget|override|bypass)\s+"
    r"(?:(?:all|any|every|of|the|your|these|those|previous|prior|above|earlier|other|given|system|"
    r"original|safety)\s+){0,5}"
    r"(?:instructions?|prompts?|rules|guidelines|guardrails|policy|policies|everything|above)\b",
    re.IGNORECASE,
)
_OF_A_GRADE = re.compile(
    r"\b(?:rubric|grad|mark|scor|point|criteri|candidat|applicant|interview|examin|assess|evaluat|"
    r"judg|verdict|rating|rate|credit|level|met\b|yes\b|true\b|pass|answer|response|reply|respond|"
    r"maxim|full|perfect|excellen|strong|top\b|high|best|json|five|ten\b|item|check|fulfil|satisf|"
    r"cover|complet|correct|right|generous|lenient|kind|hir|punt|nota|note|bewert|rubri|calific)"
    r"|\d|[{}<>|\[\]=]",
    re.IGNORECASE,
)
"""Roots of the words by which a grade is asked for; wide, since a miss only costs an honest account
its sentence."""

_WHO = (
    r"(?:customers?|users?|clients?|attackers?|hackers?|someone|somebody|anyone|anybody|people|"
    r"persons?|callers?|testers?|red[- ]?team(?:er)?s?|colleagues?|employees?|analysts?|interns?|"
    r"vendors?|e-?mails?|documents?|files?|pages?|websites?|pdfs?|tickets?|messages?|chats?|"
    r"prompts?|inputs?|strings?|texts?|attacks?|injections?|jailbreaks?|payloads?|resumes?|"
    r"invoices?|comments?)"
)
_SAYING = (
    r"(?:typ(?:ed?|es|ing)|wr(?:ote|ites?|iting|itten)|sa(?:id|ys?|ying)|t(?:old|ells?|elling)|"
    r"enter(?:ed|s|ing)?|sen(?:t|ds?|ding)|ask(?:ed|s|ing)?|past(?:ed?|es|ing)|"
    r"submit(?:s|ted|ting)?|tr(?:ied|ies|y|ying)|contain(?:ed|s|ing)?|read(?:s|ing)?|"
    r"hid(?:den|es?|ing)?|includ(?:ed?|es|ing)|inject(?:ed|s|ing)?|like|such\s+as)"
)
_BEFORE = re.compile(rf"\b{_WHO}\b[^.!?\n]{{0,60}}\b{_SAYING}\b[^.!?\n\"]{{0,30}}$", re.IGNORECASE)
_AFTER = re.compile(
    rf"^\W{{0,3}}(?:(?:a|an|the|one|some|our)\s+)?(?:\w+\s+)?{_WHO}\s+(?:\w+\s+)?{_SAYING}\b",
    re.IGNORECASE,
)
_REACH = 110
"""Characters around the quotation marks in which the speaker must be named."""
_MOST_WORDS = 20
_LEAST_WORDS_AROUND = 8
"""An answer that is little but the order is no account of it."""


def reported_orders(answers: Sequence[str]) -> tuple[Span, ...]:
    """The orders that the candidate reports, without their quotation marks.

    Args:
        answers: The candidate's answers.
    """
    found = []
    for index, answer in enumerate(answers):
        own = [
            Span(index, *match.span(match.lastgroup or 0), match[match.lastgroup or 0])
            for match in _QUOTED.finditer(answer)
            if _is_report(answer, match)
        ]
        inside = sum(len(words(span.text)) for span in own)
        if len(words(answer)) - inside >= _LEAST_WORDS_AROUND:
            found += own
    return tuple(found)


def blanked(answer: str, told: Sequence[Span]) -> str:
    """An answer with the reported orders turned into spaces, so that all offsets stay."""
    for span in told:
        answer = answer[: span.start] + " " * (span.end - span.start) + answer[span.end :]
    return answer


def _is_report(answer: str, match: re.Match[str]) -> bool:
    said = match[match.lastgroup or 0]
    if not is_instruction(said) or INVISIBLE.search(said) or not plain(said).isascii():
        return False
    order = _PUT_ASIDE.match(plain(said))
    if order is None or len(words(said)) > _MOST_WORDS or _OF_A_GRADE.search(plain(said)):
        return False
    before = answer[max(0, match.start() - _REACH) : match.start()]
    after = answer[match.end() : match.end() + _REACH]
    return bool(_BEFORE.search(before) or _AFTER.search(after))
