"""The clocks of a room: set here after every event, left to run by `page.js`."""

from nicegui import ui

from interviewer.bootstrap import now
from interviewer.domain.interview import Interview
from interviewer.domain.timing import LONGEST_TURN
from interviewer.web.words import Words


class Clocks:
    """The clocks of the round and of the answer; `page.js` lets them run."""

    def __init__(self) -> None:
        with ui.element("p").classes("clocks"):
            self._round = Words("span", "", "clock").props('data-name="Round"')
            self._answer = Words("span", "", "clock").props('data-name="This answer"')

    def set(self, interview: Interview) -> None:
        """Sets both after an event."""
        moment, last = now(), interview.moments[-1]
        running = int(interview.awaits_candidate)
        used = interview.time_used(moment if running else None).total_seconds()
        since = (moment - last).total_seconds()
        left = max(0.0, LONGEST_TURN.total_seconds() - since)
        limit = interview.started.minutes * 60
        self._round.props(
            f"data-used={used:.0f} data-limit={limit} data-most={left:.0f} data-running={running}"
        )
        self._answer.props(
            f"data-used={min(since, LONGEST_TURN.total_seconds()):.0f} data-most={left:.0f} "
            f"data-running={running} data-turn={len(interview.moments)}"
        )
        self._answer.set_visibility(bool(running))
