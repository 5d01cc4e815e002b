"""What a page may do: run only the scripts it came with, talk only to where it came from."""

import re

import pytest
from fastapi import FastAPI
from nicegui.testing import User

from interviewer.web.words import Words, link
from tests.web.test_a_round_can_be_sat_on_the_page import enter

# Each opens the whole application, which takes seconds.
pytestmark = pytest.mark.slow


async def test_only_scripts_with_this_reply_s_number_run(user: User, app: FastAPI) -> None:
    interview = await enter(user, app)
    seen = set()
    for path in ("/", f"/interviews/{interview}", "/nope", "/"):
        reply = await user.http_client.get(path)
        policy = reply.headers["content-security-policy"]
        (nonce,) = re.findall(r"'nonce-([^']+)'", policy)
        seen.add(nonce)
        assert "default-src 'none'" in policy
        assert "connect-src 'self'" in policy
        assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
        scripts = re.findall(r"<script[^>]*>", reply.text)
        assert scripts
        assert [tag for tag in scripts if f'nonce="{nonce}"' not in tag] == []
    assert len(seen) == 4
    reply = await user.http_client.get("/api/v1/tracks")
    assert "content-security-policy" not in reply.headers


async def test_a_link_never_leads_into_a_script(user: User) -> None:
    await user.open("/status")
    with user:
        for target in ("javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", ""):
            made = link("x", target)
            assert isinstance(made, Words)
            assert "href" not in made.props
        assert link("x", "/knowledge").props["href"] == "/knowledge"
