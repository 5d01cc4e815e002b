"""The bank's own strong, middling and weak answers, taken through whole rounds unattended."""

import json
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from tests.cli.running import ROUND, example, run

# Three whole rounds are sat first.
pytestmark = pytest.mark.slow

QUALITIES = ("strong", "middling", "weak")


@pytest.fixture(scope="module")
def cards(models_home: Path) -> dict[str, Any]:
    """A scorecard by quality; a round is sat once, whichever worker comes first."""
    folder = models_home.parent / "better-answers"
    folder.mkdir(exist_ok=True)
    found = {}
    for quality in QUALITIES:
        with FileLock(folder / f"{quality}.lock"):
            kept = folder / f"{quality}.json"
            if not kept.exists():
                kept.write_text(sit(quality, folder, models_home))
            found[quality] = json.loads(kept.read_text())
    return found


def sit(quality: str, folder: Path, models_home: Path) -> str:
    home = folder / f"home-{quality}"
    home.mkdir(exist_ok=True)
    (home / "models").symlink_to(models_home / "models")
    bank = run("questions", *ROUND, "--json", cwd=folder).document
    answers = folder / f"{quality}.txt"
    answers.write_text("\n---\n".join(example(question, quality) for question in bank))
    ran = run(
        "chat", *ROUND, "--answers", answers, "--json",
        cwd=folder, environment={"INTERVIEWER_HOME": str(home)},
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def test_strong_answers_stand_a_level_above_middling_and_these_above_weak(
    cards: dict[str, Any],
) -> None:
    strong, middling, weak = (cards[quality]["overall"] for quality in QUALITIES)
    assert strong - middling >= 1.0
    assert middling - weak >= 1.0


def test_only_strong_answers_go_forward(cards: dict[str, Any]) -> None:
    outcomes = {quality: card["outcome"] for quality, card in cards.items()}
    assert outcomes["strong"] == "advance"
    assert outcomes["weak"] == "screened-out"


@pytest.mark.parametrize("quality", QUALITIES)
def test_every_question_is_asked_once_and_answered_with_its_own_block(
    cards: dict[str, Any], quality: str
) -> None:
    bank = {question["id"]: question for question in bank_of_the_round()}
    asked = [question["question"] for question in cards[quality]["questions"]]
    assert sorted(asked) == sorted(bank)
    for question in cards[quality]["questions"]:
        assert question["answers"][0] == example(bank[question["question"]], quality).strip()


@pytest.mark.parametrize("quality", QUALITIES)
def test_every_quote_stands_in_the_answer_at_its_offsets(
    cards: dict[str, Any], quality: str
) -> None:
    quoted = 0
    for question in cards[quality]["questions"]:
        for found in (*question["points"], *question["red_flags"], *question["currency"]):
            if found["quote"] is None:
                assert (found["answer"], found["start"], found["end"]) == (None, None, None)
                continue
            answer = question["answers"][found["answer"]]
            assert answer[found["start"] : found["end"]] == found["quote"]
            quoted += 1
    assert quoted > (20 if quality != "weak" else 0)


@pytest.mark.parametrize("quality", QUALITIES)
def test_what_is_met_is_quoted_and_what_is_missing_is_not(
    cards: dict[str, Any], quality: str
) -> None:
    for question in cards[quality]["questions"]:
        for point in question["points"]:
            assert (point["quote"] is not None) == (point["met"] in ("yes", "partly")), point


@pytest.mark.parametrize("quality", QUALITIES)
def test_every_citation_is_a_passage(cards: dict[str, Any], quality: str) -> None:
    from interviewer.knowledge.sources import load_sources
    from interviewer.paths import shipped

    passages = load_sources(shipped("knowledge")).passages
    for question in cards[quality]["questions"]:
        cited = [c for point in question["points"] for c in point["citations"]]
        cited += [flag["citation"] for flag in question["currency"]]
        assert cited
        assert [c for c in cited if c not in passages] == []


def test_every_follow_up_has_its_reason(cards: dict[str, Any]) -> None:
    lines = [
        line
        for card in cards.values()
        for question in card["questions"]
        for line in question["transcript"]
        if line["speaker"] == "interviewer"
    ]
    assert all(line["reason"] for line in lines)
    assert any(line["move"] == "probe" for line in lines)


def bank_of_the_round() -> Any:
    return run("questions", *ROUND, "--json").document
