"""Groundedness: every quote was said, every citation exists, every sentence belongs to a verdict."""

import re
from collections.abc import Collection, Iterator, Sequence

import numpy as np

from evals.answers import load_answers
from evals.tasks.engines import Engine
from evals.tasks.record import Case, Facts, Floor, Record, in_half
from evals.tasks.work import Measures, Work, an_exchange, what_it_cost
from interviewer.bootstrap import Product, now
from interviewer.domain.assessment import Assessment
from interviewer.domain.interview import Exchange
from interviewer.domain.moves import Probe
from interviewer.domain.question import Quality
from interviewer.domain.verdict import Met, Quote
from interviewer.engines.quotes import find_quote

_SAID = re.compile(r"[\"\u201c]([^\"\u201d]{3,})[\"\u201d]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def cases(product: Product, half: str) -> list[Case]:
    """Every labelled answer of the half, and per question a weak answer bettered after a probe.

    Raises:
        EvalError: A label is malformed; says file and line.
    """
    answers = [a for a in load_answers(product.catalog) if in_half(a.question, half)]
    found = [
        Case(id=a.id, group=a.question, input=a.answer, data={"answers": [a.answer]})
        for a in answers
    ]
    for question in dict.fromkeys(a.question for a in answers):
        by_quality = {a.quality: a.answer for a in answers if a.question == question}
        pair = [by_quality.get(Quality.WEAK), by_quality.get(Quality.STRONG)]
        if all(pair):
            text = "\n\n".join(str(one) for one in pair)
            made = Case(id=f"{question}/two", group=question, input=text, data={"answers": pair})
            found.append(made)
    return found


async def run(case: Case, engine: Engine) -> Facts:
    """Assesses one exchange and looks up everything that it refers to."""
    question = engine.product.catalog.question(case.group)
    answers = case.data["answers"]
    probe = Probe(point=question.points[0].id, reason="It is evaluated.")
    moves = [probe] * (len(answers) - 1)
    exchange = an_exchange(question, answers, now, moves)
    found = await engine.assess(exchange)
    quotes, citations = list(_quotes(found)), list(_citations(found))
    return {
        "quotes": len(quotes),
        "not said": [quote.text for quote in quotes if not _stands(quote, answers)],
        "citations": len(citations),
        "no such passage": [
            name for name in citations if name not in engine.product.library.passages
        ],
        "sentences": len(found.verdicts),
        "loose sentences": list(_loose(exchange, found)),
        **what_it_cost(found),
    }


def _quotes(found: Assessment) -> Iterator[Quote]:
    yield from (verdict.quote for verdict in found.verdicts if verdict.quote)
    yield from (flag.quote for flag in found.red_flags)
    yield from (flag.quote for flag in found.currency)
    yield from (claim.quote for claim in found.claims)
    yield from found.anchors.values()


def _citations(found: Assessment) -> Iterator[str]:
    for verdict in found.verdicts:
        yield from verdict.citations
    yield from (flag.citation for flag in found.currency)


def _stands(quote: Quote, answers: Sequence[str]) -> bool:
    inside = quote.answer < len(answers)
    return inside and answers[quote.answer][quote.start : quote.end] == quote.text


def _loose(exchange: Exchange, found: Assessment) -> Iterator[str]:
    """What the candidate is told that no verdict bears out, in words."""
    points = {point.id: point for point in exchange.question.points}
    judged = [verdict.point for verdict in found.verdicts]
    if sorted(judged) != sorted(points):
        yield f"verdicts on {sorted(judged)} instead of one on each point"
    flags = {flag.id for flag in exchange.question.red_flags}
    yield from (f"unknown red flag {flag.id}" for flag in found.red_flags if flag.id not in flags)
    known = exchange.question.model_dump_json()
    for verdict in found.verdicts:
        if not verdict.why.strip():
            yield f"{verdict.point}: a verdict without a reason"
        if verdict.met in (Met.YES, Met.PARTLY) and verdict.quote is None:
            yield f"{verdict.point}: {verdict.met} without a quote"
        yield from (
            f"{verdict.point}: speaks of {words!r}"
            for words in invented(verdict.why, [*exchange.answers, known])
        )


def invented(sentence: str, sources: Collection[str]) -> list[str]:
    """Quoted words and numbers of a sentence that stand in none of the sources."""
    texts = list(sources)
    quoted = [m[1] for m in _SAID.finditer(sentence)]
    # A single quoted word proves nothing to `find_quote`; it is looked up as it stands.
    missing = [
        words
        for words in quoted
        if find_quote(words, texts) is None
        and not any(words.strip(" .,").lower() in text.lower() for text in texts)
    ]
    numbers = {n for text in texts for n in _NUMBER.findall(text)}
    return missing + [n for n in _NUMBER.findall(sentence) if n not in numbers]


def passed(facts: Facts) -> float:
    """1 if nothing is made up."""
    return float(not (facts["not said"] or facts["no such passage"] or facts["loose sentences"]))


def measures(records: Sequence[Record]) -> Measures:
    """Shares of sound quotes and citations, and of cases without a loose sentence."""
    facts = [record.facts for record in records]

    def sound(of: str, bad: str) -> float:
        total = sum(one[of] for one in facts)
        # Nothing quoted is nothing invented, but also no evidence: it must not pass for 100 %.
        return 1 - sum(len(one[bad]) for one in facts) / total if total else float("nan")

    return {
        "quotes that stand in the answer": sound("quotes", "not said"),
        "citations that exist": sound("citations", "no such passage"),
        "cases without a loose sentence": float(np.mean([not o["loose sentences"] for o in facts])),
        "share of answers with a fallback": float(np.mean([bool(o["fallback"]) for o in facts])),
    }


WORK = Work(
    name="groundedness",
    about="Every quote was said, every citation exists, every sentence belongs to a verdict.",
    cases=cases,
    run=run,
    passed=passed,
    measures=measures,
    floors=(
        Floor("quotes that stand in the answer", 1.0),
        Floor("citations that exist", 1.0),
        Floor("cases without a loose sentence", 1.0),
        Floor("share of answers with a fallback", 0.05, most=True),
    ),
    better={
        "quotes that stand in the answer": 1,
        "citations that exist": 1,
        "cases without a loose sentence": 1,
        "share of answers with a fallback": -1,
    },
)
