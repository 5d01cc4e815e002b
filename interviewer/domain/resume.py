"""A résumé line by line: is it quantified, owned, aware of model risk, and in the role's words?

Checks of words, not of truth: a line that passes them all can still be false. Untrusted text goes in
and comes out verbatim.

Source: that results lead and tools follow, and that financial and risk work stands near the top, is one
vendor's advice (jpm-hiring-claims in knowledge/); figures with a base after star-method#result.
"""

import re
from collections.abc import Collection, Sequence
from enum import StrEnum

from pydantic import Field

from interviewer.domain.amounts import amounts
from interviewer.domain.gaps import GAP
from interviewer.domain.value import Value


class Lack(StrEnum):
    """What a line lacks."""

    FIGURE = "figure"
    BASE = "base"
    OWNER = "owner"
    CONTROL = "control"
    MATCH = "match"


_ADVICE = {
    Lack.FIGURE: "No figure: how many, how much, how fast?",
    Lack.BASE: "A figure with nothing beside it: compared with what, over what time?",
    Lack.OWNER: "It does not begin with what you did; a duty or a share in something is no act.",
    Lack.CONTROL: "A model is in it, and nothing that kept its risk in hand.",
    Lack.MATCH: "None of the posting's words: is it needed for this role?",
}
_SCAFFOLD = {
    Lack.FIGURE: GAP,
    Lack.BASE: "[compared with what, over what time]",
    Lack.CONTROL: "[what kept the risk in hand: validation, monitoring, review, fallback]",
}

