"""Fits what tells scattered terms from honest talk: `python -m evals.fit_scattered` prints the constants.

To fit, the answers of `datasets/answers_to_fit/` (honest) against the frames of
`datasets/stuffing_frames_to_fit.json`, each with one of the question's key terms, behind the bank's weak
examples; both classes weighted alike, and the kinds of frames. Then what becomes of other answers, as in
`evals.fit_strung`, and of the frames that `evals.attacks` measures with. What it prints belongs into
`interviewer/engines/offline/scattered.py`.
"""

import json
from collections.abc import Sequence

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
from interviewer.engines.offline.scattered import nearness, scattered, touches


def term_by_term(frames: Sequence[str], every: int = 1) -> Answers:
    """Every term, or every other one, in a sentence of its own behind a weak answer; without the test half."""
    questions = product().catalog.questions.values()
    return behind_weak([(one.id, one_by_one(one, frames, every=every)) for one in questions])


def signs_of(answers: Answers) -> list[Row]:
    """What is measured of each sentence that touches terms, in the order of the constants."""
    found: list[Row] = []
    for question, text in answers:
        points, talk = rubric(question)
        some = touches(points, reworded(seen([text])), talk)
        if some:
            near = nearness(points, some, embedder())
            found += [one.signs(it) for one, it in zip(some, near, strict=True)]
    return found


def shares_caught(answers: Answers) -> tuple[float, float]:
    """Of the answers, those with sentences that are no evidence, and those taken to scatter terms."""
    some = many = 0
    for question, text in answers:
        points, talk = rubric(question)
        known = talk if product().catalog.question(question).fills is None else None
        found = scattered(points, reworded(seen([text])), known, embedder())
        some += bool(found.sentences)
        many += found.throughout
    return some / len(answers), many / len(answers)


def main() -> None:
    """Prints constants, and which answers are taken to scatter terms with those in use."""
    frames = json.loads(FRAMES.read_text(encoding="utf-8"))
    # Frames for terms apart have two places.
    kinds = {name: some for name, some in frames.items() if name != "apart"}
    honest = signs_of(honest_to_fit())
    made = [signs_of(term_by_term(some)) for some in kinds.values()]
    print(
        listed(fitted(honest, made, 1.0, standardised=True)),
        "= bias, near, known, foreign, touched, words",
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
        part, throughout = shares_caught(some)
        print(f"{name}: {part:.3f} of {len(some)} in part, {throughout:.3f} throughout")


if __name__ == "__main__":
    main()
