"""Fits what tells scattered terms from honest talk: `python -m evals.fit_scattered` prints the constants.

To fit, the answers of `datasets/answers_to_fit/` (honest) against the frames of
`datasets/stuffing_frames_to_fit.json`, each with one of the question's key terms; both classes weighted
alike, and the kinds of frames. Then what becomes of other answers, as in `evals.fit_strung`, and behind
the bank's weak examples of the frames that `evals.attacks` measures with. What it prints belongs into
`interviewer/engines/offline/scattered.py`.
"""

import json
from collections.abc import Sequence
from functools import cache

from evals.answers import is_test
from evals.bank import product
from evals.fit_strung import (
    FRAMES,
    Answers,
    Row,
    behind_weak,
    embedder,
    fitted,
    honest_to_fit,
    listed,
    others,
    rubric,
)
from evals.rewording import one_by_one, wordings
from interviewer.engines.offline.canonical import reworded, seen
from interviewer.engines.offline.said import SaidPoints, prepare_said
from interviewer.engines.offline.said_directions import shipped
from interviewer.engines.offline.scattered import scattered, signs_of, touches


def term_by_term(frames: Sequence[str], every: int = 1) -> Answers:
    """Every term, or every other one, in a sentence of its own; without the test half."""
    return [
        (one.id, one_by_one(one, frames, every=every))
        for one in product().catalog.questions.values()
        if not is_test(one.id)
    ]


def signs(answers: Answers) -> list[Row]:
    """What is measured of each sentence that touches terms, in the order of the constants."""
    found: list[Row] = []
    for question, text in answers:
        points, _ = rubric(question)
        said = said_about(question)
        if said is None:
            continue
        some = touches(points, reworded(seen([text])), said.talk)
        found += signs_of(points, some, said, embedder()) if some else []
    return found


@cache
def said_about(question_id: str) -> SaidPoints | None:
    """What candidates say about a question; None as in `sift`, where no words are foreign to it."""
    catalog = product().catalog
    question = catalog.question(question_id).as_asked
    if question.fills is not None:
        return None
    return prepare_said(question, catalog.said[question_id], shipped())


def shares_caught(answers: Answers) -> tuple[float, float]:
    """Of the answers, those with sentences that are no evidence, and those taken to scatter terms."""
    some = many = 0
    for question, text in answers:
        points, _ = rubric(question)
        found = scattered(points, reworded(seen([text])), said_about(question), embedder())
        some += bool(found.sentences)
        many += found.throughout
    return some / len(answers), many / len(answers)


def main() -> None:
    """Prints constants, and which answers are taken to scatter terms with those in use."""
    frames = json.loads(FRAMES.read_text(encoding="utf-8"))
    # Frames for terms apart have two places.
    kinds = {name: some for name, some in frames.items() if name != "apart"}
    honest = signs(honest_to_fit())
    made = [signs(term_by_term(some)) for some in kinds.values()]
    print(
        listed(fitted(honest, made, 1.0, standardised=True)),
        "= bias, foreign, touched, worded, beside, made, missed",
    )
    print(f"{len(honest)} honest sentences, {sum(map(len, made))} of stuffed answers")
    texts = wordings()
    short, longer = texts["stuffing_frames"], texts["stuffing_longer_frames"]
    shown = {"to fit": honest_to_fit()}
    shown |= {name: some for name, some in others().items() if not name.startswith("stuffing")}
    shown |= {f"frames to fit, {name}": term_by_term(some) for name, some in kinds.items()}
    shown |= {
        "frames by others, short": term_by_term(short),
        "frames by others, longer": term_by_term(longer),
        "frames by others, all": term_by_term([*short, *longer]),
        "frames by others, every other term": term_by_term([*short, *longer], every=2),
    }
    for name, some in shown.items():
        part, throughout = shares_caught(behind_weak(some) if name.startswith("frames") else some)
        print(f"{name}: {part:.3f} of {len(some)} in part, {throughout:.3f} throughout")


if __name__ == "__main__":
    main()
