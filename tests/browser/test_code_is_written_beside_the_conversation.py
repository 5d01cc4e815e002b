"""A coding round in a real browser: write, run, explain, be asked about it, lose nothing."""

from typing import Any

import pytest

from interviewer.interviews.updates import MOVES
from tests.browser.looking import Watch, fits, grave_findings
from tests.browser.test_a_round_is_sat_in_a_browser import enter_round
from tests.cli.running import Server

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

WRONG = "def earliest_burst(minutes, k, window):\nreturn max(minutes)"
"""As it is typed: the editor indents by itself."""
EXPLAINED = "Is it in order of time? I go through the list once, so it is linear in its length."
MOST_BYTES = 400_000
"""Of a room without a workbench, cold."""


def test_code_is_typed_run_explained_and_still_there(served: Server, browser: Any) -> None:
    page = browser.new_page(color_scheme="dark", reduced_motion="reduce")
    watch = Watch(page)
    code = enter_coding(page, served)
    code.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(WRONG)
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("0 of 2 tests that are shown passed").wait_for()
    failed = page.get_by_role("row").filter(has_text="failed").first
    assert "earliest_burst(" in failed.inner_text()
    page.get_by_role("button", name="Hint (3 left)").click()
    page.get_by_role("list", name="Hints").get_by_role("listitem").wait_for()
    fits(page, "workbench")
    assert grave_findings(page) == []

    page.get_by_label("Your answer").fill(EXPLAINED)
    page.keyboard.press("Control+Enter")
    page.locator(".turn.interviewer").get_by_text(MOVES["examine"]).wait_for()
    code.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n# a second thought")
    kept(page, "# a second thought")
    page.reload()
    page.locator(".cm-content").get_by_text("# a second thought").wait_for()
    page.get_by_role("row").filter(has_text="failed").first.wait_for()

    served.kill()
    page.get_by_text("The connection is lost.").wait_for()
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n# and a third")
    page.wait_for_timeout(1000)
    served.start()
    page.wait_for_function("document.querySelector('.offline').hidden")
    page.locator(".cm-content").get_by_text("# and a third").wait_for()
    kept(page, "# and a third")
    assert watch.asked == {"127.0.0.1"}
    assert [said for said in watch.complaints if "ERR_CONNECTION" not in said] == []


def test_a_room_without_a_workbench_does_not_load_one(served: Server, browser: Any) -> None:
    page = browser.new_page()
    loaded: dict[str, int] = {}
    page.on(
        "requestfinished",
        lambda asked: loaded.__setitem__(asked.url, asked.sizes()["responseBodySize"]),
    )
    enter_round(page, served)
    page.wait_for_timeout(1000)
    assert [url for url in loaded if "codemirror" in url or "mermaid" in url] == []
    assert sum(loaded.values()) <= MOST_BYTES


def enter_coding(page: Any, served: Server) -> Any:
    """Enters the coding round in its authored order; gives the editor."""
    wanted = {"track": "jpmorgan-ml-engineer", "round": "coding", "seed": 0}
    begun = page.request.post(f"{served.url}/api/v1/interviews", data=wanted).json()
    page.goto(f"{served.url}/interviews/{begun['id']}")
    code = page.get_by_label("Your code: Earliest burst of failed logins")
    code.wait_for()
    return code


def kept(page: Any, words: str) -> None:
    """Waits until what is written has been kept: a draft is kept once a second."""
    page.locator(".cm-content").get_by_text(words).wait_for()
    page.wait_for_timeout(2500)
