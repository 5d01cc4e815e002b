"""Reads a Mermaid flowchart into components and flows.

A subset: `flowchart` or `graph`, nodes with a label in any of the usual brackets, links with and
without text, chains, `&`, and subgraphs. Styles, classes and clicks are left out. The text is only
read: labels stay text, and nothing of it is run or shown as markup.
"""

import re
from typing import NamedTuple

from interviewer.domain.problem import Problem
from interviewer.domain.sketch import Component, Flow, Sketch
from interviewer.domain.value import Value

MOST_CHARACTERS = 100_000
MOST_COMPONENTS = 300
"""Of one sketch: more than anybody draws in an interview, and more than a page can show."""
MOST_FLOWS = 1_000
MOST_LABEL = 120
MOST_DEPTH = 10

_HEADER = re.compile(r"(flowchart(-elk)?|graph)(\s+(TB|TD|BT|RL|LR))?\s*;?\s*\Z")
_SKIPPED = re.compile(
    r"(%%|classDef\b|class\b|style\b|linkStyle\b|click\b|direction\b|accTitle\b|accDescr\b)"
)
_ID = re.compile(r"\w+(?:[-.]\w+)*")
_LINK = re.compile(
    r"(?:<|[xo](?=[-=]))?"
    r"(?:-{2,}(?:>|[xo](?=[\s|]|\Z))|-{3,}|={2,}(?:>|[xo](?=[\s|]|\Z))|={3,}|-\.+-(?:>|[xo])?|~{3,})"
)
_LINK_WITH_TEXT = re.compile(r"<?(?:--|==|-\.)")
_LINK_END = re.compile(r"-{2,}[>xo]?|={2,}[>xo]?|\.+-[>xo]?")
_CLASS = re.compile(r":::[\w-]+")
_SPACE = re.compile(r"\s*")
_BRACKETS = (
    ("(((", ")))"), ("((", "))"), ("([", "])"), ("[[", "]]"), ("[(", ")]"), ("{{", "}}"),
    ("[/", "/]"), ("[/", "\\]"), ("[\\", "\\]"), ("[\\", "/]"), ("[", "]"), ("(", ")"),
    ("{", "}"), (">", "]"),
)  # fmt: skip
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class ReadSketch(Value):
    """A sketch, or why there is none; a sketch that cannot be read has one problem, its first."""

    sketch: Sketch | None = None
    problem: Problem | None = None


class _Trouble(Exception):
    """Reading ends here; the message says why."""


class _Node(NamedTuple):
    id: str
    label: str | None


def read_sketch(text: str, name: str = "sketch") -> ReadSketch:
    """Reads a flowchart, alone or in a fenced block.

    Args:
        text: Mermaid.
        name: What it is called in a problem.
    """
    if len(text) > MOST_CHARACTERS:
        return ReadSketch(
            problem=Problem(name, 1, "-", f"is over {MOST_CHARACTERS:,} characters: draw less")
        )
    reader = _Reader()
    try:
        for written in text.splitlines():
            reader.take(written.strip())
        return ReadSketch(sketch=reader.finished())
    except _Trouble as trouble:
        return ReadSketch(problem=Problem(name, max(reader.line, 1), "-", str(trouble)))


