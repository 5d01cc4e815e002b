"""A reviewed résumé as Markdown."""

from collections.abc import Iterator

from interviewer.domain.resume import ResumeReview

_MOST_MISSING = 10


def resume_markdown(review: ResumeReview) -> str:
    """Line by line, what it lacks and how it could go on."""
    return "\n".join(_lines(review)).strip() + "\n"


def _lines(review: ResumeReview) -> Iterator[str]:
    aware = "no line names a model"
    if review.risk_aware is not None:
        aware = f"{review.risk_aware:.0%} of {review.model_lines} lines with a model name a control"
    yield (
        f"# {len(review.lines)} lines: {review.quantified:.0%} with a figure, {review.owned:.0%} begin "
        f"with an act of yours, {aware}"
    )
    yield ""
    yield from (f"- {finding}" for finding in review.findings)
    for line in review.lines:
        yield ""
        yield f"**{line.number}.** {line.text}"
        if not line.lacks:
            yield ""
            yield "Nothing to mend."
            continue
        yield ""
        yield from (f"- {advice}" for advice in line.advice)
        if line.scaffold is not None:
            yield ""
            yield f"> {line.scaffold}"
    if review.not_shown:
        yield ""
        yield "Of the posting, answered by none of your lines:"
        yield from (f"- {text}" for text in review.not_shown[:_MOST_MISSING])
    yield ""
    yield "> Words are checked here, not facts: be ready to be asked about every line."
