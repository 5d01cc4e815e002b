"""Rules on what an interviewer says, checked by code: one spoken line at a time.

They catch gross failures only. A line that breaks none of them may still be dull.
"""

import re
from typing import NamedTuple

from interviewer.engines.quotes import find_quote
from interviewer.engines.text import content_stems

MOST_WORDS = {"ask": 80, "wrap": 60}
MOST_WORDS_OF_A_FOLLOW_UP = 60
"""Outside the candidate's own words. The prompt asks for one to three short spoken sentences."""

LEAK_SHARE = 0.5
LEAK_WORDS = 4
"""A line gives a point away when it holds half of the words, four or more, that a good answer would
bring and that nobody has said yet. The recall of .3 that docs/grading.md quotes counts words of the
question too; here they are left out first."""
_VERBATIM_WORDS = 6

_PRAISE = re.compile(
    r"\b(?:great|excellent|brilliant|impressive|fantastic|wonderful|perfect|superb|terrific|awesome|"
    r"well\s+(?:done|said|put)|good\s+(?:answer|point|job|work|question|thinking|start|example)|"
    r"nice(?:ly)?\b|(?:strong|solid|clear|sound|thoughtful)\s+(?:answer|point|response|start)|"
    r"thank(?:s|\s+you)|i\s+(?:like|love|appreciate)\s+(?:that|how|your|the\s+way)|"
    r"(?:that(?:'s|\s+is)|you(?:'re|\s+are))\s+(?:quite\s+|absolutely\s+|exactly\s+)?(?:right|correct|spot\s+on)|"
    r"exactly\s*[.!]|correct\s*[.!]|good\s*[.!])",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"\b(?:that(?:'s|\s+is|\s+was)|you(?:'re|\s+are)|your\s+answer\s+(?:is|was))\s+"
    r"(?:quite\s+|simply\s+)?(?:wrong|incorrect|incomplete|weak|poor|mistaken)\b"
    r"|\byou\s+(?:passed|failed|scored|would\s+(?:pass|fail))\b|\blevel\s+[1-5]\b|\b[1-9]\s*(?:/|out\s+of)\s*(?:5|10)\b",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    r"\b(?:legal\s+advice|i(?:'d|\s+would)?\s+advise|my\s+advice|(?:as|speaking\s+as)\s+(?:your|a)\s+(?:lawyer|attorney|counsel)|"
    r"(?:you|the\s+bank)\s+(?:are|is|would\s+be)\s+(?:legally\s+)?(?:liable|required\s+by\s+law|obliged\s+by\s+law)|"
    r"(?:it|this|that)\s+(?:is|would\s+be)\s+(?:perfectly\s+)?(?:il)?legal\b|(?:violates?|breach(?:es)?)\s+the\s+law\b|"
    r"you\s+(?:should|must|have\s+to)\s+(?:sue|file|disclose|comply|report\s+it\s+to))",
    re.IGNORECASE,
)
_OUT_OF_CHARACTER = re.compile(
    r"\b(?:as\s+an?\s+(?:ai|language\s+model|assistant)|i(?:'m|\s+am)\s+an?\s+(?:ai|language\s+model|assistant|chatbot|program)|"
    r"language\s+model|system\s+prompt|my\s+(?:instructions|prompt|guidelines)|rubric|role-?play|the\s+candidate|"
    r"i\s+(?:cannot|can't)\s+(?:assist|help\s+with)|happy\s+to\s+help)\b"
    r"|^\s*(?:interviewer|assistant|you|system)\s*:|</?answer|```|^\s*(?:[-*#]|\d+\.)\s|\*[^*\n]+\*|\((?:pauses?|smiles?|nods?)[^)]*\)",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED = re.compile(r"[\"\u201c]([^\"\u201d]+)[\"\u201d]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Heard(NamedTuple):
    """A spoken line with what it may be held against."""

    text: str
    """Without the authored question that an Ask ends with."""
    move: str
    answers: tuple[str, ...] = ()
    asked: str = ""
    """The question being discussed."""
    unsaid: tuple[str, ...] = ()
    """Statements and sample wordings of the points that the candidate has not made."""
    given: tuple[str, ...] = ()
    """What the speaker was given to say: minutes, a cited rule's name, the authored follow-up. Its
    numbers and quotations are the author's; a point that it gives away is a leak all the same."""
    names: tuple[str, ...] = ()
    """Of the other personas."""


def broken_rules(heard: Heard) -> list[str]:
    """The rules a line breaks, each as `rule: the words that break it`."""
    own = _own_words(heard)
    found = [
        f"{rule}: {match[0].strip()}"
        for rule, pattern in (
            ("praise", _PRAISE),
            ("verdict", _VERDICT),
            ("legal advice", _ADVICE),
            ("out of character", _OUT_OF_CHARACTER),
        )
        if (match := pattern.search(own))
    ]
    found += [f"out of character: {name}" for name in heard.names if name in own]
    return [*found, *_length(heard, own), *_questions(heard, own), *_quotes(heard), *_leaks(heard)]


def _own_words(heard: Heard) -> str:
    """The line without what it quotes of the candidate: those words are not the interviewer's."""

    def void(match: re.Match[str]) -> str:
        return '""' if find_quote(match[1], heard.answers) else match[0]

    return _QUOTED.sub(void, heard.text)


def _length(heard: Heard, own: str) -> list[str]:
    words, most = len(own.split()), MOST_WORDS.get(heard.move, MOST_WORDS_OF_A_FOLLOW_UP)
    if not own.strip():
        return ["length: nothing was said"]
    return [f"length: {words} words, at most {most}"] if words > most else []


def _questions(heard: Heard, own: str) -> list[str]:
    most = 0 if heard.move in ("ask", "wrap") else 1
    count = own.count("?")
    return [f"one question: {count}, at most {most}"] if count > most else []


def _quotes(heard: Heard) -> list[str]:
    sources = (*heard.answers, heard.asked, *heard.given)
    quoted = [match[1] for match in _QUOTED.finditer(heard.text)]
    # One word in quotation marks is emphasis, not a quotation.
    return [
        f"misquotes: {words}"
        for words in quoted
        if len(words.split()) > 1 and find_quote(words, sources) is None
    ]


def _leaks(heard: Heard) -> list[str]:
    if heard.move in ("ask", "wrap"):
        return []
    known = " ".join((*heard.answers, heard.asked))
    said, common = set(content_stems(heard.text)), set(content_stems(known))
    found = []
    for statement in heard.unsaid:
        new = set(content_stems(statement)) - common
        told = new & said
        if len(told) >= LEAK_WORDS and len(told) >= LEAK_SHARE * len(new):
            found.append(f"leak: {statement}")
        elif run := _verbatim(statement, heard.text, known):
            found.append(f"leak: {run}")
    given = _NUMBER.findall(" ".join((known, *heard.given)))
    numbers = set(_NUMBER.findall(heard.text)) - set(given)
    return found + [f"leak: the number {number}" for number in sorted(numbers)]


def _verbatim(statement: str, text: str, known: str) -> str | None:
    """A run of words of the statement that the line repeats and nobody had said, or None."""
    line, before = (" ".join(_plain(one)) for one in (text, known))
    tokens = _plain(statement)
    for start in range(len(tokens) - _VERBATIM_WORDS + 1):
        run = " ".join(tokens[start : start + _VERBATIM_WORDS])
        if f" {run} " in f" {line} " and f" {run} " not in f" {before} ":
            return run
    return None


def _plain(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())
