"""When the model fails the page says so, and the round goes on offline."""

import pytest

from tests.scripted_server import ScriptedServer
from tests.web.conftest import Opened
from tests.web.test_a_round_can_be_sat_on_the_page import ANSWER, answer, enter, words_of


@pytest.mark.slow
@pytest.mark.enable_socket
async def test_the_notice_stands_with_the_turn(opened: Opened) -> None:
    with ScriptedServer() as server:
        server.fault("401", times=100)
        async with opened(OPENAI_BASE_URL=server.base_url) as (app, user):
            await user.open("/")
            await user.should_see("Engine: model")
            await enter(user, app)
            await answer(user, ANSWER)
            await user.should_see("0 words", retries=50)
            assert len(words_of(user, "said")) == 3
            assert [text for text in words_of(user, "notice") if "model" in text]
