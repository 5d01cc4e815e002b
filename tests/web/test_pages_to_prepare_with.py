"""Progress, readiness, the quiz, the timeline, one's own questions, settings and the evaluation."""

import datetime as dt
from typing import Any

import pytest
from fastapi import FastAPI
from nicegui.elements.upload import Upload
from nicegui.elements.upload_files import SmallFileUpload
from nicegui.testing import User

from interviewer.bootstrap import now
from interviewer.practice.choosing import Wish
from tests.web.conftest import Opened
from tests.web.test_a_round_can_be_sat_on_the_page import PATIENCE, words_of
from tests.web.test_every_page_tells_what_it_knows import HOSTILE, is_text_only

# Each opens the whole application, which takes seconds.
pytestmark = pytest.mark.slow


async def test_readiness_the_quiz_and_the_timeline_say_what_follows(user: User) -> None:
    await user.open("/readiness")
    await user.should_not_see("Study plan")
    await user.open(
        "/readiness?model-behaviour.stable-auc-more-losses=yes"
        "&model-behaviour.cutoff-from-two-costs=no&track=jpmorgan-ml-engineer"
    )
    await user.should_see("50% over 2 of 30 checks")
    await user.should_see("Derive the cut-off for costs of 12 and 1,800 dollars by hand")
    is_text_only(user)

    await user.open(f"/quiz?topic=principles&seed=1&{HOSTILE}=1")
    first = words_of(user, "one-of")
    await user.should_see("Mark it")
    await user.open("/quiz?topic=principles&seed=1")
    assert words_of(user, "one-of") == first
    await user.open("/quiz?topic=principles&seed=1&principles-how-many=9&done=yes")
    await user.should_see("You said: nothing")
    await user.should_see("Right is: Twenty, in four groups")
    await user.should_see("As of 22 November 2026.")
    is_text_only(user)

    await user.open("/timeline?applied=2026-12-01&interview=2026-11-01")
    await user.should_see("lies before the application")
    await user.open("/timeline?applied=2026-12-01&interview=2027-02-01&reschedule=yes")
    await user.should_see("Onsite panel (the day you gave)")
    await user.should_see("The latest days lie 10 later.")
    user.find(marker="ics").click()
    file = await user.download.next()
    assert file.content.startswith(b"BEGIN:VCALENDAR")


async def test_progress_draws_what_was_judged_and_sets_cards_aside(
    user: User, app: FastAPI
) -> None:
    await user.open("/progress")
    await user.should_see("Nothing has been judged yet.")
    product: Any = app.state.product
    question = product.catalog.question("effective-challenge-disagreement")
    answer = ""
    for days, quality in ((9, "weak"), (2, "strong")):
        answer = next(e.answer for e in question.examples if e.quality == quality)
        found = await product.critic.critique(question.id, answer)
        at = now() - dt.timedelta(days=days)
        await product.practice.kept.add_critique(found, at, owner="local")
    wish = Wish(question=question.id)
    choice = await product.practice.chooser.next(wish, owner="local")
    drill = await product.practice.drills.start(question, choice.plan(), owner="local")
    conductor = product.conductor
    for act in (
        conductor.advance(drill, owner="local"),
        conductor.answer(drill, answer, owner="local"),
        conductor.end(drill, owner="local"),
    ):
        async for _ in act:
            pass
    await user.open("/progress?track=jpmorgan-ai-pm")
    await user.should_see("Judged answers: 2 in critiques, 1 in drills.")
    await user.should_see("Criterion by round")
    user.find(marker="unfold-risk-as-a-table").trigger("toggle")
    await user.should_see(f"{now() - dt.timedelta(days=9):%d %b %Y}", retries=PATIENCE)
    await user.should_see("drilled once")
    user.find(marker="suspend").click()
    await user.should_see("Suspended; drilled once", retries=PATIENCE)
    user.find(marker="resume").click()
    await user.should_not_see("Suspended", retries=PATIENCE)
    user.find(marker="tomorrow").click()
    await user.should_see("Not before", retries=PATIENCE)


async def test_a_list_of_questions_is_imported_or_corrected_line_by_line(user: User) -> None:
    await user.open("/questions?round=none")

    async def bring(name: str, text: str) -> None:
        upload = next(iter(user.find(marker="upload").elements))
        assert isinstance(upload, Upload)
        files: list[Any] = [SmallFileUpload(name, "text/csv", text.encode())]
        with user:
            await upload.handle_uploads(files)

    asks = f"How would you tell a drifting input from a broken feed? {HOSTILE}"
    await bring("bad.csv", f'question,points\n"{asks}",names a measure\nshort,says why\n')
    await user.should_see("bad.csv was not taken", retries=PATIENCE)
    await user.should_see("Line 3, question:")
    await user.should_not_see("names a measure")
    await bring("large.csv", "x" * 1_000_001)
    await user.should_see("large.csv is larger than 1 MB", retries=PATIENCE)
    await bring("good.csv", f'question,points\n"{asks}",names a measure | says whom to call\n')
    await user.should_see("good.csv: 1 question imported.", retries=PATIENCE)
    await user.should_see("says whom to call")
    is_text_only(user)
    user.find(marker="forget").click()
    await user.should_not_see("says whom to call", retries=PATIENCE)


async def test_the_status_tells_how_to_change_what_it_finds_and_no_secret(opened: Opened) -> None:
    secrets = {"OPENAI_API_KEY": "sk-secret-secret", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
    async with opened(**secrets) as (_, user):
        await user.open("/status")
        await user.should_see("Changed by DATABASE_URL.", retries=PATIENCE)
        await user.should_see("Key for OpenAI or a compatible server.")
        await user.should_see("set (hidden)")
        await user.should_not_see("sk-secret-secret")
        await user.open("/evals")
        await user.should_see("Evaluation of the offline engine")
        await user.should_see("Test half: 114 answers to 19 questions")
        await user.should_see("verdict macro-F1")
        is_text_only(user)
