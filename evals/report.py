"""How far the grading agrees with the labels: writes evals/REPORT.md, fails below a floor.

`make evals`. The offline engine, no network. Nothing is fitted to the test half.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from evals.answers import GradedAnswer, is_test, load_answers
from evals.bank import product
from evals.faults import exit_code
from evals.full_answers import full_answers
from evals.labels import agreement as readers_agreement
from evals.labels import length_correlation, second_labels
from evals.metrics import interval, macro_f1, quadratic_kappa, signed_bias
from evals.picture import confusion_svg
from evals.sections import attacks, gaps, level_anchors, out_of_order, speed
from interviewer.domain.assessment import Assessment
from interviewer.domain.grade import grade_question
from interviewer.domain.question import Quality
from interviewer.domain.verdict import Met

REPORT = Path(__file__).with_name("REPORT.md")
PICTURE = Path(__file__).with_name("confusion.svg")

FLOORS = {
    "points judged": 0.95,
    "verdict macro-F1": 0.60,
    "level QWK": 0.65,
    "quotes that stand in the answer": 1.0,
    "citations that exist": 1.0,
}
"""For the test half."""
MOST = {"mean level of off-topic answers": 1.3}
"""Likewise, from above."""

_VERDICTS = ("no", "partly", "yes")


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
    """Macro-F1 over points, kappa and bias over levels, and whether the evidence is sound."""
    passages = product().library.passages
    quotes = [
        (v.quote, one.answer.answer) for one in judged for v in one.assessment.verdicts if v.quote
    ]
    sound = [text[quote.start : quote.end] == quote.text for quote, text in quotes]
    cited = [c in passages for one in judged for v in one.assessment.verdicts for c in v.citations]
    true_levels = [one.true_level for one in judged]
    levels = [one.level for one in judged]
    off_topic = [one.level for one in judged if one.answer.quality is Quality.OFF_TOPIC]
    judged_points = [
        one.assessment.met(p) is not None for one in judged for p in one.answer.verdicts
    ]
    return {
        "points judged": float(np.mean(judged_points)),
        "verdict macro-F1": _verdict_f1(judged),
        "level QWK": quadratic_kappa(true_levels, levels),
        "signed bias (levels)": _bias(judged),
        "quotes that stand in the answer": float(np.mean(sound)) if sound else 0.0,
        "citations that exist": float(np.mean(cited)) if cited else 0.0,
        "mean level of off-topic answers": float(np.mean(off_topic)) if off_topic else 5.0,
    }


def _pairs(judged: Sequence[Judged]) -> tuple[list[str], list[str]]:
    # A verdict that is withheld agrees with nothing; without credit it comes to a no.
    pairs = [
        (label.value, (one.assessment.met(point) or Met.NO).value)
        for one in judged
        for point, label in one.answer.verdicts.items()
    ]
    truth, found = map(list, zip(*pairs, strict=True))
    return truth, found


def flag_counts(judged: Sequence[Judged]) -> tuple[int, int, int]:
    """Red flags raised rightly, raised wrongly, and missed."""
    right = wrong = missed = 0
    for one in judged:
        raised = {flag.id for flag in one.assessment.red_flags}
        wanted = set(one.answer.red_flags)
        right += len(raised & wanted)
        wrong += len(raised - wanted)
        missed += len(wanted - raised)
    return right, wrong, missed


def broken_floors(measured: Mapping[str, float]) -> list[str]:
    """Every floor that is not reached, in words."""
    below = [
        f"{name}: {measured[name]:.3f}, floor {floor}"
        for name, floor in FLOORS.items()
        if measured[name] < floor
    ]
    return below + [
        f"{name}: {measured[name]:.3f}, at most {most}"
        for name, most in MOST.items()
        if measured[name] > most
    ]


def _measured(measure: str, sample: Sequence[Judged]) -> float:
    return agreement(sample)[measure]


def _question(one: Judged) -> str:
    return one.answer.question


def _bias(sample: Sequence[Judged]) -> float:
    return signed_bias([one.true_level for one in sample], [one.level for one in sample])


def _verdict_f1(sample: Sequence[Judged]) -> float:
    return macro_f1(*_pairs(sample))


def _between(form: str, bounds: tuple[float, float]) -> str:
    return " to ".join(form.format(bound) for bound in bounds)


def _half(name: str, judged: Sequence[Judged]) -> Iterator[str]:
    questions = len({one.answer.question for one in judged})
    yield f"## {name.capitalize()} half: {len(judged)} answers to {questions} questions"
    yield ""
    yield "| measure | value | interval |"
    yield "|---|---|---|"
    for measure, value in agreement(judged).items():
        low, high = interval(judged, partial(_measured, measure), by=_question, draws=200)
        yield f"| {measure} | {value:.3f} | {low:.3f} to {high:.3f} |"
    right, wrong, missed = flag_counts(judged)
    yield ""
    yield f"Red flags: {right} raised rightly, {wrong} wrongly, {missed} missed."
    yield ""
    yield "| quality | labelled level | found level | signed bias | interval | verdict macro-F1 | interval | n |"
    yield "|---|---|---|---|---|---|---|---|"
    for quality in Quality:
        group = [one for one in judged if one.answer.quality is quality]
        if group:
            bias = _between("{:+.2f}", interval(group, _bias, by=_question))
            f1 = _between("{:.2f}", interval(group, _verdict_f1, by=_question, draws=200))
            yield (
                f"| {quality.value} | {np.mean([one.true_level for one in group]):.2f} | "
                f"{np.mean([one.level for one in group]):.2f} | {_bias(group):+.2f} | {bias} | "
                f"{_verdict_f1(group):.2f} | {f1} | {len(group)} |"
            )
    yield ""


def _labels(answers: Sequence[GradedAnswer]) -> Iterator[str]:
    catalog = product().catalog
    found = readers_agreement(answers, second_labels(answers), catalog)
    yield (
        f"{len(answers)} labelled answers to {len({a.question for a in answers})} questions; "
        f"correlation of length with level {length_correlation(answers, catalog):+.2f}. A second "
        f"reader, blind to the first labels, gave another verdict on {found.disagreements} of "
        f"{found.points} points (kappa {found.kappa:.2f}, levels QWK {found.level_kappa:.2f}; "
        "`datasets/second_labels.jsonl`). The answers were written for their rubrics, and both "
        "readings were made with a language model's help, not by bank interviewers: expect people "
        "to agree less, and real answers to be harder to read."
    )
    yield ""


def _known(short: Sequence[str]) -> Iterator[str]:
    if not short:
        yield "Of what has a floor nothing falls short. What the engine cannot do: `docs/grading.md`."
        yield ""
        return
    yield "**Falls short, and is known to:**"
    yield ""
    yield from (f"- {line}" for line in short)
    yield ""


def main() -> int:
    """Measures and writes the report; 1 if a floor is broken, 2 if a labelled set cannot be used."""
    return exit_code("evals.report", _written)


def _written() -> list[str]:
    """Writes the report; returns the broken floors, in words."""
    catalog = product().catalog
    answers = load_answers(catalog)
    # Every set is read before anything is measured: what is wrong with one is said at once.
    labels = list(_labels(answers))
    full_answers(catalog)
    halves = {
        "test": judge([a for a in answers if is_test(a.question)]),
        "calibration": judge([a for a in answers if not is_test(a.question)]),
    }
    parts = [attacks(answers), gaps(answers), out_of_order(), level_anchors(), speed()]
    short = [line for part in parts for line in part.short]
    PICTURE.write_text(confusion_svg(*_pairs(halves["test"]), _VERDICTS), encoding="utf-8")
    lines = [
        "# Evaluation of the offline engine",
        "",
        "Written by `make evals`. Every answer is judged by a fit that has not seen its question.",
        "Intervals: 95 %, bootstrap by question. Levels are 1 to 5.",
        "",
        *labels,
        *_known(short),
        *_half("test", halves["test"]),
        "![Verdicts of the test half, labelled against found](confusion.svg)",
        "",
        *_half("calibration", halves["calibration"]),
        *(line for part in parts for line in part.lines),
    ]
    text = "\n".join(lines).rstrip() + "\n"
    REPORT.write_text(text, encoding="utf-8")
    print(text)
    broken = broken_floors(agreement(halves["test"]))
    return broken + [line for part in parts for line in part.broken]


if __name__ == "__main__":
    sys.exit(main())
