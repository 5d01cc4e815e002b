"""The pages around the rounds: what each shows, and that what people wrote stays text on it."""

from typing import Any

import pytest
from fastapi import FastAPI
from nicegui import ui
from nicegui.elements.upload import Upload
from nicegui.elements.upload_files import SmallFileUpload
from nicegui.testing import User

from interviewer.web.frame import MENU, PARTS
from interviewer.web.words import Words
from tests.web.test_a_round_can_be_sat_on_the_page import PATIENCE, words_of

# Each opens the whole application, which takes seconds.
pytestmark = pytest.mark.slow

HOSTILE = "<img src=x onerror=alert(1)><script>alert(1)</script>[x](javascript:alert(1))"
STORY = f"# Jane\n\n## Work experience\n\n- Led six people and cut losses by 30% {HOSTILE}\n"
OPENING = f"We follow SR 11-7. {HOSTILE} "
ANSWER = f"{OPENING}Dana owns the alert and the committee decides."


async def test_every_entry_of_the_menus_leads_somewhere(user: User) -> None:
    entries = [
        (path, name, menu)
        for menu in MENU
        for path, name in PARTS.get(menu, {menu: MENU[menu]}).items()
    ]
    for path, name, menu in entries:
        await user.open(path)
        await user.should_see(name)
        await user.should_not_see("This cannot be shown")
        current = {
            element.props["href"]: element.props["aria-current"]
            for element in user.find(kind=Words).elements
            if element.props.get("aria-current")
        }
        assert current == {menu: "true", path: "page"}


async def test_an_unknown_thing_is_one_clear_line(user: User) -> None:
    for path, line in {
        f"/critique?question={HOSTILE}": "there is no question",
        "/knowledge/nothing": "there is no source 'nothing'",
        "/knowledge/sr-11-7/nothing": "there is no source 'nothing'",
        "/loops/nothing": "there is no loop 'nothing'",
        "/loops/nothing/debrief": "there is no loop 'nothing'",
        "/drills/nothing": "there is no interview 'nothing'",
        "/practice?until=tomorrow": "'tomorrow' is no date",
        "/progress?track=nothing": "'nothing'",
        f"/readiness?{HOSTILE}=yes": "is no answer",
        "/readiness?nothing.x=yes": "there is no item 'nothing'",
        "/readiness?model-behaviour.nothing=yes": "has no check 'nothing'",
        "/readiness?model-behaviour.cutoff-from-two-costs=perhaps": "'perhaps' is no answer",
        "/quiz?topic=nothing": "there is no topic 'nothing'",
        "/timeline?track=nothing": "there is no timeline for track 'nothing'",
        f"/timeline?applied={HOSTILE}": "is no date",
    }.items():
        await user.open(path)
        await user.should_see(line)
        is_text_only(user)


async def test_the_bank_is_filtered_and_a_rubric_unfolds(user: User, app: FastAPI) -> None:
    bank = app.state.product.catalog.questions
    await user.open("/questions?track=jpmorgan-ai-pm&round=risk-governance")
    mine = [q for q in bank.values() if (q.track, q.round) == ("jpmorgan-ai-pm", "risk-governance")]
    await user.should_see(f"{len(mine)} questions of {len(bank)}.")
    await user.should_not_see(mine[0].points[0].statement)
    user.find(marker=f"points-{mine[0].id}").trigger("toggle")
    await user.should_see(mine[0].points[0].statement, retries=PATIENCE)
    await user.open(f"/questions?category={HOSTILE}")
    await user.should_see(f"0 questions of {len(bank)}.")
    is_text_only(user)


async def test_an_answer_s_points_light_up_and_versions_are_compared(
    user: User, app: FastAPI
) -> None:
    question = app.state.product.catalog.questions["effective-challenge-disagreement"]
    strong = next(it.answer for it in question.examples if it.quality == "strong")
    await user.open(f"/critique?question={question.id}")
    box, before = (next(iter(user.find(marker=it).elements)) for it in ("answer", "before"))
    assert isinstance(box, ui.textarea)
    assert isinstance(before, ui.textarea)
    user.find(marker="read-it").click()
    await user.should_see("There is nothing to read yet.")
    with user:
        before.value = "I would wait for somebody else to settle it and launch in the meantime."
        box.value = OPENING + strong
    user.find(marker="read-it").click()
    await user.should_see("points made", retries=PATIENCE)
    await user.should_see("Against the earlier version", retries=PATIENCE)
    await user.should_see("superseded since 2026-04-17")
    lit = [text.strip() for text in words_of(user, "mark")]
    assert lit
    assert all(text in OPENING + strong for text in lit)
    is_text_only(user)


