"""What cannot be a program or a query is refused before anything is started or stored."""

from interviewer.domain.sql_problem import MOST_CHARACTERS
from interviewer.errors import AnswerTooLong, NotText


def checked_submission(text: str, what: str) -> None:
    """Refuses a text that cannot be one.

    Args:
        text: As it was sent.
        what: `code` or `query`, for the message.

    Raises:
        NotText: It is binary, or there is nothing in it.
        AnswerTooLong: It is longer than `MOST_CHARACTERS`.
    """
    if not text.strip():
        raise NotText(f"there is no {what} in it")
    if len(text) > MOST_CHARACTERS:
        raise AnswerTooLong(
            f"the {what} has {len(text):,} characters; {MOST_CHARACTERS:,} are the limit"
        )
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise NotText(f"the {what} is not UTF-8 text") from None
    if any(ord(c) < ord(" ") and c not in "\n\r\t\f" for c in text):
        raise NotText(f"the {what} holds control characters: it looks like binary data, not text")
