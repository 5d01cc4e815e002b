"""From the first page through the room to the scorecard, as a candidate clicks."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from fastapi import FastAPI
from nicegui import ui
from nicegui.testing import User, UserInteraction

from interviewer.web.frame import FOOTER
from tests.boards.samples import changed

ANSWER = (
    "We compare the score distribution every night with PSI. Above 0.25 the model stops by itself, "
    "and Dana, who owns the alert, explains it to the committee within five days."
)
SHAPE = (
    "Most payments go through, those we are unsure of are asked about in the app, and the plainly bad "
    "are refused; honest refusals go from nine million to five with no more fraud than today."
)

# Each opens the whole application, which takes seconds.
pytestmark = pytest.mark.slow
PATIENCE = 50
"""Tries of a tenth of a second."""


async def enter(user: User, app: FastAPI) -> str:
    """Enters the room of a round in its authored order; returns the interview's id."""
    conductor = app.state.product.conductor
    interview = await conductor.start("jpmorgan-ai-pm", "risk-governance", owner="local", seed=0)
    await user.open(f"/interviews/{interview}")
    await user.should_see("Question 1 of", retries=PATIENCE)
    return str(interview)


async def answer(user: User, text: str) -> None:
    box = next(iter(user.find(marker="answer").elements))
    assert isinstance(box, ui.textarea)
    with user:
        box.value = text
    said = len(words_of(user, "said"))
    user.find(marker="send").click()
    await until(lambda: len(words_of(user, "said")) >= said + 2)


async def drain(stream: AsyncIterator[object]) -> None:
    """Lets a turn be taken to its end."""
    async for _ in stream:
        pass


async def until(is_so: Callable[[], bool | Awaitable[bool]]) -> None:
    """Waits until something on the page, or behind it, has become true."""
    for _ in range(PATIENCE):
        found = is_so()
        if found if isinstance(found, bool) else await found:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("it did not happen")


async def ask_to_end(user: User) -> None:
    """Clicks on the end of the round; the page then asks whether that is meant."""
    user.find(marker="end-the-round").click()
    dialog = next(iter(user.find(ui.dialog).elements))
    await until(lambda: dialog.value)


def words_of(user: User, css: str) -> list[str]:
    """Texts of the elements with this class, in order."""
    layout: Any = user.current_layout
    return [
        str(getattr(element, "text", ""))
        for element in layout.descendants()
        if css in element.classes
    ]


async def test_the_first_page_lists_the_rounds_and_what_this_is(user: User) -> None:
    await user.open("/")
    await user.should_see("Risk and governance")
    await user.should_see("45 min")
    await user.should_see("With Ottilie Brandreth, Chief Model Risk Officer.")
    await user.should_see("Engine: offline")
    await user.should_see(FOOTER)
    await user.should_not_see("Your rounds")


async def test_the_first_question_is_put_by_the_persona(user: User, app: FastAPI) -> None:
    await user.open("/")
    user.find(marker="sit-risk-governance").click()
    await user.should_see("Question 1 of", retries=PATIENCE)
    interview = user.back_history[-1].removeprefix("/interviews/")
    await user.should_see("Chief Model Risk Officer")
    (said,) = words_of(user, "said")
    stored = await app.state.product.conductor.load(interview, owner="local")
    assert said == stored.exchanges[0].turns[0].text


async def test_an_answer_is_followed_up_with_a_badge(user: User, app: FastAPI) -> None:
    await enter(user, app)
    await answer(user, ANSWER)
    await user.should_see("follow-up", retries=PATIENCE)
    assert len(words_of(user, "said")) == 3
    box = next(iter(user.find(marker="answer").elements))
    assert box.value == ""  # type: ignore[attr-defined]


async def reason_of_last_move(app: FastAPI, interview: str) -> str:
    """Waits until the interviewer has spoken: the answer is on the page before that."""
    while True:
        stored = await app.state.product.conductor.load(interview, owner="local")
        move = stored.exchanges[0].turns[-1].move
        if move is not None:
            return str(move.reason)
        await asyncio.sleep(0.1)


