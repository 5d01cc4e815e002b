"""Reviewing a résumé, on its own or against a posting; and its lines most worth asking about."""

from collections.abc import Sequence

from interviewer.domain.resume import Lack, ResumeReview, review_resume
from interviewer.engines.text import content_stems

MOST_LINES = 200
"""Of a document; a résumé of more lines is none."""


def reviewed(lines: Sequence[str], requirements: Sequence[str] = ()) -> ResumeReview:
    """Reviews lines in their order.

    Args:
        lines: Of the résumé, verbatim.
        requirements: Of the posting, verbatim; none without one.
    """
    lines, requirements = lines[:MOST_LINES], requirements[:MOST_LINES]
    return review_resume(
        lines,
        [content_stems(line) for line in lines],
        requirements,
        [content_stems(line) for line in requirements],
    )


def worth_asking(lines: Sequence[str]) -> tuple[str, ...]:
    """The same lines, those first about which an interviewer would ask: claims that lack something.

    A line that claims a result without a base, or a model without a control, is tested before one
    that says everything, and that before one that claims nothing.
    """
    order = {Lack.BASE: 3, Lack.CONTROL: 2, Lack.FIGURE: 1}
    review = reviewed(lines)
    worth = {
        line.text: line.owned * 2 + max((order.get(lack, 0) for lack in line.lacks), default=0)
        for line in review.lines
    }
    return tuple(sorted(lines, key=lambda line: -worth.get(line, 0)))
