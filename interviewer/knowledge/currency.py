"""Superseded rules, taken from the sources, for the domain's currency check."""

from interviewer.domain.currency import SupersededRule
from interviewer.knowledge.sources import SourceLibrary

_SAYS_SO = ("rescissions", "superseded", "replaced", "status", "standing")
"""Anchors likely to say what replaced what, in order of preference."""


def superseded_rules(library: SourceLibrary) -> tuple[SupersededRule, ...]:
    """Every superseded source that people cite by name."""
    rules = []
    for source in library.sources.values():
        if source.superseded_on is None or not source.cited_as:
            continue
        successor = library.sources.get(source.superseded_by or "")
        rules.append(
            SupersededRule(
                source=source.id,
                title=source.title,
                names=source.cited_as,
                superseded_by=source.superseded_by,
                successor_title=successor.title if successor else None,
                successor_names=successor.cited_as if successor else (),
                on=source.superseded_on,
                citation=_citation(library, source.superseded_by, source.id),
            )
        )
    return tuple(rules)


def _citation(library: SourceLibrary, successor: str | None, source: str) -> str:
    for owner in (successor, source):
        for anchor in _SAYS_SO:
            if owner and f"{owner}#{anchor}" in library.passages:
                return f"{owner}#{anchor}"
    for owner in (successor, source):
        if owner and owner in library.sources:
            return library.sources[owner].passages[0].id
    raise ValueError(f"source {source!r} has no passage")
