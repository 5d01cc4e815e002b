"""How a story was told, as Markdown: proportions, what to mend, and what its result lacks."""

from collections.abc import Iterator

from interviewer.domain.critique import Critique
from interviewer.domain.star_cues import Part


def telling_lines(found: Critique) -> Iterator[str]:
    """Nothing for a question that does not ask for a story."""
    shape = found.star
    if shape is None:
        return
    shares = ", ".join(f"{part.value} {shape.shares[part]:.0%}" for part in Part)
    yield ""
    yield (
        f"How it was told: {shape.words} words, about {shape.seconds:.0f} seconds; {shares}. "
        "Divided by cue words, so take the shares as rough."
    )
    for finding in shape.findings:
        yield f"- {finding}"
    missing = [one.part.value.replace("-", " ") for one in found.impact if one.quote is None]
    if missing:
        yield f"- The result as told has no {', no '.join(missing)}."
