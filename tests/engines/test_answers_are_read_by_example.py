"""Lines of what candidates say show how a point is made, and what only sounds like it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from interviewer.domain.question import Question
from interviewer.domain.said import Said
from interviewer.engines.offline.canonical import reworded
from interviewer.engines.offline.parameters import load_parameters, parameters_file
from interviewer.engines.offline.said import (
    BESIDE_OTHERS,
    SAID,
    WORTH,
    SaidPoints,
    Sayings,
    line_stems,
    sayings,
)
from interviewer.engines.offline.said_directions import FILE, Shipped, key, read, write
from interviewer.engines.offline.said_scatter import Told, directions, precision
from interviewer.engines.text import spans
from tests.builders import POINT_IDS, a_question

MODEL = "hashed"
LINES = {
    "statistic": ("Each night a script tells me how far the scores have wandered off.",
                  "We look whether the histogram still sits where it sat in spring."),
    "threshold": ("Past point two nobody discusses, the switch flips.",
                  "There is a red line on the chart and the model halts there."),
    "owner": ("Priya carries the pager and has until Friday.",
              "My deputy signs for every alarm inside one week."),
    "evidence": ("Anybody can replay March from the archive.",
                 "The commit and the sample lie in a sealed folder."),
    "cost": ("Going blind for four weeks burns two million euros.",
             "We priced a miss with finance, it is a branch's yearly profit."),
}  # fmt: skip


def embed(texts: Sequence[str]) -> np.ndarray:
    """A vector by the words of a text: those that share words are near to each other."""
    found = np.zeros((len(texts), 256), np.float32)
    for row, text in enumerate(texts):
        for word in text.lower().strip(".").split():
            found[row, sum(map(ord, word)) % 256] += 1
    unit: np.ndarray = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


def lines() -> dict[str, Said]:
    return {
        point: Said(
            makes=made,
            partly=(f"We should perhaps think about {point}.",),
            misses=(f"Everybody says that {point} is important these days.",),
        )
        for point, made in LINES.items()
    }


def shipped_for(question: Question, said: Mapping[str, Said]) -> Shipped:
    told = [
        Told(*(embed(texts) for texts in (
            (p.statement, *p.counts), said[p.id].makes, said[p.id].partly, said[p.id].misses
        )))
        for p in question.points
    ]  # fmt: skip
    made = directions(told, precision(told))
    counts: Counter[str] = Counter()
    for one in said.values():
        counts.update(line_stems(one))
    names = [key(MODEL, point, said[point.id]) for point in question.points]
    return Shipped(MODEL, dict(zip(names, made, strict=True)), counts)


def ready(question: Question | None = None) -> SaidPoints:
    asked = question or a_question()
    found = Sayings({"drift": lines()}, shipped_for(a_question(), lines())).of(asked)
    assert found is not None
    return found


def measured(*answers: str, question: Question | None = None) -> dict[str, dict[str, float]]:
    asked = question or a_question()
    said = reworded(spans(answers))
    found = ready(asked).measure(said, embed([span.text for span in said]))
    return {point.id: one for point, one in zip(asked.points, found, strict=True)}


def test_a_point_said_as_somebody_once_said_it_stands_out_from_the_others() -> None:
    found = measured("My sister's deputy carries the pager and signs for the alarm.")
    best = max(POINT_IDS, key=lambda point: found[point]["said_near"])
    assert best == "owner"
    assert found["owner"]["said_over_others"] > 0 > found["cost"]["said_over_others"]


def test_of_a_full_answer_with_one_point_cut_out_that_point_stands_out_from_below() -> None:
    said = {point: made[0] for point, made in LINES.items()}
    for missing in POINT_IDS:
        found = measured(" ".join(text for point, text in said.items() if point != missing))
        assert min(POINT_IDS, key=lambda p: found[p]["said_near_beside"]) == missing


def test_a_line_that_only_sounds_like_a_point_comes_nearer_to_what_misses_it() -> None:
    made, sounds = LINES["owner"][0], "Everybody says that an owner is important these days."
    assert measured(made)["owner"]["said_over_miss"] > measured(sounds)["owner"]["said_over_miss"]


def test_every_feature_is_measured_and_no_other() -> None:
    assert {*measured("Priya carries it.")["owner"]} == {*SAID, *WORTH, *BESIDE_OTHERS}


def test_only_neighbours_within_one_answer_are_read_together() -> None:
    halves = ("Anybody can replay March", "from the archive.")
    together = measured(f"{halves[0]}. {halves[1]}")
    apart = measured(*halves)
    assert together["evidence"]["said_near"] > apart["evidence"]["said_near"]


def test_a_question_asked_with_fewer_of_its_points_is_read_in_the_same_way() -> None:
    whole = a_question()
    fewer = whole.model_copy(update={"points": whole.points[1:3]})
    found = measured("Priya carries the pager.", question=fewer)
    assert found["owner"]["said_near"] > found["threshold"]["said_near"]


@pytest.mark.parametrize("change", ["a line", "the statement", "another question"])
def test_where_anything_was_changed_the_question_is_read_without(change: str) -> None:
    question, said = a_question(), lines()
    held = shipped_for(question, said)
    if change == "a line":
        kept = said["owner"]
        said["owner"] = kept.model_copy(
            update={"makes": ("Nobody owns it, ever.", *kept.makes[1:])}
        )
    elif change == "the statement":
        first = question.points[0].model_copy(update={"statement": "Says something else."})
        question = question.model_copy(update={"points": (first, *question.points[1:])})
    else:
        question = a_question("other")
    assert Sayings({"drift": said}, held).of(question) is None


def test_an_answer_that_recites_the_lines_is_recognised() -> None:
    recited = reworded(
        spans([f"{LINES['owner'][0]} {LINES['cost'][0]} And that is all of it, really."])
    )
    own = reworded(
        spans(["Priya has the pager this week, until Friday, and closes what she finds."])
    )
    assert ready().repeats(recited)
    assert not ready().repeats(own)


def test_under_another_model_nothing_of_what_ships_is_used() -> None:
    held = read(FILE)
    assert sayings({}, held.embedder) is not None
    assert sayings({}, "another model") is None


def test_writing_what_was_read_changes_no_byte(tmp_path: Path) -> None:
    write(tmp_path / "first.npz", shipped_for(a_question(), lines()))
    write(tmp_path / "again.npz", read(tmp_path / "first.npz"))
    assert (tmp_path / "first.npz").read_bytes() == (tmp_path / "again.npz").read_bytes()


def test_a_verdict_never_sees_how_well_the_other_points_came_out() -> None:
    assert not {*load_parameters(parameters_file()).said.all.features} & {*BESIDE_OTHERS}


def test_lifting_a_chance_keeps_the_order_of_the_points() -> None:
    rule = load_parameters(parameters_file()).said_gap
    level = rule.model_copy(update={"lift": 0.0})
    values = [dict.fromkeys(rule.all.features, x) for x in (-2.0, 0.0, 1.0, 3.0)]
    order = sorted(range(4), key=lambda i: level.missing("new", "any", values[i]))
    assert order == sorted(range(4), key=lambda i: rule.missing("new", "any", values[i]))
    assert all(0 <= rule.missing("new", "any", one) <= 1 for one in values)


def test_a_point_that_often_looks_missing_is_asked_for_later() -> None:
    rule = load_parameters(parameters_file()).said_gap
    question, points = next(iter(rule.hard_to_see.items()))
    by_ease = sorted(points, key=lambda point: points[point])
    values = dict.fromkeys(rule.all.features, 0.0)
    chances = [rule.missing(question, point, values) for point in by_ease]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > chances[-1]
