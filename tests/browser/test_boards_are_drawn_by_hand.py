"""Boards in a browser: cells are clicked, points are dragged, and every step can be done by keys."""

import json
from typing import Any

import pytest

from tests.boards.samples import SOUND
from tests.browser.looking import Watch
from tests.cli.running import Server

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

HOSTILE = "<img src=x onerror=document.title='owned'> <svg onload=document.title='owned'>"
RISK = f"A vendor changes its model and nobody is told {HOSTILE}"


def test_a_matrix_is_clicked_questioned_and_taken_along(served: Server, browser: Any) -> None:
    page = browser.new_page(accept_downloads=True)
    watch = Watch(page)
    page.goto(f"{served.url}/boards")
    page.get_by_role("button", name="Begin: Model-risk matrix").click()
    page.get_by_label("Risk, row 1").fill(RISK)
    page.get_by_role("button", name="likely, major: high.").first.click()
    page.get_by_text("is high and has no control").wait_for()
    assert page.get_by_label("Likelihood, row 1", exact=True).input_value() == "likely"

    # The second rating by keys alone: one stop in the grid, arrows within it.
    page.locator('.square[tabindex="0"]').focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="unlikely, major: medium. With controls: 1.").wait_for()
    assert page.locator('.square[tabindex="0"]').count() == 1
    # And by the fields, which are the same data.
    page.get_by_label("Residual impact, row 1").select_option("minor")
    page.get_by_role("button", name="unlikely, minor: low. With controls: 1.").wait_for()

    page.get_by_text("As a picture").click()
    page.locator(".board-picture svg title").wait_for(state="attached")
    assert page.locator(".board-editor img").count() == 0
    page.get_by_text("Import or export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as JSON").click()
    (row,) = json.loads(download.value.path().read_text(encoding="utf-8"))["rows"]
    assert (row["risk"], row["residual_impact"]) == (RISK, "minor")

    kept = revision(page)
    page.get_by_label("Control, row 1").fill("Half a word")
    wait_until_kept(page, kept)
    page.reload()
    assert page.get_by_label("Control, row 1").input_value() == "Half a word"
    assert page.title() != "owned"
    assert watch.complaints == []


def test_a_point_is_dragged_and_moved_by_keys(served: Server, browser: Any) -> None:
    page = browser.new_page()
    watch = Watch(page)
    page.goto(f"{served.url}/boards")
    page.get_by_label("Or open one from a file").set_input_files(
        {"name": "curve.json", "mimeType": "", "buffer": json.dumps(SOUND["rav"]).encode()}
    )
    gain, risk = page.get_by_label("Gain, row 2"), page.get_by_label("Risk, row 2")
    point = page.get_by_role("slider", name="Row 2, Hold up to $500, before the change")
    point.wait_for()
    page.wait_for_load_state("networkidle")

    box = point.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y - 20, steps=4)
    page.mouse.move(x + 60, y - 60, steps=4)
    page.mouse.up()
    dragged = float(gain.input_value()), float(risk.input_value())
    assert dragged[0] > 9.5
    assert dragged[1] > 2
    page.get_by_role("slider", name="Row 2, Hold up to $500, before the change").focus()
    said = f"gain {dragged[0]:g}, risk {dragged[1]:g}"
    page.locator(f'.point[aria-valuetext="{said}"]').wait_for()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowLeft")
    assert float(gain.input_value()) < dragged[0]
    assert float(risk.input_value()) < dragged[1]
    now = f"gain {float(gain.input_value()):g}, risk {float(risk.input_value()):g}"
    page.locator(f'.point[aria-valuetext="{now}"]').wait_for()
    # What is drawn anew does not take the focus from whoever moves a point.
    assert "Row 2" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    risk.fill("0")
    page.get_by_text("at no risk at all").wait_for()
    assert watch.complaints == []


def test_what_is_typed_without_a_connection_is_kept_when_it_is_back(
    served: Server, browser: Any
) -> None:
    page, told = a_story(served, browser)
    page.wait_for_load_state("networkidle")
    served.kill()
    page.get_by_text("The connection is lost.").wait_for()
    told.fill("Typed into the dark")
    served.start()
    page.get_by_text("4 words", exact=True).wait_for()
    wait_until_kept(page, "1")
    page.reload()
    assert told.input_value() == "Typed into the dark"


def test_what_is_typed_before_the_page_has_a_connection_is_kept_when_it_has_one(
    served: Server, browser: Any
) -> None:
    page, told = a_story(served, browser)
    held = [True]
    page.route_web_socket("**/*", lambda line: None if held[0] else line.connect_to_server())
    page.reload()
    told.fill("Nobody hears this")
    held[0] = False
    page.reload()
    page.get_by_text("3 words", exact=True).wait_for()


def test_what_is_typed_to_a_server_that_hangs_is_kept_when_it_is_back(
    served: Server, browser: Any
) -> None:
    page, told = a_story(served, browser)
    page.wait_for_load_state("networkidle")
    served.freeze()
    told.fill("Nobody hears this")
    served.kill()
    served.start()
    page.get_by_text("3 words", exact=True).wait_for()
    wait_until_kept(page, "1")
    # What is kept is not kept in the window any longer.
    page.wait_for_function(
        "() => !Object.keys(sessionStorage).some((key) => key.includes('unsent'))"
    )


def a_story(served: Server, browser: Any) -> tuple[Any, Any]:
    """The page of a new board, and one of its cells."""
    page = browser.new_page()
    page.goto(f"{served.url}/boards")
    page.get_by_role("button", name="Begin: STAR story").click()
    told = page.get_by_label("Told, row 2")
    told.wait_for()
    return page, told


def revision(page: Any) -> str:
    """How often the board was saved."""
    return str(page.locator("[data-revision]").get_attribute("data-revision"))


def wait_until_kept(page: Any, before: str) -> None:
    """Waits for one more save."""
    page.wait_for_function(
        "before => document.querySelector('[data-revision]').dataset.revision !== before",
        arg=before,
    )
