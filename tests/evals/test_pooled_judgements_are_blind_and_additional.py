"""What is judged later is judged blind, and adds to the labels without changing any."""

import json
from pathlib import Path

import pytest

from evals.answers import DATASETS
from evals.pool import graded, sheet, store, unjudged
from evals.rankers import Answer
from evals.retrieval_set import RetrievalQuery, load_pooled, load_queries, with_pooled
from interviewer.errors import EvalError
from interviewer.knowledge.sources import load_sources
from interviewer.paths import shipped
from tests.knowledge.builders import a_passage

ASKED = RetrievalQuery(id="q1", query="Why?", kind="fact", relevant={"a#x": 2}, split="test")
OPEN = RetrievalQuery(id="q2", query="How?", kind="unanswerable", relevant={}, split="calibration")
PASSAGES = {name: a_passage(name, name[-1], "Text.") for name in ("a#x", "a#y", "a#z", "b#x")}


def test_only_what_nobody_judged_is_pooled() -> None:
    found = {
        "one way": [Answer(ASKED, ("a#x", "a#y"), 1.0)],
        "another": [Answer(ASKED, ("b#x", "a#z"), 0.5), Answer(OPEN, ("a#y",), 0.1)],
    }
    assert unjudged(found, {"q1": {"b#x": 0}}) == {"q1": {"a#y", "a#z"}, "q2": {"a#y"}}
    assert unjudged(found, {}, depth=1) == {"q1": {"b#x"}, "q2": {"a#y"}}


def test_the_judge_learns_neither_way_nor_half_and_another_seed_is_another_order() -> None:
    pool = {"q1": {"a#y", "a#z", "b#x"}, "q2": {"a#y"}}
    lines = sheet(pool, [ASKED, OPEN], PASSAGES)
    assert {frozenset(line) for line in lines} == {frozenset({"question", "labelled", "to judge"})}
    assert {frozenset(one) for line in lines for one in line["to judge"]} == {
        frozenset({"passage", "text", "grade"})
    }
    again = [sheet(pool, [ASKED, OPEN], PASSAGES, seed=seed) for seed in range(5)]
    assert any(other != lines for other in again)
    assert sheet(pool, [OPEN, ASKED], PASSAGES) == lines


def test_grades_are_kept_and_a_missing_one_is_refused(tmp_path: Path) -> None:
    lines = sheet({"q1": {"a#y", "a#z"}}, [ASKED], PASSAGES)
    with pytest.raises(EvalError, match=r"'Why\?'.*the grade is None"):
        graded(lines, [ASKED])
    for one in lines[0]["to judge"]:
        one["grade"] = 1 if one["passage"] == "a#y" else 0
    file = tmp_path / "pooled.jsonl"
    store({"q1": {"a#y": 2, "b#x": 0}}, file)
    store(graded(json.loads(json.dumps(lines)), [ASKED]), file)
    assert load_pooled(file) == {"q1": {"a#y": 1, "a#z": 0, "b#x": 0}}


def test_a_later_grade_changes_no_label_and_answers_no_open_question() -> None:
    both = with_pooled([ASKED, OPEN], {"q1": {"a#x": 1, "a#y": 1, "a#z": 0}, "q2": {"a#y": 1}})
    assert both["q1"].relevant == {"a#x": 2, "a#y": 1}
    assert both["q2"].relevant == {}


def test_what_was_judged_later_is_of_the_set_and_of_no_labelled_passage() -> None:
    known = set(load_sources(shipped("knowledge")).passages)
    queries = {query.id: query for query in load_queries(known)}
    pooled = load_pooled()
    assert pooled.keys() <= queries.keys()
    for name, grades in pooled.items():
        assert grades.keys() <= known, name
        assert not grades.keys() & queries[name].relevant.keys(), name


def test_malformed_grades_are_named(tmp_path: Path) -> None:
    file = tmp_path / "pooled.jsonl"
    first = (DATASETS / "retrieval_pooled.jsonl").read_text(encoding="utf-8").splitlines()[0]
    file.write_text(f'{first}\n{{"id": "r1", "grades": {{"a#x": 3}}}}\n', encoding="utf-8")
    with pytest.raises(EvalError, match=r"pooled\.jsonl:2: are no grades"):
        load_pooled(file)
