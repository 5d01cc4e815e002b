"""Code, queries and sketches on a page, as a candidate writes and runs them."""

import asyncio
import json
from typing import Any

import pytest
from fastapi import FastAPI
from nicegui import ui
from nicegui.testing import User

from interviewer.interviews.updates import MOVES
from interviewer.practice.choosing import Wish
from tests.web.conftest import Opened
from tests.web.test_a_round_can_be_sat_on_the_page import PATIENCE, answer, until, words_of

# Each opens the whole application, which takes seconds.
pytestmark = pytest.mark.slow

UNSORTED = """
def earliest_burst(minutes, k, window):
    print("looking")
    for i in range(k - 1, len(minutes)):
        if minutes[i] - minutes[i - k + 1] < window:
            return minutes[i]
"""
NO_CALL = "def first_burst(minutes, k, window): ..."
UNOWNED = {
    "risk": "Drift goes unseen for a quarter",
    "likelihood": "4",
    "impact": "5",
    "control": "A policy",
    "owner": "",
}
HOSTILE = 'flowchart LR\n a["<img src=x onerror=alert(1)> {{ 7*7 }}"] --> b\n click a "javascript:alert(1)"'


async def write(user: User, text: str) -> None:
    """Writes into the editor, once it is there."""
    await user.should_see(marker="editor", retries=PATIENCE)
    editor: Any = next(iter(user.find(marker="editor").elements))
    with user:
        editor.value = text


async def run(user: User, text: str) -> None:
    await write(user, text)
    user.find(marker="run").click()


async def enter_coding(user: User, app: FastAPI) -> str:
    conductor = app.state.product.conductor
    interview = await conductor.start("jpmorgan-ml-engineer", "coding", owner="local", seed=0)
    await user.open(f"/interviews/{interview}")
    return str(interview)


async def test_code_is_run_beside_the_conversation_and_asked_about(opened: Opened) -> None:
    async with opened(code="plain") as (app, user):
        interview = await enter_coding(user, app)
        await user.should_see("Workbench: Earliest burst of failed logins", retries=PATIENCE)
        await run(user, NO_CALL)
        await user.should_see("There is no function named earliest_burst in it", retries=PATIENCE)
        await run(user, UNSORTED)
        await user.should_see("2 of 2 tests that are shown passed, and ", retries=PATIENCE)
        await user.should_see("INTERVIEWER_CODE=plain")
        assert "looking" in words_of(user, "output")
        user.find(marker="hint").click()
        await user.should_see("Hint (2 left)", retries=PATIENCE)
        await write(user, UNSORTED + "# more")
        await asyncio.sleep(1.5)  # drafts are kept once a second

        await user.open(f"/interviews/{interview}")
        await user.should_see("2 of 2 tests that are shown passed", retries=PATIENCE)
        await user.should_see("Hint (2 left)")
        editor: Any = next(iter(user.find(marker="editor").elements))
        assert editor.value == UNSORTED + "# more"
        shown = " ".join(words_of(user, "value"))
        problem = app.state.product.coding.problem("burst-of-attempts")
        hidden = [test for test in problem.tests if not test.visible and test.args[0]]
        assert [test for test in hidden if str(list(test.args[0])) in shown] == []

        await answer(user, "Is it in order of time? I go through the list once, so it is linear.")
        await user.should_see(MOVES["examine"], retries=PATIENCE)
        user.find(marker="pass").click()
        await user.should_see("Your query", retries=PATIENCE)
        await user.should_not_see("Earliest burst of failed logins")


async def drilled(app: FastAPI, question: str) -> str:
    practice = app.state.product.practice
    choice = await practice.chooser.next(Wish(question=question), owner="local")
    return str(
        await practice.drills.start(choice.question, choice.plan(critique="end"), owner="local")
    )


async def test_a_query_is_run_beside_the_conversation(user: User, app: FastAPI) -> None:
    drill = await drilled(app, "letter-to-nobody")
    await user.open(f"/interviews/{drill}")
    await user.should_see("Workbench: ", retries=PATIENCE)
    await run(user, "SELECT customer_id FROM customers WHERE customer_id < 3")
    await user.should_see("Your result: 2 rows", retries=PATIENCE)
    said = words_of(user, "told")
    assert said[0] not in ("", "It runs ...")
    await user.should_not_see("Expected and not in yours")
    await user.open(f"/interviews/{drill}")
    await user.should_see("Your result: 2 rows", retries=PATIENCE)
    assert words_of(user, "told") == said


