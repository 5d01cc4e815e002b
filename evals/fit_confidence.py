"""Fits the confidence of the search: `python -m evals.fit_confidence` prints the constants.

On the calibration split of `retrieval.jsonl` and the questions of `unanswerable_neighbours.txt`;
the test split is not read. Logistic regression (L2, C = 1) on standardised signs, both classes
weighted alike; the same input gives the same numbers. What it prints belongs into
`interviewer/knowledge/confidence.py`.
"""

import asyncio
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from evals.answers import DATASETS
from evals.bank import product
from evals.retrieval_set import load_queries
from interviewer.bootstrap import Product

NEIGHBOURS = DATASETS / "unanswerable_neighbours.txt"
FLOORS = (0.25, 0.30, 0.35, 0.40, 0.45, 0.50, 0.55)
"""For which the shares are printed; `confidence.FLOOR` is one of them."""
SIGNS = ("first", "lead", "covered", "named")


def neighbours() -> list[str]:
    """Questions next to the subjects of the sources that these do not answer."""
    lines = NEIGHBOURS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


async def signs_of(made: Product, queries: Sequence[str]) -> NDArray[np.float64]:
    """The signs of each question, shape (n, 4)."""
    rows = []
    for query in queries:
        signs = (await made.search(query)).signs
        if signs is not None:
            rows.append([getattr(signs, name) for name in SIGNS])
    return np.array(rows, float)


def main() -> None:
    """Prints constants and how well they tell the questions apart."""
    made = product()
    split = [q for q in load_queries(set(made.library.passages)) if q.split == "calibration"]
    queries = [one.query for one in split] + (more := neighbours())
    truth = np.array([bool(one.relevant) for one in split] + [False] * len(more))
    signs = asyncio.run(signs_of(made, queries))
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, class_weight="balanced"))
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    held_out = cross_val_predict(model, signs, truth, cv=folds, method="decision_function")
    model.fit(signs, truth)
    scaler, fitted = model[0], model[1]
    weights = fitted.coef_[0] / scaler.scale_
    bias = float(fitted.intercept_[0] - weights @ scaler.mean_)
    sure = 1 / (1 + np.exp(-(bias + signs @ weights)))
    ours = len(split)
    print(", ".join(f"{v:.2f}" for v in (bias, *weights)), "= bias,", ", ".join(SIGNS))
    print(f"area under the curve, five folds: {roc_auc_score(truth, held_out):.3f} of all,")
    print(f"  {roc_auc_score(truth[:ours], held_out[:ours]):.3f} of the calibration split")
    kinds = [one.distance or "unsorted" for one in split] + ["neighbours"] * len(more)
    for kind in dict.fromkeys(kinds):
        chosen = truth | (np.array(kinds) == kind)
        if not truth[chosen].all():
            print(f"  {roc_auc_score(truth[chosen], held_out[chosen]):.3f} against {kind}")
    groups = {kind: ~truth & (np.array(kinds) == kind) for kind in dict.fromkeys(kinds)}
    for name, chosen in (("answered", truth), *groups.items()):
        shares = [f"{floor:.2f}: {np.mean(sure[chosen] >= floor):.2f}" for floor in FLOORS]
        print(f"{chosen.sum()} {name}, share from each floor on: {', '.join(shares)}")


if __name__ == "__main__":
    main()
