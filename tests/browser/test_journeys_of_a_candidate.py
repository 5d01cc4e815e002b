"""Whole ways through the page: to the evidence, through a failing model, in two windows, on paper."""

import re
from pathlib import Path
from typing import Any

import pytest

from interviewer.bootstrap import catalog
from tests.browser.looking import SCREENSHOTS
from tests.browser.test_a_round_is_sat_in_a_browser import end_round, enter_round
from tests.cli.running import Server
from tests.scripted_server import ScriptedServer

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

ANSWER = (
    "Every night we compare the score distribution with the one at approval. Dana owns the alert, the "
    "model risk committee decides if we still disagree, and I accept that this may hold the launch."
)
HOSTILE = "<img src=x onerror=document.title='owned'> [x](javascript:document.title='owned')"
CV = f"# Jane\n\n## Work experience\n\n- Cut losses by 30% with a model {HOSTILE}\n"


def test_from_the_quote_to_the_words_and_to_the_passage(served: Server, browser: Any) -> None:
    page = browser.new_page(reduced_motion="reduce")
    strong = enter_first(page, served)
    page.get_by_label("Your answer").fill(f"{strong} We follow SR 11-7. {HOSTILE}")
    page.keyboard.press("Control+Enter")
    page.locator(".turn.interviewer").nth(1).wait_for()
    end_round(page)
    page.get_by_role("link", name="See the scorecard").click()
    page.get_by_text("Back to the start").wait_for()
    page.get_by_role("img").first.wait_for()

    passage = page.locator("details.passage", has_text="in force").first
    passage.locator("summary").click()
    passage.get_by_role("link").wait_for()

    quotes, marks = page.locator(".point blockquote a"), page.locator(".split a.mark")
    quotes.first.hover()
    page.locator(".split a.mark.lit").first.wait_for()
    marks.first.focus()
    page.locator(".point.lit").first.wait_for()
    quotes.first.click()
    assert "#said-q1-" in page.url
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("[...document.querySelectorAll('details')].every(it => it.open)")
    assert not page.get_by_role("navigation").first.is_visible()
    assert page.get_by_text("What was said").first.is_visible()
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.pdf(path=SCREENSHOTS / "scorecard-print.pdf")
    page.emulate_media(media="screen")

    passage.get_by_role("link").click()
    page.get_by_role("link", name="All sources").wait_for()
    assert "#" in page.url
    assert "owned" not in page.title()


def test_a_button_stays_under_a_pointer_that_presses_it(served: Server, browser: Any) -> None:
    page = browser.new_page(reduced_motion="reduce", viewport={"width": 900, "height": 500})
    enter_first(page, served)
    page.wait_for_function("window.did_handshake")
    page.wait_for_timeout(500)  # it has moved to the first question
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    button = page.get_by_role("button", name="End the round")
    button.hover()
    before = button.bounding_box()
    page.mouse.down()
    page.evaluate("room.newest()")
    page.wait_for_timeout(300)
    assert button.bounding_box() == before
    page.mouse.up()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Go on").wait_for(state="hidden")
    page.evaluate("room.newest()")
    page.wait_for_timeout(300)
    assert button.bounding_box() != before


def test_two_windows_are_one_round_and_one_answer(served: Server, browser: Any) -> None:
    context = browser.new_context(reduced_motion="reduce")
    one, other = context.new_page(), context.new_page()
    enter_round(one, served)
    other.goto(one.url)
    other.get_by_text("Question 1 of").wait_for()
    one.get_by_label("Your answer").fill(ANSWER)
    one.keyboard.press("Control+Enter")
    one.keyboard.press("Control+Enter")
    one.locator(".turn.interviewer").nth(1).wait_for()
    # The other window is told at once, without being looked at.
    other.locator(".turn.interviewer").nth(1).wait_for()
    assert other.locator(".turn.candidate").count() == 1
    assert one.locator(".turn.candidate").count() == 1
    assert one.get_by_label("Your answer").input_value() == ""
    context.close()


def test_a_panel_hands_over_to_somebody_who_can_be_told_apart(served: Server, browser: Any) -> None:
    page = browser.new_page(reduced_motion="reduce")
    page.goto(served.url)
    page.get_by_role("button", name=re.compile("^Sit .*: Onsite panel")).click()
    page.wait_for_url("**/interviews/*")
    speakers = page.locator(".turn.interviewer .who > :first-child")
    speakers.first.wait_for()
    assert page.locator(".persona").count() == 4
    passes = 0
    while len(set(speakers.all_inner_texts())) < 2:
        assert passes < 4, "nobody else was given the floor"
        spoken = speakers.count()
        page.get_by_role("button", name="Pass").click()
        speakers.nth(spoken).wait_for()
        page.locator(".pending .said").wait_for(state="detached")
        passes += 1
    assert page.get_by_text("hands over").first.is_visible()
    seen = speakers.evaluate_all(
        "its => its.map(it => [it.textContent, getComputedStyle(it).color])"
    )
    colours = dict(seen)
    assert len(set(colours.values())) == len(colours) > 1


