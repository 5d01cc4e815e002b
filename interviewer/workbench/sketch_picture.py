"""Writes a sketch that was read as Mermaid again, for a picture of what was understood.

A candidate's own text is never drawn: it may hold directives, links, styles and markup. What is written
here has the components and flows alone, under ids of our own, and labels in which nothing is markup.
"""

import re
from collections.abc import Iterator

from interviewer.domain.sketch import Component, Sketch

MOST_DRAWN = 80
"""Components in a picture; beyond it nobody sees anything, and a browser works for seconds."""
MOST_FLOWS_DRAWN = 200

_MARKUP = re.compile(r"[\"#<>&`*_~\\$;|{}\[\]]|(?<=\A\d)[.)]|(?<=\A\d\d)[.)]|\A[-+]")


def may_be_drawn(sketch: Sketch) -> bool:
    """Whether a picture of it would help anybody."""
    return len(sketch.components) <= MOST_DRAWN and len(sketch.flows) <= MOST_FLOWS_DRAWN


def mermaid_of(sketch: Sketch) -> str:
    """The sketch as a Mermaid flowchart.

    >>> from interviewer.domain.sketch import Flow
    >>> parts = (Component(id="a", label="Score"), Component(id="b", label='The "queue"'))
    >>> drawn = mermaid_of(Sketch(components=parts, flows=(Flow(source="a", target="b"),)))
    >>> print(drawn)
    flowchart LR
    n0["Score"]
    n1["The #34;queue#34;"]
    n0 --> n1
    """
    return "\n".join(_lines(sketch))


def _lines(sketch: Sketch) -> Iterator[str]:
    ids = {component.id: f"n{number}" for number, component in enumerate(sketch.components)}
    yield "flowchart LR"
    groups = list(dict.fromkeys(c.group for c in sketch.components))
    for number, group in enumerate(groups):
        members = [component for component in sketch.components if component.group == group]
        if group is not None:
            yield f'subgraph g{number}["{_plain(group)}"]'
        for component in members:
            yield f'{ids[component.id]}["{_plain(component.label)}"]'
        if group is not None:
            yield "end"
    for flow in sketch.flows:
        said = f'|"{_plain(flow.label)}"|' if flow.label else ""
        yield f"{ids[flow.source]} -->{said} {ids[flow.target]}"


def _plain(label: str) -> str:
    """A label in which every character that could be markup is written by its number."""
    return _MARKUP.sub(lambda found: f"#{ord(found.group())};", label) or " "


def flows_in_words(sketch: Sketch) -> tuple[str, ...]:
    """Every flow in words, in order."""
    labels = {component.id: component.label for component in sketch.components}
    return tuple(
        f"{labels[flow.source]} to {labels[flow.target]}{f': {flow.label}' if flow.label else ''}"
        for flow in sketch.flows
    )


def components_in_words(sketch: Sketch) -> tuple[str, ...]:
    """Every component, with the part of the picture that it is in."""
    return tuple(map(_named, sketch.components))


def _named(component: Component) -> str:
    return f"{component.label} (in {component.group})" if component.group else component.label
