"""Every page: no serious finding of axe-core, no sideways scrolling, no request to anywhere else."""

import json
from typing import Any

import pytest

from tests.boards.samples import SHEETS, SOUND
from tests.browser.looking import Watch, fits, grave_findings
from tests.browser.test_a_round_is_sat_in_a_browser import end_round, enter_round
from tests.cli.running import Server

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

ANSWER = (
    "We follow SR 11-7. Every night we compare the score distribution with PSI; above 0.25 the model "
    "stops by itself, and Dana, who owns the alert, explains it to the committee within five days."
)
LONG = "word " * 200 + "w" * 300
PAGES = {
    "practice": ("/practice", "A plan to your interview"),
    "coding-problems": ("/practice/code", "A settlement log with broken lines"),
    "coding-problem": ("/practice/code/busiest-accounts", "Tests that are shown"),
    "sql-problems": ("/practice/sql", "Everybody but private banking"),
    "sql-problem": ("/practice/sql/customers-outside-private", "Tab indents"),
    "sketch": ("/practice/sketch", "A reviewer would miss"),
    "progress": ("/progress", "Criterion by round"),
    "readiness": (
        "/readiness?model-behaviour.stable-auc-more-losses=partly",
        "Study plan, weakest first",
    ),
    "quiz": ("/quiz?seed=1", "Mark it"),
    "quiz-marked": ("/quiz?seed=1&done=yes", "of 10 right"),
    "timeline": ("/timeline?applied=2026-12-01&reschedule=yes", "Download for your calendar"),
    "evals": ("/evals", "Evaluation of the search"),
    "questions": ("/questions?track=jpmorgan-ai-pm&round=risk-governance", "questions of"),
    "search": ("/knowledge?q=what+replaced+SR+11-7", "All sources"),
    "knowledge": ("/knowledge", "What changed"),
    "source": ("/knowledge/sr-26-2", "All sources"),
    "changes": ("/knowledge/sr-11-7/sr-26-2", "Section by section"),
    "documents": ("/documents", "Nothing is here yet."),
    "boards": ("/boards", "Begin one"),
    "status": ("/status", "Installed"),
    "missing": ("/no-such-page", "There is no page at /no-such-page."),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_stay_here_and_exclude_nobody(served: Server, browser: Any, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme, reduced_motion="reduce")
    watch = Watch(page)
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        fits(page, f"{name}-{scheme}")
        found[name] = grave_findings(page)

    page.goto(served.url)
    page.get_by_role("button", name="Sit this round").first.wait_for()
    look("home")
    enter_round(page, served)
    page.get_by_label("Your answer").fill(ANSWER)
    page.keyboard.press("Control+Enter")
    page.locator(".turn.interviewer").nth(1).wait_for()
    page.get_by_label("Your answer").fill(LONG)
    look("room")
    end_round(page)
    look("room-over")
    page.get_by_role("link", name="See the scorecard").click()
    page.get_by_text("Back to the start").wait_for()
    page.get_by_role("button", name="Show a stronger order").first.click()
    page.get_by_text("A stronger order (").wait_for()
    look("scorecard")
    page.goto(f"{served.url}/critique?question=effective-challenge-disagreement")
    page.get_by_label("Your answer").fill(ANSWER)
    page.get_by_text("points made").wait_for()
    look("critique")
    page.goto(served.url)
    page.get_by_role("button", name="Sit the whole loop").first.click()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/interviews/*")
    page.get_by_text("Question 1 of").wait_for()
    end_round(page)
    page.get_by_role("button", name="Next:").wait_for()
    look("room-of-a-loop")
    page.get_by_role("link", name="The whole loop").click()
    page.get_by_role("link", name="Debrief").wait_for()
    look("loop")
    page.get_by_role("link", name="Debrief").click()
    page.get_by_text("Back to the loop").wait_for()
    look("debrief")
    for name, (path, text) in PAGES.items():
        page.goto(served.url + path)
        page.get_by_text(text).first.wait_for()
        look(name)
    for kind in SOUND:
        open_board(page, served, kind)
        look(f"board-{kind}")
    assert {name: grave for name, grave in found.items() if grave} == {}
    assert watch.asked == {"127.0.0.1"}
    assert watch.complaints == []


def open_board(page: Any, served: Server, kind: str) -> None:
    """A board about which there is something to say, with its picture."""
    page.goto(f"{served.url}/boards")
    rows = SOUND[kind] if kind in SHEETS else [*SOUND[kind], SOUND[kind][0]]
    file = json.dumps({"kind": kind, "rows": rows}).encode()
    page.get_by_label("Or open one from a file").set_input_files(
        {"name": f"{kind}.json", "mimeType": "application/json", "buffer": file}
    )
    page.get_by_role("button", name="Take it in").or_(page.locator(".board-editor")).wait_for()
    if page.get_by_role("button", name="Take it in").count():
        page.get_by_role("button", name="Take it in").click()
    page.get_by_text("As a picture").click()
    page.locator(".board-picture svg").wait_for()
