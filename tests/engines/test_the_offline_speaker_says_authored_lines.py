"""Without a model the persona says what was written for it: lines, probes, and the question."""

import re
from typing import Any

import pytest

from interviewer.domain.catalog import Catalog
from interviewer.domain.interview import Interview
from interviewer.domain.moves import Ask, Challenge, Coaching, Move, Press, Redirect, Wrap
from interviewer.domain.question import Question
from interviewer.domain.track import Lines
from interviewer.engines.offline.speaker import OfflineSpeaker, spoken
from interviewer.engines.protocols import Scene
from interviewer.engines.quotes import MOST_SPOKEN_WORDS
from interviewer.paths import shipped
from interviewer.store.catalog_files import load_catalog
from tests.builders import (
    a_persona,
    a_point,
    a_probe,
    a_question,
    a_quote,
    an_interview,
    answered,
    asked,
    moved,
    passed,
    points,
    started,
)
from tests.builders_of_moves import (
    a_challenge,
    a_change,
    a_confrontation,
    a_curveball,
    a_hand_over,
    a_panel,
    a_press,
    a_recall,
    a_redirect,
    a_wrap,
    an_inform,
    an_interrupt,
)

LONG = Coaching(cause="long-answer", minutes=6)
REDIRECTS = ("empty", "gibberish", "echo", "dont-know", "instructions", "off-topic")


@pytest.fixture(scope="module")
def bank() -> Catalog:
    """The shipped seeds."""
    return load_catalog(shipped("seeds"))


def a_scene(move: Move, interview: Interview | None = None, **changes: Any) -> Scene:
    settings: dict[str, Any] = {
        "interview": interview or an_interview(asked(), answered()),
        "persona": a_persona(),
        "move": move,
        "question": a_question(),
    }
    return Scene(**(settings | changes))


def an_ask(question: Question | None = None, minutes_left: int | None = None) -> Ask:
    put = question or a_question("limits")
    return Ask(question=put.id, minutes_left=minutes_left, reason="It is next.")


async def test_what_is_said_piece_by_piece_is_what_is_said() -> None:
    scene = a_scene(
        an_ask(), question=a_question("limits", text="First line of it.\n\nSecond line?")
    )
    speech = OfflineSpeaker().say(scene)
    said = "".join([piece async for piece in speech])
    assert said.split() == spoken(scene).split()
    assert said.count("\n") == spoken(scene).count("\n")
    assert (speech.usage.calls, speech.model, speech.prompt) == (0, None, None)


@pytest.mark.parametrize(
    ("interview", "minutes_left", "lead"),
    [
        (an_interview(), None, "Welcome. 45 minutes."),
        (an_interview(asked(), answered()), None, r"Next one\.|Another case\.|Moving on\."),
        (an_interview(asked(), answered()), 6, "6 minutes left."),
        (an_interview(asked(), passed()), None, "We leave that one."),
    ],
)
def test_an_ask_is_led_into_and_ends_with_the_question_verbatim(
    interview: Interview, minutes_left: int | None, lead: str
) -> None:
    put = a_question("limits")
    text = spoken(a_scene(an_ask(put, minutes_left), interview, question=put))
    assert re.fullmatch(lead, text.removesuffix(f"\n\n{put.text}"))
    assert text.endswith(put.text)


def test_a_probe_is_the_authored_one_behind_the_candidate_s_words() -> None:
    quote = a_quote("We compare the scores, every night.")
    text = spoken(a_scene(a_probe("owner", quote=quote)))
    assert text.endswith(a_point("owner").probes[0])
    assert '"We compare the scores, every night"' in text


def test_a_probe_without_anything_to_quote_quotes_nothing() -> None:
    text = spoken(a_scene(a_probe("owner")))
    assert text in {
        f"{lead} {a_point('owner').probes[0]}" for lead in a_persona().lines.probe_plain
    }


def test_a_harder_follow_up_is_the_authored_harder_one() -> None:
    put = a_question(points=points({"owner": 3}, deepen=("And if Dana is away?",)))
    text = spoken(a_scene(a_probe("owner", deepen=True, quote=a_quote()), question=put))
    assert text.endswith("And if Dana is away?")
    assert text.startswith(("Harder:", "Then"))


def test_a_press_names_what_is_missing() -> None:
    text = spoken(a_scene(a_press()))
    assert "a number" in text
    assert "We compare" in text


def test_a_challenge_names_the_rule_and_not_its_successor() -> None:
    text = spoken(a_scene(a_challenge()))
    assert "SR 11-7" in text
    assert "26-2" not in text
    assert "sr-26-2" not in text


@pytest.mark.parametrize("kind", REDIRECTS)
def test_a_redirect_says_the_line_for_what_was_wrong(kind: str) -> None:
    assert spoken(a_scene(a_redirect(kind))) == a_persona().lines.redirect[kind]


def test_the_same_interview_gets_the_same_words_and_another_seed_others() -> None:
    def said(seed: int, *more: Any) -> str:
        interview = an_interview(started(seed=seed), asked(), answered(), *more)
        return spoken(a_scene(a_probe("owner"), interview))

    assert said(1) == said(1)
    assert said(1) != said(2)
    assert said(1) != said(1, moved(a_probe("cost")), answered()), "lines rotate within a round"


