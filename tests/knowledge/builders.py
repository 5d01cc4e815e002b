"""Source files and passages small enough to read, for the tests of the knowledge layer."""

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interviewer.knowledge.passages import Passage, Status

FRONT: dict[str, str] = {
    "title": "Revised guidance on model risk management (SR 26-2)",
    "issuer": "Federal Reserve",
    "kind": "guidance",
    "status": "in_force",
    "issued": "2026-04-17",
    "effective": "2026-04-17",
    "superseded_by": "null",
    "superseded_on": "null",
    "as_of": "2026-11-22",
    "review_by": "2027-04-30",
    "url": "https://example.org/letter",
    "cited_as": "[]",
    "topics": "[model-risk]",
    "confidence": "high",
    "documents": '{S1: {title: "The letter", date: 2026-04-17, url: "https://example.org/letter"}}',
}
WORDS = "A section of the source that is long enough to stand alone. " * 4 + "[S1]"


def a_source(source_id: str, body: str | None = None, **fields: str | None) -> str:
    """The text of a source file; a field given as None is left out."""
    front = {"id": source_id, **FRONT, **fields}
    lines = [f"{name}: {value}" for name, value in front.items() if value is not None]
    text = body or f"What it is.\n\n## Only section {{#only}}\n{WORDS}"
    return "\n".join(["---", *lines, "---", text, ""])


def write_sources(folder: Path, **texts: str) -> Path:
    """Writes `<name>.md` for each text, underscores in names becoming hyphens."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name.replace('_', '-')}.md").write_text(text, encoding="utf-8")
    return folder


def a_passage(passage_id: str, section: str, text: str, **fields: Any) -> Passage:
    source = passage_id.partition("#")[0]
    return Passage(
        **{
            "id": passage_id,
            "source": source,
            "title": source,
            "section": section,
            "text": text,
            "status": Status.IN_FORCE,
            "as_of": dt.date(2026, 11, 22),
            "topics": ("model-risk",),
            **fields,
        }
    )


NEW = {"title": "Model risk management guidance of 2026 (SR 26-2)", "cited_as": ("SR 26-2",)}
OLD = {
    "title": "Model risk management guidance of 2011 (SR 11-7)",
    "cited_as": ("SR 11-7", "OCC 2011-12"),
    "status": Status.SUPERSEDED,
    "superseded_by": "sr-26-2",
    "superseded_on": dt.date(2026, 4, 17),
}
CORPUS = (
    a_passage(
        "sr-26-2#definition",
        "What counts as a model",
        "A model is a complex quantitative method that applies statistical, economic or financial "
        "theories to turn input data into quantitative estimates.",
        **NEW,
    ),
    a_passage(
        "sr-26-2#validation",
        "How often a model is validated",
        "The guidance sets no calendar for validation: how often depends on the risk of the model.",
        **NEW,
    ),
    a_passage(
        "sr-11-7#definition",
        "What counted as a model",
        "In 2011 a model was a quantitative method, system or approach that applied statistical, "
        "economic, financial or mathematical theories to turn input data into quantitative "
        "estimates.",
        **OLD,
    ),
    a_passage(
        "sr-11-7#validation",
        "How often a model was validated",
        "The guidance of 2011 expected banks to review each model at least once a year.",
        **OLD,
    ),
    a_passage(
        "monitoring#psi",
        "Population stability index",
        "The index compares the distribution of a score between two samples; many banks look into "
        "it above 0.1 and act above 0.25.",
        status=Status.PRACTICE,
        topics=("monitoring",),
    ),
    a_passage(
        "ecoa#reasons",
        "Reasons for a declined application",
        "A creditor that declines an application must give the specific principal reasons, also "
        "where a machine-learning model took the decision.",
        topics=("fair-lending",),
    ),
    a_passage(
        "proposal#third-party",
        "What the proposal would change for vendors",
        "The proposal would replace the guidance on third-party relationships; it is not final.",
        status=Status.PROPOSED,
        topics=("third-party",),
    ),
)


class CountedEmbedder:
    """Points of a hypercube by the letters of a text: fast, and it counts what it is asked."""

    dim = 384

    def __init__(self, name: str = "counted/1") -> None:
        self.id = name
        self.seen: list[str] = []

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        self.seen += texts
        vectors = np.zeros((len(texts), self.dim), np.float32)
        for row, text in enumerate(texts):
            for place, letter in enumerate(text.encode()):
                vectors[row, (letter * 7 + place) % self.dim] += 1
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.maximum(lengths, 1e-9)
        return vectors