_WEAK_START = re.compile(
    r"(?:responsible for|in charge of|tasked with|duties|helped|assisted|supported|participated|involved|"
    r"worked (?:on|with|closely)|contributed|exposure to|familiar|part of|member of|experience (?:in|with))\b",
    re.IGNORECASE,
)
_ACT = re.compile(
    r"(?:(?:co-?)?led|built|ran|wrote|cut|made|took|set|won|grew|drove|chose|brought|taught|sold|held|"
    r"[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
_MODEL = re.compile(
    r"\b(?:model(?:s|led|ling)?|machine learning|ml|ai|llms?|scor(?:e|es|ing)|classifier|predict\w*|"
    r"forecast\w*|chatbot|assistant|agents?|neural|genai|recommend\w*)\b",
    re.IGNORECASE,
)
_CONTROL = re.compile(
    r"\b(?:monitor\w*|validat\w*|drift|threshold|guardrail\w*|audit\w*|human review|review queue|fallback|"
    r"kill switch|roll(?:ed)? ?back|shadow|canary|pilot(?:ed)?|holdout|approv\w*|sign(?:ed)?[- ]off|bias|"
    r"fairness|explainab\w*|governance|complian\w*|model risk|controls?|documentation|documented|"
    r"stress[- ]test\w*|challeng\w*)\b",
    re.IGNORECASE,
)
_FINANCE = re.compile(
    r"\b(?:bank\w*|credit|loan\w*|lending|fraud|payment\w*|card\w*|aml|money laundering|sanctions|kyc|"
    r"risk|regulat\w*|insur\w*|trading|treasury|mortgage\w*|complian\w*|default|collections)\b",
    re.IGNORECASE,
)
_BASE = re.compile(
    r"\b(?:from|of|out of|per|versus|vs|against|compared|than|within|over|in \d|a (?:day|week|month|year)|"
    r"by (?:q[1-4]|20\d\d))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEADING = 0.34
"""Share of the lines from the top that counts as near the top."""
_SHARED_STEMS = 2
"""Content words that a line must share with the posting to be called aligned."""


class LineReview(Value):
    """One line and what it has; `text` is verbatim."""

    number: int
    text: str
    quantified: bool
    owned: bool
    risk_aware: bool | None = Field(description="None where no model is in the line.")
    aligned: bool | None = Field(description="None without a posting.")
    lacks: tuple[Lack, ...]
    advice: tuple[str, ...]
    scaffold: str | None = Field(
        description="The line with gaps for what it lacks; None if nothing."
    )


class ResumeReview(Value):
    """All lines, and what the document looks like as a whole."""

    lines: tuple[LineReview, ...]
    quantified: float = Field(description="Share of the lines, in [0, 1]; likewise `owned`.")
    owned: float
    model_lines: int
    risk_aware: float | None = Field(description="Of the lines with a model; None without any.")
    not_shown: tuple[str, ...] = Field(
        description="Requirements of the posting that no line answers, verbatim."
    )
    findings: tuple[str, ...]


def review_resume(
    lines: Sequence[str],
    stems: Sequence[Collection[str]],
    requirements: Sequence[str] = (),
    required_stems: Sequence[Collection[str]] = (),
) -> ResumeReview:
    """Reviews the lines of a résumé, in their order.

    Args:
        lines: Verbatim.
        stems: Of the words that carry something, for each line.
        requirements: Lines of the posting; none if there is no posting.
        required_stems: Likewise their stems.
    """
    wanted = {stem for found in required_stems for stem in found}
    reviews = tuple(
        _line(number, text, set(found), wanted if requirements else None)
        for number, (text, found) in enumerate(zip(lines, stems, strict=True), start=1)
    )
    missing = tuple(
        text
        for text, needed in zip(requirements, required_stems, strict=True)
        if all(len(set(needed) & set(found)) < _SHARED_STEMS for found in stems)
    )
    with_model = [line for line in reviews if line.risk_aware is not None]
    review = ResumeReview(
        lines=reviews,
        quantified=_share([line.quantified for line in reviews]),
        owned=_share([line.owned for line in reviews]),
        model_lines=len(with_model),
        risk_aware=_share([bool(line.risk_aware) for line in with_model]) if with_model else None,
        not_shown=missing,
        findings=(),
    )
    return review.model_copy(update={"findings": tuple(_findings(review))})


def _line(number: int, text: str, stems: set[str], wanted: set[str] | None) -> LineReview:
    figures = [text[s:e] for s, e, _ in amounts(text) if not _YEAR.fullmatch(text[s:e])]
    owned = _ACT.match(text) is not None and not _WEAK_START.match(text)
    has_model = _MODEL.search(text) is not None
    risk_aware = _CONTROL.search(text) is not None if has_model else None
    aligned = None if wanted is None else len(stems & wanted) >= _SHARED_STEMS
    found = {
        Lack.FIGURE: not figures,
        Lack.BASE: bool(figures) and not _BASE.search(text),
        Lack.OWNER: not owned,
        Lack.CONTROL: risk_aware is False,
        Lack.MATCH: aligned is False,
    }
    lacks = tuple(lack for lack, is_lacking in found.items() if is_lacking)
    return LineReview(
        number=number,
        text=text,
        quantified=bool(figures),
        owned=owned,
        risk_aware=risk_aware,
        aligned=aligned,
        lacks=lacks,
        advice=tuple(_ADVICE[lack] for lack in lacks),
        scaffold=_scaffold(text, lacks),
    )


def _scaffold(text: str, lacks: Sequence[Lack]) -> str | None:
    gaps = [_SCAFFOLD[lack] for lack in lacks if lack in _SCAFFOLD]
    lead = ""
    if Lack.OWNER in lacks:
        lead, text = (
            "[what you did: led, built, cut, decided ...] ",
            _WEAK_START.sub("", text, 1).strip(),
        )
    if not lead and not gaps:
        return None
    return f"{lead}{text.rstrip('.')}{''.join(f', {gap}' for gap in gaps)}"


def _share(values: Sequence[bool]) -> float:
    return round(sum(values) / len(values), 2) if values else 0.0


def _findings(review: ResumeReview) -> list[str]:
    lines = review.lines
    if not lines:
        return ["There is no line to review: is it the right file?"]
    found = []
    if review.quantified < 0.5:
        found.append(
            f"{review.quantified:.0%} of the lines have a figure: aim at every second one."
        )
    if review.owned < 0.6:
        found.append(f"{review.owned:.0%} of the lines begin with something you did.")
    if review.risk_aware is not None and review.risk_aware < 0.34:
        found.append(
            f"{review.model_lines} lines name a model, and {review.risk_aware:.0%} of them say what kept "
            "its risk in hand: one such line near the top tells a bank more than another metric."
        )
    top = lines[: max(1, round(_LEADING * len(lines)))]
    if not any(_FINANCE.search(line.text) for line in top):
        later = next((line for line in lines if _FINANCE.search(line.text)), None)
        if later is not None:
            found.append(
                f"Line {later.number} is about finance or risk; move such lines to the top."
            )
        else:
            found.append("No line names finance, risk or regulation: say what carries over.")
    if review.not_shown:
        count = len(review.not_shown)
        lines_are = "line of the posting is" if count == 1 else "lines of the posting are"
        found.append(f"{count} {lines_are} answered by none of yours.")
    return found
