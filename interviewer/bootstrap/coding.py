"""The workbench for code, assembled: how code is run here, and the problems with their judge."""

import asyncio
import logging
from functools import cached_property
from typing import TYPE_CHECKING

from interviewer.bootstrap.content import now
from interviewer.errors import CodeNotRun, UnknownId
from interviewer.paths import shipped
from interviewer.settings import Settings

if TYPE_CHECKING:
    from interviewer.bootstrap.product import Product
    from interviewer.domain.code_outcome import CodeOutcome
    from interviewer.domain.coding import CodingProblem
    from interviewer.interviews.code_turns import CodeTurns
    from interviewer.workbench.coding.judge import Judge
    from interviewer.workbench.sandbox.runner import Confinement

logger = logging.getLogger(__name__)

PLAIN_WARNING = (
    "code runs as a plain process of yours, which is no sandbox: it can read, change and send "
    "whatever you can (INTERVIEWER_CODE=plain)"
)


class CodeWorkbench:
    """Coding problems, and running code on them where that is allowed."""

    def __init__(
        self, chosen: Settings, problems: "dict[str, CodingProblem] | None" = None
    ) -> None:
        """Takes the settings, and the problems if they have been read already."""
        self._settings = chosen
        self._known = problems
        self._lock = asyncio.Lock()
        self._judge: Judge | None = None
        self._refusal = ""

    @cached_property
    def problems(self) -> "dict[str, CodingProblem]":
        """All coding problems, by id."""
        from interviewer.store.problem_files import load_coding_problems

        if self._known is not None:
            return self._known
        return load_coding_problems(shipped("seeds"))

    def problem(self, problem_id: str) -> "CodingProblem":
        """The coding problem of that id.

        Raises:
            UnknownId: There is none; names those there are.
        """
        if problem_id not in self.problems:
            known = ", ".join(sorted(self.problems))
            raise UnknownId(f"there is no coding problem {problem_id[:80]!r}; known: {known}")
        return self.problems[problem_id]

    async def judge(self, problem: "CodingProblem", code: str) -> "CodeOutcome":
        """Runs code on a problem's tests.

        Raises:
            NotText, AnswerTooLong: It cannot be a program.
            CodeNotRun: Code is not run here, and why; or the sandbox failed.
        """
        from interviewer.workbench.coding.judge import checked_code

        checked_code(code)
        refusal = await self.why_not_run()
        if self._judge is None:
            raise CodeNotRun(refusal)
        return await self._judge.judge(problem, code)

    async def why_not_run(self) -> str:
        """Why code is not run here; empty where it is."""
        from interviewer.workbench.coding.judge import Judge
        from interviewer.workbench.sandbox.runner import Confinement, Runner

        async with self._lock:
            # Asked once: a hello run takes a moment, and nothing changes while a process runs.
            if self._judge is None and not self._refusal:
                found, why = await confinement(self._settings)
                if found is Confinement.OFF:
                    self._refusal = f"code is not run here: {why}"
                else:
                    self._judge = Judge(Runner(found))
                    if found is Confinement.PLAIN:
                        logger.warning("%s", why)
        return self._refusal


def code_turns(product: "Product") -> "CodeTurns":
    """What takes code and hands out hints in a product's rounds."""
    from interviewer.domain.events import EVENT
    from interviewer.interviews.code_turns import CodeTurns
    from interviewer.interviews.record import Record
    from interviewer.store.event_log import EventLog

    if product.database is None:
        raise RuntimeError("opened without a store")
    record = Record(EventLog(product.database, EVENT, clock=now), now)
    catalog = product.catalog
    return CodeTurns(
        record, catalog.coding_problems, product.coding.judge, now, catalog.sql_problems
    )


async def confinement(chosen: Settings) -> "tuple[Confinement, str]":
    """How code is run under these settings, and why; a hello run decides whether there is a sandbox."""
    from interviewer.workbench.sandbox.runner import Confinement, why_no_sandbox

    if chosen.code == "off":
        return Confinement.OFF, "it is switched off (INTERVIEWER_CODE=off)"
    if chosen.code == "plain":
        if chosen.tokens is not None:
            return (
                Confinement.OFF,
                "INTERVIEWER_CODE=plain is for one person on their own machine, and this server has "
                "access tokens; use auto, which runs code in a sandbox or not at all",
            )
        return Confinement.PLAIN, PLAIN_WARNING
    why = await why_no_sandbox()
    if why is None:
        return Confinement.SANDBOX, "bubblewrap, limits and a filter of system calls"
    return (
        Confinement.OFF,
        f"there is no sandbox: {why}. On your own machine, without access tokens, "
        "INTERVIEWER_CODE=plain runs it without one",
    )
