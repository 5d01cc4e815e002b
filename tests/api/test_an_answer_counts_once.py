"""Repeated, doubled, early and late answers: each is stored once or refused, never both."""

import asyncio
from typing import Any

import httpx
from fastapi import FastAPI

from tests.api.problems import ANSWER, ROUND, assert_problem


def given(view: dict[str, Any]) -> list[str]:
    return [turn["text"] for turn in view["turns"] if turn["speaker"] == "candidate"]


async def test_the_same_key_with_the_same_answer_is_the_same_answer(
    client: httpx.AsyncClient, interview: str
) -> None:
    path, key = f"/interviews/{interview}/answers", {"Idempotency-Key": "one"}
    first = (await client.post(path, json={"text": ANSWER}, headers=key)).json()
    for _ in range(2):
        again = await client.post(path, json={"text": ANSWER}, headers=key)
        assert again.status_code == 200
        assert again.json()["turns"] == first["turns"]


async def test_a_key_is_remembered_after_the_interview_has_gone_on(
    client: httpx.AsyncClient, interview: str
) -> None:
    path, key = f"/interviews/{interview}/answers", {"Idempotency-Key": "one"}
    await client.post(path, json={"text": ANSWER}, headers=key)
    await client.post(f"/interviews/{interview}/end")
    again = await client.post(path, json={"text": ANSWER}, headers=key)
    assert again.status_code == 200
    assert given(again.json()) == [ANSWER]


async def test_the_same_key_with_another_answer_is_refused(
    client: httpx.AsyncClient, interview: str
) -> None:
    path, key = f"/interviews/{interview}/answers", {"Idempotency-Key": "one"}
    await client.post(path, json={"text": ANSWER}, headers=key)
    other = await client.post(path, json={"text": "Something else."}, headers=key)
    assert_problem(other, 422)
    assert given((await client.get(f"/interviews/{interview}")).json()) == [ANSWER]


async def test_a_key_cannot_be_used_again_for_another_interview(
    client: httpx.AsyncClient, interview: str
) -> None:
    other = (await client.post("/interviews", json=ROUND)).json()["id"]
    key = {"Idempotency-Key": "one"}
    await client.post(f"/interviews/{interview}/answers", json={"text": ANSWER}, headers=key)
    reply = await client.post(f"/interviews/{other}/answers", json={"text": ANSWER}, headers=key)
    assert_problem(reply, 422, "Idempotency-Key", "'one'")
    assert given((await client.get(f"/interviews/{other}")).json()) == []


async def test_a_double_click_stores_one_answer(client: httpx.AsyncClient, interview: str) -> None:
    path, key = f"/interviews/{interview}/answers", {"Idempotency-Key": "click"}
    replies = await asyncio.gather(
        *(client.post(path, json={"text": ANSWER}, headers=key) for _ in range(4))
    )
    assert [reply.status_code for reply in replies] == [200] * 4
    assert given((await client.get(f"/interviews/{interview}")).json()) == [ANSWER]


async def test_of_two_answers_at_once_without_keys_none_gets_lost_silently(
    client: httpx.AsyncClient, interview: str
) -> None:
    """Each is stored, or refused with 409: two tabs."""
    path = f"/interviews/{interview}/answers"
    texts = [f"{ANSWER} Tab {number}." for number in range(3)]
    replies = await asyncio.gather(*(client.post(path, json={"text": text}) for text in texts))
    stored = given((await client.get(f"/interviews/{interview}")).json())
    for text, reply in zip(texts, replies, strict=True):
        if text in stored:
            assert reply.status_code == 200
        else:
            assert_problem(reply, 409)
    assert len(stored) == len(set(stored)) >= 1


async def test_an_answer_before_the_first_question_is_refused(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    product = app.state.product
    interview = await product.conductor.start(ROUND["track"], ROUND["round"], owner=product.owner)
    view = (await client.get(f"/interviews/{interview}")).json()
    assert view["state"] == "interviewer-due"
    reply = await client.post(f"/interviews/{interview}/answers", json={"text": ANSWER})
    assert_problem(reply, 409, "has not asked")
    view = (await client.post(f"/interviews/{interview}/turn")).json()
    assert view["state"] == "awaiting-answer"


async def test_a_turn_that_is_not_due_changes_nothing(
    client: httpx.AsyncClient, interview: str
) -> None:
    before = (await client.get(f"/interviews/{interview}")).json()
    assert (await client.post(f"/interviews/{interview}/turn")).json()["turns"] == before["turns"]


async def test_after_the_end_nothing_can_be_said(client: httpx.AsyncClient, interview: str) -> None:
    await client.post(f"/interviews/{interview}/end")
    reply = await client.post(f"/interviews/{interview}/answers", json={"text": ANSWER})
    assert_problem(reply, 409, "ended")
    for step in ("pass", "end"):
        assert_problem(await client.post(f"/interviews/{interview}/{step}"), 409, "ended")


async def test_what_is_too_long_is_refused_and_can_be_sent_again_shorter(
    client: httpx.AsyncClient, interview: str
) -> None:
    path, key = f"/interviews/{interview}/answers", {"Idempotency-Key": "one"}
    text = (f"{ANSWER} " * 200)[:20_001]
    assert_problem(await client.post(path, json={"text": text}, headers=key), 413, "20,000")
    reply = await client.post(path, json={"text": text[:20_000]}, headers=key)
    assert given(reply.json()) == [text[:20_000]]
