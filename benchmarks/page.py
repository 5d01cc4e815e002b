"""The page: bytes and first paint in a browser, and fifty candidates at once on one server."""

import random
import threading
import time
from typing import Any

from benchmarks import page_room
from benchmarks.answers import Answers
from benchmarks.candidate import Candidate, Heard
from benchmarks.figures import Figure, Section, median_of, quantile_of, total_of
from benchmarks.homes import scratch, warm_home
from benchmarks.processes import served
from benchmarks.scripted import scripted_server
from interviewer.bootstrap import catalog

CANDIDATES = 50
ANSWERS = 3
WORDS = 120
THINKING_S = 20.0
"""Each candidate sends an answer at a moment of their own within so long: a spoken one takes more."""
LATENCY_S, TOKENS_PER_S = 0.2, 50.0
P95_MS = 150.0
COLD_S, WARM_S, ROOM_KB = 1.0, 0.7, 400.0
VISITS = 5
CHROMIUM = "/usr/bin/chromium"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def run() -> Section:
    """Measures visits offline, then a crowd with a scripted model."""
    with served(warm_home(), scratch("work")) as server:
        server.ready(warm=True)
        seen = _visits(f"http://127.0.0.1:{server.port}")
    crowd = _crowd()
    return Section(
        "The page",
        (*seen, *crowd),
        (
            f"{VISITS} visits to the first page and to a room in headless Chromium, each cold (an "
            "empty cache) and then warm; first paint is the browser's own first contentful paint, "
            "bytes are as they came over the wire, headers left out.",
            f"{CANDIDATES} candidates on one server give {ANSWERS} answers of about {WORDS} words "
            f"each, over the API that the page's room shares its conductor with, every answer at a "
            f"random moment of {THINKING_S:.0f} s. The model waits {LATENCY_S * 1000:.0f} ms and "
            f"then writes {TOKENS_PER_S:.0f} tokens a second; closed questions are graded by it "
            "meanwhile. Candidates, server, model server and this program share the processors.",
        ),
    )


def _visits(address: str) -> list[Figure]:
    from playwright.sync_api import sync_playwright

    cold: dict[str, list[float]] = {"first page": [], "room": []}
    warm: dict[str, list[float]] = {"first page": [], "room": []}
    kilobytes: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        room = _a_room(browser, address)
        for _ in range(VISITS):
            for name, url in (("first page", address), ("room", room)):
                context = browser.new_context()
                page = context.new_page()
                received = _count(context, page)
                cold[name].append(_paint(page, url))
                if name == "room":
                    page.wait_for_timeout(1_500)
                    kilobytes.append(received[0] / 1_000)
                warm[name].append(_paint(page, url))
                context.close()
        room_figures = [*page_room.speaking(browser), *page_room.held(browser)]
        browser.close()
    return [
        *room_figures,
        *(median_of(f"first paint of the {it}, cold", cold[it], "s", COLD_S) for it in cold),
        *(median_of(f"first paint of the {it}, warm", warm[it], "s", WARM_S) for it in warm),
        median_of("bytes of the room, cold", kilobytes, "kB", ROOM_KB),
    ]


def _a_room(browser: Any, address: str) -> str:
    page = browser.new_page()
    page_room.enter(page, address)
    url = str(page.url)
    page.close()
    return url


def _count(context: Any, page: Any) -> list[float]:
    received = [0.0]
    session = context.new_cdp_session(page)
    session.send("Network.enable")

    def add(event: dict[str, Any]) -> None:
        received[0] += event["encodedDataLength"]

    session.on("Network.loadingFinished", add)
    return received


def _paint(page: Any, url: str) -> float:
    page.goto(url)
    page.wait_for_function(f"() => {_PAINT} !== undefined")
    return float(page.evaluate(_PAINT)) / 1_000


def _crowd() -> list[Figure]:
    heard: list[Heard] = []
    failures: list[str] = []
    with scripted_server() as model:
        model.begin(0.0, None)
        extra = {"OPENAI_BASE_URL": model.base_url, "OPENAI_API_KEY": "none"}
        with served(warm_home(), scratch("work"), **extra) as server:
            server.ready(warm=True)
            answers = Answers(catalog())
            sitting = [Candidate(server.port) for _ in range(CANDIDATES)]
            questions = [candidate.start(seed=1 + n) for n, candidate in enumerate(sitting)]
            texts = [[answers.new(q, WORDS) for _ in range(ANSWERS)] for q in questions]
            model.idle()
            model.begin(LATENCY_S, TOKENS_PER_S)

            def sit(candidate: Candidate, said: list[str], chance: random.Random) -> None:
                try:
                    for text in said:
                        candidate.hang_up()
                        moment = chance.uniform(0, THINKING_S)
                        time.sleep(moment)
                        heard.append(candidate.answer(text))
                        time.sleep(max(0.0, THINKING_S - moment))
                except (OSError, RuntimeError) as error:
                    failures.append(str(error))

            threads = [
                threading.Thread(target=sit, args=(c, t, random.Random(n)))  # noqa: S311
                for n, (c, t) in enumerate(zip(sitting, texts, strict=True))
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    added = [1_000 * (it.first_token_at - it.posted_at - LATENCY_S) for it in heard]
    name = f"first word over the model, {CANDIDATES} candidates"
    return [
        median_of(f"{name}, median", added, "ms"),
        quantile_of(f"{name}, p95", added, 0.95, "ms", P95_MS),
        total_of("candidates that failed", len(failures), "", "; ".join(failures[:1]) or "none", 0),
    ]