def test_a_model_that_breaks_off_is_said_and_the_round_goes_on(
    ready_home: Path, browser: Any
) -> None:
    with ScriptedServer() as model:
        for _ in range(20):
            model.fault("cut")
        server = Server({"OPENAI_BASE_URL": model.base_url, "OPENAI_API_KEY": "k"})
        server.start()
        try:
            page = browser.new_page()
            enter_round(page, server)
            page.get_by_label("Your answer").fill(ANSWER)
            page.keyboard.press("Control+Enter")
            page.locator(".turn.interviewer .notice").first.wait_for()
            page.locator(".turn.interviewer .said").nth(1).wait_for()
        finally:
            server.kill()


def test_a_reply_is_read_as_it_is_said_and_each_piece_is_sent_once(
    ready_home: Path, browser: Any
) -> None:
    reply = f"{'You compare the score every night, and that is a beginning. ' * 24}Who stops it?"
    with ScriptedServer() as model:
        server = Server({"OPENAI_BASE_URL": model.base_url, "OPENAI_API_KEY": "k"})
        server.start()
        try:
            page = browser.new_page()
            received: list[str] = []
            page.on(
                "websocket", lambda line: line.on("framereceived", lambda it: received.append(it))
            )
            enter_round(page, server)
            page.evaluate(_WATCH)
            page.get_by_label("Your answer").fill(ANSWER)
            model.tokens_per_s = 60.0
            model.say(reply)
            received.clear()
            page.keyboard.press("Control+Enter")
            said = page.locator(".turn.interviewer .said").nth(1)
            said.wait_for()
            page.locator(".pending .said").wait_for(state="detached")
            # To some questions belongs a change of facts, which is said behind the model's words.
            whole = said.inner_text()
            assert whole in (reply, *(f"{reply} {change}" for change in changes_of_facts()))
            heard = page.evaluate("window.heard")
            assert len(heard) > 20
            assert all(whole.startswith(piece) for piece in heard[1:])
            # From the first piece on, with the whole reply as it stands in the log at the end.
            first = next(n for n, it in enumerate(received) if it.startswith('42["said"'))
            assert sum(map(len, received[first:])) <= 5 * len(reply)
        finally:
            server.kill()


def changes_of_facts() -> list[str]:
    """As the bank words them."""
    asked = catalog().questions.values()
    return [change.text for question in asked for change in question.curveballs]


_WATCH = """() => {
    window.heard = [];
    new MutationObserver(() => {
        const said = document.querySelector(".pending .said");
        if (said) window.heard.push(said.textContent);
    }).observe(document.querySelector(".pending"), {subtree: true, childList: true});
}"""


def test_a_lost_connection_is_said_and_what_is_typed_stays(served: Server, browser: Any) -> None:
    page = browser.new_page()
    enter_round(page, served)
    page.get_by_label("Your answer").fill("Before the line was cut. ")
    served.kill()
    page.get_by_text("The connection is lost.").wait_for()
    page.get_by_label("Your answer").press_sequentially("And after it.")
    typed = page.get_by_label("Your answer").input_value()
    assert "And after it." in typed
    served.start()
    page.wait_for_function(
        "text => document.querySelector('.offline').hidden && "
        "[...document.querySelectorAll('.answering textarea')].some(it => it.value === text)",
        arg=typed,
    )


def test_a_resume_is_added_reviewed_and_forgotten(
    served: Server, browser: Any, tmp_path: Path
) -> None:
    file = tmp_path / "jane_cv.md"
    file.write_text(CV, encoding="utf-8")
    page = browser.new_page()
    page.goto(f"{served.url}/documents")
    page.get_by_label("Add PDF").set_input_files(file)
    page.get_by_text("jane_cv.md: added as").wait_for()
    page.locator(".lines").get_by_text("Cut losses by 30%").first.wait_for()
    assert page.locator(".lines img").count() == 0
    page.get_by_role("button", name="Forget jane_cv.md").click()
    page.get_by_text("Nothing is here yet.").wait_for()
    assert "owned" not in page.title()


def enter_first(page: Any, served: Server) -> str:
    """Enters a round in its authored order; returns a strong answer to its first question."""
    api = f"{served.url}/api/v1"
    wanted = {"track": "jpmorgan-ai-pm", "round": "risk-governance", "seed": 0}
    begun = page.request.post(f"{api}/interviews", data=wanted).json()
    bank = page.request.get(f"{api}/questions?track=jpmorgan-ai-pm&round=risk-governance").json()
    page.goto(f"{served.url}/interviews/{begun['id']}")
    page.get_by_text("Question 1 of").wait_for()
    asked = page.locator(".turn.interviewer .said").first.inner_text()
    (question,) = [it for it in bank if it["text"] in asked]
    return str(next(it["answer"] for it in question["examples"] if it["quality"] == "strong"))
