"""The offline assessor's fitted numbers: data with provenance, refitted by `make fit`.

The file keeps, beside the fit on all example answers, one fit for each question with that
question's own examples left out. A question of the bank is always graded with the fit that has
not seen its examples, so what the example answers score is an honest figure.
"""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from pydantic import Field

from interviewer.domain.value import Value
from interviewer.domain.verdict import Met
from interviewer.errors import SeedError

CLASSES = (Met.NO, Met.PARTLY, Met.YES)
_SAID = "said_near"
"""A feature that is measured only where a question has lines of what candidates say (`said`)."""


class Fit(Value):
    """A multinomial logistic model over named features."""

    features: tuple[str, ...]
    weights: tuple[tuple[float, ...], ...] = Field(
        description="Shape (3, n_features): no, partly, yes."
    )
    bias: tuple[float, float, float]

    def probabilities(self, values: Mapping[str, float]) -> tuple[float, float, float]:
        """Probability of no, partly and yes; they add up to 1."""
        row = [values[name] for name in self.features]
        scores = [
            b + sum(w * x for w, x in zip(weights, row, strict=True))
            for weights, b in zip(self.weights, self.bias, strict=True)
        ]
        top = max(scores)
        raised = [math.exp(score - top) for score in scores]
        total = sum(raised)
        return (raised[0] / total, raised[1] / total, raised[2] / total)


class Variant(Value):
    """The fits for one set of features."""

    all: Fit
    held_out: dict[str, Fit] = Field(description="By question: fitted without its examples.")


class FlagFit(Value):
    """A logistic model: how likely a sentence is to deserve a red flag."""

    features: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float

    def probability(self, values: Mapping[str, float]) -> float:
        """In [0, 1]."""
        score = self.bias + sum(
            weight * values[name] for weight, name in zip(self.weights, self.features, strict=True)
        )
        return 1 / (1 + math.exp(-score))


class FlagRule(Value):
    """When a red flag is raised."""

    all: FlagFit
    held_out: dict[str, FlagFit] = Field(description="By question: fitted without its examples.")
    least_probability: float = Field(description="With embeddings.")
    least_recall: float = Field(description="Without: idf recall of one way of saying it.")

    def fit(self, question: str) -> FlagFit:
        """The fit for a question: one that has not seen its examples."""
        return self.held_out.get(question, self.all)


class GapRule(Value):
    """What a good answer lacks.

    Its fit has seen strong and good answers only, and points that were cut out of such: there the
    question is no longer how much is there but which one thing is not.
    """

    all: Fit
    held_out: dict[str, Fit] = Field(description="By question: fitted without its examples.")
    least_coverage: float = Field(description="By the verdicts, from which it is asked.")
    lift: float = Field(
        default=0.0,
        description="Log odds added to every chance, so that the rules' thresholds suit this fit, too.",
    )
    hard_to_see: dict[str, dict[str, float]] = Field(
        default_factory=dict,
        description="By question and point, log odds taken off: some points look missing where they are "
        "made, and others made where they are missing.",
    )

    def missing(self, question: str, point: str, values: Mapping[str, float]) -> float:
        """How likely it is that a point lacks something, in [0, 1]: a no, or half of a partly."""
        chance = self.unlifted(question, values)
        own = self.hard_to_see.get(question, {}).get(point, 0.0)
        raised = chance * math.exp(self.lift - own)
        return raised / (raised + 1 - chance)

    def unlifted(self, question: str, values: Mapping[str, float]) -> float:
        """The same as the fit has it."""
        no, partly, _ = self.held_out.get(question, self.all).probabilities(values)
        return no + 0.5 * partly


class Parameters(Value):
    """Everything fitted, and where it came from."""

    provenance: dict[str, str | int | float]
    full: Variant
    lexical: Variant
    said: Variant = Field(description="For questions with lines of what candidates say.")
    flag: FlagRule
    gap: GapRule
    said_gap: GapRule = Field(description="Likewise.")
    evidence_floor: float = Field(description="Cosine below which nothing counts as evidence.")
    off_topic_floor: float = Field(description="An answer whose best cosine is below is off topic.")

    def fit(self, question: str, values: Mapping[str, float], *, dense: bool) -> Fit:
        """The fit to grade a question with: one that has not seen its examples.

        Args:
            question: Its id.
            values: What was measured; it tells whether there are lines of what candidates say.
            dense: Whether there are embeddings.
        """
        variant = self.said if _SAID in values else self.full if dense else self.lexical
        return variant.held_out.get(question, variant.all)

    def gap_rule(self, values: Mapping[str, float]) -> GapRule:
        """The rule for what a good answer lacks; see `fit`."""
        return self.said_gap if _SAID in values else self.gap


@cache
def load_parameters(path: Path) -> Parameters:
    """Reads the parameter file.

    Raises:
        SeedError: It is missing or malformed; `make fit` writes it.
    """
    try:
        return Parameters.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise SeedError(
            f"{path.name}: the offline assessor's parameters cannot be read ({error}); run `make fit`"
        ) from error


def decide(probabilities: Sequence[float]) -> tuple[Met, float]:
    """The verdict and its confidence in [0, 1].

    The verdict is the class nearest to the expected credit, which, unlike the likeliest class,
    never jumps over `partly`.
    """
    no, partly, yes = probabilities
    expected = 0.5 * partly + yes
    met = Met.NO if expected < NO_BELOW else Met.YES if expected >= YES_FROM else Met.PARTLY
    confidence = {Met.NO: no, Met.PARTLY: partly, Met.YES: yes}[met]
    return met, confidence


NO_BELOW = 0.30
YES_FROM = 0.60


def parameters_file() -> Path:
    """Where the fitted numbers lie: inside the package."""
    return Path(__file__).with_name("parameters.json")
