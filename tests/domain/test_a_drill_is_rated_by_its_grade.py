import pytest

from interviewer.domain.grade import grade_question
from interviewer.domain.rating import Rating, Recall, hinted, recall
from tests.builders import (
    POINT_IDS,
    a_flag_raised,
    a_question,
    a_quote,
    a_verdict,
    an_assessment,
)


def rated(*met: str | None, late: int = 0, flags: int = 0) -> Recall:
    """The rating of five verdicts, the last `late` of them quoted from a second answer."""
    verdicts = tuple(
        a_verdict(point, judged, quote=a_quote(answer=1), probed=True)
        if judged in ("yes", "partly") and number >= len(met) - late
        else a_verdict(point, judged)
        for number, (point, judged) in enumerate(zip(POINT_IDS, met, strict=True))
    )
    found = an_assessment("no").model_copy(
        update={"verdicts": verdicts, "red_flags": tuple(a_flag_raised() for _ in range(flags))}
    )
    return recall(grade_question(a_question(), found), verdicts)


@pytest.mark.parametrize(
    ("met", "late", "rating"),
    [
        (("yes",) * 5, 0, Rating.EASY),
        (("yes",) * 5, 1, Rating.GOOD),
        (("yes", "yes", "yes", "no", "no"), 0, Rating.GOOD),
        (("yes", "yes", "no", "no", "no"), 0, Rating.HARD),
        (("yes",) * 5, 3, Rating.HARD),
        (("partly", "no", "no", "no", "no"), 0, Rating.AGAIN),
        (("no",) * 5, 0, Rating.AGAIN),
    ],
)
def test_level_and_hints_give_the_rating(met: tuple[str, ...], late: int, rating: Rating) -> None:
    assert rated(*met, late=late).rating is rating


def test_what_was_not_assessed_is_not_rated() -> None:
    found = rated(None, None, None, None, None)
    assert found.rating is None
    assert "stays as it was" in found.because


def test_a_red_flag_is_never_better_than_hard() -> None:
    assert rated(*("yes",) * 5, flags=1).rating is Rating.HARD


def test_the_reason_counts_the_hints() -> None:
    assert "2 of 5 points only after a follow-up" in rated(*("yes",) * 5, late=2).because


def test_a_point_denied_later_is_no_hint() -> None:
    assert hinted((a_verdict(met="no", quote=a_quote(answer=1)),)) == 0


def test_more_hints_never_raise_a_rating() -> None:
    order = [Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY]
    ratings = [rated(*("yes",) * 5, late=late).rating for late in range(6)]
    ranks = [order.index(r) for r in ratings if r is not None]
    assert ranks == sorted(ranks, reverse=True)
