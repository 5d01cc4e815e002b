"""The boards that a candidate keeps: begun, edited, and forgotten."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from interviewer.domain.artefacts.kinds import kind_of
from interviewer.domain.timing import Clock
from interviewer.errors import InputError, NotText
from interviewer.store.board_rows import BoardRows, KeptBoard, ListedBoard
from interviewer.workbench.boards.draft import draft_rows

MOST_BOARDS = 200
"""Of one owner."""
MOST_TITLE = 120
"""Characters."""


class KeptBoards:
    """Boards of all owners, each its owner's own; needs the database."""

    def __init__(self, kept: BoardRows, clock: Clock, most: int = MOST_BOARDS) -> None:
        """Takes the store and a clock; `most` is how many boards one owner may keep."""
        self._kept = kept
        self._clock = clock
        self._most = most

    async def listing(self, owner: str) -> tuple[ListedBoard, ...]:
        """The owner's boards, the one saved last in front."""
        return await self._kept.listing(owner)

    async def board(self, board_id: str, *, owner: str) -> KeptBoard:
        """One board, its rows ready to edit.

        Raises:
            UnknownId: The owner keeps no such board.
        """
        kept = await self._kept.board(board_id, owner=owner)
        return kept._replace(rows=draft_rows(kept.kind, kept.rows))

    async def begin(
        self, kind: str, rows: Sequence[Mapping[str, Any]] = (), title: str = "", *, owner: str
    ) -> KeptBoard:
        """Begins a board, empty or from rows.

        Raises:
            UnknownId: There is no such kind.
            InputError: The owner keeps too many boards, or the rows are too many or too long.
        """
        named = _title(title) or kind_of(kind).title
        made = draft_rows(kind, rows)
        if await self._kept.count(owner) >= self._most:
            raise InputError(f"you keep {self._most} boards, the most there may be: forget one")
        board = KeptBoard(str(uuid.uuid4()), kind, named, made, 1, self._clock())
        await self._kept.add(board, owner=owner)
        return board

    async def save(
        self, board: KeptBoard, title: str, rows: Sequence[Mapping[str, Any]], *, owner: str
    ) -> KeptBoard:
        """Replaces title and rows; gives the board as it is now.

        Args:
            board: As it was when the editing began.
            title: What it is called; its kind's title where that is empty.
            rows: All of its rows, in order or not.
            owner: Whose board.

        Raises:
            UnknownId: The owner keeps no such board any more.
            WrongSequence: It was saved from elsewhere since; nothing was replaced.
            InputError: The rows are too many or too long, or no text; nothing was replaced.
        """
        named = _title(title) or kind_of(board.kind).title
        made, at = draft_rows(board.kind, rows), self._clock()
        revision = await self._kept.save(
            board.id, named, made, revision=board.revision, at=at, owner=owner
        )
        return board._replace(title=named, rows=made, revision=revision, saved_at=at)

    async def forget(self, board_id: str, *, owner: str) -> None:
        """Deletes a board.

        Raises:
            UnknownId: The owner keeps no such board.
        """
        await self._kept.forget(board_id, owner=owner)


def _title(text: str) -> str:
    named = " ".join(text.split())
    if len(named) > MOST_TITLE:
        raise InputError(f"the name has {len(named):,} characters and may have {MOST_TITLE}")
    if "\0" in named or any("\ud800" <= sign <= "\udfff" for sign in named):
        raise NotText("the name holds characters that are not text")
    return named
