"""A picture holds components and flows under ids of its own, whatever was typed into their labels."""

import re

from hypothesis import given
from hypothesis import strategies as st

from interviewer.domain.sketch import Component, Flow, Sketch
from interviewer.workbench.sketch import read_sketch
from interviewer.workbench.sketch_picture import (
    MOST_DRAWN,
    components_in_words,
    flows_in_words,
    may_be_drawn,
    mermaid_of,
)

LINE = re.compile(
    r'flowchart LR|end|subgraph g\d+\["[^"<>`]*"\]|n\d+\["[^"<>`]*"\]|n\d+ -->(\|"[^"<>`|]*"\|)? n\d+'
)


@given(st.lists(st.text(max_size=30), min_size=1, max_size=4), st.text(max_size=30))
def test_no_label_leaves_its_quotation_marks(labels: list[str], said: str) -> None:
    plain = [" ".join(label.split()) for label in labels]
    parts = tuple(
        Component(id=f"x{number}", label=label, group=" ".join(said.split()) or None)
        for number, label in enumerate(plain)
    )
    flow = Flow(source="x0", target="x0", label=" ".join(said.split()))
    for line in mermaid_of(Sketch(components=parts, flows=(flow,))).split("\n"):
        assert LINE.fullmatch(line), line


def test_what_was_drawn_reads_back_as_the_same_components_and_flows() -> None:
    text = "flowchart TD\nsubgraph Scoring\nend1[1. Check] -- yes, sir --> B{Model}\nend\nB --> C"
    read = read_sketch(text).sketch
    assert read is not None
    again = read_sketch(mermaid_of(read)).sketch
    assert again is not None
    assert (len(again.components), len(again.flows), again.groups) == (3, 2, ("Scoring",))
    assert flows_in_words(read) == ("1. Check to Model: yes, sir", "Model to C")
    assert components_in_words(read)[:2] == ("1. Check (in Scoring)", "Model (in Scoring)")


def test_what_nobody_could_see_is_not_drawn() -> None:
    parts = tuple(Component(id=f"x{i}", label="x") for i in range(MOST_DRAWN + 1))
    assert not may_be_drawn(Sketch(components=parts, flows=()))
    assert may_be_drawn(Sketch(components=parts[:-1], flows=()))
