"""One page without scripts or anything from elsewhere; pictures with words; nobody's markup in it."""

import html
import re
from html.parser import HTMLParser

import pytest

from interviewer.interviews.debrief import LoopReport
from interviewer.interviews.debrief_html import loop_html
from interviewer.interviews.debrief_markdown import debrief_markdown, loop_markdown
from interviewer.interviews.html import el, joined
from interviewer.interviews.report import RoundReport, round_report
from interviewer.interviews.report_html import round_html
from interviewer.store.engine import Database
from tests.builders import ANSWER
from tests.interviews.loop_parts import loop_parts, sit_next
from tests.interviews.parts import OWNER, Clock, a_conductor, begun, play, updates

EVIL = (
    '<script>alert(1)</script> <img src=x onerror=alert(1)> ]]> --> </style></svg> " onload="x" '
    "We compare the score distribution every night with PSI & CSI.\0\ud83d"
)


class Page(HTMLParser):
    """Elements, attributes and texts of a page; fails on an element that is not closed."""

    void = frozenset({"meta", "br", "link", "img"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.void:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)


async def report_of(database: Database, answer: str) -> RoundReport:
    conductor = a_conductor(database)
    interview_id = await begun(conductor)
    await play(conductor, interview_id, [answer])
    return round_report(interview_id, await conductor.graded(interview_id, owner=OWNER))


async def loop_pages(database: Database) -> tuple[str, str, str]:
    report = await loop_report(database)
    return loop_html(report, {}), debrief_markdown(report.debrief), loop_markdown(report, {})


async def loop_report(database: Database) -> LoopReport:
    parts = loop_parts(database)
    loop_id = await parts.loops.start("bank", owner=OWNER, seed=0)
    await sit_next(parts, loop_id)
    await sit_next(parts, loop_id)
    return await parts.debriefs.report(loop_id, owner=OWNER)


async def test_what_was_said_is_shown_as_text_and_never_obeyed(database: Database) -> None:
    answer = EVIL.replace("\ud83d", "").replace("\0", "\x0b")
    page = Page(round_html(await report_of(database, answer), {}))
    names = {name for name, _ in page.elements}
    assert not names & {"script", "img", "iframe", "object", "link", "form", "input"}
    assert not [a for _, attributes in page.elements for a in attributes if a.startswith("on")]
    assert any("<script>alert(1)</script>" in text for text in page.said)


async def test_a_page_fetches_nothing_and_forbids_it(database: Database) -> None:
    for text in (
        round_html(await report_of(database, ANSWER), {}),
        (await loop_pages(database))[0],
    ):
        page = Page(text)
        addresses = {"src", "href", "action", "srcset", "data", "xlink:href", "poster"}
        assert not [a for _, attributes in page.elements for a in attributes if a in addresses]
        style = text[text.index("<style>") : text.index("</style>")]
        assert "url(" not in style
        assert "@import" not in style
        policy = next(a["content"] for n, a in page.elements if a.get("http-equiv"))
        assert str(policy).startswith("default-src 'none'")


async def test_every_picture_has_a_title_and_says_in_words_what_it_shows(
    database: Database,
) -> None:
    text, _, _ = await loop_pages(database)
    page = Page(text)
    pictures = [attributes for name, attributes in page.elements if name == "svg"]
    assert len(pictures) == 1 + 2 * 2, "one radar of the loop; a radar and a timeline of each round"
    ids = [str(attributes["id"]) for _, attributes in page.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    for attributes in pictures:
        assert attributes["role"] == "img"
        for named in str(attributes["aria-labelledby"]).split():
            assert named in ids
    described = re.findall(r"<desc[^>]*>(.*?)</desc>", text)
    assert any("Risk: 5.0 of 5, bar 3.0, reached." in d for d in described)
    assert any("Question 1, drift: level 5" in d for d in described)


async def test_every_quote_of_the_debrief_and_its_note_stand_on_the_page(
    database: Database,
) -> None:
    report = await loop_report(database)
    plain = html.unescape(re.sub(r"<[^>]+>", "", loop_html(report, {})))
    quotes = [r.quote for p in report.debrief.findings.positions for r in p.strongest]
    assert len(quotes) == 2
    for shown in (plain, debrief_markdown(report.debrief)):
        assert "Real committees differ." in shown
        assert all(quote and quote in shown for quote in quotes)
        assert "would have turned" in shown
    whole = loop_markdown(report, {})
    assert whole.count("\n# ") == 2, "the debrief is followed by both rounds"


async def test_a_round_played_by_the_clock_is_drawn_in_minutes(database: Database) -> None:
    clock = Clock()
    conductor = a_conductor(database, clock=clock)
    interview_id = await begun(conductor)
    while not (await conductor.load(interview_id, owner=OWNER)).is_over:
        clock.pass_minutes(3)
        await updates(conductor.answer(interview_id, ANSWER, owner=OWNER))
    report = round_report(interview_id, await conductor.graded(interview_id, owner=OWNER))
    minutes = [line.minute for question in report.questions for line in question.transcript]
    assert minutes == sorted(m for m in minutes if m is not None)
    assert minutes[1] == 3.0
    assert ">minutes</text>" in round_html(report, {})


def test_text_is_escaped_wherever_it_stands() -> None:
    assert el("p", '<b>&"', class_='a"b') == '<p class="a&quot;b">&lt;b&gt;&amp;&quot;</p>'
    assert joined("a\x00b", None, ["<", el("br")]) == "a\N{REPLACEMENT CHARACTER}b&lt;<br/>"


@pytest.mark.parametrize("name", ["p onload", "", "P<", "a b"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no element"):
        el(name)
