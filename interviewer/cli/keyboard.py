"""What a person types, line by line, read beside the event loop.

Standard input is read from its descriptor in a thread of its own. `input` would hold a lock that
keeps the process from ending after Ctrl+C, and the loop's own threads are waited for at the end.
"""

import asyncio
import os
import sys
import threading
from typing import TextIO

from interviewer.errors import NotText

_TERMINAL_LINE_BYTES = 4095
"""What a terminal keeps of one typed line; it drops the rest without a word (Linux, macOS: 1,024,
which no warning can tell from a line of that length)."""
_LOOK_UP_S = 0.5
"""A Ctrl+C that comes just before the loop falls asleep does not wake it (Python 3.11 sets no wakeup
descriptor for it), so the loop must not sleep for ever."""


class Keyboard:
    """Standard input as lines."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._buffer = b""
        self._descriptor = sys.stdin.fileno()
        self._is_terminal = os.isatty(self._descriptor)

    async def line(self, prompt: str) -> str | None:
        """The next line without its end; None when there will be none.

        Args:
            prompt: Shown before it, in a terminal only.

        Raises:
            NotText: It is not UTF-8.
        """
        if self._is_terminal:
            self._out.write(prompt)
            self._out.flush()
        while b"\n" not in self._buffer:
            read = await self._read()
            if not read:
                break
            self._buffer += read
        raw, newline, self._buffer = self._buffer.partition(b"\n")
        if not raw and not newline:
            return None
        try:
            return raw.decode("utf-8").rstrip("\r")
        except UnicodeDecodeError:
            raise NotText("what was typed is not UTF-8 text: the line was left out") from None

    def was_cut(self, line: str) -> bool:
        """Whether the terminal may have kept only the beginning of this line."""
        return self._is_terminal and len(line.encode()) >= _TERMINAL_LINE_BYTES

    async def _read(self) -> bytes:
        loop = asyncio.get_running_loop()
        arrived: asyncio.Future[bytes] = loop.create_future()

        def deliver(read: bytes) -> None:
            if not arrived.done():
                arrived.set_result(read)

        def wait() -> None:
            try:
                read = os.read(self._descriptor, 65_536)
            except OSError:
                read = b""
            if not loop.is_closed():
                loop.call_soon_threadsafe(deliver, read)

        threading.Thread(target=wait, name="keyboard", daemon=True).start()
        while not arrived.done():
            await asyncio.wait([arrived], timeout=_LOOK_UP_S)
        return arrived.result()
