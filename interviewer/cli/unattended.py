"""Unattended interviews: answers from a file, block by block.

A file cannot know which follow-ups will come. A block is therefore taken as the answer to a
follow-up only if it is short, or plainly nearer to this question than to the next one; otherwise
the follow-up is passed, and the block waits for its question.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from interviewer.domain.catalog import Catalog
from interviewer.domain.interview import Interview
from interviewer.engines.hygiene import checked_answer
from interviewer.engines.offline.assessor import OfflineAssessor
from interviewer.errors import InputError, NotText

_BORDER = re.compile(r"^[ \t]*---[ \t]*$", re.MULTILINE)


def read_answers(file: Path) -> list[str]:
    """The blocks of an answers file, in order; empty blocks are kept as empty answers.

    All are looked at before the interview starts, so that a file is taken whole or not at all.

    Raises:
        InputError: The file cannot be read or holds no answer.
        AnswerTooLong, NotText: One of them cannot be an answer; says which.
    """
    return blocks_of(text_of(file), file)


def text_of(file: Path) -> str:
    """The text of an answers file.

    Raises:
        InputError: The file cannot be read.
        NotText: It is not UTF-8.
    """
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotText(f"{file} is not UTF-8 text") from None
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}") from None


def blocks_of(text: str, file: Path, first: int = 1) -> list[str]:
    """The blocks of a text, in order, the first counted as `first` in messages.

    Raises:
        InputError: The text holds no answer.
        AnswerTooLong, NotText: One of them cannot be an answer; says which.
    """
    blocks = [block.strip() for block in _BORDER.split(text)]
    while blocks and not blocks[-1]:
        blocks.pop()
    if not any(blocks):
        raise InputError(f"{file} holds no answers; separate them by lines with ---")
    for number, block in enumerate(blocks, first):
        try:
            checked_answer(block)
        except InputError as error:
            raise type(error)(f"{file}, answer {number}: {error}") from None
    return blocks


class Script:
    """Hands out the blocks of a file turn by turn."""

    def __init__(self, blocks: Sequence[str], catalog: Catalog, reader: OfflineAssessor) -> None:
        self._blocks = list(blocks)
        self._catalog = catalog
        self._reader = reader
        self.passed = 0

    @property
    def left(self) -> int:
        """Blocks not used yet."""
        return len(self._blocks)

    def next_answer(self, interview: Interview) -> str | None:
        """The answer to what was asked last; None to pass on it.

        Raises:
            EOFError: No block is left.
        """
        if not self._blocks:
            raise EOFError
        current = interview.current
        if current is None or current.last_spoken.move is None:
            return self._blocks.pop(0)
        if current.last_spoken.move.kind == "ask" or not self._belongs_later(interview):
            return self._blocks.pop(0)
        self.passed += 1
        return None

    def _belongs_later(self, interview: Interview) -> bool:
        block, current = self._blocks[0], interview.current
        if current is None or len(block.split()) < _LEAST_WORDS:
            return False
        following = next((q.id for q in interview.remaining), None)
        if following not in self._catalog.questions:
            return False
        later = self._reader.relevance(self._catalog.question(following), block)
        here = self._reader.relevance(current.question, block)
        # A short block is likely a follow-up's answer, a long one an answer to a whole question.
        is_whole = len(block.split()) >= _WHOLE_ANSWER_WORDS
        return later > here + (-_MARGIN if is_whole else _MARGIN)


_LEAST_WORDS = 40
"""A shorter block is too little to tell which question it answers: it goes to the follow-up."""

_WHOLE_ANSWER_WORDS = 60
_MARGIN = 0.18
"""In relevance; between two questions of a round it differs by about 0.2 for one answer."""
