"""Single interview turns of known level, graded against low, medium and high anchors.

The data lie outside the repository (`../shared/data/interview_rubrics`, or the folder `data` that
EVALS_DATA names); without them nothing is measured, which is said and never passes.
`python -m evals.anchors` prints the figures.

The turns go the product's own way: each criterion becomes a point, what the high anchor says
counts, the medium anchor earns a partly, the low one a no; the verdict is the level. The plain
comparison of an answer with the anchors by embeddings stands beside it.

Source: Stuart, Kaneko, Baldwin 2026, arXiv 2603.01775; synthetic text, levels by construction.
"""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from evals.bank import product
from evals.faults import first_fault
from evals.metrics import auc, interval, quadratic_kappa
from evals.robustness import Reads
from interviewer.bootstrap import local_model
from interviewer.domain.question import Question
from interviewer.domain.rubric import Point, Signal
from interviewer.domain.value import Value
from interviewer.domain.verdict import Met
from interviewer.engines.text import STOP_WORDS, spans, words
from interviewer.errors import EvalError
from interviewer.knowledge.embedding import CachedEmbedder, Embedder

LEVELS = ("low", "medium", "high")
FLOORS = {"accuracy": 0.50, "QWK": 0.35}
"""Of the turns that show evidence; aims .65 and .55. Source: baselines measured on half of the set."""

GATE = 0.25
"""Cosine to any anchor from which a turn is evidence. Source: docs/grading.md, "The engines"."""

Rubrics = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Anchor text by role, criterion and level."""


class Turn(Value):
    """One turn of an interview, and the level it shows on a criterion if it shows any."""

    test: str
    role: str
    applicant: str
    dimension: str | None
    level: Literal["low", "medium", "high"] | None


def data_folder() -> Path | None:
    """Where the rubrics and turns are; None where they are not."""
    named = os.environ.get("EVALS_DATA")
    root = Path(named) if named else Path(__file__).parents[2] / "shared" / "data"
    folder = root / "interview_rubrics"
    return folder if (folder / "judge_tests.jsonl").is_file() else None


def load(folder: Path) -> tuple[Rubrics, list[Turn]]:
    """The rubrics and the turns.

    Raises:
        EvalError: A line is malformed or speaks of an unknown criterion; says which.
    """
    rubrics: Rubrics = json.loads((folder / "rubrics.json").read_text(encoding="utf-8"))
    turns = []
    lines = (folder / "judge_tests.jsonl").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        try:
            turn = Turn.model_validate(_known(json.loads(line)))
        except ValueError as error:
            fault = first_fault(error)
            raise EvalError(f"judge_tests.jsonl:{number}: is not a turn: {fault}") from None
        if turn.level and turn.dimension not in rubrics.get(turn.role, {}):
            raise EvalError(f"judge_tests.jsonl:{number}: no anchors for {turn.dimension!r}")
        turns.append(turn)
    return rubrics, turns


def _known(line: dict[str, Any]) -> dict[str, Any]:
    return {name: line.get(name) for name in Turn.model_fields}


def rubric_question(role: str, anchors: Mapping[str, Mapping[str, str]]) -> Question:
    """A question whose points are the criteria of a role.

    Key terms are the longer words of each sentence of the high anchor: nobody wrote any.
    """
    return Question(
        id=f"rubric-{role}",
        track="anchors",
        round="anchors",
        persona="anchors",
        category="anchors",
        text="Please tell me how you go about this part of your work.",
        minutes=5,
        points=tuple(_point(name, levels) for name, levels in anchors.items()),
    )


def _point(name: str, levels: Mapping[str, str]) -> Point:
    high = _sentences(levels["high"])
    terms = [tuple(dict.fromkeys(w for w in words(s) if _is_telling(w))) for s in high]
    return Point(
        id=_slug(name),
        statement=high[0],
        criterion="anchors",
        signal=Signal.IMPACT,
        weight=2,
        counts=tuple(high[:6]),
        partly=tuple(_sentences(levels["medium"])[:4]),
        does_not_count=tuple(_sentences(levels["low"])[:4]),
        key_terms=tuple(group for group in terms if group)[:5],
        probes=("Tell me more about that.", "Take me through one case."),
        passages=("anchors#anchors",),
    )


def _is_telling(word: str) -> bool:
    return len(word) > 4 and word not in STOP_WORDS


def _slug(name: str) -> str:
    return name.replace("_", "-")


@cache
def _sentences(text: str) -> list[str]:
    return [span.text for span in spans([text])]


def by_points(reader: Reads, rubrics: Rubrics, turn: Turn) -> str:
    """The level by the verdict on the turn's criterion: no is low, partly medium, yes high."""
    found = reader.read(rubric_question(turn.role, rubrics[turn.role]), [turn.applicant])
    met = found.met(_slug(turn.dimension or ""))
    return {Met.YES: "high", Met.PARTLY: "medium"}.get(met or Met.NO, "low")


