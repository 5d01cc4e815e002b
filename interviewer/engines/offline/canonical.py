"""Canonical wording: what is read for meaning is the same whoever says it, and how.

Contractions are written out and articles left out, in answers and rubrics alike: whether somebody
says "don't" or "do not", or drops articles as speakers of many languages do, must not move a grade.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from interviewer.domain.verdict import Quote
from interviewer.engines.instructions import plain
from interviewer.engines.text import Span, spans

_ENDINGS = {
    "n't": " not",
    "'re": " are",
    "'ve": " have",
    "'ll": " will",
    "'d": " would",
    "'m": " am",
}
_WHOLE = {
    "won't": "will not",
    "can't": "can not",
    "cannot": "can not",
    "shan't": "shall not",
    "let's": "let us",
    "gonna": "going to",
    "wanna": "want to",
    "ain't": "is not",
    **{
        f"{word}'s": f"{word} is"
        for word in ("it", "that", "there", "here", "what", "who", "he", "she")
    },
}
_CONTRACTION = re.compile(
    rf"\b(?:{'|'.join(_WHOLE)})\b|(?<=[a-z])(?:{'|'.join(_ENDINGS)})\b", re.IGNORECASE
)
_ARTICLE = re.compile(r"\b(?:the|an?)\s+", re.IGNORECASE)


@lru_cache(maxsize=8_000)
def canonical(text: str) -> str:
    """A text with contractions written out and without articles; case is kept.

    >>> canonical("We don't trust the model, it's a guess.")
    'We do not trust model, it is guess.'
    """
    text = _CONTRACTION.sub(_written_out, text.replace("\u2019", "'"))
    return _ARTICLE.sub("", text)


def _written_out(match: re.Match[str]) -> str:
    short = match[0].lower()
    whole = _WHOLE.get(short) or _ENDINGS[short]
    return whole[0].upper() + whole[1:] if match[0][0].isupper() else whole


def seen(answers: Sequence[str]) -> list[Span]:
    """The sentences of all answers as a reader sees them: nothing invisible, plain quotes.

    The offsets are those of the answers; `quote` gives what stands there.
    """
    return [span._replace(text=plain(span.text)) for span in spans(answers)]


def reworded(sentences: Iterable[Span]) -> tuple[Span, ...]:
    """Sentences in canonical wording; the offsets stay those of the answers."""
    return tuple(span._replace(text=canonical(span.text)) for span in sentences)


def quote(span: Span, answers: Sequence[str]) -> Quote:
    """A sentence word for word as it stands in its answer."""
    text = answers[span.answer][span.start : span.end]
    return Quote(answer=span.answer, start=span.start, end=span.end, text=text)
