"""A room while somebody speaks, and what each open room costs the server."""

import time
from typing import Any

from benchmarks import machine
from benchmarks.figures import Figure, at_least, total_of
from benchmarks.homes import scratch, warm_home
from benchmarks.processes import served
from benchmarks.scripted import scripted_server
from benchmarks.wire import wire_to

ROOMS = 20
MOST_MB = 1.0
TOKENS_PER_S = 50.0
LEAST_PER_S = 10.0
MOST_BYTES = 5.0
_ANSWER = (
    "Every night we compare the score distribution with the one at approval. Dana owns the alert, the "
    "model risk committee decides if we still disagree, and I accept that this may hold the launch."
)
_REPLY = (
    "You compare the score every night, and that is a beginning. Suppose the distribution stays where "
    "it was while the people behind it change: fewer salaried applicants, more from the partner shops, "
    "the same average. Your picture on Monday is as calm as ever, and the accounts that go bad will "
    "tell you in nine months. Last spring a colleague showed me exactly that, with eleven million "
    "already lent, and every light on her wall was green. I don't ask for another chart. I ask which "
    "early sign you would trust before the defaults arrive, what level of it you'd call too much, and "
    "whether anybody had fixed that level before the launch or found it afterwards. And when it is "
    "crossed on a Friday evening, with the campaign running, who stops the lending?"
)
"""No phrase comes twice in it: compression is not to look better than it is."""
_WATCH = """() => {
    window.heard = [];
    new MutationObserver(() => {
        const said = document.querySelector(".pending .said");
        if (said) window.heard.push([performance.now(), said.textContent.length]);
    }).observe(document.querySelector(".pending"), {subtree: true, childList: true});
}"""


def speaking(browser: Any) -> list[Figure]:
    """Updates a second and bytes while the scripted model's reply is streamed into a room."""
    with scripted_server() as model:
        extra = {"OPENAI_BASE_URL": model.base_url, "OPENAI_API_KEY": "none"}
        with (
            served(warm_home(), scratch("work"), **extra) as server,
            wire_to(server.port) as wire,
        ):
            server.ready(warm=True)
            page = browser.new_page()
            received: list[str] = []
            page.on(
                "websocket", lambda line: line.on("framereceived", lambda it: received.append(it))
            )
            enter(page, f"http://127.0.0.1:{wire.port}")
            # An answer that is sent while somebody speaks stays in the box.
            page.locator(".transcript .turn.interviewer .said").first.wait_for()
            page.get_by_text("Question 1 of").wait_for()
            page.evaluate(_WATCH)
            page.get_by_label("Your answer").fill(_ANSWER)
            model.begin(0.2, TOKENS_PER_S)
            for _ in range(4):
                # Whatever else is asked of the model meanwhile, the reply is one of them.
                model.say(_REPLY)
            received.clear()
            before = wire.received
            page.keyboard.press("Control+Enter")
            told = page.locator(".transcript .turn.interviewer .said").nth(1)
            told.wait_for()
            reply = told.inner_text()
            crossed = wire.received - before
            heard = [it for it in page.evaluate("window.heard") if it[1] > 1]
            page.close()
    first = next(n for n, it in enumerate(received) if it.startswith('42["said"'))
    spent = sum(len(it.encode()) for it in received[first:])
    seconds = (heard[-1][0] - heard[0][0]) / 1_000
    parts = f"{len(reply)} characters in {seconds:.1f} s"
    return [
        at_least(
            "updates of a reply as it is said",
            (len(heard) - 1) / seconds,
            "a second",
            parts,
            LEAST_PER_S,
        ),
        total_of(
            "bytes over the socket for each of the reply",
            crossed / len(reply.encode()),
            "times",
            "from the key that sends to the turn as drawn",
            MOST_BYTES,
        ),
        total_of(
            "of them before compression, from the first word on",
            spent / len(reply.encode()),
            "times",
            parts,
        ),
    ]


def held(browser: Any) -> list[Figure]:
    """Resident memory of the server for each room that is open in a browser."""
    with served(warm_home(), scratch("work")) as server:
        server.ready(warm=True)
        address = f"http://127.0.0.1:{server.port}"
        rooms = []
        for _ in range(2):
            # The first rooms pay for what all of them share.
            page = browser.new_page()
            enter(page, address)
            rooms.append(page)
        before = machine.resident_mb(server.pid)
        for _ in range(ROOMS):
            page = browser.new_page()
            enter(page, address)
            rooms.append(page)
        time.sleep(1.0)
        each = (machine.resident_mb(server.pid) - before) / ROOMS
        for page in rooms:
            page.close()
    return [
        total_of("memory of the server for each open room", each, "MB", f"{ROOMS} rooms", MOST_MB)
    ]


def enter(page: Any, address: str) -> None:
    """Begins a round from the first page, until its first question stands there."""
    page.goto(address)
    page.get_by_role("button", name="Sit this round: Risk and governance").click()
    page.locator(".turn.interviewer .said").first.wait_for()
