"""What a critique adds to verdicts, as Markdown: the rewrite, and two versions side by side."""

from collections.abc import Iterator

from interviewer.domain.rewrite import Rewrite
from interviewer.domain.versions import PointChange, VersionComparison


def rewrite_lines(found: Rewrite | None) -> Iterator[str]:
    """The rewrite, part by part; nothing if there is none."""
    if found is None:
        return
    yield ""
    yield f"## The same answer as {found.frame}"
    yield ""
    yield f"*{found.note}*"
    for part in found.parts:
        yield ""
        yield f"**{part.name}.** *{part.asks}*"
        yield ""
        if part.text:
            yield "\n".join(f"> {line}" for line in part.text.splitlines())
            yield ""
        for gap in part.gaps:
            yield f"- {gap}"
    if found.left_out:
        yield ""
        yield "No point of the rubric was found in these sentences. Cut them, or say what they are for:"
        for sentence in found.left_out:
            yield f"- {' '.join(sentence.split())}"


def comparison_markdown(found: VersionComparison) -> str:
    """What the second version gained and lost."""
    return "\n".join(_lines(found)).strip() + "\n"


def _lines(found: VersionComparison) -> Iterator[str]:
    before, after = (
        "not assessed" if level is None else f"level {level}"
        for level in (found.before, found.after)
    )
    change = "" if found.change is None else f" ({found.change:+.1f})"
    yield f"# {found.question}: {found.verdict}, from {before} to {after}{change}"
    for title, changes in (("Gained", found.gained), ("Lost", found.lost)):
        if changes:
            yield ""
            yield f"{title}:"
            for one in changes:
                yield from _change_lines(one)
    for title, statements in (
        ("Red flags raised:", found.flags_raised),
        ("Red flags gone:", found.flags_gone),
        ("Still open, heaviest first:", found.open),
    ):
        if statements:
            yield ""
            yield title
            yield from (f"- {statement}" for statement in statements)


def _change_lines(one: PointChange) -> Iterator[str]:
    yield f"- **{one.before.value} to {one.after.value}:** {one.statement}"
    quote = one.quote_after or one.quote_before
    if quote:
        yield f'  "{" ".join(quote.split())}"'
