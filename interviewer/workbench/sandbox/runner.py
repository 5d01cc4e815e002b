"""Running a candidate's Python: in bubblewrap with limits and a seccomp filter, or not at all.

A hello run at start-up decides whether the sandbox works here. Where it does not, a server that
others can reach refuses to run code. One user on their own machine may ask for a plain process
instead, which limits time, memory and output and is no sandbox: the code can read and write whatever
that user can.

Not covered: the kernel itself, side channels, and the whole machine's processor time beyond the
number of runs at once. On a public server add a control group and a user of its own.
"""

import asyncio
import json
import platform
import shutil
import sys
import tempfile
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import Field

from interviewer.domain.value import Value
from interviewer.errors import CodeNotRun
from interviewer.workbench.at_once import RUNS_AT_ONCE
from interviewer.workbench.sandbox.seccomp import ARCHITECTURES

LAUNCHER = Path(__file__).with_name("launcher.py")
_SPARE_S = 10.0
"""After its wall time a launcher gets so long to answer before it is killed."""
_HELLO = {"main.py": "print('hello', 6 * 7)"}


class Confinement(StrEnum):
    """How code is run here."""

    SANDBOX = "sandbox"
    PLAIN = "plain"
    OFF = "off"


class Limits(Value):
    """What a run may use."""

    wall_s: float = Field(default=5.0, gt=0)
    cpu_s: int = Field(default=3, ge=1)
    memory_bytes: int = 256 << 20
    file_bytes: int = 8 << 20
    output_bytes: int = 64_000


class CodeRun(Value):
    """How a run ended and what it printed (both streams, as they came)."""

    status: Literal["ok", "error", "timeout", "cpu-limit", "output-limit"]
    code: int | None
    output: str
    seconds: float


class Runner:
    """Runs programs, few at once."""

    def __init__(self, confinement: Confinement, *, at_once: int = RUNS_AT_ONCE) -> None:
        """Takes how to run; `Confinement.SANDBOX` only after `why_no_sandbox` found no reason."""
        self.confinement = confinement
        self._turn = asyncio.Semaphore(at_once)

    async def run(
        self, files: Mapping[str, str], main: str = "main.py", limits: Limits | None = None
    ) -> CodeRun:
        """Runs one of the files with Python, without arguments and standard input.

        Args:
            files: Name and text; they lie side by side, read-only.
            main: Which of them is run.
            limits: Other than the usual ones.

        Raises:
            CodeNotRun: Code is not run here, or the sandbox failed.
        """
        if self.confinement is Confinement.OFF:
            raise CodeNotRun(
                "code is not run here: there is no sandbox (interviewer doctor says why)"
            )
        async with self._turn:
            return await _launch(
                files, main, limits or Limits(), self.confinement is Confinement.SANDBOX
            )


async def why_no_sandbox() -> str | None:
    """Why code cannot be confined here; None if a program ran in the sandbox just now."""
    if sys.platform != "linux":
        return f"the sandbox needs Linux, this is {sys.platform}"
    if platform.machine() not in ARCHITECTURES:
        return f"there is no filter of system calls for {platform.machine()}"
    if shutil.which("bwrap") is None:
        return "bubblewrap is not installed (Debian and Ubuntu: apt install bubblewrap)"
    try:
        hello = await _launch(_HELLO, "main.py", Limits(), sandboxed=True)
    except CodeNotRun as error:
        return str(error)
    if hello.status == "ok" and hello.output == "hello 42\n":
        return None
    said = " ".join(hello.output.split())[:200]
    return f"bubblewrap could not run a program ({hello.status}): {said}"


async def _launch(files: Mapping[str, str], main: str, limits: Limits, sandboxed: bool) -> CodeRun:
    # Made and removed here: a launcher may be killed.
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="interviewer-run-"))
    try:
        await asyncio.to_thread(folder.chmod, 0o755)
        return await _launched(folder, files, main, limits, sandboxed)
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def _launched(
    folder: Path, files: Mapping[str, str], main: str, limits: Limits, sandboxed: bool
) -> CodeRun:
    request = {
        "folder": str(folder),
        "files": dict(files),
        "main": main,
        "limits": limits.model_dump(),
        "sandboxed": sandboxed,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        "-S",
        str(LAUNCHER),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    sent = json.dumps(request).encode()
    try:
        async with asyncio.timeout(limits.wall_s + _SPARE_S):
            out, _ = await process.communicate(sent)
    except TimeoutError:
        raise CodeNotRun("the sandbox did not answer; send the code again") from None
    finally:
        # Also when whoever waits is cancelled: bubblewrap dies with its parent.
        if process.returncode is None:
            process.kill()
            await process.wait()
    try:
        return CodeRun.model_validate_json(out)
    except ValueError:
        raise CodeNotRun("the sandbox failed; send the code again") from None
