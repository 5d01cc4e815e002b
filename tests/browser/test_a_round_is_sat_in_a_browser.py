"""The page as a candidate meets it: real Chromium against a real server."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.cli.running import Server

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

ANSWER = (
    "We follow SR 11-7 and revalidate every model each year. <script>document.title='owned'</script> "
    "**not bold** <img src=x onerror=document.title='owned'>"
)
DRAFT = "A half-typed thought that must not be lost"
TOKEN = "ann-0123456789abcdef"


def test_a_round_survives_reload_and_a_killed_server(served: Server, browser: Any) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    enter_round(page, served)
    page.get_by_label("Your answer").fill(DRAFT)
    page.get_by_text("8 words, about").wait_for()
    draft_is_kept(page, DRAFT)

    page.reload()
    sees_draft(page, DRAFT)

    with_page_closed(page, served.kill, served.start)
    sees_draft(page, DRAFT)

    page.get_by_label("Your answer").fill(ANSWER)
    page.get_by_text(f"{len(ANSWER.split())} words, about").wait_for()
    page.keyboard.press("Control+Enter")
    page.locator(".turn.candidate").get_by_text("<script>").wait_for()
    page.locator(".turn.interviewer").nth(1).wait_for()
    with_page_closed(page, served.kill, served.start)
    page.locator(".turn.interviewer").nth(1).wait_for()
    assert page.locator(".turn.candidate").count() == 1
    assert page.get_by_label("Your answer").input_value() == ""
    page.locator(".turn.candidate").get_by_text(
        "<script>document.title='owned'</script>"
    ).wait_for()

    end_round(page)
    page.get_by_role("link", name="See the scorecard").click()
    page.get_by_text("is superseded since 2026-04-17").first.wait_for()
    assert page.title() == "Scorecard: interviewer"
    assert {urlsplit(url).hostname for url in asked} == {"127.0.0.1"}


def test_a_page_that_was_open_while_the_server_was_away_goes_on(
    served: Server, browser: Any
) -> None:
    """Nobody reloads: the page finds the server again by itself."""
    page = browser.new_page()
    enter_round(page, served)
    page.get_by_label("Your answer").fill(DRAFT)
    draft_is_kept(page, DRAFT)
    page.evaluate("window.isTheOldOne = true")
    served.kill()
    page.wait_for_timeout(1_000)
    served.start()
    page.wait_for_function("() => !window.isTheOldOne")
    sees_draft(page, DRAFT)
    page.get_by_text("8 words, about").wait_for()
    page.get_by_role("button", name="Send").click()
    page.locator(".turn.candidate").get_by_text(DRAFT).wait_for()


def test_a_keyboard_is_enough(served: Server, browser: Any) -> None:
    page = browser.new_page()
    enter_round(page, served)
    page.get_by_label("Your answer").focus()
    page.keyboard.type("I would ask who owns the model.")
    page.keyboard.press("Control+Enter")
    page.locator(".turn.candidate").get_by_text("I would ask who owns the model.").wait_for()
    page.get_by_text("0 words, about").wait_for()
    # While the interviewer speaks the button is disabled, and Tab would pass over it.
    page.get_by_role("button", name="Send", disabled=False).wait_for()
    page.get_by_label("Your answer").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).boxShadow") != "none"
    page.keyboard.press("Enter")
    page.get_by_text("(passed)").first.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("End the round now?").wait_for()
    page.keyboard.press("Escape")
    page.get_by_text("End the round now?").wait_for(state="hidden")


def test_headings_tell_the_structure(served: Server, browser: Any) -> None:
    page = browser.new_page()
    page.goto(served.url)
    page.get_by_role("button", name="Sit this round").first.wait_for()
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("heading", level=2, name="AI product manager").count() == 1
    assert page.evaluate("document.documentElement.lang") == "en"
    enter_round(page, served)
    assert page.get_by_role("heading", level=1, name="Risk and governance").count() == 1
    assert page.get_by_role("log", name="Transcript").count() == 1
    page.get_by_label("Your answer").fill(ANSWER)
    page.keyboard.press("Control+Enter")
    page.locator(".turn.interviewer").nth(1).wait_for()
    end_round(page)
    page.get_by_role("link", name="See the scorecard").click()
    page.get_by_role("heading", level=2, name="1. ").wait_for()
    assert page.get_by_role("rowheader", name="Risk").count() == 1


def test_a_token_signs_in_and_is_written_nowhere(ready_home: Path, browser: Any) -> None:
    server = Server({"INTERVIEWER_TOKENS": f"ann:{TOKEN}"})
    server.start()
    try:
        page = browser.new_page()
        page.goto(server.url)
        page.get_by_label("Access token").fill(TOKEN)
        page.get_by_role("button", name="Enter").click()
        page.get_by_role("button", name="Sit this round").first.wait_for()
        with_page_closed(page, server.stop, server.start)
        page.get_by_role("button", name="Sit this round").first.wait_for()
    finally:
        server.kill()
    kept = [file for file in ready_home.rglob("*") if file.is_file()]
    assert any(file.parent.name == "page" for file in kept)
    assert not [file for file in kept if TOKEN.encode() in file.read_bytes()]
    assert not Path(".nicegui").exists()


def enter_round(page: Any, served: Server) -> None:
    page.goto(served.url)
    page.get_by_role("button", name=re.compile("^Sit .*: Risk and governance")).click()
    page.wait_for_url("**/interviews/*")
    page.get_by_text("Question 1 of").wait_for()
    page.locator(".turn.interviewer .said").first.wait_for()


def with_page_closed(page: Any, *changes: Callable[[], object]) -> None:
    """Comes back to a page after changes to the server.

    One that stays open reloads itself when the server is there again, and that reload and a visit
    cut each other off.
    """
    address = page.url
    page.goto("about:blank")
    for change in changes:
        change()
    page.goto(address)


def end_round(page: Any) -> None:
    # Whoever presses while somebody speaks may find the button moved by what is said.
    page.locator(".pending .turn").wait_for(state="detached")
    page.get_by_role("button", name="End the round").click()
    page.get_by_role("button", name="End it").click()
    page.get_by_text("The round is over").wait_for()


def draft_is_kept(page: Any, text: str) -> None:
    """Waits until the server has the draft, however busy the machine is."""
    origin, _, interview_id = page.url.rpartition("/interviews/")
    for _ in range(100):
        reply = page.request.get(f"{origin}/api/v1/interviews/{interview_id}/draft")
        if reply.json()["text"] == text:
            return
        page.wait_for_timeout(200)
    raise AssertionError("the draft was not kept")


def sees_draft(page: Any, text: str) -> None:
    page.wait_for_function(
        "text => [...document.querySelectorAll('textarea')].some(box => box.value === text)",
        arg=text,
    )
