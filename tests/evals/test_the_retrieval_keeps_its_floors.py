"""The floors of evals/retrieval.py hold, and searches that should fail them do."""

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from evals import metrics, old_and_new, retrieval
from evals.answers import DATASETS
from evals.bank import product
from evals.rankers import BM25, OURS, Answer, ours
from evals.retrieval import broken_floors, measures
from evals.retrieval_set import RetrievalQuery, half_of, load_queries
from interviewer.errors import EvalError
from interviewer.knowledge.sources import load_sources
from interviewer.paths import shipped

GRADES = {"a": 2, "b": 1}


@pytest.mark.slow
def test_the_search_reaches_every_floor_and_is_ahead_of_every_other_way(home: Path) -> None:
    made = product(home)
    answers, _ = retrieval.run(made)
    test = retrieval.of_split(answers, "test")
    measured = {name: measures(found) for name, found in test.items()}
    assert broken_floors(measured) == []
    questions = old_and_new.load(set(made.library.sources))
    found = old_and_new.standing(partial(ours, made), questions, made)
    assert found.past >= 0.75 * found.of_past
    assert found.successor >= 0.9 * found.of_successor
    assert found.present >= 0.9 * found.of_present


def test_a_search_below_a_floor_or_behind_bm25_is_called_so() -> None:
    found = {"nDCG@10": 0.9, "recall@5": 0.9, "plain recall@5": 0.9, "AUC answerable": 0.9}
    broken = broken_floors({OURS: {**found, "recall@5": 0.1}, BM25: found})
    assert [line.partition(":")[0] for line in broken] == ["recall@5", "nDCG@10", "recall@5"]


def test_a_measure_without_questions_does_not_pass_for_a_floor_reached() -> None:
    nothing = measures([])
    assert len(broken_floors({OURS: nothing})) == len(retrieval.FLOORS)


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [(["a", "b"], 1.0), (["b", "a"], (1 + 2 * 0.6309) / 2.6309), (["x"], 0.0), ([], 0.0)],
)
def test_ndcg_is_the_share_of_the_best_gain(ranked: Sequence[str], expected: float) -> None:
    assert metrics.ndcg(ranked, GRADES) == pytest.approx(expected, abs=1e-4)


def test_recall_asks_for_what_answers_fully_and_for_no_more_than_fits() -> None:
    assert metrics.recall(["a"], GRADES) == 1
    assert metrics.recall(["b"], GRADES) == 0
    assert metrics.recall(["b"], {"b": 1}) == 1
    many = {str(number): 2 for number in range(8)}
    assert metrics.recall(["0", "1", "2", "3", "4"], many) == 1
    assert metrics.plain_recall(["0", "1", "2", "3", "4"], many) == 5 / 8


def test_the_report_tells_near_questions_without_an_answer_from_far_ones() -> None:
    def answer(name: str, confidence: float, **facts: object) -> Answer:
        query = {"id": name, "query": "q", "kind": "unanswerable", "relevant": {}, "split": "test"}
        return Answer(RetrievalQuery.model_validate(query | facts), ("a#b",), confidence)

    found = [
        answer("fair", 0.5, kind="fact", relevant={"a#b": 2}),
        answer("near", 0.6, distance="near"),
        answer("off", 0.1, distance="off"),
    ]
    text = "\n".join(retrieval.by_distance({OURS: found}))
    assert "| next to what a source treats | 1 | 0.000 |" in text
    assert "| of something else | 1 | 1.000 |" in text


def test_auc_is_a_chance_and_none_without_both_kinds() -> None:
    assert metrics.auc([0.9, 0.8], [0.1, 0.8]) == pytest.approx(0.875)
    assert metrics.auc([0.9], []) != metrics.auc([0.9], [])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"relevant": {"no-such#passage": 2}}, "unknown passages"),
        ({"relevant": {}}, "with 0 passages"),
        ({"kind": "unanswerable"}, "unanswerable with"),
        ({"kind": "riddle"}, "is not a question for the search"),
        ({"distance": "near"}, "at a distance of near"),
        ({"distance": "far"}, "is not a question for the search"),
    ],
)
def test_a_broken_line_is_refused(tmp_path: Path, change: dict[str, object], says: str) -> None:
    line = json.loads((DATASETS / "retrieval.jsonl").read_text(encoding="utf-8").splitlines()[0])
    file = tmp_path / "retrieval.jsonl"
    file.write_text(json.dumps(line | change), encoding="utf-8")
    with pytest.raises(EvalError, match=rf"retrieval\.jsonl:1: .*{says}"):
        load_queries(set(line["relevant"]), file)


def test_the_half_of_a_later_question_is_not_chosen() -> None:
    known = set(load_sources(shipped("knowledge")).passages)
    later = [query for query in load_queries(known) if query.distance is not None]
    assert len(later) > 100
    assert {query.kind for query in later} == {"unanswerable"}
    assert [query.id for query in later if query.split != half_of(query.id)] == []


def test_an_id_used_twice_is_refused(tmp_path: Path) -> None:
    line = (DATASETS / "retrieval.jsonl").read_text(encoding="utf-8").splitlines()[0]
    file = tmp_path / "retrieval.jsonl"
    file.write_text(f"{line}\n{line}\n", encoding="utf-8")
    with pytest.raises(EvalError, match="used twice"):
        load_queries(set(json.loads(line)["relevant"]), file)


def test_a_broken_line_on_old_and_new_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "old_and_new.txt"
    file.write_text("# Two parts.\npast | a | What was it?\n# The second.\npresent | b | Now?\n")
    assert [one.part for one in old_and_new.load({"a", "b"}, file)] == [0, 1]
    with pytest.raises(EvalError, match=r"old_and_new\.txt:4"):
        old_and_new.load({"a"}, file)


def test_sections_that_joined_a_hit_follow_it_in_the_ranking() -> None:
    query = RetrievalQuery(id="q", query="q", kind="fact", relevant={"a#b": 2}, split="test")
    assert measures([Answer(query, ("a#a", "a#b"), 1.0)])["nDCG@10"] == pytest.approx(
        0.6309, abs=1e-3
    )
