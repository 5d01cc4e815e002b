"""With access tokens: nothing before the token, and nobody else's interview after it."""

import pytest
from nicegui.testing import User

from tests.web.conftest import Opened

# Each opens the whole application, which takes seconds.
pytestmark = pytest.mark.slow

ANN, BOB = "ann-0123456789abcdef", "bob-0123456789abcdef"
TOKENS = f"ann:{ANN},bob:{BOB}"


async def test_without_a_token_no_round_is_shown(opened: Opened) -> None:
    async with opened(tokens=TOKENS) as (_, user):
        for path in ("/", "/interviews/nope", "/interviews/nope/scorecard"):
            await user.open(path)
            await user.should_see(marker="token")
            await user.should_not_see("Risk and governance")
            await user.should_not_see("nope")


async def test_a_wrong_token_is_refused(opened: Opened) -> None:
    async with opened(tokens=TOKENS) as (_, user):
        await give(user, "wrong-0123456789abcdef")
        await user.should_see("This token is not known.")
        await user.open("/")
        await user.should_not_see("Risk and governance")


async def test_a_token_opens_the_owner_s_rounds_and_no_others(opened: Opened) -> None:
    async with opened(tokens=TOKENS) as (app, user):
        conductor = app.state.product.conductor
        theirs = await conductor.start("jpmorgan-ai-pm", "risk-governance", owner="bob")
        await give(user, ANN)
        await user.open("/")
        await user.should_see("Risk and governance")
        await user.should_not_see("Your rounds")
        await user.open(f"/interviews/{theirs}")
        await user.should_see("there is no interview")
        await user.open(f"/interviews/{theirs}/scorecard")
        await user.should_see("there is no interview")


async def give(user: User, token: str) -> None:
    await user.open("/")
    user.find(marker="token").type(token)
    user.find(marker="enter").click()
