"""The parts of the report beyond agreement: attacks, follow-ups, examples, level anchors, speed."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from evals import anchors, follow_ups, robustness
from evals.answers import GradedAnswer, is_test
from evals.bank import product
from evals.full_answers import full_answers, second_reading
from evals.speed import FLOOR, MOST_TIMES, measured
from interviewer.bootstrap.bank_proof import IN_ORDER, misfits


class Part(NamedTuple):
    """Lines of the report, what is newly broken, and what is known to fall short."""

    lines: list[str]
    broken: list[str]
    short: list[str]


def attacks(answers: Sequence[GradedAnswer]) -> Part:
    """Answers that must not be rewarded, and changes that must not matter."""
    reader, catalog = product().reader, product().catalog
    test = robustness.run(reader, [a for a in answers if is_test(a.question)], catalog)
    other = robustness.run(reader, [a for a in answers if not is_test(a.question)], catalog)
    lines = [
        "## Answers that must not be rewarded, and changes that must not matter",
        "",
        "| kind | measure | test half: mean | interval | allowed | cases over it | calibration half | n |",
        "|---|---|---|---|---|---|---|---|",
    ]
    broken: list[str] = []
    short: list[str] = []
    for kind, row in test.items():
        lines.append(
            f"| {kind} | {row.measure} | {row.mean:.2f} | {row.low:.2f} to {row.high:.2f} | "
            f"{row.most:g} | {row.over} | "
            f"{other[kind].mean:.2f} | {row.n} + {other[kind].n} |"
        )
        if not row.holds(kind):
            line = f"{kind}: {row.measure} {row.mean:.2f}, at most {row.most:g}"
            (short if kind in robustness.FALLS_SHORT else broken).append(line)
    return Part([*lines, ""], broken, short)


def gaps(answers: Sequence[GradedAnswer]) -> Part:
    """Whether follow-ups go where something is missing."""
    embedder = product().embedders.sentences
    if embedder is None:
        lines = ["## Follow-ups", "", "Not measured: no embedding model.", ""]
        return Part(lines, ["follow-ups: not measured"], [])
    catalog, more = product().catalog, full_answers(product().catalog)
    second = second_reading(catalog)
    halves = [
        follow_ups.measure(
            [a for a in answers if is_test(a.question) is test],
            catalog,
            product().reader,
            embedder,
            full=[a for a in more if is_test(a.question) is test],
        )
        for test in (True, False)
    ]
    lines = [
        "## Follow-ups",
        "",
        "Full strong answers from which one point was cut out, and the follow-ups to all answers. To those of "
        f"the labelled set come {len(more)} more, three to each question, written by others and read twice: of "
        f"{second.points} verdicts {second.disagreements} differ, and of the pieces either reader marked for a "
        f"point both did {second.pieces:.0%}. Both readings were made with a language model's help.",
        "",
        "| measure | floor | test half | interval | calibration half | n |",
        "|---|---|---|---|---|---|",
    ]
    broken: list[str] = []
    short: list[str] = []
    for name, found in sorted(halves[0].items()):
        floor = follow_ups.FLOORS.get(name)
        other = halves[1].get(name)
        lines.append(
            f"| {name} | {'' if floor is None else floor} | {found.value:.3f} | "
            f"{found.low:.3f} to {found.high:.3f} | "
            f"{'' if other is None else f'{other.value:.3f}'} | {found.n} |"
        )
        if floor is not None and not found.value >= floor:
            line = f"{name}: {found.value:.3f}, floor {floor}"
            (short if name in follow_ups.FALLS_SHORT else broken).append(line)
    return Part([*lines, ""], broken, short)


def out_of_order() -> Part:
    """Questions of the bank whose example answers do not fall from strong to middling to weak.

    No floor: nothing is reworded to suit the grader.
    """
    found, bank = asyncio.run(misfits(product())), product().catalog.questions
    lines = [
        "## Examples out of order",
        "",
        f"{len(found)} of {len(bank)} questions whose own strong, middling and weak examples do not "
        "come out in that order, graded by a fit that has not seen them; nothing was reworded for it "
        "(`interviewer check --examples`).",
        "",
    ]
    if found:
        lines += ["| round | question | strong | middling | weak |", "|---|---|---|---|---|"]
    for one in found:
        scores = " | ".join(f"{one.scores[quality]:.2f}" for quality in IN_ORDER)
        lines.append(f"| {bank[one.question].round} | {one.question} | {scores} |")
    return Part([*lines, ""], [], [])


def level_anchors() -> Part:
    """A public set of interview turns with levels by construction."""
    folder = anchors.data_folder()
    lines = ["## Turns of known level (Beyond the Resume, arXiv 2603.01775)", ""]
    if folder is None:
        return Part([*lines, "Not measured: the data are not beside this repository.", ""], [], [])
    found = anchors.measure(product().reader, product().embedders.sentences, folder)
    for name, figures in found.items():
        shown = ", ".join(f"{key} {value:.3f}" for key, value in figures.items())
        lines.append(f"- {name}: {shown}")
    return Part([*lines, ""], anchors.broken_floors(found), [])


def speed() -> Part:
    """Answers of about 250 words a second and core.

    A slow machine falls short; what breaks is reading that takes too long beside the network.
    """
    found = measured()
    told = (
        f"{found.answers} answers of {found.words:.0f} words on the mean, one after another on one "
        f"core, no sentence remembered: {found.per_second:.1f} a second (floor {FLOOR:g}); "
        f"{found.first:.1f} where each question is read for the first time. Reading takes "
        f"{found.times:.2f} times what embedding the sentences takes (at most {MOST_TIMES:g}, on any "
        "machine)."
    )
    lines = ["## Speed", "", f"{told} On the machine of this run (`python -m evals.speed`).", ""]
    broken = [f"reading: {found.times:.2f} times embedding, at most {MOST_TIMES:g}"]
    short = [f"speed on this machine: {found.per_second:.1f} answers a second, floor {FLOOR:g}"]
    return Part(
        lines,
        broken if found.times > MOST_TIMES else [],
        short if found.per_second < FLOOR else [],
    )
