"""Words as they are said: each piece goes to the browser once.

An element's new text would go as a whole with every piece, which is quadratic traffic. A message of
our own holds only what is new; `room.listen` in page.js puts it there. What was said is drawn from
the log when it has ended, so that nothing rests on these messages.
"""

from nicegui import ui

from interviewer.web.words import Words

SILENCE = "\u2026"
_SAID = "said"


class Speech:
    """One turn that is being said, in the pending place of the transcript."""

    def __init__(self, place: Words) -> None:
        self._client = place.client
        self._shown = ""

    def show(self, text: str) -> None:
        """Shows all that has been said so far; what was shown before is not sent again."""
        if text == self._shown:
            return
        more = text[len(self._shown) :]
        goes_on = bool(self._shown) and text.startswith(self._shown)
        data = {"more": more} if goes_on else {"all": text or SILENCE}
        self._client.outbox.enqueue_message(_SAID, data, self._client.id)
        self._shown = text


def listen() -> None:
    """Has this page take up what is said."""
    ui.run_javascript("room.listen()")
