"""Lines that no interviewer may say and feedback that nobody earned are caught, good ones are not."""

import pytest

from evals.tasks.groundedness import invented
from evals.tasks.groundedness import measures as grounded
from evals.tasks.manners import Heard, broken_rules
from evals.tasks.record import Floor, Record

ANSWER = (
    "We compare the score distribution every night. Above 0.2 the model stops. "
    "That was a great result for everyone."
)
POINT = "Names the second line of defence as owner of the independent validation before launch."


def heard(text: str, move: str = "probe") -> Heard:
    return Heard(
        text=text,
        move=move,
        answers=(ANSWER,),
        asked="How do you notice that a model has drifted?",
        unsaid=(POINT,),
        given=("45",),
        names=("Ada Quill",),
    )


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Great answer. Who owns the alert?", "praise"),
        ("Thank you. Who owns the alert?", "praise"),
        ("That's right. Who owns the alert?", "praise"),
        ("That is wrong. Who owns the alert?", "verdict"),
        ("I have you at level 4. Who owns the alert?", "verdict"),
        ("The bank would be liable there. Who owns the alert?", "legal advice"),
        ("I would advise you to decline. Who owns the alert?", "legal advice"),
        ("As an AI, I have to ask: who owns the alert?", "out of character"),
        ("The rubric wants an owner. Who is it?", "out of character"),
        ("*nods* Who owns the alert?", "out of character"),
        ("Interviewer: Who owns the alert?", "out of character"),
        ("Ada Quill would ask who owns the alert.", "out of character"),
        ("Who owns the alert? And who closes it?", "one question"),
        ("", "length"),
        ("Tell me more about it. " * 30, "length"),
        ('You said "we retrain every single week". Who decides?', "misquotes"),
        ("Is the second line the owner of the independent validation before launch?", "leak"),
        ("Does anything happen above 0.25?", "leak"),
    ],
)
def test_a_line_that_breaks_a_rule_is_caught(text: str, rule: str) -> None:
    assert rule in {words.partition(":")[0] for words in broken_rules(heard(text))}


@pytest.mark.parametrize(
    "text",
    [
        'You said "Above 0.2 the model stops". Who hears of it first?',
        '"That was a great result for everyone." Against which baseline?',
        "There is a part of this I have not heard yet. Who decides when it stops?",
        "Stay with that night for a moment and walk me through it.",
    ],
)
def test_a_good_line_is_not(text: str) -> None:
    assert broken_rules(heard(text)) == []


def test_an_interviewer_who_leads_to_a_question_asks_nothing_else() -> None:
    assert broken_rules(heard("Good day. We have 45 minutes.", "ask")) == []
    assert broken_rules(heard("Shall we begin?", "ask")) == ["one question: 1, at most 0"]


def test_feedback_may_only_speak_of_what_was_said_or_asked() -> None:
    sources = [ANSWER, POINT]
    assert invented('The words "Above 0.2 the model stops" name a limit of 0.2.', sources) == []
    assert invented('"We retrain weekly" shows it, 12 times.', sources) == [
        "We retrain weekly",
        "12",
    ]


def test_a_grader_that_quotes_nothing_does_not_pass_for_a_grounded_one() -> None:
    facts = {
        "quotes": 0,
        "not said": [],
        "citations": 0,
        "no such passage": [],
        "loose sentences": [],
        "fallback": None,
    }
    record = Record(task="groundedness", id="a", group="q", digest="", facts=facts)
    measured = grounded([record])
    assert Floor("quotes that stand in the answer", 1.0).broken_by(measured)
    assert Floor("no such measure", 1.0).broken_by(measured)
    assert Floor("no such measure", 1.0, most=True).broken_by(measured)
