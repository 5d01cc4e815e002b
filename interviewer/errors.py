"""Every error the product raises on purpose, split by what the caller does next.

InterviewerError
    ConfigError          fix a file: SettingError, SeedError, PromptError, SourceError
    InputError           fix what was sent: UnknownId, AnswerTooLong, NotText, DocumentRefused
    ModelError           no usable reply: ModelUnavailable (retry), ModelRefused (do not),
                         ModelOutputInvalid (ask once more), SpendLimitReached (stop)
    StoreError           database: WrongSequence (reload, decide again), MigrationFailed, StoreUnwritable
    IndexUnavailable     the passage index is missing or damaged: build it
    EvalError            a labelled set is malformed
    RuleBroken           asked for a step the interview forbids (an answer after the end)
    AccessDenied         no or wrong token, or somebody else's row

A message says what happened, where, with which value, and what to do. Command line and HTTP
translate at one place each.
"""


class InterviewerError(Exception):
    """Anything the product reports to a person instead of crashing."""


class ConfigError(InterviewerError):
    """A file or setting must be corrected."""


class SettingError(ConfigError):
    """A setting has a value that cannot work."""


class SeedError(ConfigError):
    """A seed file breaks its schema or names something that does not exist."""


class PromptError(ConfigError):
    """A prompt file is malformed, undeclared variables are used, or a locked version was edited."""


class SourceError(ConfigError):
    """A knowledge source is malformed or refers to a source that does not exist."""


class InputError(InterviewerError):
    """What the person sent cannot be used; they can correct it."""


class UnknownId(InputError):
    """No track, round, question, interview or source has this id."""


class AnswerTooLong(InputError):
    """The answer is longer than the limit; nothing was stored."""


class NotText(InputError):
    """The answer or file is not UTF-8 text."""


class DocumentRefused(InputError):
    """A document of the user's cannot be read safely."""


class ModelError(InterviewerError):
    """The model gave no usable reply.

    Attributes:
        kind: Short cause for the log, for example `rate_limit` or `truncated`.
        retryable: Whether the same call may succeed later.
        spent: What its requests used all the same; read it with `domain.usage.spent_by`.
    """

    kind = "model"
    retryable = False
    spent: object = None

    def __init__(
        self, message: str, *, kind: str | None = None, retryable: bool | None = None
    ) -> None:
        super().__init__(message)
        if kind is not None:
            self.kind = kind
        if retryable is not None:
            self.retryable = retryable


class ModelUnavailable(ModelError):
    """Connection, time-out, rate limit or server fault: retry later."""

    kind = "unavailable"
    retryable = True


class ModelRefused(ModelError):
    """The provider refused: a wrong key, no such model, filtered content. Do not retry."""

    kind = "refused"


class ModelOutputInvalid(ModelError):
    """A reply arrived and is truncated or off the schema: ask once more."""

    kind = "invalid_output"
    retryable = True


class SpendLimitReached(ModelError):
    """The configured limit of tokens or money is used up: stop calling the model."""

    kind = "spend_limit"


class StoreError(InterviewerError):
    """The database could not do what was asked."""


class WrongSequence(StoreError):
    """Somebody else appended first: reload the log and decide again."""


class MigrationFailed(StoreError):
    """The database schema could not be brought up to date."""


class StoreUnwritable(StoreError):
    """The disk is full or read-only; nothing was written."""


class IndexUnavailable(InterviewerError):
    """The passage index is missing or damaged; `interviewer index` builds it anew."""


class EvalError(InterviewerError):
    """A labelled set cannot be used; says which file and line."""


class CodeNotRun(InterviewerError):
    """A candidate's code could not be run, or must not be here; the interview goes on."""


class RuleBroken(InterviewerError):
    """The interview's rules forbid this step now."""


class AccessDenied(InterviewerError):
    """No access token, a wrong one, or a row that belongs to somebody else."""
