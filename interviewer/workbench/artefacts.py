"""Reading whatever was handed in, of any kind: its words, its findings, or what must be corrected."""

from collections.abc import Sequence

from interviewer.domain.artefacts.kinds import KINDS
from interviewer.domain.handed import CheckedArtefact
from interviewer.domain.readability import read_as_a_layman
from interviewer.domain.sketch import Sketch, SketchPart, sketch_findings
from interviewer.errors import AnswerTooLong, InputError, NotText
from interviewer.workbench.boards.findings_of import findings_of
from interviewer.workbench.boards.incoming import Format
from interviewer.workbench.boards.words import board_words, shortened
from interviewer.workbench.boards.writing import empty_form
from interviewer.workbench.sketch import read_sketch

MOST_CHARACTERS = 100_000
"""Of one artefact in a round."""
MOST_PAGE = 20_000
"""Of a page: it is an answer, and no answer may be longer."""


def checked_content(kind: str, content: str) -> None:
    """Refuses what cannot be an artefact before anything is stored.

    Raises:
        InputError: There is nothing in it.
        AnswerTooLong: It is over the limit.
        NotText: It holds binary data.
    """
    most = MOST_PAGE if kind == "page" else MOST_CHARACTERS
    if len(content) > most:
        raise AnswerTooLong(
            f"what you hand in has {len(content):,} characters; the limit is {most:,}: nothing was "
            "stored, shorten it and hand it in again"
        )
    if "\0" in content or any("\ud800" <= sign <= "\udfff" for sign in content):
        raise NotText("what you hand in is not text (it holds binary data): nothing was stored")
    if not content.strip():
        raise InputError("there is nothing in it: fill it in, then hand it in")


def checked_artefact(kind: str, content: str, parts: Sequence[SketchPart] = ()) -> CheckedArtefact:
    """Reads an artefact; every fault of it comes back as a problem, never as an error.

    Args:
        kind: One of `domain.handed.TITLES`.
        content: As it was handed in: a board as CSV, JSON or Markdown form, a sketch as Mermaid, a
            page as text.
        parts: What is expected in a sketch.
    """
    if kind == "page":
        return _page(content)
    if kind == "sketch":
        return _sketch(content, parts)
    if kind not in KINDS:
        return CheckedArtefact(problems=(f"there is no artefact {kind[:40]!r}",))
    checked = findings_of(kind, content, kind)
    read = checked.read
    if read.board is None:
        return CheckedArtefact(problems=tuple(map(str, read.problems)), notices=tuple(read.notices))
    rows = len(read.board.rows)
    return CheckedArtefact(
        words=board_words(read.board),
        size=f"{rows} row{'s' * (rows != 1)}",
        rows=rows,
        findings=checked.findings,
        notices=tuple(read.notices),
    )


def _page(content: str) -> CheckedArtefact:
    found = read_as_a_layman(content)
    return CheckedArtefact(
        words=content, size=f"{found.words} words", rows=1, findings=found.findings
    )


def _sketch(content: str, parts: Sequence[SketchPart]) -> CheckedArtefact:
    read = read_sketch(content)
    if read.sketch is None:
        return CheckedArtefact(problems=(str(read.problem),))
    count, flows = len(read.sketch.components), len(read.sketch.flows)
    return CheckedArtefact(
        words=sketch_words(read.sketch),
        size=f"{count} component{'s' * (count != 1)}, {flows} flow{'s' * (flows != 1)}",
        rows=count,
        findings=tuple(sketch_findings(read.sketch, parts)),
    )


def sketch_words(sketch: Sketch) -> str:
    """A sketch in sentences: each flow is one, and so is each component without a flow."""
    labels = {component.id: component.label for component in sketch.components}
    joined = {end for flow in sketch.flows for end in (flow.source, flow.target)}
    said = [
        f"{labels[flow.source]} to {labels[flow.target]}{f': {flow.label}' if flow.label else ''}."
        for flow in sketch.flows
    ]
    said += [f"{c.label}." for c in sketch.components if c.id not in joined]
    return shortened("\n".join(said))


def blank(kind: str) -> str:
    """What somebody starts from: the empty form of a board, a line of Mermaid, an empty page."""
    if kind in KINDS:
        return empty_form(KINDS[kind], Format.MARKDOWN)
    return _SKETCH if kind == "sketch" else ""


_SKETCH = "flowchart LR\n    %% name[Label] --> other[Label]; text on an arrow: -->|text|\n"