@pytest.mark.parametrize("said", ["{minutes} {0} {quote}", "100 % {", "}{", '"', "\\n", "%s"])
def test_braces_and_marks_in_an_answer_are_only_text(said: str) -> None:
    text = f"We did {said} there"
    assert text in spoken(a_scene(a_probe("owner", quote=a_quote(text))))
    assert text in spoken(a_scene(a_press().model_copy(update={"quote": a_quote(text)})))


# The shipped personas and questions.


def test_every_line_of_every_shipped_persona_can_be_said(bank: Catalog) -> None:
    panel = a_panel("officer", "lawyer")
    interviews = [
        an_interview(started(seed=seed, panel=panel), asked(), answered()) for seed in range(8)
    ]
    openings = [an_interview(started(seed=seed)) for seed in range(8)]
    quote = a_quote("We compare the scores every night")
    moves: list[tuple[Move, str]] = [
        (a_probe("owner", quote=quote), quote.text),
        (a_probe("owner"), ""),
        (a_probe("owner", deepen=True, quote=quote), quote.text),
        (Press(quote=quote, missing="a baseline", reason="x"), "a baseline"),
        (Challenge(flag=a_challenge().flag, reason="x"), "SR 11-7"),
        (a_recall(), "I cut false alerts"),
        (a_recall(), 'in the round "Recruiter screen"'),
        (a_confrontation(), "It fell by 40"),
        (a_confrontation("Recruiter screen"), "It fell by 14"),
        (an_interrupt(), "a bot"),
        (a_curveball(), a_change().text),
        (a_curveball(), "20"),
        (an_inform("capacity"), "The capacity is known."),
        (an_inform(), ""),
        (a_hand_over(), "Lawyer Quill"),
        (a_press().model_copy(update={"coaching": LONG}), "6"),
        (an_ask(minutes_left=7), "7"),
        (an_ask(), ""),
        (a_wrap(), ""),
        *((a_redirect(kind), "") for kind in REDIRECTS),
    ]
    deep = a_question(points=points({"owner": 3}, deepen=("And then?",)))
    for persona in bank.personas.values():
        for move, holds in moves:
            for interview in interviews:
                text = spoken(a_scene(move, interview, persona=persona, question=deep))
                assert holds in text, persona.id
                assert not re.search(r"[{}]", text), persona.id
                assert text == text.strip()
        for interview in openings:
            assert "45" in spoken(a_scene(an_ask(), interview, persona=persona)), persona.id


def test_a_shipped_persona_has_its_own_words_for_every_move(bank: Catalog) -> None:
    stock = Lines.model_fields
    rounds = [round_ for track in bank.tracks.values() for round_ in track.rounds]
    on_panels = {p for round_ in rounds if len(round_.personas) > 1 for p in round_.personas}
    assert on_panels
    for persona in bank.personas.values():
        for name in ("recall", "contradiction", "curveball", "hand_over", "fact", "no_fact"):
            assert getattr(persona.lines, name) != stock[name].default, (persona.id, name)
        if persona.id in on_panels:
            assert persona.lines.introduces != stock["introduces"].default, persona.id
        if persona.interrupts:
            assert persona.lines.interrupt != stock["interrupt"].default, persona.id


def test_a_challenge_to_two_claims_says_both_and_where(bank: Catalog) -> None:
    for persona in bank.personas.values():
        for seed in range(4):
            text = spoken(
                a_scene(
                    a_confrontation("Recruiter screen"),
                    an_interview(started(seed=seed), asked(), answered()),
                    persona=persona,
                )
            )
            for words in ("It fell by 40", "It fell by 14", 'in the round "Recruiter screen"'):
                assert words in text, persona.id


def test_a_shipped_persona_has_a_line_for_every_kind_of_junk(bank: Catalog) -> None:
    for persona in bank.personas.values():
        assert set(persona.lines.redirect) == set(REDIRECTS), persona.id


def test_every_authored_follow_up_of_every_shipped_question_can_be_said(bank: Catalog) -> None:
    for question in bank.questions.values():
        persona = bank.personas[question.persona]
        interview = an_interview(asked(question), answered())
        for point in question.points:
            for deepen in (False, True) if point.deepen else (False,):
                move = a_probe(point.id, deepen=deepen, quote=a_quote())
                text = spoken(a_scene(move, interview, persona=persona, question=question))
                assert text.endswith((point.deepen if deepen else point.probes)[0])


def test_a_persona_repeats_only_so_many_words() -> None:
    long = " ".join(["word"] * 60)
    text = spoken(a_scene(a_probe("owner", quote=a_quote(long))))
    assert text.count("word") <= MOST_SPOKEN_WORDS


@pytest.mark.parametrize("move", [a_wrap(), a_redirect()])
def test_a_line_that_needs_no_question_can_be_said_without_one(move: Move) -> None:
    assert isinstance(move, Wrap | Redirect)
    assert spoken(a_scene(move, question=None))