async def test_reasons_are_told_only_after_the_round(user: User, app: FastAPI) -> None:
    interview = await enter(user, app)
    await answer(user, ANSWER)
    reason = await reason_of_last_move(app, interview)
    await user.should_not_see(reason)
    await ask_to_end(user)
    user.find(marker="end-it").click()
    await user.should_see(f"Why: {reason}", retries=PATIENCE)


async def test_what_another_window_was_told_is_read_before_it_is_answered(
    user: User, app: FastAPI
) -> None:
    interview = await enter(user, app)
    conductor = app.state.product.conductor
    async for _ in conductor.answer(interview, ANSWER, owner="local"):
        pass
    box = next(iter(user.find(marker="answer").elements))
    with user:
        box.value = "An answer to the question before"  # type: ignore[attr-defined]
    user.find(marker="send").click()
    await user.should_see("This round went on in another window.", retries=PATIENCE)
    assert len(words_of(user, "said")) == 3
    assert box.value == "An answer to the question before"  # type: ignore[attr-defined]
    stored = await conductor.load(interview, owner="local")
    assert stored.exchanges[0].answers == (ANSWER,)


async def test_a_look_at_the_log_that_comes_back_late_shows_no_answer_twice(
    user: User, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    await enter(user, app)
    conductor = app.state.product.conductor
    load, begun, late = conductor.load, asyncio.Event(), asyncio.Event()

    async def slow(*args: Any, **kwargs: Any) -> Any:
        monkeypatch.setattr(conductor, "load", load)
        interview = await load(*args, **kwargs)
        begun.set()
        await late.wait()
        return interview

    monkeypatch.setattr(conductor, "load", slow)
    layout: Any = user.current_layout
    UserInteraction(user, {layout}, None).trigger("seen")
    await begun.wait()
    await answer(user, ANSWER)
    late.set()
    await asyncio.sleep(0.1)
    await answer(user, SHAPE)
    assert [words for words in words_of(user, "said") if words in {ANSWER, SHAPE}] == [
        ANSWER,
        SHAPE,
    ]


async def test_nothing_is_not_sent(user: User, app: FastAPI) -> None:
    await enter(user, app)
    user.find(marker="send").click()
    await user.should_see("There is nothing to send yet.")
    assert len(words_of(user, "said")) == 1


async def test_an_answer_too_long_stays_in_the_box(user: User, app: FastAPI) -> None:
    await enter(user, app)
    box = next(iter(user.find(marker="answer").elements))
    with user:
        box.value = "word " * 4_001  # type: ignore[attr-defined]
    await user.should_see("over the limit of 20,000 characters")
    user.find(marker="send").click()
    await user.should_see("shorten it and send it again", retries=PATIENCE)
    assert box.value == "word " * 4_001  # type: ignore[attr-defined]


async def test_a_pass_brings_the_next_question(user: User, app: FastAPI) -> None:
    await enter(user, app)
    user.find(marker="pass").click()
    await user.should_see("Question 2 of", retries=PATIENCE)
    await user.should_see("(passed)")


async def test_the_end_is_asked_about_once_more(user: User, app: FastAPI) -> None:
    await enter(user, app)
    await ask_to_end(user)
    user.find(marker="go-on").click()
    await until(lambda: not next(iter(user.find(ui.dialog).elements)).value)
    await user.should_not_see("The round is over")
    await ask_to_end(user)
    user.find(marker="end-it").click()
    await user.should_see("The round is over", retries=PATIENCE)


async def test_the_scorecard_shows_quotes_reasons_and_where_to_read_on(
    user: User, app: FastAPI
) -> None:
    interview = await enter(user, app)
    await answer(user, ANSWER)
    await user.should_see("follow-up", retries=PATIENCE)
    await ask_to_end(user)
    user.find(marker="end-it").click()
    await user.should_see(marker="scorecard", retries=PATIENCE)
    await user.open(f"/interviews/{interview}/scorecard")
    await user.should_see("On this round alone you")
    report = await app.state.product.report(interview)
    quotes = [point.quote for point in report.questions[0].points if point.quote]
    assert quotes
    for quote in quotes:
        await user.should_see(quote)
    await user.should_see("Why you were asked more")
    await user.should_see("sr-26-2#")
    await user.should_see("Back to the start")


async def test_the_scorecard_of_a_case_shows_its_facts_and_what_was_handed_in(
    user: User, app: FastAPI
) -> None:
    conductor = app.state.product.conductor
    case = await conductor.start("jpmorgan-ai-pm", "onsite-panel", owner="local", seed=0)
    await drain(conductor.advance(case, owner="local"))
    for _ in range(2):
        await drain(conductor.skip(case, owner="local"))
        await drain(conductor.answer(case, SHAPE, owner="local"))
    while (await conductor.load(case, owner="local")).current.question.artefact != "register":
        await drain(conductor.skip(case, owner="local"))
    hostile = changed("register", 1, owner="", risk="<img src=x onerror=alert(1)> is what we fear")
    await conductor.hand_in(case, "register", json.dumps({"rows": hostile}), owner="local")
    await drain(conductor.answer(case, "There it is.", owner="local"))
    await drain(conductor.end(case, owner="local"))
    await user.open(f"/interviews/{case}/scorecard")
    await user.should_see("What there was to ask")
    await user.should_see("What you handed in: Risk register, 2 rows")
    await user.should_see("You were asked about it.")
    (board,) = [
        html.content
        for html in user.find(ui.html).elements
        if "<svg" in html.content and "register" in html.content.lower()
    ]
    assert "<img" not in board
    assert "&lt;img" in board


async def test_rounds_that_were_begun_are_found_again(user: User, app: FastAPI) -> None:
    interview = await enter(user, app)
    await user.open("/")
    await user.should_see("Your rounds")
    link = next(iter(user.find("Go on: Risk and governance").elements))
    assert link.props["href"] == f"/interviews/{interview}"


async def test_a_room_is_drawn_from_the_log_and_a_draft_is_kept(user: User, app: FastAPI) -> None:
    interview = await enter(user, app)
    await answer(user, ANSWER)
    await user.should_see("follow-up", retries=PATIENCE)
    before = words_of(user, "said")
    box = next(iter(user.find(marker="answer").elements))
    with user:
        box.value = "half a sen"  # type: ignore[attr-defined]
    await asyncio.sleep(1.5)  # drafts are kept once a second
    await user.open(f"/interviews/{interview}")
    assert words_of(user, "said") == before
    box = next(iter(user.find(marker="answer").elements))
    assert box.value == "half a sen"  # type: ignore[attr-defined]


async def test_an_unknown_interview_is_one_clear_line(user: User) -> None:
    for path in ("/interviews/nope", "/interviews/nope/scorecard"):
        await user.open(path)
        await user.should_see("there is no interview 'nope'")
        await user.should_see("Back to the start")


async def test_a_page_that_does_not_exist_says_so(user: User) -> None:
    reply = await user.http_client.get("/nope")
    assert reply.status_code == 404
    assert "There is no page at /nope." in reply.text
    assert FOOTER in reply.text


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>document.title='owned'</script> we monitor drift with PSI every night",
        "<img src=x onerror=alert(1)> **bold** [link](javascript:alert(1)) {{ 7*7 }} we monitor drift",
    ],
    ids=["script", "markdown"],
)
async def test_what_a_candidate_writes_is_text_and_nothing_else(
    user: User, app: FastAPI, hostile: str
) -> None:
    interview = await enter(user, app)
    await answer(user, hostile)
    assert hostile in words_of(user, "said")
    assert user.client is not None
    kinds = {type(element) for element in user.client.elements.values()}
    assert not kinds & {ui.html, ui.markdown}
    page = (await user.http_client.get(f"/interviews/{interview}")).text
    assert not re.search(r"<script>document\.title|<img src=x", page)


async def test_after_the_end_there_is_nothing_to_type_in(user: User, app: FastAPI) -> None:
    interview = await enter(user, app)
    async for _ in app.state.product.conductor.end(interview, owner="local"):
        pass
    await user.open(f"/interviews/{interview}")
    await user.should_not_see(marker="answer")
    await user.should_see("See the scorecard")
