"""Which sources belong to a track: those its questions cite or give to read."""

from collections.abc import Iterator

from interviewer.domain.catalog import Catalog
from interviewer.domain.question import Question
from interviewer.domain.rubric import PassageId


def track_sources(catalog: Catalog, track_id: str) -> frozenset[str]:
    """Ids of the sources that the questions of a track refer to.

    Whole sources, not single passages: the section beside a cited one is as much about the track.

    Raises:
        UnknownId: There is no such track.
    """
    rounds = catalog.track(track_id).rounds
    questions = (catalog.question(name) for one in rounds for name in one.questions)
    return frozenset(
        passage.partition("#")[0] for question in questions for passage in _cited(question)
    )


def _cited(question: Question) -> Iterator[PassageId]:
    yield from question.reading
    for point in question.points:
        yield from point.passages
    for flag in question.red_flags:
        yield from flag.passages
