"""Critique without a model: one answer at a time, and as many as one process can do."""

import asyncio
import time

from benchmarks.answers import Answers
from benchmarks.figures import Section, median_of, quantile_of, total_of
from benchmarks.homes import warm_home
from interviewer.bootstrap import Product, open_product
from interviewer.settings import Settings

WORDS = 250
ANSWERS = 100
AT_ONCE = 4
MEDIAN_MS = 150.0


def run() -> Section:
    """Measures `Product.critic` on answers that nothing has seen before."""
    return asyncio.run(_run())


async def _run() -> Section:
    chosen = Settings(home=warm_home(), engine="offline")
    async with open_product(chosen, store=False) as product:
        await product.warm()
        answers = Answers(product.catalog)
        alone = _tasks(answers)
        await _critique(product, alone[0])
        taken = []
        for task in alone[1:]:
            begun = time.perf_counter()
            await _critique(product, task)
            taken.append(1000 * (time.perf_counter() - begun))
        many = _tasks(answers)
        begun = time.perf_counter()
        queue = asyncio.Queue[tuple[str, str]]()
        for task in many:
            queue.put_nowait(task)
        await asyncio.gather(*(_worker(product, queue) for _ in range(AT_ONCE)))
        rate = len(many) / (time.perf_counter() - begun)
    words = sum(len(text.split()) for _, text in many) / len(many)
    figures = (
        median_of("critique of one answer, median", taken, "ms", MEDIAN_MS),
        quantile_of("critique of one answer, p95", taken, 0.95, "ms"),
        total_of("one after another", 1000 * len(taken) / sum(taken), "answers/s", "1 at a time"),
        total_of("on one process", rate, "answers/s", f"{AT_ONCE} at a time"),
    )
    note = (
        f"Answers of {words:.0f} words on average to {len(answers.questions)} questions, every "
        "sentence new, so no vector is remembered; the rubrics' vectors are, as in a server."
    )
    return Section("Critique without a model", figures, (note,))


def _tasks(answers: Answers) -> list[tuple[str, str]]:
    asked = answers.questions
    return [
        (question, answers.new(question, WORDS))
        for question in (asked[number % len(asked)] for number in range(ANSWERS))
    ]


async def _critique(product: Product, task: tuple[str, str]) -> None:
    found = await product.critic.critique(*task)
    if found.overall is None:
        raise RuntimeError(f"the answer to {task[0]} was not assessed")


async def _worker(product: Product, queue: "asyncio.Queue[tuple[str, str]]") -> None:
    while not queue.empty():
        await _critique(product, queue.get_nowait())
