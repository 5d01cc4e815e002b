"""Hygiene: recognising words that are no answer, before anything grades them.

Both engines use it. What addresses the grader is cut out of the evidence, not obeyed; what is left
is graded as if it had never been there. A clever paraphrase of an instruction can get past these
patterns: it then earns nothing, because only rubric points earn.
"""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from interviewer.domain.assessment import Hygiene, HygieneFlag
from interviewer.engines.instructions import INVISIBLE, instructions_among, plain
from interviewer.engines.recited import recited
from interviewer.engines.text import (
    STOP_WORDS,
    Span,
    content_stems,
    spans,
    stem,
    stop_share,
    words,
)
from interviewer.errors import AnswerTooLong, NotText

MOST_CHARACTERS = 20_000
"""Longest answer accepted; about 22 minutes of speech."""

_DONT_KNOW = re.compile(
    r"""(?: \b(?:i|we)\s+(?:(?:really|honestly|simply|just)\s+)?
        (?: do\s*n[o']?t\s+(?:really\s+)?(?:know(?!\s+of\b)|remember|recall)
        | (?:can\s*not|can'?t|could\s*n[o']?t)\s+(?:really\s+)?(?:remember|recall)
        | (?: do\s*n[o']?t | can\s*not | can'?t | could\s*n[o']?t )\s+(?:really\s+)?(?:say|answer|help|know)
          (?:\s+(?:you|that|this|it|one|here|much|more|anything|the\s+question|for\s+sure|offhand))*
          \s*(?:[.,;!?]|$) )
    | \b(?:dunno|idk)\b
    | (?:^|\bi(?:'ve)?\s+)(?:(?:sorry|well|um|honestly|really|simply|absolutely|have|had|got)\W+)*no\s+(?:idea|clue)\b
    | (?:^|\b(?:i'm|i\s+am)\s+)(?:(?:sorry|well|really|honestly|quite|entirely)\W+)*not\s+(?:(?:so|really|quite|entirely)\s+)?(?:sure|familiar|certain)\b
    | \bhaven'?t\s+(?:a\s+clue|heard\s+of)\b | \b(?:i|i've|i\s+have)\s+never\s+heard\b
    | ^\W*(?:(?:i|i'll|i\s+will|i'd|i\s+would|let\s+me|let's|please)\s+)?(?:like\s+to\s+|rather\s+)?(?:pass|skip)
      (?:\W+(?:on|it|this|that|one|question|please|thanks|thank\s+you|here|the))*\W*$
    | \bnext\s+question\b | \bnothing\s+to\s+add\b )""",
    re.IGNORECASE | re.VERBOSE,
)
_FINDING_OUT = re.compile(
    r"\b(?:i|we)(?:'d|'ll|\s+would|\s+will)\s+(?!say\b|guess\b)", re.IGNORECASE
)
_FINDING_OUT_WORDS = 14
"""An "I don't know" of so many words that says what the speaker would do is an answer."""
_DONT_KNOW_WORDS = 25
"""Up to so many words an "I don't know" is the whole answer; a longer one goes on to say how one
would find out, and is graded."""

_STUFFED_STOP_SHARE = 0.14
_COMMA = re.compile(r",(?!\d{3}\b)")
"""Not the one in 16,000."""
_STUFFED_COMMA_SHARE = 0.28
_STUFFED_WORDS = 15
_FIGURE_SHARE = 0.18
"""Of the words: with more figures a sentence reckons or shares something out ("20 ms transport, 25
features, 15 model"); terms between figures that say nothing are strung (`offline/strung.py`)."""
_FRAME_WORDS = 5
_FRAMED_OFTEN = 3
_REPEATED_WORDS = 8
_ECHO_SHARE = 0.85
_KNOWN_SHARE = 0.42
_REPEATED_SHARE = 0.5
_LEFT_OVER_WORDS = 8


def checked_answer(text: str) -> str:
    """The answer, if it can be stored and read.

    Raises:
        AnswerTooLong: Over the limit of 20,000 characters.
        NotText: It holds NUL or half of a surrogate pair, as binary data does.
    """
    if len(text) > MOST_CHARACTERS:
        raise AnswerTooLong(
            f"the answer has {len(text):,} characters; the limit is {MOST_CHARACTERS:,}: "
            "nothing was stored, shorten it and send it again"
        )
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise NotText("the answer is not text (it holds binary data): nothing was stored")
    return text


class Cleaned(NamedTuple):
    """The usable sentences of an exchange, and what was wrong with the rest."""

    usable: tuple[Span, ...]
    flags: tuple[HygieneFlag, ...]


def clean(
    answers: Sequence[str],
    sentences: Sequence[Span],
    question: str,
    vocabulary: Collection[str] = (),
) -> Cleaned:
    """Sorts the sentences of an exchange into evidence and what must not count.

    Args:
        answers: The candidate's answers.
        sentences: Their sentences (`text.spans`).
        question: What was asked; repeating it is no answer.
        vocabulary: Stems known from knowledge and question bank; with none given, gibberish is
            recognised by repetition only.
    """
    usable: list[Span] = []
    flags: list[HygieneFlag] = []
    for index, answer in enumerate(answers):
        own = [s for s in sentences if s.answer == index]
        ordered, lists = _left_out(own)
        left = [s for s in own if s not in ordered and s not in lists]
        junk = _junk(answer, left, question, vocabulary, commanded=bool(ordered))
        if INVISIBLE.search(answer):
            flags.append(_flag(Hygiene.INVISIBLE, index, "invisible characters were ignored"))
        if ordered and (junk is None or junk.kind is not Hygiene.INSTRUCTIONS):
            quoted = " ".join(ordered[0].text.split())[:80]
            flags.append(
                _flag(Hygiene.INSTRUCTIONS, index, f'left out, as it is no answer: "{quoted}"')
            )
        if lists:
            flags.append(_flag(Hygiene.STUFFING, index, "a list of terms was left out"))
        if junk is not None:
            flags.append(junk.model_copy(update={"answer": index}))
        else:
            usable += left
    return Cleaned(tuple(usable), tuple(flags))


