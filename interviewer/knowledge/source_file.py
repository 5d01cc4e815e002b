"""One knowledge file: front matter, sections, and everything that is wrong with them.

This module reads a single file. What can only be seen across files (a successor that does not
exist, a spelling two sources claim) is checked in `sources`.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import yaml
from pydantic import ValidationError

from interviewer.domain.problem import Problem
from interviewer.knowledge.passages import Confidence, Status
from interviewer.knowledge.source import FrontMatter, Section, Source

MIN_WORDS = 30
MAX_WORDS = 190
"""Hard limits of a section; the longest still has to fit the embedding model's 256 word pieces."""

MAX_ANCHOR = 60

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SECTION = re.compile(
    r"## +(?P<title>\S.*?) +\{#(?P<anchor>[a-z0-9]+(?:-[a-z0-9]+)*)"
    r"(?: +confidence=(?P<confidence>high|medium|low))?\}\s*"
)
_HEADING = re.compile(r"#{1,6}\s")
_DOCUMENT_MARKS = re.compile(r"\[S\d+\b[^\]]*\]")
"""One or more: `[S1]`, `[S1, section 4]`, `[S1; S7]`."""


class SourceFile:
    """The parse of one file.

    Attributes:
        source: The source, or None where the front matter is broken.
        problems: All that is wrong, in the order found.
    """

    def __init__(self, name: str, content: bytes) -> None:
        """Reads the content; raises nothing, whatever it is.

        Args:
            name: File name, `<id>.md`.
            content: The bytes of the file.
        """
        self.name = name
        self.source: Source | None = None
        self.problems: list[Problem] = []
        self._lines: dict[tuple[str, ...], int] = {}
        try:
            lines = content.decode("utf-8").splitlines()
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self._report(line, "file", f"not UTF-8: byte {content[error.start]:#04x}")
            return
        self._parse(lines)

    def line(self, *path: str) -> int:
        """Line of a front-matter field, or of the nearest field above it; 1 if there is none."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _parse(self, lines: list[str]) -> None:
        if not lines or lines[0].rstrip() != "---":
            self._report(1, "front matter", "the file must start with a line '---'")
            return
        end = next((row for row, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
        if end is None:
            self._report(1, "front matter", "no closing line '---'")
            return
        front = self._front_matter("\n".join(lines[1:end]))
        default = front.confidence if front else Confidence.HIGH
        introduction, sections = self._body(lines, end + 1, default, front)
        if front is None:
            return
        self._check_fields(front)
        self.source = Source.model_validate(
            {**dict(front), "introduction": introduction, "sections": tuple(sections)}
        )

    def _front_matter(self, text: str) -> FrontMatter | None:
        try:
            loader = _LOADER(text)
            node = loader.get_single_node()
            if not isinstance(node, yaml.MappingNode):
                self._report(2, "front matter", "must be a list of `field: value` lines")
                return None
            self._mark(node, ())
            fields = loader.construct_document(node)
            return FrontMatter.model_validate(fields)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self._report(mark.line + 2 if mark else 2, "front matter", error.problem or str(error))
        except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
            if isinstance(error, ValidationError):
                self._report_invalid(error)
            else:
                self._report(2, "front matter", str(error))
        return None

    def _mark(self, node: yaml.MappingNode, path: tuple[str, ...]) -> None:
        for key, value in node.value:
            here = (*path, str(key.value))
            line = key.start_mark.line + 2
            if here in self._lines:
                self._report(line, ".".join(here), "given twice")
            self._lines[here] = line
            if isinstance(value, yaml.MappingNode) and len(here) < 3:
                self._mark(value, here)

    def _report_invalid(self, error: ValidationError) -> None:
        for fault in error.errors():
            path = tuple(str(part) for part in fault["loc"] if part != "[key]")
            field = ".".join(path)
            if fault["type"] == "extra_forbidden":
                message = "unknown field"
            elif fault["type"] == "missing":
                message = "missing"
            else:
                message = f"{fault['msg']}, not {str(fault['input'])[:60]!r}"
            self._report(self.line(*path), field, message)

    def _check_fields(self, front: FrontMatter) -> None:
        if f"{front.id}.md" != self.name:
            self._report(self.line("id"), "id", f"{front.id!r} must equal the file name")
        superseded = front.status is Status.SUPERSEDED
        if superseded and front.superseded_on is None:
            self._report(
                self.line("superseded_on"), "superseded_on", "a superseded source needs the date"
            )
        for mark, document in front.documents.items():
            if document.date is None and document.read is None:
                line = self.line("documents", mark)
                self._report(line, f"documents.{mark}", "needs its date, or when it was read")
        for field in ("superseded_by", "superseded_on", "governed_by"):
            if not superseded and getattr(front, field) is not None:
                self._report(self.line(field), field, f"given, but status is {front.status}")
        if front.review_by <= front.as_of:
            self._report(
                self.line("review_by"), "review_by", f"{front.review_by} is not after as_of"
            )

    def _body(
        self, lines: list[str], start: int, default: Confidence, front: FrontMatter | None
    ) -> tuple[str, list[Section]]:
        rows = [row for row in range(start, len(lines)) if _HEADING.match(lines[row])]
        introduction = "\n".join(lines[start : rows[0] if rows else len(lines)]).strip()
        if not introduction:
            self._report(
                min(start + 1, len(lines)), "introduction", "no text before the first section"
            )
        if not rows:
            self._report(len(lines), "sections", "no section: a heading is `## Title {#anchor}`")
        sections: dict[str, Section] = {}
        for row, until in pairwise([*rows, len(lines)]):
            text = "\n".join(lines[row + 1 : until]).strip()
            section = self._section(lines[row], row + 1, text, default)
            if section is None:
                continue
            if section.anchor in sections:
                self._report(row + 1, f"#{section.anchor}", "this anchor is used twice")
            sections[section.anchor] = section
            self._lines[("sections", section.anchor)] = row + 1
            verified = section.confidence is not Confidence.LOW
            for fault in _citations(text, front, needed=verified):
                self._report(row + 1, f"#{section.anchor}", fault)
        return introduction, list(sections.values())

    def _section(self, heading: str, line: int, text: str, default: Confidence) -> Section | None:
        match = _SECTION.fullmatch(heading)
        if match is None or len(match["anchor"]) > MAX_ANCHOR:
            self._report(
                line,
                "anchor",
                f"{heading[:60]!r} must read `## Title {{#lower-case-anchor}}`, "
                "with `confidence=low` or `medium` after the anchor where it applies",
            )
            return None
        anchor, words = match["anchor"], len(text.split())
        if not MIN_WORDS <= words <= MAX_WORDS:
            self._report(
                line, f"#{anchor}", f"{words} words; a section has {MIN_WORDS} to {MAX_WORDS}"
            )
        confidence = Confidence(match["confidence"] or default)
        return Section(anchor=anchor, title=match["title"], text=text, confidence=confidence)

    def _report(self, line: int, field: str, message: str) -> None:
        self.problems.append(Problem(self.name, line, field, " ".join(message.split())))


def _citations(text: str, front: FrontMatter | None, *, needed: bool) -> Iterator[str]:
    if front is None:
        return
    brackets = " ".join(_DOCUMENT_MARKS.findall(text))
    cited = dict.fromkeys(re.findall(r"\bS\d+\b", brackets))
    if needed and front.documents and not cited:
        yield f"cites none of the documents: {', '.join(front.documents)}"
    yield from (
        f"cites {mark}, which is not in documents" for mark in cited if mark not in front.documents
    )
