"""How a story was told, as Markdown: proportions, what to mend, and what its result lacks."""

from collections.abc import Iterator

from interviewer.domain.critique import Critique
from interviewer.domain.principles import PrincipleShown
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
    yield from principle_lines(found)


def principle_lines(found: Critique) -> Iterator[str]:
    """Which Business Principles the story shows; they are a culture, so no level comes of it."""
    for one in found.principles:
        yield f"- {principle_line(one)}"


def principle_line(one: PrincipleShown) -> str:
    """One group of principles, with the words that show it."""
    if one.quote is None:
        return f'Business Principles: "{one.title}" is named, and nothing in the answer shows it.'
    quote = " ".join(one.quote.split())
    return f'Business Principles: evidence of "{one.title}": "{quote}"'
