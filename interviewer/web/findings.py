"""What was found in the answers to one question: points, flags, what to read, a better order."""

from collections.abc import Iterator, Mapping

from nicegui import ui

from interviewer.domain.critique import MAY_BE_GAMED, Critique, PointCritique
from interviewer.domain.names import name_from
from interviewer.domain.rewrite import Rewrite
from interviewer.domain.rubric import Criterion
from interviewer.domain.verdict import Met
from interviewer.knowledge.passages import Passage
from interviewer.web.marked import name_of
from interviewer.web.words import Words, heading, link, paragraph

_MOST_CITED = 2
_TONES = {True: "met yes", False: "met no", None: "met none"}


def show_criteria(found: Critique, criteria: Mapping[str, Criterion]) -> None:
    """The level of each criterion."""
    with ui.element("ul").classes("criteria"):
        for criterion in found.criteria:
            known = criteria.get(criterion.id)
            title = known.title if known else name_from(criterion.id)
            level = "not assessed" if criterion.level is None else f"level {criterion.level}"
            with ui.element("li"):
                Words("span", title)
                Words("span", level, f"level l{criterion.level or 0}")


def show_points(found: Critique, passages: Mapping[str, Passage], prefix: str) -> None:
    """Every point with its verdict and its quote.

    Args:
        found: The findings.
        passages: By id, for citations.
        prefix: Makes names unique in the page.
    """
    with ui.element("div").classes("points"):
        for point in found.points:
            _point(point, passages, prefix)


def show_flags(found: Critique, passages: Mapping[str, Passage], prefix: str) -> None:
    """What cost a level, was out of date, or was no answer."""
    for flag in found.red_flags:
        with ui.element("div").classes("flag").props(f"id={prefix}-flag-{flag.id} tabindex=-1"):
            paragraph(f"Red flag: {flag.statement}", "notice")
            Words("blockquote", flag.quote).props(f'data-link="{prefix}-flag-{flag.id}"')
    for warning in _warnings(found):
        paragraph(warning, "notice")
    for cited in found.currency:
        passage = passages.get(cited.citation)
        if passage and not cited.acknowledged:
            show_passage(passage)


def _warnings(found: Critique) -> Iterator[str]:
    if found.may_be_gamed:
        yield MAY_BE_GAMED
    for cited in found.currency:
        if not cited.acknowledged:
            successor = f"; replaced by {cited.superseded_by}" if cited.superseded_by else ""
            yield f"Out of date: {cited.cited} is {cited.status} since {cited.on}{successor}"
    for flaw in found.hygiene:
        yield f"{flaw.kind.replace('-', ' ').capitalize()}: {flaw.why}"
    if found.fallback is not None:
        yield found.fallback.message


def _point(point: PointCritique, passages: Mapping[str, Passage], prefix: str) -> None:
    met = point.met.value if point.met else "none"
    after = ", after a follow-up" if point.probed and point.met in (Met.YES, Met.PARTLY) else ""
    name = name_of(prefix, point)
    entry = ui.element("div").classes("point").props("tabindex=-1")
    entry.props["id"] = entry.props["data-link"] = name
    with entry:
        Words("p", f"{met}{after}" if point.met else "not assessed", f"met {met}")
        with ui.element("div"):
            paragraph(point.statement)
            if point.quote:
                with ui.element("blockquote"):
                    link(point.quote, f"#said-{name}").props(f'data-link="{name}"')
            if point.observed or (point.met is None and not point.quote):
                paragraph(point.observed or point.why, "quiet")
            if point.met is not Met.YES:
                for citation in point.citations[:_MOST_CITED]:
                    if citation in passages:
                        show_passage(passages[citation])


def show_passage(passage: Passage) -> None:
    """A passage that unfolds, with the standing of its source beside its name."""
    with ui.element("details").classes("passage"):
        with Words("summary", ""):
            Words("span", f"{passage.title}: {passage.section}")
            standing(passage)
        passage_text(passage.text)
        with ui.element("p").classes("citation"):
            link(passage.id, f"/knowledge/{passage.source}#{passage.id.partition('#')[2]}")


def standing(passage: Passage) -> None:
    """The status badge: in force, or superseded by what and since when."""
    text = str(passage.status.value).replace("_", " ")
    if passage.superseded_by:
        text += f" by {passage.superseded_by}"
    if passage.superseded_on:
        text += f" on {passage.superseded_on}"
    Words("span", text, f"badge {passage.status.value}")


def passage_text(text: str) -> None:
    """A passage as written: paragraphs and lists, as text."""
    for block in text.split("\n\n"):
        lines = block.strip().splitlines()
        if lines and all(line.startswith(("- ", "  ")) for line in lines):
            with ui.element("ul"):
                for item in "\n".join(lines).removeprefix("- ").split("\n- "):
                    Words("li", " ".join(item.split()).replace("**", ""))
        elif lines:
            paragraph(" ".join(lines).replace("**", ""))


def show_rewrite(rewrite: Rewrite) -> None:
    """A stronger order for the same answer."""
    heading(f"A stronger order ({rewrite.frame})", 3)
    paragraph(rewrite.note, "quiet")
    with ui.element("dl").classes("rewrite"):
        for part in rewrite.parts:
            with Words("dt", part.name):
                Words("span", part.asks, "quiet")
            with ui.element("dd"):
                if part.text:
                    paragraph(part.text, "said")
                for gap in part.gaps:
                    paragraph(gap, "gap")
    if rewrite.left_out:
        paragraph("Belongs to no part; keep it or cut it: " + " ".join(rewrite.left_out), "quiet")


def tone(passed: bool | None) -> str:
    """Class of a signal's verdict."""
    return _TONES[passed]
