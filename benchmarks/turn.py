"""A turn: what the product adds to the model's own first word, and what a round costs in tokens."""

import time
from typing import TYPE_CHECKING, cast

from benchmarks.answers import Answers
from benchmarks.candidate import Candidate, Heard
from benchmarks.figures import Figure, Section, exactly, median_of, quantile_of
from benchmarks.homes import scratch, warm_home
from benchmarks.processes import served
from benchmarks.round_tokens import round_tokens
from benchmarks.scripted import Request, Scripted, scripted_server
from interviewer.bootstrap import catalog

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletionMessageParam

TURNS = 60
WORDS = 150
LATENCY_S, TOKENS_PER_S = 0.2, 50.0
MEDIAN_MS, P95_MS = 60.0, 150.0
_UNHURRIED = 5_000.0
_MODEL = "gpt-5.4-mini"


def run() -> Section:
    """Measures turns through the product and calls without it, in turn, on one model server."""
    with scripted_server() as model:
        extra = {"OPENAI_BASE_URL": model.base_url, "OPENAI_API_KEY": "none"}
        with served(warm_home(), scratch("work"), **extra) as server:
            server.ready(warm=True)
            pairs = _Pairs(model, Candidate(server.port))
            for number in range(TURNS):
                pairs.measure(direct_first=number % 2 == 1)
            cost, notes = round_tokens(model, Candidate(server.port), pairs.answers)
    return Section(
        "A turn over the model",
        (*pairs.figures(), *cost),
        (
            f"{TURNS} answers of about {WORDS} words, no sentence said twice, posted to the API of "
            f"`interviewer serve`; the model server waits {LATENCY_S * 1000:.0f} ms and then writes "
            f"{TOKENS_PER_S:.0f} tokens a second. Each turn has a partner: the same request sent "
            "to the same server with the openai client, before or after it by turns. The overhead "
            "is the difference within each pair, so the model's latency drops out. Grading of a "
            "closed question has ended before the next answer is posted, as it would have while a "
            "candidate thinks; no turn is left out as warm-up.",
            *notes,
        ),
    )


class _Pairs:
    """Turns, each with a direct call beside it."""

    def __init__(self, model: Scripted, candidate: Candidate) -> None:
        import openai

        self._model = model
        self._candidate = candidate
        self._client = openai.OpenAI(base_url=model.base_url, api_key="none", max_retries=0)
        self.answers = Answers(catalog())
        self._question: str | None = None
        self._messages: list[Request] = [{"role": "user", "content": "Good morning."}]
        self._over_model: list[float] = []
        self._direct: list[float] = []
        self._calls: list[int] = []
        self._call_direct()  # the client imports most of itself with its first call

    def measure(self, *, direct_first: bool) -> None:
        """Takes one turn and one direct call, each on an idle server."""
        if self._question is None:
            self._model.begin(0.0, None)
            self._question = self._candidate.start(seed=0)
        direct = self._call_direct() if direct_first else None
        heard = self._turn(self._question)
        self._over_model.append(heard.first_token_at - heard.posted_at)
        self._direct.append(direct if direct is not None else self._call_direct())
        self._question = None if heard.is_over else heard.question

    def figures(self) -> list[Figure]:
        """The overhead, its two sides, and the calls before the first word."""
        through = [1000 * seconds for seconds in self._over_model]
        direct = [1000 * seconds for seconds in self._direct]
        added = [a - b for a, b in zip(through, direct, strict=True)]
        return [
            median_of("overhead of a turn, median", added, "ms", MEDIAN_MS),
            quantile_of("overhead of a turn, p95", added, 0.95, "ms", P95_MS),
            median_of("first word through the product", through, "ms"),
            median_of("first word from the model server itself", direct, "ms"),
            exactly("model requests before the first word", self._calls, 1),
        ]

    def _turn(self, question: str) -> Heard:
        self._model.begin(LATENCY_S, TOKENS_PER_S)
        heard = self._candidate.answer(self.answers.new(question, WORDS))
        # Grading starts only now; nobody waits for it, so the benchmark need not either.
        self._model.pace(_UNHURRIED)
        seen = self._model.idle()
        early = [request for request in seen if request["started_at"] <= heard.first_token_at]
        self._calls.append(len(early))
        self._messages = next(request["messages"] for request in seen if request["stream"])
        return heard

    def _call_direct(self) -> float:
        self._model.begin(LATENCY_S, TOKENS_PER_S)
        begun = time.monotonic()
        first = 0.0
        for chunk in self._client.chat.completions.create(
            model=_MODEL,
            messages=cast("list[ChatCompletionMessageParam]", self._messages),
            stream=True,
            stream_options={"include_usage": True},
        ):
            if not first and chunk.choices and chunk.choices[0].delta.content:
                first = time.monotonic() - begun
        return first