class _Reader:
    def __init__(self) -> None:
        self.line = 0
        self._begun = False
        self._closed = False
        self._groups: list[str] = []
        self._all_groups: list[str] = []
        self._components: dict[str, Component] = {}
        self._flows: list[Flow] = []

    def take(self, written: str) -> None:
        """One line."""
        self.line += 1
        if self._closed or not written or _SKIPPED.match(written):
            return
        if written.startswith("```"):
            self._closed = self._begun
        elif not self._begun:
            self._begin(written)
        else:
            for statement in _statements(written):
                self._statement(statement)

    def finished(self) -> Sketch:
        """What was read."""
        if not self._begun:
            raise _Trouble("begins with neither `flowchart` nor `graph`, for example: flowchart LR")
        if self._groups:
            raise _Trouble(f"the subgraph {self._groups[-1]!r} has no `end`")
        if not self._components:
            raise _Trouble("there is no component in it")
        return Sketch(
            components=tuple(self._components.values()),
            flows=tuple(self._flows),
            groups=tuple(self._all_groups),
        )

    def _begin(self, written: str) -> None:
        """What stands before the first line of a chart, such as prose around a block, is passed."""
        self._begun = _HEADER.match(written) is not None

    def _statement(self, text: str) -> None:
        if _SKIPPED.match(text):
            return
        if text == "end":
            if not self._groups:
                raise _Trouble("`end` closes no subgraph")
            self._groups.pop()
        elif re.match(r"subgraph\b", text):
            self._open(text.removeprefix("subgraph").strip())
        else:
            self._chain(text)

    def _open(self, text: str) -> None:
        if len(self._groups) >= MOST_DEPTH:
            raise _Trouble(f"subgraphs are nested over {MOST_DEPTH} deep")
        if len(self._all_groups) >= MOST_COMPONENTS:
            raise _Trouble(f"there are over {MOST_COMPONENTS} subgraphs")
        bracket = text.find("[")
        title = text[bracket + 1 :].removesuffix("]") if bracket >= 0 else text
        self._groups.append(_label(title) or "unnamed")
        self._all_groups.append(self._groups[-1])

    def _chain(self, text: str) -> None:
        """`A & B --> C -- text --> D`."""
        sources, at = self._nodes(text, 0)
        while at < len(text):
            label, at = _link(text, at)
            targets, at = self._nodes(text, at)
            self._join(sources, targets, label)
            sources = targets

    def _nodes(self, text: str, at: int) -> tuple[list[str], int]:
        found: list[str] = []
        while True:
            node, at = _node(text, at)
            self._keep(node)
            found.append(node.id)
            if not text.startswith("&", at):
                return found, at
            at = _past_space(text, at + 1)

    def _keep(self, node: _Node) -> None:
        known = self._components.get(node.id)
        if known is None:
            if len(self._components) >= MOST_COMPONENTS:
                raise _Trouble(
                    f"there are over {MOST_COMPONENTS} components: draw what decides, and leave "
                    "out the rest"
                )
            group = self._groups[-1] if self._groups else None
            label = node.label or _label(node.id)
            self._components[node.id] = Component(id=node.id, label=label, group=group)
        elif node.label is not None:
            self._components[node.id] = known.model_copy(update={"label": node.label})

    def _join(self, sources: list[str], targets: list[str], label: str) -> None:
        if len(self._flows) + len(sources) * len(targets) > MOST_FLOWS:
            raise _Trouble(f"there are over {MOST_FLOWS:,} flows: draw less")
        self._flows += [Flow(source=s, target=t, label=label) for s in sources for t in targets]


def _statements(line: str) -> list[str]:
    """A line cut at its semicolons, except between quotation marks."""
    parts = re.findall(r'(?:"[^"]*"|[^;])+', line)
    return [part.strip() for part in parts if part.strip()]


def _past_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _node(text: str, at: int) -> tuple[_Node, int]:
    found = _ID.match(text, at)
    if found is None:
        what = repr(text[at : at + 20]) if at < len(text) else "the end of the line"
        raise _Trouble(f"a component was expected and there is {what}")
    label, at = _bracketed(text, found.end())
    if text.startswith("@{", at):
        label, at = _attributes(text, at)
    styled = _CLASS.match(text, at)
    return _Node(found.group(), label), _past_space(text, styled.end() if styled else at)


def _bracketed(text: str, at: int) -> tuple[str | None, int]:
    opened = False
    for opening, closing in _BRACKETS:
        if not text.startswith(opening, at):
            continue
        opened = True
        start = at + len(opening)
        quote = text.find('"', start + 1) if text.startswith('"', start) else start - 1
        end = text.find(closing, quote + 1) if quote >= 0 else -1
        if end >= 0:
            return _label(text[start:end]), end + len(closing)
    if opened:
        raise _Trouble(f"the bracket in {text[at : at + 20]!r} is not closed")
    return None, at


def _attributes(text: str, at: int) -> tuple[str | None, int]:
    end = text.find("}", at)
    if end < 0:
        raise _Trouble(f"the bracket in {text[at : at + 20]!r} is not closed")
    found = re.search(r'label:\s*"([^"]*)"', text[at:end])
    return (_label(found.group(1)) if found else None), end + 1


def _link(text: str, at: int) -> tuple[str, int]:
    """The label of a link, and where the next component begins."""
    plain = _LINK.match(text, at)
    if plain is not None:
        at = _past_space(text, plain.end())
        if not text.startswith("|", at):
            return "", at
        end = text.find("|", at + 1)
        if end < 0:
            raise _Trouble(f"the label in {text[at : at + 20]!r} is not closed by `|`")
        return _label(text[at + 1 : end]), _past_space(text, end + 1)
    begun = _LINK_WITH_TEXT.match(text, at)
    ended = _LINK_END.search(text, begun.end()) if begun else None
    if begun is None or ended is None:
        raise _Trouble(f"{text[at : at + 20]!r} is no link; a link is, for example, -->")
    return _label(text[begun.end() : ended.start()]), _past_space(text, ended.end())


def _label(text: str) -> str:
    plain = _UNPRINTABLE.sub(" ", _BREAK.sub(" ", text))
    return " ".join(plain.strip().strip('"`').split())[:MOST_LABEL]
