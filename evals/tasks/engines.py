"""The engine under test: the product's own offline or model engine, or a negative control.

The model is reached through our `Chat`, `ModelAssessor` and `ModelSpeaker`, never through Inspect's
providers, so that what is measured is what a candidate meets.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from evals.bank import offline
from evals.rehearsal import ReadsRounds
from evals.tasks.controls import CONTROLS
from interviewer.bootstrap import Product
from interviewer.domain.assessment import Assessment
from interviewer.domain.interview import Exchange
from interviewer.domain.usage import Fallback
from interviewer.engines.model.assessor import ModelAssessor
from interviewer.engines.model.speaker import ModelSpeaker
from interviewer.engines.offline.speaker import OfflineSpeaker, spoken
from interviewer.engines.protocols import Assessor, Scene, Speaker
from interviewer.errors import EvalError, ModelError, SettingError
from interviewer.paths import shipped
from interviewer.prompting.library import PromptLibrary
from interviewer.settings import Settings, read_settings

ENGINES = ("offline", "model", *CONTROLS)

REPLY_FAULTS = frozenset(
    {
        "bad_json",
        "content_filter",
        "empty",
        "invalid_output",
        "length",
        "no_evidence",
        "off_schema",
        "refusal",
    }
)
"""What a model did wrong in a reply: the product then goes on offline, and so does the run, which
counts it. Every other failure is the endpoint's and stops the run, or a dead server would pass for
a good offline engine."""


class Engine(NamedTuple):
    """What is measured, with the product around it."""

    name: str
    product: Product
    assessor: Assessor
    speaker: Speaker
    reader: ReadsRounds
    """Reads every turn at once, so that the rules can choose the next move."""
    votes: int = 1
    """Votes that the assessor really takes."""

    async def assess(self, exchange: Exchange) -> Assessment:
        """The assessment, by the offline engine where the model's reply was unusable.

        Raises:
            ModelError: The endpoint failed or the spend limit is reached; the run stops.
        """
        try:
            found = await self.assessor.assess(exchange)
        except ModelError as error:
            if error.kind not in REPLY_FAULTS:
                raise
            stands_in = Fallback.of(error)
        else:
            # The product goes on with the votes it has; a run would mix exchanges of one vote and
            # of three, so it stops and can be taken up again.
            for vote in found.votes:
                if vote.failed and vote.failed not in REPLY_FAULTS:
                    raise ModelError(f"a vote failed: {vote.failed}", kind=vote.failed)
            return found
        found = await self.product.reader.assess(exchange)
        return found.model_copy(update={"fallback": stands_in})

    async def say(self, scene: Scene) -> "Line":
        """The line as a candidate hears it: the offline one where the model's was unusable.

        Raises:
            ModelError: As `assess`.
        """
        speech, said, stands_in = self.speaker.say(scene), "", False
        try:
            async for piece in speech:
                said += piece
        except ModelError as error:
            if error.kind not in REPLY_FAULTS:
                raise
            said, stands_in = spoken(scene), True
        tokens = speech.usage.prompt_tokens + speech.usage.completion_tokens
        return Line(said.strip(), tokens, stands_in)


class Line(NamedTuple):
    """Something the interviewer said."""

    text: str
    tokens: int
    stands_in: bool
    """Whether it is the offline speaker's, in the place of an unusable reply."""


@cache
def open_engine(
    engine: str = "offline", votes: int = 1, spend_limit_tokens: int | None = None
) -> Engine:
    """The engine of that name, one per process, so that all tasks of a process share one limit.

    Args:
        engine: One of `ENGINES`.
        votes: How often the model judges an exchange; other engines judge once.
        spend_limit_tokens: Most tokens that a model may use, prompts and replies together; None
            takes INTERVIEWER_SPEND_LIMIT_TOKENS.

    Raises:
        EvalError: No such engine, or a number below 1.
        SettingError: A model without a spend limit, or without an address and a key.
    """
    if engine not in ENGINES:
        raise EvalError(f"there is no engine {engine!r}: use one of {', '.join(ENGINES)}")
    if votes < 1 or (spend_limit_tokens is not None and spend_limit_tokens < 1):
        raise EvalError("votes and spend_limit_tokens must be 1 or more")
    settings = read_settings()
    if engine == "model":
        return _model(settings, votes, spend_limit_tokens or settings.spend_limit_tokens)
    product = _offline(settings.home)
    if engine in CONTROLS:
        control = CONTROLS[engine](product.reader)
        return Engine(engine, product, control, OfflineSpeaker(), control)
    return Engine(engine, product, product.reader, OfflineSpeaker(), product.reader)


@cache
def _offline(home: Path) -> Product:
    """One product for all engines without a model: they share what is embedded."""
    return Product(offline(read_settings()).model_copy(update={"home": home}), None)


def _model(settings: Settings, votes: int, limit: int | None) -> Engine:
    if limit is None:
        raise SettingError(
            "engine=model spends money: state the most tokens it may use with "
            "-T spend_limit_tokens=N or INTERVIEWER_SPEND_LIMIT_TOKENS"
        )
    if not settings.openai_base_url and not settings.openai_api_key:
        raise SettingError("engine=model needs OPENAI_BASE_URL or OPENAI_API_KEY")
    chosen = settings.model_copy(update={"engine": "model", "spend_limit_tokens": limit})
    product, prompts = Product(chosen, None), PromptLibrary(shipped("prompts"))
    assessor = ModelAssessor(product.models.grading, prompts, product.reader, votes=votes)
    speaker = ModelSpeaker(product.models.speaking, prompts)
    return Engine("model", product, assessor, speaker, product.reader, votes)
