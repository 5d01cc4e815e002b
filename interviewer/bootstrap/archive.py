"""Everything of one owner: packed into one archive, or deleted for good."""

import json
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewer import __version__
from interviewer.bootstrap.content import now
from interviewer.domain.handed import TITLES
from interviewer.domain.value import Value
from interviewer.errors import InputError
from interviewer.settings import Settings, variables

if TYPE_CHECKING:
    from interviewer.bootstrap.product import Product
    from interviewer.domain.interview import Interview

_README = """# Everything that interviewer keeps of you

- `interviews/`, `drills/`: for each its log (`log.json`, every event as stored), what was
  said (`transcript.md`) and the report (`report.json`, `report.md`: verdicts with quotes).
- `critiques/`: answers critiqued outside interviews.
- `tables/`: every row of yours in the database, table by table: cards, reviews, imported questions,
  regrades, drafts and the rest.
- `documents.json`: the list of your own documents; the files themselves are yours already.
- `settings.json`: the settings in use, without keys, tokens or passwords.

Times are UTC. Independent practice tool, not affiliated with JPMorgan Chase. No legal advice.
"""
_ROOT = "interviewer-export"


class Erased(Value):
    """What a deletion took away."""

    rows: dict[str, int]
    documents: int


async def write_archive(product: "Product", file: Path, *, owner: str) -> int:
    """Writes the archive; gives how many entries are in it.

    Args:
        product: With its store.
        file: Where to; written whole or not at all.
        owner: Whose data.

    Raises:
        InputError: The folder does not exist, or `file` is one.
        OSError: The file cannot be written.
    """
    _require_writable(file)
    unfinished = file.with_name(f".{file.name}.part")
    count = 0
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            async for name, content in _entries(product, owner):
                archive.writestr(f"{_ROOT}/{name}", content)
                count += 1
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


async def erase_everything(product: "Product", *, owner: str) -> Erased:
    """Deletes every row, document, draft and cached vector of an owner.

    Of the cached rubric vectors those of the bank stay; imported questions leave none. Archives and decks that were exported are the owner's to delete.

    Raises:
        StoreError: The database failed.
        StoreUnwritable: Everything is deleted, but old bytes may be left in a file in use.
    """
    import asyncio

    from interviewer.engines.offline.prepared import rubric_texts
    from interviewer.store.everything import erase

    bank = product.catalog.questions.values()
    documents = await asyncio.to_thread(product.documents(owner).forget_all)
    await asyncio.to_thread(product.embedders.retain_rubrics, rubric_texts(bank))
    await product.conductor.settle()
    return Erased(rows=await erase(product.practice.database, owner), documents=documents)


def _require_writable(file: Path) -> None:
    if file.is_dir():
        raise InputError(f"{file} is a folder: name a file, such as {file / 'export.zip'}")
    if not file.absolute().parent.is_dir():
        raise InputError(f"there is no folder {file.absolute().parent}")


async def _entries(product: "Product", owner: str) -> AsyncIterator[tuple[str, str]]:
    from interviewer.store.everything import owned_tables, rows

    database = product.practice.database
    yield "README.md", _README
    yield "manifest.json", _json({"version": __version__, "owner": owner, "at": now().isoformat()})
    yield "settings.json", _json(_shown(product.settings))
    documents = product.documents(owner).documents()
    yield "documents.json", _json([document.model_dump(mode="json") for document in documents])
    async for entry in _interviews(product, owner):
        yield entry
    async for entry in _critiques(product, owner):
        yield entry
    for table in owned_tables():
        # The log of each interview stands beside its report.
        if table != "events":
            yield f"tables/{table}.json", _json(await rows(database, owner, table))


async def _interviews(product: "Product", owner: str) -> AsyncIterator[tuple[str, str]]:
    from interviewer.domain.events import EVENT
    from interviewer.domain.interview import replay
    from interviewer.interviews.report import round_report
    from interviewer.interviews.report_markdown import report_markdown
    from interviewer.store.event_log import EventLog

    log = EventLog(product.practice.database, EVENT)
    for listed in await log.listing(owner, limit=_ALL):
        events = [entry.event for entry in await log.load(listed.id, owner=owner)]
        interview = replay(events)
        report = round_report(listed.id, interview)
        kind = "interviews" if interview.started.drill is None else "drills"
        folder = f"{kind}/{listed.created_at:%Y-%m-%d}-{listed.round}-{listed.id}"
        yield f"{folder}/log.json", _json([event.model_dump(mode="json") for event in events])
        yield f"{folder}/report.json", _json(report.model_dump(mode="json"))
        yield f"{folder}/report.md", report_markdown(report, product.library.passages)
        yield f"{folder}/transcript.md", _transcript(interview)


def _transcript(interview: "Interview") -> str:
    """All that was said, in order."""
    lines = [f"# {interview.started.title}", ""]
    turns = [turn for exchange in interview.exchanges for turn in exchange.turns]
    if interview.farewell is not None:
        turns.append(interview.farewell)
    for turn in turns:
        who = "Interviewer" if turn.speaker == "interviewer" else "You"
        who += f" (handed in: {TITLES[turn.artefact].lower()})" if turn.artefact else ""
        lines += [f"**{who}** ({turn.at:%H:%M:%S}): {turn.text or '(passed)'}", ""]
    return "\n".join(lines)


async def _critiques(product: "Product", owner: str) -> AsyncIterator[tuple[str, str]]:
    from interviewer.interviews.report_markdown import critique_markdown

    for kept in await product.practice.kept.critiques(owner):
        name = f"critiques/{kept.at:%Y-%m-%d}-{kept.critique.question}-{kept.id}"
        yield f"{name}.json", _json(kept.critique.model_dump(mode="json"))
        answers = "\n\n".join(kept.critique.answers)
        text = critique_markdown(kept.critique, product.library.passages)
        yield f"{name}.md", f"{text}\n## Your answer\n\n{answers}\n"


def _shown(settings: Settings) -> dict[str, Any]:
    """Settings by variable; of a secret only whether it is set, and no URL with a password."""
    shown: dict[str, Any] = {}
    for name, variable in variables().items():
        value = getattr(settings, name)
        if hasattr(value, "get_secret_value"):
            value = "(set)"
        elif isinstance(value, str) and "://" in value:
            value = value.rpartition("@")[2] if "@" in value else value
        shown[variable] = str(value) if isinstance(value, Path) else value
    return shown


def _json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


_ALL = 100_000
