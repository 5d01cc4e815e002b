"""How long to wait before the same request is sent again, if at all."""

import random

from interviewer.llm.failures import Failure

LONGEST_WAIT_S = 8.0
"""A candidate waits no longer for a retry; if the server asks for more, the caller is told at once
and can go on offline."""
_FIRST_WAIT_S = 0.5
# Spreads the retries of a batch; nothing is protected by it.
_JITTER = random.Random()  # noqa: S311


def pause_s(failure: Failure, attempt: int, tries: int, left_s: float) -> float | None:
    """Seconds to wait before the next attempt, or None to give up now.

    Doubles from half a second, with a quarter of jitter either way. A Retry-After of the server's is
    kept to exactly; where it is longer than 8 s or than the time left, giving up early is better
    than a request known to fail.

    Args:
        failure: What went wrong.
        attempt: The attempt that failed, from 1.
        tries: Attempts allowed.
        left_s: Seconds left to the deadline.
    """
    if not failure.error.retryable or attempt >= tries:
        return None
    wait_s = failure.retry_after_s
    if wait_s is None:
        doubled = _FIRST_WAIT_S * 2 ** (attempt - 1)
        wait_s = min(LONGEST_WAIT_S, doubled * _JITTER.uniform(0.75, 1.25))
    return wait_s if wait_s <= LONGEST_WAIT_S and wait_s < left_s else None
