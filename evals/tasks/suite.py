"""The works of the suite, by name."""

from evals.tasks import follow_ups, grading, groundedness, persona, retrieval, robustness
from evals.tasks.work import Work
from interviewer.errors import EvalError

WORKS: dict[str, Work] = {
    work.name: work
    for work in (
        grading.WORK,
        robustness.WORK,
        follow_ups.WORK,
        retrieval.WORK,
        persona.WORK,
        groundedness.WORK,
    )
}


def work_named(name: str) -> Work:
    """The work of that name.

    Raises:
        EvalError: There is none.
    """
    if name not in WORKS:
        raise EvalError(f"there is no task {name!r}: use one of {', '.join(WORKS)}")
    return WORKS[name]
