"""What may be wrong with the artefact that a question asks for: its parts, and its points' checks.

It yields places within the question's seed file and messages; `catalog_files` adds file and line.
"""

from collections.abc import Iterator

from interviewer.domain.artefacts.finding_kinds import FINDING_KINDS
from interviewer.domain.catalog import Catalog
from interviewer.domain.question import Question
from interviewer.domain.sketch import expected_parts
from interviewer.errors import UnknownId
from interviewer.store.round_problems import Place


def artefact_problems(question: Question, catalog: Catalog) -> Iterator[Place]:
    """Problems of one question; places are relative to it."""
    parts = tuple(catalog.sketch_parts.values())
    if question.parts and question.artefact != "sketch":
        yield ("parts",), "belongs to a question that asks for a sketch"
    try:
        expected = expected_parts(parts, question.parts)
    except UnknownId as error:
        yield ("parts",), str(error)
        expected = parts
    known = set(FINDING_KINDS.get(question.artefact or "", ()))
    if question.artefact == "sketch":
        known |= {f"no-{part.id}" for part in expected}
    for i, point in enumerate(question.points):
        for j, check in enumerate(point.checks):
            if question.artefact is None:
                yield ("points", i, "checks"), "belongs to a question that asks for an artefact"
                break
            if check not in known:
                found = f"{check!r} is no finding on a {question.artefact}"
                yield ("points", i, "checks", j), f"{found}; known: {', '.join(sorted(known))}"
