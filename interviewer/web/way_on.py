"""Where a round leads: to its scorecard, and in a loop to the round after it or to the debrief."""

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.bootstrap.loops import loops_of
from interviewer.domain.interview import Interview
from interviewer.errors import InterviewerError
from interviewer.interviews.loop import LoopState
from interviewer.web.controls import button
from interviewer.web.frame import later
from interviewer.web.words import link


def show_way_on(product: Product, owner: str, interview_id: str, interview: Interview) -> None:
    """Draws the ways that lead on from a round or drill that is over."""
    if interview.started.drill is not None:
        link("See what came of it", f"/drills/{interview_id}", "as-button").mark("drilled")
        return
    with ui.element("div").classes("actions"):
        link("See the scorecard", f"/interviews/{interview_id}/scorecard", "as-button").mark(
            "scorecard"
        )
        show_loop_way_on(product, owner, interview_id)


def show_loop_way_on(product: Product, owner: str, interview_id: str) -> None:
    """Draws what follows in the loop, if this interview is a round of one."""

    async def following() -> None:
        state = await loops_of(product).around(interview_id, owner=owner)
        if state is not None:
            show_next(product, owner, state)
            link("The whole loop", f"/loops/{state.id}")

    later("", following)


def show_next(product: Product, owner: str, state: LoopState) -> None:
    """Draws the button to the round that a loop has next; after the last, the debrief."""
    following = state.next_round
    if following is None:
        link("Next: the debrief", f"/loops/{state.id}/debrief", "as-button").mark("debrief")
        return

    async def go_on() -> None:
        await open_next(product, owner, state.id)

    button(f"Next: {following.title}", go_on, "primary").mark("next-round")


async def open_next(product: Product, owner: str, loop_id: str) -> None:
    """Opens the round that a loop has next and leads to its room; says so if it cannot."""
    try:
        following = await loops_of(product).open_next(loop_id, owner=owner)
    except InterviewerError as error:
        ui.notify(str(error), multi_line=True, timeout=0, close_button="OK")
        return
    if following is not None:
        ui.navigate.to(f"/interviews/{following.interview}")
