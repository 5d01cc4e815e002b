"""The browser's own speech, stubbed where Chromium has none here, and a line that breaks."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.line import Line
from tests.browser.test_a_round_is_sat_in_a_browser import enter_round
from tests.cli.running import Server

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

ANSWER = "We watch PSI every night, and Dana decides within a day whether the model stops."
SPEECH = """
window.spoken = [];
Object.defineProperty(window, "speechSynthesis", {
  value: { speak: (words) => window.spoken.push(words.text), cancel: () => window.spoken.push("") },
});
window.SpeechRecognition = class {
  start() { window.hearing = this; }
  stop() { this.onend(); }
};
window.hear = (...heard) => window.hearing.onresult({
  resultIndex: 0,
  results: heard.map(([transcript, isFinal]) => Object.assign([{ transcript }], { isFinal })),
});
window.fail = (error) => { window.hearing.onerror({ error }); window.hearing.onend(); };
"""


def test_speech_is_written_down_and_questions_are_read_out(served: Server, browser: Any) -> None:
    page = browser.new_page(reduced_motion="reduce")
    page.add_init_script(SPEECH)
    enter_round(page, served)
    box, dictate = page.get_by_label("Your answer"), page.get_by_role("button", name="Dictate")
    box.fill("First of all,")
    dictate.click()
    page.get_by_text("Listening.").wait_for()
    assert dictate.get_attribute("aria-pressed") == "true"
    page.evaluate("hear([' we watch drift ', true], ['not sure ye', false])")
    assert box.input_value() == "First of all, we watch drift"
    page.get_by_text("6 words, about").wait_for()
    dictate.click()
    assert dictate.get_attribute("aria-pressed") == "false"

    dictate.click()
    page.evaluate("fail('not-allowed')")
    page.get_by_text("The microphone is blocked.").wait_for()
    assert dictate.get_attribute("aria-pressed") == "false"
    assert box.input_value() == "First of all, we watch drift"

    said = page.locator(".turn.interviewer .said")
    page.get_by_role("button", name="Read questions aloud").click()
    assert page.evaluate("spoken") == [said.first.inner_text()]
    box.fill(ANSWER)
    page.keyboard.press("Control+Enter")
    said.nth(1).wait_for()
    page.wait_for_function("spoken.length === 2")
    assert page.evaluate("spoken")[1] == said.nth(1).inner_text()


def test_where_the_browser_has_no_speech_none_is_offered(served: Server, browser: Any) -> None:
    page = browser.new_page()
    page.add_init_script(
        "for (const name of ['SpeechRecognition', 'webkitSpeechRecognition', 'speechSynthesis']) "
        "delete window[name]; delete Window.prototype.speechSynthesis;"
    )
    enter_round(page, served)
    page.get_by_role("button", name="Hide the clocks").wait_for()
    page.wait_for_timeout(700)  # what is offered is looked at twice a second
    assert not page.get_by_text("Dictate").is_visible()
    assert not page.get_by_text("Read questions aloud").is_visible()


@pytest.fixture
def line(served: Server) -> Iterator[Line]:
    between = Line(served.port)
    yield between
    between.close()


def begun(page: Any, served: Server) -> tuple[str, str]:
    """Where interviews are, and the id of one in its authored order."""
    wanted = {"track": "jpmorgan-ai-pm", "round": "risk-governance", "seed": 0}
    api = f"{served.url}/api/v1/interviews"
    return api, str(page.request.post(api, data=wanted).json()["id"])


@pytest.mark.parametrize("seconds", [0, 5], ids=["blink", "tunnel"])
def test_an_answer_sent_into_a_cut_line_arrives_once(
    served: Server, line: Line, browser: Any, seconds: int
) -> None:
    page = browser.new_page(reduced_motion="reduce")
    api, interview = begun(page, served)
    page.goto(f"{line.url}/interviews/{interview}")
    page.get_by_text("Question 1 of").wait_for()
    page.wait_for_function("window.did_handshake")
    line.cut()
    page.get_by_text("The connection is lost.").wait_for()
    page.get_by_label("Your answer").fill(ANSWER)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Send").click()
    page.wait_for_timeout(1_000 * seconds)
    line.mend()
    page.locator(".turn.interviewer").nth(1).wait_for(timeout=60_000)
    assert page.locator(".turn.candidate .said").all_inner_texts() == [ANSWER]
    assert page.get_by_label("Your answer").input_value() == ""
    told = [turn["text"] for turn in page.request.get(f"{api}/{interview}").json()["turns"]]
    assert told.count(ANSWER) == 1


def test_an_answer_that_arrived_by_itself_is_not_sent_once_more(
    served: Server, browser: Any
) -> None:
    page = browser.new_page(reduced_motion="reduce")
    api, interview = begun(page, served)
    place = f"unsent:/interviews/{interview}"
    # What a window keeps that lost its line; it waits long enough for the answer to overtake it.
    page.add_init_script(
        f"sessionStorage.setItem('{place}', `{ANSWER}`);"
        f"sessionStorage.setItem('{place}:sent', '1');"
        "const later = setTimeout;"
        "window.setTimeout = (act, ms, ...rest) => later(act, ms === 300 ? 4000 : ms, ...rest);"
    )
    page.goto(f"{served.url}/interviews/{interview}")
    page.wait_for_function("document.querySelector('.answering textarea')?.value")
    page.request.post(f"{api}/{interview}/answers", data={"text": ANSWER})
    page.evaluate("dispatchEvent(new Event('focus'))")
    page.locator(".turn.interviewer").nth(1).wait_for()
    page.wait_for_function("!document.querySelector('.answering textarea').value")
    told = [turn["text"] for turn in page.request.get(f"{api}/{interview}").json()["turns"]]
    assert told.count(ANSWER) == 1
    assert page.locator(".turn.candidate .said").all_inner_texts() == [ANSWER]
