# mypy: disallow-untyped-decorators=False
"""The suite as Inspect AI tasks: `inspect eval evals/tasks/with_inspect.py@grading --model none`.

Options, each with `-T`: engine=offline|model, half=test|calibration|all, votes=N, and, required with
engine=model, spend_limit_tokens=N. Inspect's own model is never called. Whatever fails in an
endpoint fails the sample, and so the run: `inspect eval-retry LOG` goes on where it stopped.
"""

from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any

from evals.tasks.engines import open_engine
from evals.tasks.record import Case, Record
from evals.tasks.suite import work_named
from interviewer.errors import InterviewerError

# By name, because `make check` has to pass where the dependency group is not installed.
inspect_ai: Any = import_module("inspect_ai")
model: Any = import_module("inspect_ai.model")
scorers: Any = import_module("inspect_ai.scorer")

PrerequisiteError: Any = import_module("inspect_ai._util.error").PrerequisiteError

task = inspect_ai.task
solver = import_module("inspect_ai.solver").__dict__["solver"]
scorer, metric = scorers.scorer, scorers.metric

Step = Callable[[Any, Any], Awaitable[Any]]


@solver
def under_test(work: str, engine: str, votes: int, spend_limit_tokens: int | None) -> Step:
    """Runs a sample's case on the engine and keeps the record in the sample's store."""

    async def solve(state: Any, _generate: Any) -> Any:
        case = Case.model_validate(state.metadata["case"])
        opened = open_engine(engine, votes, spend_limit_tokens)
        record = await work_named(work).record(case, opened)
        state.store.set("record", record.model_dump())
        said = record.facts.get("said") or record.facts.get("level") or ""
        state.output = model.ModelOutput.from_content(opened.name, str(said))
        return state

    return solve


@metric
def measured(work: str) -> Callable[[list[Any]], dict[str, float]]:
    """Every measure of the work, over all samples."""

    def compute(scores: list[Any]) -> dict[str, float]:
        records = [Record.model_validate(one.score.metadata["record"]) for one in scores]
        return work_named(work).measures(records) if records else {}

    return compute


def checked(work: str) -> Any:
    """A scorer with the metrics of the work."""

    @scorer(metrics=[scorers.mean(), measured(work)], name="checked")
    def check() -> Step:
        async def score(state: Any, _target: Any) -> Any:
            record = state.store.get("record")
            facts = record["facts"]
            return scorers.Score(
                value=work_named(work).passed(facts),
                answer=state.output.completion,
                metadata={"record": record},
            )

        return score

    return check()


def made(name: str, engine: str, half: str, votes: int, spend_limit_tokens: int | None) -> Any:
    """The Inspect task of a work.

    Raises:
        PrerequisiteError: A model without a spend limit, a malformed set, an impossible option.
    """
    try:
        work, opened = work_named(name), open_engine(engine, votes, spend_limit_tokens)
        cases = work.cases(opened.product, half)
    except InterviewerError as error:
        raise PrerequisiteError(str(error)) from None
    samples = [
        inspect_ai.dataset.Sample(
            input=case.input,
            target=case.target,
            id=case.id,
            metadata={"case": case.model_dump(), "group": case.group},
        )
        for case in cases
    ]
    chat = opened.product.settings.model if opened.name == "model" else None
    return inspect_ai.Task(
        name=name,
        dataset=inspect_ai.dataset.MemoryDataset(samples, name=f"{name}-{half}"),
        solver=under_test(name, engine, votes, spend_limit_tokens),
        scorer=checked(name),
        model=None,
        metadata={"about": work.about, "model": chat, "votes": opened.votes, "half": half},
    )


@task
def grading(
    engine: str = "offline",
    half: str = "test",
    votes: int = 1,
    spend_limit_tokens: int | None = None,
) -> Any:
    """Verdicts and levels against the labelled answers."""
    return made("grading", engine, half, votes, spend_limit_tokens)


@task
def robustness(
    engine: str = "offline",
    half: str = "test",
    votes: int = 1,
    spend_limit_tokens: int | None = None,
) -> Any:
    """Answers that must not be rewarded, or must not be punished."""
    return made("robustness", engine, half, votes, spend_limit_tokens)


@task
def follow_ups(
    engine: str = "offline",
    half: str = "test",
    votes: int = 1,
    spend_limit_tokens: int | None = None,
) -> Any:
    """Follow-ups go where something is missing, stand on what was said, give nothing away."""
    return made("follow_ups", engine, half, votes, spend_limit_tokens)


@task
def retrieval(
    engine: str = "offline",
    half: str = "test",
    votes: int = 1,
    spend_limit_tokens: int | None = None,
) -> Any:
    """The product's search against labelled questions."""
    return made("retrieval", engine, half, votes, spend_limit_tokens)


@task
def persona(
    engine: str = "offline",
    half: str = "test",
    votes: int = 1,
    spend_limit_tokens: int | None = None,
) -> Any:
    """What is said stays in character, whatever the candidate says."""
    return made("persona", engine, half, votes, spend_limit_tokens)


@task
def groundedness(
    engine: str = "offline",
    half: str = "test",
    votes: int = 1,
    spend_limit_tokens: int | None = None,
) -> Any:
    """Every quote was said, every citation exists, every sentence belongs to a verdict."""
    return made("groundedness", engine, half, votes, spend_limit_tokens)