async def test_a_board_a_sketch_and_a_page_are_handed_in(user: User, app: FastAPI) -> None:
    drill = await drilled(app, "risk-matrix-three-uses")
    await user.open(f"/interviews/{drill}")
    await user.should_see("Workbench: Model-risk matrix", retries=PATIENCE)
    user.find(marker="hand-it-in").click()
    await user.should_see("There is nothing in it yet.", retries=PATIENCE)
    kept = app.state.product.work_drafts
    place = f"interviews/{drill}/risk-matrix-three-uses"
    await kept.keep(place, json.dumps({"kind": "matrix", "rows": [UNOWNED]}), owner="local")
    await user.open(f"/interviews/{drill}")
    await user.should_see("All of it can be read.", retries=PATIENCE)
    user.find(marker="hand-it-in").click()
    await user.should_see("Handed in: model-risk matrix, 1 row.", retries=PATIENCE)
    await user.should_see("handed in: model-risk matrix", retries=PATIENCE)
    stored = await app.state.product.conductor.load(drill, owner="local")
    assert stored.exchanges[0].artefact.findings
    for finding in stored.exchanges[0].artefact.findings:
        await user.should_not_see(finding.sentence)

    drill = await drilled(app, "mule-clusters-daily")
    await user.open(f"/interviews/{drill}")
    await user.should_see("Workbench: System sketch", retries=PATIENCE)
    await user.should_see("Drill: Mule clusters daily")
    user.find(marker="hand-it-in").click()
    await user.should_see("There is nothing in it yet.", retries=PATIENCE)
    # The form is not called a mistake before anybody has written in it.
    await user.should_not_see("Line 2: ")
    box: Any = next(iter(user.find(marker="sketch").elements))
    with user:
        box.value = "flowchart LR\n a[Feed] --> b[Graph]"
    await user.should_see("Understood: 2 components and 1 flow.", retries=PATIENCE)
    await user.should_not_see("A reviewer would miss")
    user.find(marker="hand-it-in").click()
    await user.should_see("Handed in: system sketch, ", retries=PATIENCE)

    drill = await drilled(app, "page-for-the-regional-head")
    await user.open(f"/interviews/{drill}")
    await user.should_see("Workbench: Written page", retries=PATIENCE)
    page: Any = next(iter(user.find(marker="page").elements))
    with user:
        page.value = "The model ranks customers by the chance of late payment. " * 5
    user.find(marker="hand-it-in").click()
    await until(lambda: len(words_of(user, "said")) >= 3)


async def test_where_code_is_not_run_the_reason_stands_there(opened: Opened) -> None:
    async with opened(code="off") as (app, user):
        await enter_coding(user, app)
        why = "Code is not run here: it is switched off (INTERVIEWER_CODE=off)."
        await user.should_see(why, retries=PATIENCE)
        await run(user, UNSORTED)
        await until(lambda: words_of(user, "told") == [why])
        await user.open("/practice/code/burst-of-attempts")
        await user.should_see(why, retries=PATIENCE)


async def test_problems_are_practised_from_the_lists(opened: Opened) -> None:
    async with opened(code="plain") as (_, user):
        await user.open("/practice")
        await user.should_see("your code is run on tests")
        await user.open("/practice/code")
        await user.should_see("A settlement log with broken lines")
        await user.open("/practice/code/burst-of-attempts")
        await run(user, UNSORTED)
        await user.should_see("An interviewer would ask", retries=PATIENCE)
        assert [text for text in words_of(user, "value") if text.startswith("Not shown before: ")]

        await user.open("/practice/sql")
        await user.should_see("Everybody but private banking")
        await user.open("/practice/sql/customers-outside-private")
        await run(user, "SELECT segment, count(*), count(city) FROM customers GROUP BY 1")
        await user.should_see("An interviewer might ask", retries=PATIENCE)
        await user.should_see("Your result: ", retries=PATIENCE)
        await user.should_see("NULL")
        assert words_of(user, "told")[0] not in ("", "It runs ...")
        await run(user, "SELECT 1 FROM")
        await user.should_see("The query cannot be run: ", retries=PATIENCE)

        for path in ("/practice/code/nope", "/practice/sql/nope"):
            await user.open(path)
            await user.should_see("problem 'nope'")


async def test_a_sketch_is_said_in_words_and_never_drawn_as_it_was_typed(user: User) -> None:
    await user.open("/practice/sketch")
    await user.should_see("A reviewer would miss", retries=PATIENCE)
    box: Any = next(iter(user.find(marker="sketch").elements))
    with user:
        box.value = HOSTILE
    await user.should_see("Understood: 2 components and 1 flow.", retries=PATIENCE)
    await user.should_see("<img src=x onerror=alert(1)> {{ 7*7 }} to b")
    drawn: Any = next(iter(user.find(ui.mermaid).elements))
    assert "<" not in drawn.content
    assert "click" not in drawn.content
    with user:
        box.value = "flowchart LR\n a[open --> b"
    await user.should_see("Line 2: ", retries=PATIENCE)
