"""What a reader looks for in a 4-P sheet and in a STAR story."""

import re
from collections.abc import Iterator

from interviewer.domain.artefacts.findings import Finding
from interviewer.domain.artefacts.four_p import FourP, FourPart, FourPRow
from interviewer.domain.artefacts.star_story import StarStory, StoryPart
from interviewer.domain.star import LEAST_OWN, MOST_SETUP, SECONDS
from interviewer.domain.timing import speaking_seconds

_REGULATORS_LIMIT = re.compile(
    r"\b(regulator\w*|supervisor\w*|fed|occ|sr ?26-2|sr ?11-7)\b[^.]{0,40}"
    r"\b(threshold|limit|minimum|cut.?off|requires? (a|an) )",
    re.IGNORECASE,
)
NAMED_RULE = re.compile(
    r"\b([A-Z]{2,}|Act|Regulation|Directive|Rule|[Aa]rticle \d+|[Ss]ection \d+|[Ll]imit|[Tt]hreshold)\b"
)
_I, _WE = re.compile(r"\b(i|my|me)\b", re.IGNORECASE), re.compile(r"\b(we|our|us)\b", re.IGNORECASE)


def four_p_findings(board: FourP) -> Iterator[Finding]:
    """Findings on a 4-P sheet."""
    for number, row in enumerate(board.rows, 1):
        yield from _of_part(number, row)


def no_rule_named(number: int, of: str) -> Finding:
    """A row of a sheet that speaks of rules (`of` what) and names none; see `NAMED_RULE`."""
    return Finding(
        kind="no-rule-named",
        sentence=f"Row {number} speaks of {of} and names no rule or limit.",
        row=number,
        field="statement",
        probe="Which sentence, in which document, would stop you from launching this?",
        criterion="fairness-and-law",
    )


def without_baseline(number: int, figure: str) -> Finding:
    """A row of a sheet whose figure is compared with nothing."""
    return Finding(
        kind="benefit-without-baseline",
        sentence=f"Row {number}: {figure!r} is measured against nothing.",
        row=number,
        field="baseline",
        probe=f"{figure}: compared with what, and over which time?",
        criterion="business-impact",
    )


def _of_part(number: int, row: FourPRow) -> Iterator[Finding]:
    if row.part is FourPart.PROBLEM:
        yield from _benefit(number, row)
    elif row.part is FourPart.PERFORMANCE:
        yield from _performance(number, row)
    elif row.part is FourPart.PROVENANCE and not row.owner:
        yield Finding(
            kind="data-without-owner",
            sentence=f"Row {number}: nobody answers for the data.",
            row=number,
            field="owner",
            probe="A column changes its meaning at the source next month. How do you get to know?",
            criterion="data-judgement",
        )
    elif row.part is FourPart.POLICY and not NAMED_RULE.search(row.statement):
        yield no_rule_named(number, "policy")


def _benefit(number: int, row: FourPRow) -> Iterator[Finding]:
    if not row.figure:
        yield Finding(
            kind="problem-without-figure",
            sentence=f"Row {number}: the problem has no size.",
            row=number,
            field="figure",
            probe="How big is that problem, and in which unit would the business count it?",
            criterion="business-impact",
        )
    elif not row.baseline:
        yield without_baseline(number, row.figure)


def _performance(number: int, row: FourPRow) -> Iterator[Finding]:
    if not any(character.isdigit() for character in row.figure + row.baseline):
        yield Finding(
            kind="performance-without-threshold",
            sentence=f"Row {number}: no number says when performance is good enough.",
            row=number,
            field="figure",
            probe="At which value would you not ship it?",
            criterion="model-evaluation",
        )
    if _REGULATORS_LIMIT.search(f"{row.statement} {row.figure} {row.baseline}"):
        yield Finding(
            kind="threshold-laid-on-a-regulator",
            sentence=f"Row {number} lays a limit of the model's performance on a regulator. US "
            "model-risk guidance sets none: the bank chooses its limits and defends them.",
            row=number,
            field="statement",
            probe="Who set that limit, and where could I read it?",
            criterion="regulatory-currency",
        )


def star_findings(board: StarStory) -> Iterator[Finding]:
    """Findings on a story: proportions, length, whose act it was, what it came to.

    The proportions are those of `interviewer.domain.star`, one vendor's convention.
    """
    told = {row.part: row for row in board.rows}
    numbers = {row.part: number for number, row in enumerate(board.rows, 1)}
    yield from _shape(board)
    action, result = told[StoryPart.ACTION], told[StoryPart.RESULT]
    own, shared = len(_I.findall(action.told)), len(_WE.findall(action.told))
    if shared and own / (own + shared) < LEAST_OWN:
        yield Finding(
            kind="own-part-unclear",
            sentence=f'The action says "we" {shared} times and "I" {own} times.',
            row=numbers[StoryPart.ACTION],
            field="told",
            probe="Take the others out for a moment. What would not have happened without you?",
            criterion="own-part",
        )
    if not any(character.isdigit() for character in result.figure + result.told):
        yield Finding(
            kind="result-without-figure",
            sentence="The result has no number in it.",
            row=numbers[StoryPart.RESULT],
            field="figure",
            probe="How would somebody who was not there see that it worked?",
            criterion="business-impact",
        )
    elif not result.baseline:
        yield Finding(
            kind="result-without-baseline",
            sentence="The result's number is measured against nothing.",
            row=numbers[StoryPart.RESULT],
            field="baseline",
            probe="What was that number before, and what else changed in that time?",
            criterion="business-impact",
        )


def _shape(board: StarStory) -> Iterator[Finding]:
    words = {row.part: len(row.told.split()) for row in board.rows}
    total = sum(words.values())
    setup = (words[StoryPart.SITUATION] + words[StoryPart.TASK]) / total
    if setup > MOST_SETUP:
        yield Finding(
            kind="long-setup",
            sentence=f"Situation and task take {setup:.0%} of the words; a fifth is what is usually "
            "taught.",
            probe="I have the background. What did you do first?",
            criterion="communication",
        )
    seconds = speaking_seconds(" ".join(row.told for row in board.rows))
    if seconds > SECONDS[1]:
        yield Finding(
            kind="too-long",
            sentence=f"Told aloud it takes about {seconds:.0f} seconds; {SECONDS[0]} to {SECONDS[1]} "
            "is what is usually taught.",
            probe="Give me the same story in one minute.",
            criterion="communication",
        )
