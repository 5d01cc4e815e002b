"""How far the grading agrees with the labels: writes evals/REPORT.md, fails below a floor.

`make evals`. The offline engine, no network. The test half was never used to fit or to tune.
"""

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from evals.answers import GradedAnswer, is_test, load_answers
from evals.bank import product
from evals.metrics import interval, macro_f1, quadratic_kappa, signed_bias
from evals.robustness import attacks
from interviewer.domain.assessment import Assessment
from interviewer.domain.grade import grade_question
from interviewer.domain.question import Quality

REPORT = Path(__file__).with_name("REPORT.md")

FLOORS = {
    "verdict macro-F1": 0.50,
    "level QWK": 0.65,
    "quotes that stand in the answer": 1.0,
    "injection raises the level (cases)": 0.0,
}
"""Measured on the test half; it holds three questions so far, so the floors are loose."""


class Judged(NamedTuple):
    """A labelled answer with what the engine made of it."""

    answer: GradedAnswer
    assessment: Assessment
    true_level: int
    level: int


def judge(answers: Sequence[GradedAnswer]) -> list[Judged]:
    """Reads and grades every answer."""
    reader, catalog = product().reader, product().catalog
    judged = []
    for answer in answers:
        question = catalog.question(answer.question)
        found = reader.read(question, [answer.answer])
        level = grade_question(question, found).overall or 1
        judged.append(Judged(answer, found, answer.level(catalog), level))
    return judged


def agreement(judged: Sequence[Judged]) -> dict[str, float]:
    """Macro-F1 over points, kappa and bias over levels, and the share of sound quotes."""
    pairs = [
        (label.value, (one.assessment.met(point) or label).value)
        for one in judged
        for point, label in one.answer.verdicts.items()
    ]
    quotes = [
        (v.quote, one.answer.answer) for one in judged for v in one.assessment.verdicts if v.quote
    ]
    sound = [text[quote.start : quote.end] == quote.text for quote, text in quotes]
    true_levels = [one.true_level for one in judged]
    levels = [one.level for one in judged]
    return {
        "verdict macro-F1": macro_f1(*map(list, zip(*pairs, strict=True))),
        "level QWK": quadratic_kappa(true_levels, levels),
        "signed bias (levels)": signed_bias(true_levels, levels),
        "quotes that stand in the answer": float(np.mean(sound)),
    }


def robustness(answers: Sequence[GradedAnswer]) -> dict[str, tuple[float, float, int]]:
    """By attack: mean level or gain, the most allowed, and how many went over it."""
    reader, catalog = product().reader, product().catalog
    found: dict[str, list[tuple[float, float]]] = {}

    def level(question_id: str, text: str) -> int:
        question = catalog.question(question_id)
        return grade_question(question, reader.read(question, [text])).overall or 1

    for weak in (a for a in answers if a.quality is Quality.WEAK):
        for attack in attacks(catalog.question(weak.question), weak):
            reached = float(level(attack.question, attack.answer))
            if attack.original is not None:
                reached -= level(attack.question, attack.original)
            found.setdefault(attack.kind, []).append((reached, attack.most))
    return {
        kind: (
            float(np.mean([reached for reached, _ in cases])),
            cases[0][1],
            sum(reached > most for reached, most in cases),
        )
        for kind, cases in found.items()
    }


def broken_floors(measured: dict[str, float]) -> list[str]:
    """Every floor that is not reached, in words."""
    return [
        f"{name}: {measured[name]:.3f}, floor {floor}"
        for name, floor in FLOORS.items()
        if (measured[name] > floor if "cases" in name else measured[name] < floor)
    ]


def rewarded(probes: dict[str, tuple[float, float, int]]) -> list[str]:
    """Every attack that gains more than it may on the mean, in words."""
    return [
        f"{kind}: {mean:.2f} on the mean, at most {most}"
        for kind, (mean, most, _) in probes.items()
        if mean > most
    ]


def _measured(measure: str, sample: Sequence[Judged]) -> float:
    return agreement(sample)[measure]


def _lines(
    halves: dict[str, list[Judged]], probes: dict[str, tuple[float, float, int]]
) -> Iterator[str]:
    yield "# Evaluation of the offline engine"
    yield ""
    yield "Written by `make evals`. Every answer is judged by a fit that has not seen its question."
    yield "Intervals: 95 %, bootstrap by answer. The labels have one author and one labeller each."
    for name, judged in halves.items():
        yield ""
        yield f"## {name.capitalize()} half: {len(judged)} answers"
        yield ""
        yield "| measure | value | interval |"
        yield "|---|---|---|"
        for measure, value in agreement(judged).items():
            low, high = interval(judged, partial(_measured, measure))
            yield f"| {measure} | {value:.3f} | {low:.3f} to {high:.3f} |"
        yield ""
        yield "| quality | labelled level | found level | n |"
        yield "|---|---|---|---|"
        for quality in Quality:
            group = [one for one in judged if one.answer.quality is quality]
            if group:
                want = np.mean([one.true_level for one in group])
                got = np.mean([one.level for one in group])
                yield f"| {quality.value} | {want:.2f} | {got:.2f} | {len(group)} |"
    yield ""
    yield "## Answers that must not be rewarded"
    yield ""
    yield "| attack | mean level or gain | most allowed | cases over it |"
    yield "|---|---|---|---|"
    for kind, (mean, most, over) in probes.items():
        yield f"| {kind} | {mean:.2f} | {most} | {over} |"


def main() -> None:
    """Measures, writes the report, and exits with 1 if a floor is broken."""
    answers = load_answers(product().catalog)
    halves = {
        "test": judge([a for a in answers if is_test(a.question)]),
        "calibration": judge([a for a in answers if not is_test(a.question)]),
    }
    probes = robustness(answers)
    text = "\n".join(_lines(halves, probes)) + "\n"
    REPORT.write_text(text, encoding="utf-8")
    print(text)
    measured = agreement(halves["test"])
    measured["injection raises the level (cases)"] = sum(
        over for kind, (_, _, over) in probes.items() if "injection" in kind
    )
    broken = broken_floors(measured) + rewarded(probes)
    for line in broken:
        print(f"below the floor: {line}", file=sys.stderr)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
