"""Rooms in which something is handed in, written or queried: as fit to be seen as every page."""

from typing import Any

import pytest

from tests.browser.looking import Watch, fits, grave_findings
from tests.browser.test_a_round_is_sat_in_a_browser import end_round
from tests.cli.running import Server

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

ROOMS = {
    "room-sql": "letter-to-nobody",
    "room-sketch": "retrain-every-night",
    "room-matrix": "risk-matrix-three-uses",
    "room-four-p": "panel-shape-of-the-product",
    "room-register": "panel-risk-register",
    "room-rav": "panel-board-worth-it",
    "room-go-to-market": "panel-release-by-steps",
    "room-page": "page-for-the-regional-head",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_rooms_with_a_workbench_fit_and_exclude_nobody(
    served: Server, browser: Any, scheme: str
) -> None:
    page = browser.new_page(color_scheme=scheme, reduced_motion="reduce")
    watch = Watch(page)
    found: dict[str, list[str]] = {}
    for name, question in ROOMS.items():
        enter_drill(page, served, question)
        if name == "room-sql":
            page.locator(".cm-content").click()
            page.keyboard.type("SELECT customer_id, segment FROM customers LIMIT 5")
            page.keyboard.press("Control+Enter")
            page.get_by_text("Your result").wait_for()
        else:
            # Handed in as it stands, it is blank or cannot be read, and that is said.
            page.get_by_role("button", name="Hand it in").click()
            page.locator(".bench .told").get_by_text(".").first.wait_for()
        fits(page, f"{name}-{scheme}")
        found[name] = grave_findings(page)
    assert {name: grave for name, grave in found.items() if grave} == {}
    assert watch.asked == {"127.0.0.1"}
    assert watch.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_drill_is_fit_to_be_seen_to_its_end(served: Server, browser: Any, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme, reduced_motion="reduce")
    enter_drill(page, served, "effective-challenge-disagreement")
    page.get_by_label("Your answer").fill("Whoever owns the model cannot be the one who clears it.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("So far: ").click()
    fits(page, f"drill-{scheme}")
    found = grave_findings(page)
    end_round(page)
    page.goto(page.url.replace("/interviews/", "/drills/"))
    page.get_by_role("button", name="Next drill").wait_for()
    fits(page, f"drill-over-{scheme}")
    page.locator(".point").first.hover()
    page.locator(".point.lit").first.wait_for()
    assert [*found, *grave_findings(page)] == []


def test_a_narrow_window_leads_from_the_answer_to_the_workbench_and_back(
    served: Server, browser: Any
) -> None:
    page = browser.new_page(reduced_motion="reduce")
    enter_drill(page, served, ROOMS["room-page"])
    assert not page.get_by_role("link", name="To the workbench").is_visible()
    page.set_viewport_size({"width": 360, "height": 700})
    for link, place in (("To the workbench", "workbench"), ("Back to your answer", "answering")):
        page.get_by_role("link", name=link).click()
        page.wait_for_function("id => document.activeElement.id === id", arg=place)
        assert page.locator(f"#{place}").evaluate("it => it.getBoundingClientRect().top") < 600


def enter_drill(page: Any, served: Server, question: str) -> None:
    """Begins a drill on one question."""
    begun = page.request.post(f"{served.url}/api/v1/drills", data={"question": question})
    page.goto(f"{served.url}/interviews/{begun.json()['id']}")
    page.locator(".turn.interviewer .said").first.wait_for()
    if question in ROOMS.values():
        page.get_by_role("heading", name="Workbench: ").wait_for()