async def test_what_replaced_what_is_searched_and_compared(user: User) -> None:
    await user.open("/knowledge")
    await user.should_see("superseded by sr-26-2 on 2026-04-17")
    await user.open("/knowledge?q=what replaced SR 11-7")
    await user.should_see("All sources", retries=PATIENCE)
    await user.should_see("Revised guidance on model risk management (SR 26-2)")
    await user.open("/knowledge/sr-11-7/sr-26-2")
    await user.should_see("Section by section", retries=PATIENCE)
    await user.open("/knowledge/cloud-for-ml")
    await user.should_see(", read 2026-11-22", retries=PATIENCE)
    await user.open(f"/knowledge?q={HOSTILE}&status={HOSTILE}")
    await user.should_see("Nothing in the sources answers this.", retries=PATIENCE)
    is_text_only(user)


async def test_a_resume_is_added_reviewed_and_forgotten(user: User) -> None:
    await user.open("/documents")
    await user.should_see("Nothing is here yet.")
    upload = next(iter(user.find(marker="upload").elements))
    assert isinstance(upload, Upload)
    files: list[Any] = [
        SmallFileUpload("jane_cv.md", "text/markdown", STORY.encode()),
        SmallFileUpload(f"{HOSTILE}.exe", "", b"MZ\x00\x01"),
    ]
    with user:
        await upload.handle_uploads(files)
    await user.should_see("jane_cv.md: added as r\u00e9sum\u00e9.", retries=PATIENCE)
    await user.should_see("line by line", retries=PATIENCE)
    await user.should_see("compared with what")
    is_text_only(user)
    user.find(marker="forget").click()
    await user.should_see("Nothing is here yet.", retries=PATIENCE)


async def test_a_loop_is_sat_and_talked_about(user: User, app: FastAPI) -> None:
    await user.open("/")
    user.find(marker="loop-jpmorgan-ai-pm").click()
    await user.should_see(marker="next-round", retries=PATIENCE)
    loop = user.back_history[-1]
    await user.open(f"{loop}/debrief")
    await user.should_see("no round of this loop has been sat yet")
    await user.open(loop)
    user.find(marker="next-round").click()
    await user.should_see("Question 1 of", retries=PATIENCE)
    interview = user.back_history[-1].removeprefix("/interviews/")
    for text in (ANSWER, None):
        talk = app.state.product.conductor
        acts = (
            talk.answer(interview, text, owner="local")
            if text
            else talk.end(interview, owner="local")
        )
        async for _ in acts:
            pass
    await user.open(f"/interviews/{interview}")
    await user.should_see("Next: ML fundamentals", retries=PATIENCE)
    await user.open("/")
    await user.should_see("1 of 5 rounds sat")
    await user.open(f"/interviews/{interview}")
    await user.should_see(marker="next-round", retries=PATIENCE)
    user.find(marker="next-round").click()
    await user.should_see("Question 1 of", retries=PATIENCE)
    assert user.back_history[-1] not in (f"/interviews/{interview}", loop)
    await user.open(f"{loop}/debrief")
    await user.should_see("In the room", retries=PATIENCE)
    await user.should_see("Real committees differ.")
    await user.open("/")
    await user.should_see("Loop: AI product manager, JPMorgan Chase")


async def test_a_drill_is_criticised_rated_and_comes_back(user: User, app: FastAPI) -> None:
    await user.open("/practice")
    await user.should_see("0 due of 0 cards")
    user.find(marker="drill").click()
    await user.should_see("Question 1 of", retries=PATIENCE)
    drill = user.back_history[-1].removeprefix("/interviews/")
    box = next(iter(user.find(marker="answer").elements))
    assert isinstance(box, ui.textarea)
    with user:
        box.value = ANSWER
    user.find(marker="send").click()
    await user.should_see("So far:", retries=PATIENCE)
    async for _ in app.state.product.conductor.end(drill, owner="local"):
        pass
    await user.open(f"/interviews/{drill}")
    await user.should_see("See what came of it")
    await user.open(f"/drills/{drill}")
    await user.should_see("Next drill", retries=PATIENCE)
    await user.open("/practice")
    await user.should_see("of 1 cards")
    await user.open("/")
    await user.should_not_see("Last time")


def is_text_only(user: User) -> None:
    """No element takes markup, and no link leads into a script."""
    assert user.client is not None
    elements = list(user.client.elements.values())
    assert not {type(element) for element in elements} & {ui.html, ui.markdown}
    targets = [str(element.props.get("href", "")) for element in elements]
    assert not [target for target in targets if target.lower().startswith("javascript")]
