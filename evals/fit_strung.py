"""Fits what tells strung terms from honest talk: `python -m evals.fit_strung` prints the constants.

To fit, the answers of `datasets/answers_to_fit/` (honest) against the frames of
`datasets/stuffing_frames_to_fit.json` with every point's key terms in them; both classes weighted
alike, and the kinds of frames. For answers all honest ones that no test is made of, against those texts
behind the bank's weak examples. Then what becomes of other answers: the bank's examples, the calibration half, and frames by
others, which are those that `evals.attacks` measures with. What it prints belongs into
`interviewer/engines/offline/strung.py`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import numpy as np
from sklearn.linear_model import LogisticRegression

from evals.answers import DATASETS, is_test, load_answers
from evals.bank import product
from evals.full_answers import answers_to_fit, full_answers
from evals.rewording import wordings, woven
from interviewer.domain.question import Quality
from interviewer.engines.offline.canonical import reworded, seen
from interviewer.engines.offline.features import Reference, prepare_point
from interviewer.engines.offline.lexicon import Lexicon
from interviewer.engines.offline.said import talk_about
from interviewer.engines.offline.strung import (
    LEAST_SUSPECTED,
    Naming,
    answer_signs,
    naming,
    strung,
    suspects,
)
from interviewer.errors import EvalError
from interviewer.knowledge.embedding import Embedder

FRAMES = DATASETS / "stuffing_frames_to_fit.json"

Row = Sequence[float]
Answers = Sequence[tuple[str, str]]
"""Each with the id of its question."""


def honest_to_fit() -> Answers:
    """Answers that make every point of their question."""
    return [(told.question, told.text) for told in answers_to_fit(product().catalog)]


def stuffed(frames: Sequence[str]) -> Answers:
    """For each question of the bank a text that names all its terms and says nothing."""
    return [(one.id, woven(one, frames)) for one in product().catalog.questions.values()]


@cache
def rubric(question_id: str) -> tuple[Sequence[Reference], frozenset[str]]:
    """The points of a question, prepared, and the talk about it."""
    catalog, rubrics = product().catalog, product().embedders.rubrics
    question = catalog.question(question_id)
    embed = rubrics.embed if rubrics else None
    points = [prepare_point(point, question, Lexicon([]), embed) for point in question.points]
    return points, talk_about(question.points, catalog.said[question_id])


def sentences_of(answers: Answers) -> Iterator[Naming]:
    """How the sentences that name two groups or more of one point do so."""
    for question, text in answers:
        points, talk = rubric(question)
        for span in reworded(seen([text])):
            found = naming(points, span.text, talk)
            if found is not None:
                yield found


def embedder() -> Embedder:
    """The model that candidates' sentences are compared with."""
    model = product().embedders.sentences
    if model is None:
        raise EvalError("the embedding model is not installed (group `minilm`)")
    return model


def others() -> Mapping[str, Answers]:
    """Answers that nothing is fitted to."""
    catalog, texts = product().catalog, wordings()
    known = [one for one in load_answers(catalog) if not is_test(one.question)]
    found: dict[str, list[tuple[str, str]]] = {}
    for one in known:
        found.setdefault(f"labelled, {one.quality.value}", []).append((one.question, one.answer))
    found["full"] = [
        (o.question, o.answer) for o in full_answers(catalog) if not is_test(o.question)
    ]
    for question in catalog.questions.values():
        for example in question.examples:
            name = f"example, {example.quality.value}"
            found.setdefault(name, []).append((question.id, example.answer))
    for name in ("stuffing_frames", "stuffing_longer_frames", "stuffing_apart_frames"):
        found[name] = [one for one in stuffed(texts[name]) if not is_test(one[0])]
    return found


def share_caught(answers: Answers) -> float:
    """Of the answers, those from which sentences are left out, in [0, 1]."""
    caught = 0
    for question, text in answers:
        points, talk = rubric(question)
        # As in `sift`: about one's own document no words are foreign.
        known = talk if product().catalog.question(question).fills is None else None
        caught += bool(strung(points, reworded(seen([text])), known, embedder()))
    return caught / len(answers)


def suspicious(answers: Answers) -> list[Row]:
    """What is measured of each answer with suspected sentences enough, in the order of the constants."""
    found: list[Row] = []
    for question, text in answers:
        if product().catalog.question(question).fills is not None:
            continue
        points, talk = rubric(question)
        suspected = suspects(points, reworded(seen([text])), talk)
        if len(suspected) >= LEAST_SUSPECTED:
            found.append(answer_signs(suspected, embedder()))
    return found


def fitted(
    honest: Sequence[Row], kinds: Sequence[Sequence[Row]], c: float, *, standardised: bool
) -> list[float]:
    """Bias and weights; honest and made rows weighted alike, and the kinds of what is made."""
    rows = np.array([*honest, *(row for kind in kinds for row in kind)], float)
    weights = [1.0] * len(honest)
    for kind in kinds:
        weights += [len(honest) / len(kinds) / len(kind)] * len(kind)
    truth = [False] * len(honest) + [True] * (len(rows) - len(honest))
    mean, scale = rows.mean(axis=0), rows.std(axis=0) if standardised else 1.0
    model = LogisticRegression(C=c, max_iter=3000)
    model.fit((rows - mean) / scale, truth, sample_weight=weights)
    slopes = model.coef_[0] / scale
    return [float(model.intercept_[0] - slopes @ mean), *map(float, slopes)]


def main() -> None:
    """Prints constants, and which answers are taken to string terms with those in use."""
    frames = json.loads(FRAMES.read_text(encoding="utf-8"))
    honest = [one.signs for one in sentences_of(honest_to_fit())]
    kinds = [[one.signs for one in sentences_of(stuffed(some))] for some in frames.values()]
    print(
        listed(fitted(honest, kinds, 1.0, standardised=False)),
        "= bias, share, groups, known, foreign, beside",
    )
    print(f"{len(honest)} honest sentences, {sum(map(len, kinds))} woven ones")
    shown = {"to fit": honest_to_fit(), **others()}
    answers = [
        one for name, some in shown.items() if not name.startswith("stuffing") for one in some
    ]
    made = [suspicious(behind_weak(stuffed(some))) for some in frames.values()]
    found = suspicious(answers)
    print(listed(fitted(found, made, 10.0, standardised=True)), "= bias, near, mean odds, each")
    print(
        f"{len(found)} of {len(answers)} honest answers, {sum(map(len, made))} with woven sentences"
    )
    for name, some in shown.items():
        said = behind_weak(some) if name.startswith("stuffing") else some
        print(f"{name}: {share_caught(said):.3f} of {len(said)} taken to string terms")


def behind_weak(answers: Answers) -> Answers:
    """The texts behind the bank's own weak example of their question; without the test half."""
    catalog = product().catalog
    weak = {
        question.id: one.answer
        for question in catalog.questions.values()
        for one in question.examples
        if one.quality is Quality.WEAK
    }
    return [
        (question, f"{weak[question]} {text}")
        for question, text in answers
        if not is_test(question)
    ]


def listed(values: Iterable[float]) -> str:
    """Numbers as constants are written."""
    return ", ".join(f"{value:.2f}" for value in values)


if __name__ == "__main__":
    main()
