"""Grading: verdicts and levels against the labelled answers."""

from collections.abc import Sequence

import numpy as np

from evals.answers import load_answers
from evals.metrics import macro_f1, quadratic_kappa, signed_bias
from evals.tasks.engines import Engine
from evals.tasks.record import Case, Facts, Floor, Record, in_half
from evals.tasks.work import Measures, Work, an_exchange, what_it_cost
from interviewer.bootstrap import Product, now
from interviewer.domain.grade import grade_question


def cases(product: Product, half: str) -> list[Case]:
    """Every labelled answer of the half.

    Raises:
        EvalError: A label is malformed; says file and line.
    """
    return [
        Case(
            id=one.id,
            group=one.question,
            input=one.answer,
            target=str(one.level(product.catalog)),
            data={
                "quality": one.quality.value,
                "verdicts": {point: met.value for point, met in one.verdicts.items()},
                "red_flags": sorted(one.red_flags),
            },
        )
        for one in load_answers(product.catalog)
        if in_half(one.question, half)
    ]


async def run(case: Case, engine: Engine) -> Facts:
    """Grades one answer beside its labels."""
    question = engine.product.catalog.question(case.group)
    found = await engine.assess(an_exchange(question, [case.input], now))
    return {
        "quality": case.data["quality"],
        "labelled": {"level": int(case.target), "verdicts": case.data["verdicts"]},
        # An answer of which nothing could be assessed counts as the lowest level.
        "level": grade_question(question, found).overall or 1,
        "verdicts": {v.point: v.met.value for v in found.verdicts if v.met is not None},
        "red_flags": {
            "labelled": case.data["red_flags"],
            "raised": sorted(flag.id for flag in found.red_flags),
        },
        "confidence": round(found.confidence, 3),
        "may_be_gamed": found.may_be_gamed,
        **what_it_cost(found),
    }


def passed(facts: Facts) -> float:
    """1 if the level is within one of the labelled level."""
    return float(abs(facts["level"] - facts["labelled"]["level"]) <= 1)


def measures(records: Sequence[Record]) -> Measures:
    """Agreement over points that were assessed and over levels of all answers."""
    facts = [record.facts for record in records]
    pairs = [
        (label, one["verdicts"].get(point))
        for one in facts
        for point, label in one["labelled"]["verdicts"].items()
    ]
    assessed = [(label, found) for label, found in pairs if found is not None]
    truth, found = [label for label, _ in assessed], [found for _, found in assessed]
    levels = [one["level"] for one in facts]
    labelled = [one["labelled"]["level"] for one in facts]
    return {
        "verdict macro-F1": macro_f1(truth, found) if truth else float("nan"),
        "level QWK": quadratic_kappa(labelled, levels),
        "level within one": float(np.mean([passed(one) for one in facts])),
        "signed bias": signed_bias(labelled, levels),
        "mean level of off-topic": _mean_level(facts, "off-topic"),
        "mean level of wrong": _mean_level(facts, "wrong"),
        "share of points assessed": len(assessed) / len(pairs),
        "share of answers with a fallback": float(np.mean([bool(o["fallback"]) for o in facts])),
        "tokens": float(sum(one["tokens"] for one in facts)),
    }


def _mean_level(facts: Sequence[Facts], quality: str) -> float:
    levels = [one["level"] for one in facts if one["quality"] == quality]
    return float(np.mean(levels)) if levels else float("nan")


WORK = Work(
    name="grading",
    about="Verdicts and levels against the labelled answers.",
    cases=cases,
    run=run,
    passed=passed,
    measures=measures,
    floors=(
        Floor("verdict macro-F1", 0.60),
        Floor("level QWK", 0.65),
        Floor("mean level of off-topic", 1.3, most=True),
        # A run in which another engine did the work says nothing about this one.
        Floor("share of points assessed", 0.95),
        Floor("share of answers with a fallback", 0.05, most=True),
    ),
    better={
        "verdict macro-F1": 1,
        "level QWK": 1,
        "level within one": 1,
        "signed bias": 0,
        "mean level of off-topic": -1,
        "mean level of wrong": -1,
        "share of points assessed": 1,
        "share of answers with a fallback": -1,
    },
)
