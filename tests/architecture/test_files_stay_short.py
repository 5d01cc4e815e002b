from tests.architecture.tree import texts

SOFT, HARD = 250, 400

JUSTIFIED = {
    "interviewer/bootstrap/product.py": "the one list of the product's parts",
    "interviewer/engines/offline/assessor.py": "one reading, from sentences to verdicts and flags",
    "interviewer/engines/offline/features.py": "what is measured, beside how it is measured",
    "evals/attacks.py": "every kind of changed answer beside the property it must have",
    "evals/fit_offline.py": "what is fitted, to what, and what came of it",
    "evals/follow_ups.py": "what a follow-up must do, measure by measure",
    "evals/retrieval.py": "every measure, its floor and the report on them",
    "interviewer/interviews/conduct.py": "one turn's steps, which must be read in their order",
    "interviewer/workbench/coding/harness.py": "the one program that stands in the sandbox",
    "interviewer/store/engine.py": "two pools, their transactions and what outlives a cancelled caller",
    "interviewer/store/event_log.py": "append, its conflicts and its repeats are one transaction",
}
"""Files of the product over the soft limit, each with the reason why it is not cut in two."""


def lengths() -> dict[str, int]:
    return {name: text.count("\n") for name, text in texts(".py")}


def over_the_soft_limit() -> set[str]:
    return {
        name for name, lines in lengths().items() if lines > SOFT and not name.startswith("tests/")
    }


def test_no_file_passes_the_hard_limit() -> None:
    assert {name: lines for name, lines in lengths().items() if lines > HARD} == {}


def test_a_file_over_the_soft_limit_says_why() -> None:
    unexplained = over_the_soft_limit() - JUSTIFIED.keys()
    assert unexplained == set(), "cut it, or give the reason in JUSTIFIED"


def test_every_reason_belongs_to_a_file_that_exists() -> None:
    assert JUSTIFIED.keys() - lengths().keys() == set()
