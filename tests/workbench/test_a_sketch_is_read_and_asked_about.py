import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from interviewer.bootstrap.boards import sketch_parts
from interviewer.domain.sketch import Sketch, expected_parts, sketch_findings
from interviewer.errors import UnknownId
from interviewer.paths import shipped
from interviewer.workbench.sketch import MOST_CHARACTERS, MOST_COMPONENTS, read_sketch

WHOLE = """
flowchart LR
  subgraph Scoring
    P[Payment] --> G{{Schema check}} --> F[(Feature store)] --> M[Model v3 from the registry]
  end
  M -->|score| D{Decision engine}
  D -. timeout .-> B[Rule set as fallback]
  D -- unsure --> R([Review queue])
  D & R --> A[[Audit log]]
  D --> O[Drift monitoring] --> K[Kill switch]
  R --> L[Confirmed fraud labels]
"""


def sketch(text: str) -> Sketch:
    read = read_sketch(text)
    assert read.sketch is not None, read.problem
    return read.sketch


def flows(text: str) -> list[tuple[str, str, str]]:
    return [(flow.source, flow.target, flow.label) for flow in sketch(text).flows]


def problem(text: str) -> str:
    read = read_sketch(text)
    assert read.sketch is None
    return str(read.problem)


@pytest.mark.parametrize(
    "link",
    ["-->", "---", "-.->", "-.-", "==>", "===", "--x ", "--o ", "<-->", "~~~", "---->", "-..->"],
)
def test_every_link_joins(link: str) -> None:
    assert flows(f"graph TD\nA{link}B") == [("A", "B", "")]


@pytest.mark.parametrize(
    "link",
    ["-->|yes, sir|", "-- yes, sir -->", "-. yes, sir .->", "== yes, sir ==>", '-->|"yes, sir"|'],
)
def test_a_link_has_its_words(link: str) -> None:
    assert flows(f"graph TD\nA {link} B") == [("A", "B", "yes, sir")]


@pytest.mark.parametrize(
    "node",
    ["A[The label]", "A(The label)", "A([The label])", "A[[The label]]", "A[(The label)]",
     "A((The label))", "A(((The label)))", "A{The label}", "A{{The label}}", "A>The label]",
     "A[/The label/]", "A[\\The label\\]", 'A["The label"]', 'A@{ shape: cyl, label: "The label" }',
     "A[The<br/>label]:::warm", 'A["`The label`"]'],
)  # fmt: skip
def test_every_shape_has_its_label(node: str) -> None:
    found = sketch(f"flowchart TD\n{node}")
    assert [(c.id, c.label) for c in found.components] == [("A", "The label")]


def test_chains_groups_and_ampersands_are_followed() -> None:
    found = sketch("flowchart LR\nsubgraph one[Online part]\nA & B --> C --> D; D --> A\nend\nE")
    assert [(f.source, f.target) for f in found.flows] == [
        ("A", "C"), ("B", "C"), ("C", "D"), ("D", "A"),
    ]  # fmt: skip
    assert [c.group for c in found.components] == ["Online part"] * 4 + [None]


def test_a_label_may_hold_what_separates_elsewhere() -> None:
    found = sketch('flowchart LR\nA["rules; v2 (old) --> new"] --> B')
    assert found.components[0].label == "rules; v2 (old) --> new"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "sketch:1: -: begins with neither `flowchart` nor `graph`"),
        ("sequenceDiagram\nA->>B: hello", "begins with neither"),
        ("flowchart LR", "there is no component"),
        ("flowchart LR\nA[open --> B", "sketch:2: -: the bracket in '[open --> B' is not closed"),
        ("flowchart LR\nA -> B", "sketch:2: -: '-> B' is no link; a link is, for example, -->"),
        ("flowchart LR\n\nA -->", "sketch:3: -: a component was expected and there is the end"),
        ("flowchart LR\nA -->|open B", "is not closed by `|`"),
        ("flowchart LR\nsubgraph x\nA", "the subgraph 'x' has no `end`"),
        ("flowchart LR\nA\nend", "sketch:3: -: `end` closes no subgraph"),
        ("flowchart LR\n" + "subgraph x\n" * 12, "nested over 10 deep"),
        ("flowchart LR\n" + " & ".join(f"a{n}" for n in range(40)) + " --> "
         + " & ".join(f"b{n}" for n in range(40)), "over 1,000 flows"),
        ("x" * (MOST_CHARACTERS + 1), "is over 100,000 characters"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_its_line(text: str, says: str) -> None:
    assert says in problem(text)


def test_a_diagram_of_five_thousand_nodes_is_refused() -> None:
    text = "flowchart LR\n" + "\n".join(f"n{n} --> n{n + 1}" for n in range(5_000))
    assert f"there are over {MOST_COMPONENTS} components" in problem(text)


def test_a_whole_sketch_leaves_nothing_to_ask() -> None:
    assert list(sketch_findings(sketch(WHOLE), expected_parts(sketch_parts()))) == []


@pytest.mark.parametrize(
    ("gone", "kind"),
    [
        ("Feature store", "no-feature-store"), ("Schema check", "no-data-checks"),
        ("Rule set as fallback", "no-fallback"), ("Review queue", "no-review-queue"),
        ("Drift monitoring", "no-monitoring"), ("Kill switch", "no-kill-switch"),
        ("Audit log", "no-audit-log"), ("Confirmed fraud labels", "no-feedback"),
    ],
)  # fmt: skip
def test_what_is_not_drawn_is_asked_about(gone: str, kind: str) -> None:
    text = WHOLE.replace(gone, "Thing")
    found = list(sketch_findings(sketch(text), expected_parts(sketch_parts())))
    assert [finding.kind for finding in found] == [kind]


def test_a_part_is_known_by_its_synonyms_and_not_inside_other_words() -> None:
    parts = expected_parts(sketch_parts(), ["fallback", "explanation"])
    there = sketch("graph TD\nA[Circuit breakers] --> B[SHAP reason-codes]")
    assert list(sketch_findings(there, parts)) == []
    elsewhere = sketch("graph TD\nA[Shapes] --> B[Breaking circuits]")
    kinds = {finding.kind for finding in sketch_findings(elsewhere, parts)}
    assert kinds == {"no-fallback", "no-explanation"}


def test_a_box_beside_the_picture_is_asked_about() -> None:
    found = [f.kind for f in sketch_findings(sketch("graph TD\nA --> B\nC[Monitoring]"), ())]
    assert found == ["unconnected-component"]
    assert [f.kind for f in sketch_findings(sketch("graph TD\nA\nB"), ())] == ["no-flow"]


def test_a_part_that_does_not_exist_is_named() -> None:
    with pytest.raises(UnknownId, match="no part 'blockchain'; parts are feature-store"):
        expected_parts(sketch_parts(), ["blockchain"])


def test_parts_are_evidence_for_criteria_and_probes_give_nothing_away() -> None:
    criteria = (shipped("seeds") / "criteria.yaml").read_text()
    for part in sketch_parts():
        assert f"- id: {part.criterion}\n" in criteria
        assert not [name for name in part.called if f" {name} " in part.probe.casefold()], part.id


PIECES = st.sampled_from(
    ["A", "B", "[", "]", "(", ")", '"', "|", "-->", "--", "-.", ".->", "&", ";", "\n", " ", "end",
     "subgraph ", "<script>", "`", ":::", "@{", "}", "\x00", "é", "%%", "==", "==>"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
@example('A["<img src=x onerror=alert(1)>"]')
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_reader(text: str) -> None:
    read = read_sketch(f"flowchart LR\n{text}")
    assert (read.sketch is None) != (read.problem is None)
