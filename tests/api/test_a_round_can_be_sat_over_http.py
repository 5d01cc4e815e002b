"""Start, answer, pass, end, scorecard: the whole of a round, and what stays hidden during it."""

from typing import Any

import httpx

from tests.api.problems import ANSWER, ROUND


async def test_starting_a_round_puts_its_first_question(client: httpx.AsyncClient) -> None:
    reply = await client.post("/interviews", json=ROUND)
    assert reply.status_code == 201
    view = reply.json()
    assert view["state"] == "awaiting-answer"
    assert (view["number"], view["minutes"]) == (1, 45)
    (turn,) = view["turns"]
    assert (turn["speaker"], turn["move"]) == ("interviewer", "ask")
    assert (await client.get(f"/interviews/{view['id']}")).json() == view


async def test_an_answer_is_followed_up(client: httpx.AsyncClient, interview: str) -> None:
    reply = await client.post(f"/interviews/{interview}/answers", json={"text": ANSWER})
    view = reply.json()
    assert [turn["speaker"] for turn in view["turns"]] == [
        "interviewer",
        "candidate",
        "interviewer",
    ]
    assert view["turns"][1]["text"] == ANSWER
    assert view["turns"][2]["move"] in {"probe", "press"}
    assert view["number"] == 1


async def test_a_pass_goes_on_to_the_next_question(
    client: httpx.AsyncClient, interview: str
) -> None:
    view = (await client.post(f"/interviews/{interview}/pass")).json()
    assert view["number"] == 2
    assert view["turns"][1]["passed"] is True
    assert view["turns"][2]["move"] == "ask"


async def test_rubric_and_reasons_stay_hidden_until_the_report(
    client: httpx.AsyncClient, interview: str
) -> None:
    shown = (await client.post(f"/interviews/{interview}/answers", json={"text": ANSWER})).text
    assert '"reason"' not in shown
    assert '"points"' not in shown
    card = (await client.get(f"/interviews/{interview}/scorecard")).json()
    assert card["over"] is False
    await client.post(f"/interviews/{interview}/end")
    card = (await client.get(f"/interviews/{interview}/scorecard")).json()
    assert all(
        line["reason"]
        for question in card["questions"]
        for line in question["transcript"]
        if line["speaker"] == "interviewer"
    )


async def test_the_scorecard_quotes_the_answer(client: httpx.AsyncClient, interview: str) -> None:
    await client.post(f"/interviews/{interview}/answers", json={"text": ANSWER})
    view = (await client.post(f"/interviews/{interview}/end")).json()
    assert view["state"] == "over"
    card = (await client.get(f"/interviews/{interview}/scorecard")).json()
    (question,) = card["questions"]
    assert question["answers"] == [ANSWER]
    for point in question["points"]:
        if point["quote"] is not None:
            assert ANSWER[point["start"] : point["end"]] == point["quote"]


async def test_the_round_ends_by_itself_after_the_last_question(
    client: httpx.AsyncClient, interview: str
) -> None:
    view = (await client.get(f"/interviews/{interview}")).json()
    while view["state"] == "awaiting-answer":
        # Whoever answers nothing at all is let go earlier.
        answers = view["turns"][-1]["move"] == "ask" and view["number"] % 2
        said = {"text": "I would ask who owns the model and read its last review."}
        act, sent = ("answers", said) if answers else ("pass", None)
        view = (await client.post(f"/interviews/{interview}/{act}", json=sent)).json()
    assert view["number"] == view["of"] >= 8
    asked = [turn["question"] for turn in view["turns"] if turn["move"] == "ask"]
    assert len(asked) == len(set(asked)) == view["of"]
    card = (await client.get(f"/interviews/{interview}/scorecard")).json()
    assert card["outcome"] == "screened-out"


async def test_three_questions_without_an_answer_end_the_round(
    client: httpx.AsyncClient, interview: str
) -> None:
    view: dict[str, Any] = {"state": "awaiting-answer"}
    while view["state"] == "awaiting-answer":
        view = (await client.post(f"/interviews/{interview}/pass")).json()
    assert view["number"] == 3
    report = (await client.get(f"/interviews/{interview}/scorecard")).json()
    assert "3 questions in a row" in report["closing"]["reason"]
    assert report["outcome"] == "screened-out"


async def test_every_turn_names_its_speaker(client: httpx.AsyncClient, interview: str) -> None:
    view = (await client.get(f"/interviews/{interview}")).json()
    (member,) = view["panel"]
    assert (view["turns"][0]["persona"], view["turns"][0]["name"]) == (member["id"], member["name"])


async def test_what_is_typed_is_kept_and_no_draft_of_this_round_is_cut_off(
    client: httpx.AsyncClient, interview: str
) -> None:
    typed = {"text": "We add a portal, alerts, a chat, a tracker and a bot. "}
    view = (await client.post(f"/interviews/{interview}/typing", json=typed)).json()
    assert view["turns"][-1]["move"] == "ask"
    assert (await client.get(f"/interviews/{interview}/draft")).json() == typed


async def test_a_round_that_ends_before_any_answer_is_not_assessed(
    client: httpx.AsyncClient, interview: str
) -> None:
    await client.post(f"/interviews/{interview}/end")
    card = (await client.get(f"/interviews/{interview}/scorecard")).json()
    assert (card["overall"], card["outcome"]) == (None, "not-assessed")
    assert set(card["signals"].values()) == {None}


async def test_a_draft_is_kept_and_is_no_answer(client: httpx.AsyncClient, interview: str) -> None:
    draft = f"/interviews/{interview}/draft"
    assert (await client.get(draft)).json() == {"text": ""}
    assert (await client.put(draft, json={"text": "half a sen"})).status_code == 204
    assert (await client.get(draft)).json() == {"text": "half a sen"}
    assert len((await client.get(f"/interviews/{interview}")).json()["turns"]) == 1


async def test_a_critique_has_the_shape_of_the_command_line_s(client: httpx.AsyncClient) -> None:
    wanted = {"question": "drift-monitoring-audit", "answer": ANSWER}
    found = (await client.post("/critiques", json=wanted)).json()
    assert found["question"] == "drift-monitoring-audit"
    assert found["answers"] == [ANSWER]
    assert {"overall", "signals", "criteria", "points", "next_probe", "usage"} <= set(found)


async def test_search_tracks_and_questions(client: httpx.AsyncClient) -> None:
    hits = (await client.get("/search", params={"q": "drift threshold", "k": 2})).json()
    assert len(hits) == 2
    assert {"passage", "status", "score", "url"} <= set(hits[0])
    tracks = (await client.get("/tracks")).json()
    assert "jpmorgan-ai-pm" in {track["id"] for track in tracks}
    questions = (await client.get("/questions", params={"round": "risk-governance"})).json()
    assert {question["round"] for question in questions} == {"risk-governance"}
