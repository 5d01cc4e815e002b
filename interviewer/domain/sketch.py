"""A sketch of a system: components, flows between them, and what is expected in it."""

import re
from collections.abc import Iterator, Sequence

from pydantic import Field

from interviewer.domain.artefacts.findings import Finding
from interviewer.domain.value import Value
from interviewer.errors import UnknownId


class Component(Value):
    """A node of the sketch; `group` is the title of the innermost subgraph around it."""

    id: str
    label: str
    group: str | None = None


class Flow(Value):
    """An edge between two components, by id."""

    source: str
    target: str
    label: str = ""


class Sketch(Value):
    """What was drawn."""

    components: tuple[Component, ...]
    flows: tuple[Flow, ...]
    groups: tuple[str, ...] = ()

    def words(self) -> str:
        """Every label in it, one a line, in lower case."""
        labels = [
            *(component.label for component in self.components),
            *(component.id for component in self.components),
            *self.groups,
            *(flow.label for flow in self.flows),
        ]
        return "\n".join(" ".join(_WORD.findall(label.casefold())) for label in labels)


_WORD = re.compile(r"[^\W_]+")


class SketchPart(Value):
    """Something that a sketch of a system at a bank is expected to hold."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    title: str = Field(min_length=3, max_length=80)
    called: tuple[str, ...] = Field(
        min_length=3, description="Words for it, in lower case; a plural s is understood."
    )
    sentence: str = Field(min_length=10, max_length=300, description="What its absence means.")
    probe: str = Field(min_length=10, max_length=300, description="Never names the part.")
    criterion: str
    always: bool = Field(
        default=True, description="Expected in every sketch; otherwise only where a task names it."
    )


def expected_parts(
    parts: Sequence[SketchPart], named: Sequence[str] = ()
) -> tuple[SketchPart, ...]:
    """The parts with those ids; those that are always expected, if none is named.

    Raises:
        UnknownId: There is no such part.
    """
    known = {part.id: part for part in parts}
    if unknown := [name for name in named if name not in known]:
        raise UnknownId(f"there is no part {unknown[0][:40]!r}; parts are {', '.join(known)}")
    if named:
        return tuple(known[name] for name in dict.fromkeys(named))
    return tuple(part for part in parts if part.always)


def held(sketch: Sketch, parts: Sequence[SketchPart]) -> frozenset[str]:
    """Ids of the parts that the sketch has under one of their names."""
    words = sketch.words()
    return frozenset(part.id for part in parts if any(_named(name, words) for name in part.called))


def _named(name: str, words: str) -> bool:
    plain = " ".join(_WORD.findall(name.casefold()))
    return re.search(rf"\b{re.escape(plain)}(s|(?<=[sxh])es)?\b", words) is not None


def sketch_findings(sketch: Sketch, parts: Sequence[SketchPart]) -> Iterator[Finding]:
    """What is expected and not drawn, and what is drawn and not connected.

    Names are looked for, not meanings: a part under a name nobody thought of is reported as missing,
    which is why a finding becomes a question and never a verdict.
    """
    there = held(sketch, parts)
    for part in parts:
        if part.id not in there:
            yield Finding(
                kind=f"no-{part.id}",
                sentence=f"No {part.title} is drawn: {part.sentence}",
                probe=part.probe,
                criterion=part.criterion,
            )
    joined = {end for flow in sketch.flows for end in (flow.source, flow.target)}
    if not sketch.flows:
        yield Finding(
            kind="no-flow",
            sentence="Nothing flows: the components stand beside each other.",
            probe="Take one payment through that picture for me, from left to right.",
            criterion="system-architecture",
        )
        return
    for component in sketch.components:
        if component.id not in joined:
            yield Finding(
                kind="unconnected-component",
                sentence=f"{component.label!r} is drawn and connected to nothing.",
                probe=f"What goes into {component.label!r}, and who reads what comes out?",
                criterion="system-architecture",
            )