def left_out(answers: Sequence[str], statements: Sequence[str] = ()) -> tuple[Span, ...]:
    """The sentences that are no evidence whoever quotes them.

    Words to the grader, lists of terms, and statements of the rubric said again.

    Args:
        answers: The candidate's answers.
        statements: Of the points of the question.
    """
    out: list[Span] = []
    sentences = spans(answers)
    for index in range(len(answers)):
        own = [s for s in sentences if s.answer == index]
        ordered, lists = _left_out(own)
        found = [*ordered, *lists]
        out += [*found, *recited(statements, [s for s in own if s not in found])]
    return tuple(out)


def _left_out(own: Sequence[Span]) -> tuple[Sequence[Span], Sequence[Span]]:
    ordered = instructions_among(own)
    return ordered, stuffed([s for s in own if s not in ordered])


def _junk(
    answer: str,
    left: Sequence[Span],
    question: str,
    vocabulary: Collection[str],
    *,
    commanded: bool,
) -> HygieneFlag | None:
    if not words(answer) and not re.search(r"\w", answer):
        return _flag(Hygiene.EMPTY, 0, "there are no words in it", junk=True)
    remaining = " ".join(span.text for span in left)
    if commanded and len(words(remaining)) < _LEFT_OVER_WORDS:
        return _flag(
            Hygiene.INSTRUCTIONS, 0, "it addresses the grader, not the question", junk=True
        )
    said = words(remaining)
    if _is_ignorance(plain(remaining), len(said)):
        return _flag(Hygiene.DONT_KNOW, 0, "it says that you do not know", junk=True)
    if _is_gibberish(said or words(answer), vocabulary):
        return _flag(Hygiene.GIBBERISH, 0, "the words make no English sentences", junk=True)
    if _is_echo(remaining, question):
        return _flag(Hygiene.ECHO, 0, "it repeats the question", junk=True)
    return None


def stuffed(sentences: Sequence[Span]) -> list[Span]:
    """The sentences of one answer that list terms rather than say something.

    A short one is normal in speech ("Cards, fraud, legal, procurement."); a long one is not, nor
    are short ones that make up most of the answer.
    """
    framed = _framed_alike(sentences)
    lists = [s for s in sentences if _lists_terms(s.text) and s not in framed]
    lengths = [len(words(s.text)) for s in lists]
    said = sum(len(words(s.text)) for s in sentences)
    if sum(lengths) < max(_STUFFED_WORDS, said / 2):
        lists = [s for s, length in zip(lists, lengths, strict=True) if length >= _STUFFED_WORDS]
    return [s for s in sentences if s in framed or s in lists]


def _framed_alike(sentences: Sequence[Span]) -> set[Span]:
    """Sentences that put other words into one frame again and again, as no one speaks."""
    frames: dict[tuple[str, ...], list[Span]] = {}
    for span in sentences:
        said = words(span.text)
        if len(said) > _FRAME_WORDS:
            frames.setdefault(tuple(said[:_FRAME_WORDS]), []).append(span)
    return {span for alike in frames.values() if len(alike) >= _FRAMED_OFTEN for span in alike}


def _is_ignorance(said: str, length: int) -> bool:
    if length > _DONT_KNOW_WORDS or not _DONT_KNOW.search(said):
        return False
    return length < _FINDING_OUT_WORDS or not _FINDING_OUT.search(said)


def _lists_terms(sentence: str) -> bool:
    said = words(sentence)
    if sum(word[0].isdigit() for word in said) > _FIGURE_SHARE * len(said):
        return False
    if stop_share(sentence) < _STUFFED_STOP_SHARE:
        return True
    return bool(said) and len(_COMMA.findall(sentence)) / len(said) > _STUFFED_COMMA_SHARE


def _is_gibberish(said: Sequence[str], vocabulary: Collection[str]) -> bool:
    if not said:
        return True
    if len(said) >= _REPEATED_WORDS:
        commonest = max(said.count(word) for word in set(said))
        if commonest / len(said) > _REPEATED_SHARE:
            return True
    if not vocabulary:
        return False
    known = sum(w in STOP_WORDS or w[0].isdigit() or stem(w) in vocabulary for w in said)
    return known / len(said) < _KNOWN_SHARE


def _is_echo(remaining: str, question: str) -> bool:
    said = content_stems(remaining)
    if len(said) < 3:
        return False
    asked = set(content_stems(question))
    return sum(word in asked for word in said) / len(said) >= _ECHO_SHARE


def _flag(kind: Hygiene, answer: int, why: str, *, junk: bool = False) -> HygieneFlag:
    return HygieneFlag(kind=kind, answer=answer, junk=junk, why=why)