def is_evidence(reader: Reads, rubrics: Rubrics, turn: Turn) -> bool:
    """Whether any criterion of the role is found in the turn."""
    found = reader.read(rubric_question(turn.role, rubrics[turn.role]), [turn.applicant])
    return any(v.met in (Met.YES, Met.PARTLY) for v in found.verdicts)


def by_comparison(embedder: Embedder, rubrics: Rubrics, turn: Turn) -> str:
    """The level whose anchor the turn's sentences come nearest to, on their mean."""
    said = embedder.embed(_sentences(turn.applicant))
    anchors = rubrics[turn.role][turn.dimension or ""]
    near = [_nearest(embedder, said, anchors[level]).mean() for level in LEVELS]
    return LEVELS[int(np.argmax(near))]


def nearness(embedder: Embedder, rubrics: Rubrics, turn: Turn) -> float:
    """The highest cosine of any sentence of the turn to any anchor sentence of its role."""
    said = embedder.embed(_sentences(turn.applicant))
    texts = [text for levels in rubrics[turn.role].values() for text in levels.values()]
    return max(float(_nearest(embedder, said, text).max()) for text in texts)


def _nearest(embedder: Embedder, said: NDArray[np.float32], anchor: str) -> NDArray[np.float32]:
    nearest: NDArray[np.float32] = (embedder.embed(_sentences(anchor)) @ said.T).max(axis=0)
    return nearest


def agreement(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Accuracy and quadratic kappa of (true, found) levels."""
    truth, found = (
        [LEVELS.index(level) + 1 for level in side] for side in zip(*pairs, strict=True)
    )
    same = [a == b for a, b in pairs]
    return {"accuracy": sum(same) / len(same), "QWK": quadratic_kappa(truth, found)}


def measure(reader: Reads, embedder: Embedder | None, folder: Path) -> dict[str, dict[str, float]]:
    """By way of grading and kind of turn, the agreement; and by kind, what the gates let through.

    Args:
        reader: The assessor under test.
        embedder: For the plain comparison; None leaves it out.
        folder: From `data_folder`.
    """
    rubrics, turns = load(folder)
    found: dict[str, dict[str, float]] = {}
    for kind in ("evidence", "debase"):
        group = [t for t in turns if t.level and t.test.endswith(kind)]
        ways = {"points": partial(by_points, reader, rubrics)}
        if embedder is not None:
            ways["comparison"] = partial(by_comparison, embedder, rubrics)
        for way, level in ways.items():
            pairs = [(t.level or "", level(t)) for t in group]
            figures = agreement(pairs)
            for name in tuple(figures):
                one = partial(lambda name, drawn: agreement(drawn)[name], name)
                low, high = interval(pairs, one)
                figures |= {f"{name} from": low, f"{name} to": high}
            found[f"{way}, {kind}"] = figures | {"n": len(pairs)}
    evidence = [t for t in turns if t.test.endswith("evidence")]
    for kind in ("evidence", "aggrandising", "irrelevance", "repetition"):
        group = [t for t in turns if t.test.endswith(kind)]
        row = {"a point is found": _share([is_evidence(reader, rubrics, t) for t in group])}
        if embedder is not None:
            near = [nearness(embedder, rubrics, t) for t in group]
            row[f"cosine >= {GATE}"] = _share([value >= GATE for value in near])
            if kind != "evidence":
                row["AUC"] = auc([nearness(embedder, rubrics, t) for t in evidence], near)
        found[f"gate, {kind}"] = row | {"n": len(group)}
    return found


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else float("nan")


def broken_floors(measured: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Every floor that the product's own way does not reach, in words."""
    row = measured["points, evidence"]
    return [
        f"{name} {row[name]:.3f} on {row['n']:.0f} turns, floor {floor}"
        for name, floor in FLOORS.items()
        if not row[name] >= floor
    ]


def main() -> None:
    """Prints the figures; exits with 1 below a floor, with 0 and a word where there are no data."""
    folder = data_folder()
    if folder is None:
        print("not measured: ../shared/data/interview_rubrics is not there")
        return
    model = local_model(product().settings)
    measured = measure(product().reader, CachedEmbedder(model) if model else None, folder)
    for name, row in measured.items():
        print(f"{name:<22}", "  ".join(f"{key} {value:.3g}" for key, value in row.items()))
    broken = broken_floors(measured)
    print("\n".join(f"below the floor: {line}" for line in broken))
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
