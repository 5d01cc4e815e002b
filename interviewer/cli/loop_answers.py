"""Answers for a whole loop from one file: in one run, or under the name of each round.

A line `=== ROUND` begins the answers of a round. Without such lines the answers flow from round to
round. A file may be given again with `--resume`: what was answered already is left out.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from interviewer.cli.unattended import Script, blocks_of, text_of
from interviewer.domain.catalog import Catalog
from interviewer.domain.interview import Interview
from interviewer.engines.offline.assessor import OfflineAssessor
from interviewer.errors import InputError, InterviewerError

_HEADING = re.compile(r"^[ \t]*===+[ \t]*(?P<round>\S+)[ \t]*=*[ \t]*$", re.MULTILINE)


class AnswersUsedUp(InterviewerError):
    """The file has no answer left for what was asked."""


class LoopScript(Script):
    """Hands out answers turn by turn; a follow-up for which none is left is passed.

    Attributes:
        ends_round: What it means that a question finds no answer: in a round's own part of the file
            the round ends there, as in `chat`; answers that flow leave it open, to be gone on with.
    """

    def __init__(
        self,
        blocks: Sequence[str],
        catalog: Catalog,
        reader: OfflineAssessor,
        *,
        ends_round: bool = False,
    ) -> None:
        super().__init__(blocks, catalog, reader)
        self.ends_round = ends_round

    def next_answer(self, interview: Interview) -> str | None:
        """The answer to what was asked last; None to pass on it.

        Raises:
            EOFError: No answer is left, and the round is to end.
            AnswersUsedUp: No answer is left, and the round is to stay open.
        """
        try:
            return super().next_answer(interview)
        except EOFError:
            current = interview.current
            move = current.last_spoken.move if current else None
            if move is not None and move.kind != "ask":
                self.passed += 1
                return None
            if self.ends_round:
                raise
        raise AnswersUsedUp("the file has no answer left")


class LoopAnswers:
    """The answers of a file, by round or in one run."""

    def __init__(self, flowing: Sequence[str], by_round: dict[str, list[str]]) -> None:
        self._by_round = dict(by_round)
        self._is_by_round = bool(by_round)
        self._flowing = list(flowing)
        self._scripts: list[LoopScript] = []
        self._shared: LoopScript | None = None

    @property
    def left(self) -> int:
        """Answers that no round has used."""
        unopened = sum(len(blocks) for blocks in self._by_round.values())
        flowing = len(self._flowing) if self._shared is None else 0
        return sum(script.left for script in self._scripts) + unopened + flowing

    def script(
        self, round_id: str, given: Sequence[str], catalog: Catalog, reader: OfflineAssessor
    ) -> LoopScript:
        """The script of a round.

        Args:
            round_id: The round.
            given: What was answered in this round before.
            catalog: The seeds.
            reader: Tells which question an answer belongs to.
        """
        if self._is_by_round:
            has_part = round_id in self._by_round
            blocks = _without(self._by_round.pop(round_id, []), given)
            self._scripts.append(LoopScript(blocks, catalog, reader, ends_round=has_part))
            return self._scripts[-1]
        if self._shared is None:
            # Later rounds of the same run go on with what this one leaves.
            self._shared = LoopScript(_without(self._flowing, given), catalog, reader)
            self._scripts.append(self._shared)
        return self._shared

    def skip(self, round_id: str, given: Sequence[str]) -> None:
        """Leaves out what was answered in a round that is over."""
        self._by_round.pop(round_id, None)
        self._flowing = _without(self._flowing, given)


def _without(blocks: Sequence[str], given: Sequence[str]) -> list[str]:
    """The blocks after those that were given already, in the same order."""
    begun = 0
    while begun < min(len(blocks), len(given)) and blocks[begun] == given[begun].strip():
        begun += 1
    return list(blocks[begun:])


def read_loop_answers(file: Path, rounds: Sequence[str]) -> LoopAnswers:
    """Reads the answers of a loop; all are looked at before anything starts.

    Args:
        file: The file.
        rounds: Ids of the loop's rounds.

    Raises:
        InputError: The file cannot be read, holds no answer, names an unknown round or one twice,
            or has answers before the first name.
        AnswerTooLong, NotText: One of them cannot be an answer; says which.
    """
    text = text_of(file)
    headings = list(_HEADING.finditer(text))
    if not headings:
        return LoopAnswers(blocks_of(text, file), {})
    if text[: headings[0].start()].strip(" \t\r\n-"):
        raise InputError(
            f"{file}: there are answers before the first line {headings[0][0].strip()!r}; put them "
            "under a round of their own"
        )
    by_round: dict[str, list[str]] = {}
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        name = heading["round"]
        if name not in rounds:
            raise InputError(
                f"{file}: there is no round {name[:80]!r} in this loop; known: {', '.join(rounds)}"
            )
        if name in by_round:
            raise InputError(f"{file}: round {name!r} is there twice")
        part = text[heading.end() : following.start() if following else len(text)]
        by_round[name] = blocks_of(part, file, sum(map(len, by_round.values())) + 1)
    return LoopAnswers([], by_round)
