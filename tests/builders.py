"""Builders of the domain's values: everything has a default, and a test names only what it is about.

a_question(points=(a_point("owner", weight=3), ...), follow_ups=1)
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from interviewer.domain.assessment import (
    Assessment,
    BareClaim,
    Hygiene,
    HygieneFlag,
)
from interviewer.domain.catalog import Catalog
from interviewer.domain.code_observations import Observation
from interviewer.domain.code_outcome import CodeOutcome, Ending, GrowthMeasured, TestOutcome
from interviewer.domain.coding import ObservationKind
from interviewer.domain.currency import CurrencyFlag, SupersededRule
from interviewer.domain.events import (
    AnswerGiven,
    EndRequested,
    InterviewStarted,
    MoveMade,
    PlannedQuestion,
    QuestionGraded,
    TurnPassed,
)
from interviewer.domain.interview import Exchange, Interview, Turn, apply, replay
from interviewer.domain.moves import (
    Ask,
    Examine,
    Move,
    Probe,
)
from interviewer.domain.question import Question
from interviewer.domain.rubric import Criterion, Point, RedFlag, Signal
from interviewer.domain.track import Lines, Persona, Round, Track
from interviewer.domain.usage import Fallback, Usage
from interviewer.domain.verdict import FlagRaised, Met, Quote, Verdict

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
POINT_IDS = ("statistic", "threshold", "owner", "evidence", "cost")
ANSWER = (
    "We compare the score distribution every night with PSI. Above 0.2 the model stops by itself. "
    "Dana in analytics owns the alert and closes it within five days. Each run is kept with its "
    "code version. A month of blindness costs two million."
)
"""Makes every point of `a_question()`, one in each sentence."""


def at(minutes: float = 0) -> dt.datetime:
    """A moment so many minutes after noon, aware."""
    return NOON + dt.timedelta(minutes=minutes)


# Rubrics.


_POINTS: dict[str, dict[str, Any]] = {
    "statistic": {
        "statement": "Names the statistic that measures drift.",
        "counts": ("We compare score distributions with PSI.", "A stability index every night."),
        "key_terms": (("PSI", "stability index"), ("distribution", "compare")),
        "criterion": "monitoring",
        "signal": Signal.RISK,
    },
    "threshold": {
        "statement": "Names the threshold at which somebody must act.",
        "counts": ("Above 0.2 the model stops.", "A limit of 0.2 stops it."),
        "key_terms": (("above", "limit", "threshold"), ("stops", "stop")),
        "criterion": "monitoring",
        "signal": Signal.RISK,
    },
    "owner": {
        "statement": "Names who owns the alert and by when it is closed.",
        "counts": ("Dana owns the alert.", "The lead closes it within five days."),
        "key_terms": (("owns", "owner", "closes"), ("alert", "five days")),
        "criterion": "ownership",
        "signal": Signal.LEADERSHIP,
    },
    "evidence": {
        "statement": "Keeps evidence that a stranger could retrace.",
        "counts": ("Each run is kept with its code version.", "They can rerun it from the log."),
        "key_terms": (("kept", "rerun", "log"), ("version", "run")),
        "criterion": "ownership",
        "signal": Signal.RISK,
    },
    "cost": {
        "statement": "Says what a miss would cost.",
        "counts": ("A month of blindness costs two million.", "A miss costs losses of a million."),
        "key_terms": (("costs", "losses"), ("million", "month")),
        "criterion": "value",
        "signal": Signal.IMPACT,
    },
}


def a_point(point_id: str = "statistic", **changes: Any) -> Point:
    """A point; the ids of `POINT_IDS` have words of their own."""
    own = _POINTS.get(point_id, {"criterion": "monitoring", "signal": Signal.RISK})
    settings: dict[str, Any] = {
        "id": point_id,
        "statement": f"Says something observable about {point_id}.",
        "weight": 2,
        "counts": (f"We do {point_id} daily.", f"I did {point_id} myself."),
        "partly": (f"Mentions {point_id} and no more.",),
        "does_not_count": (f"Says that {point_id} matters.",),
        "key_terms": ((point_id, f"{point_id} work"),),
        "probes": (f"What about the {point_id}?", f"Who would ask for the {point_id}?"),
        "passages": ("sr-26-2#monitoring",),
    }
    return Point(**(settings | own | changes))


def a_red_flag(flag_id: str = "no-monitoring", **changes: Any) -> RedFlag:
    """A red flag, by default without a cap."""
    settings: dict[str, Any] = {
        "id": flag_id,
        "statement": "Says that a validated model needs no monitoring.",
        "counts": ("After validation there is nothing to monitor.",),
        "key_terms": (("nothing to monitor", "no monitoring"),),
    }
    return RedFlag(**(settings | changes))


def a_question(question_id: str = "drift", **changes: Any) -> Question:
    """A question of five points: three of risk, one of leadership, one of impact."""
    settings: dict[str, Any] = {
        "id": question_id,
        "track": "bank",
        "round": "risk",
        "persona": "officer",
        "category": "monitoring",
        "text": f"How do you notice that model {question_id} has drifted, and what happens then?",
        "minutes": 8,
        "follow_ups": 2,
        "points": tuple(a_point(point_id) for point_id in POINT_IDS),
        "red_flags": (a_red_flag(),),
    }
    return Question(**(settings | changes))


def points(weights: Mapping[str, int], **changes: Any) -> tuple[Point, ...]:
    """Points of the given weights, filled up to five with points of weight 1."""
    missing = [p for p in POINT_IDS if p not in weights][: max(0, 5 - len(weights))]
    weighted = dict(weights) | dict.fromkeys(missing, 1)
    return tuple(a_point(p, weight=weight, **changes) for p, weight in weighted.items())


# Who asks.


def a_persona(persona_id: str = "officer", **changes: Any) -> Persona:
    """A persona whose lines name their kind, so that a test can see which was said."""
    settings: dict[str, Any] = {
        "id": persona_id,
        "name": "Ada Quill",
        "title": "Risk officer",
        "introduction": "Ada Quill is fictional.",
        "voice": "Dry and exact.",
        "cares_about": ("Who decides.", "What the evidence is."),
        "irritated_by": ("Acronyms.", "Slogans."),
        "never": ("Praises.", "Hints."),
        "lines": Lines(
            opening=("Welcome. {minutes} minutes.",),
            bridge=("Next one.", "Another case.", "Moving on."),
            probe=('You said "{quote}".', 'Back to "{quote}".', 'Stay with "{quote}".'),
            probe_plain=("One thing is open.", "I miss something."),
            deepen=('Harder: "{quote}".', 'Then "{quote}" fails.'),
            press=('"{quote}" lacks {missing}.', 'I miss {missing} in "{quote}".'),
            challenge=('"{quote}": what is the standing of {cited} today?',),
            redirect={
                "empty": "I heard nothing.",
                "gibberish": "Please say it in sentences.",
                "echo": "Those were my words.",
                "dont-know": "How would you find out?",
                "instructions": "Answer me, not the grader.",
                "off-topic": "Back to the case.",
            },
            passed=("We leave that one.",),
            time=("{minutes} minutes left.",),
            wrap=("That is all.",),
            recall=('You claimed "{quote}" {where}.',),
            contradiction=('Now "{quote}", but {where} "{earlier}".',),
            interrupt=('I cut in at "{quote}".',),
            curveball=("The facts change.",),
            hand_over=("Over to {next}.",),
            fact=("You asked.",),
            no_fact=("Nobody knows that.",),
            half_time=("Half time, {minutes} minutes left.",),
            long_answer=("That took {minutes} minutes.",),
        ),
    }
    return Persona(**(settings | changes))


def a_catalog(*questions: Question, minutes: int = 45, **round_changes: Any) -> Catalog:
    """A catalog of one track and round that asks these questions, by default three."""
    asked = questions or tuple(
        a_question(question_id) for question_id in ("drift", "limits", "log")
    )
    settings: dict[str, Any] = {
        "id": "risk",
        "title": "Risk round",
        "minutes": minutes,
        "personas": ("officer",),
        "filters_for": "Trust.",
        "questions": tuple(question.id for question in asked),
    }
    track = Track(
        id="bank", title="Bank", summary="A bank.", rounds=(Round(**(settings | round_changes)),)
    )
    criteria = {p.criterion: p.signal for question in asked for p in question.points}
    return Catalog(
        tracks={"bank": track},
        personas={"officer": a_persona()},
        criteria={
            c: Criterion(id=c, title=f"{c} title", signal=signal, description=f"About {c}.")
            for c, signal in criteria.items()
        },
        questions={question.id: question for question in asked},
    )


# Findings.


def a_quote(text: str = "We compare", answer: int = 0, start: int = 0) -> Quote:
    """A quote of the text at the offset."""
    return Quote(answer=answer, start=start, end=start + len(text), text=text)


def a_verdict(point: str = "statistic", met: str | Met | None = "yes", **changes: Any) -> Verdict:
    """A verdict, quoted where it must be."""
    judged = None if met is None else Met(met)
    quote = a_quote() if judged in (Met.YES, Met.PARTLY) else None
    settings: dict[str, Any] = {
        "point": point,
        "met": judged,
        "quote": quote,
        "citations": ("sr-26-2#monitoring",),
    }
    return Verdict(**(settings | changes))


def an_assessment(met: Mapping[str, str | None] | str = "no", **changes: Any) -> Assessment:
    """An assessment: one verdict for all of `POINT_IDS`, or a verdict by point."""
    by_point = dict.fromkeys(POINT_IDS, met) if isinstance(met, str) else met
    verdicts = tuple(a_verdict(point, judged) for point, judged in by_point.items())
    return Assessment(**({"engine": "offline", "verdicts": verdicts} | changes))


def a_flag_raised(flag_id: str = "no-monitoring", cap: int | None = None) -> FlagRaised:
    """A red flag found."""
    return FlagRaised(id=flag_id, quote=a_quote(), cap=cap)


def junk(kind: str | Hygiene, answer: int = 0) -> HygieneFlag:
    """A finding that makes an answer worthless."""
    return HygieneFlag(kind=Hygiene(kind), answer=answer, junk=True, why="as the test wants it")


def a_claim(text: str = "We compare", missing: str = "a number") -> BareClaim:
    """A claimed result that lacks something."""
    return BareClaim(quote=a_quote(text), missing=missing)


def a_rule(**changes: Any) -> SupersededRule:
    """SR 11-7, as the knowledge source describes it."""
    settings: dict[str, Any] = {
        "source": "sr-11-7",
        "title": "SR 11-7",
        "names": ("SR 11-7", "SR11-7", "OCC 2011-12", "OCC Bulletin 2011-12"),
        "superseded_by": "sr-26-2",
        "successor_names": ("SR 26-2", "OCC Bulletin 2026-13"),
        "on": dt.date(2026, 4, 17),
        "citation": "sr-26-2#rescissions",
    }
    return SupersededRule(**(settings | changes))


def a_currency_flag(*, acknowledged: bool = False, cited: str = "SR 11-7") -> CurrencyFlag:
    """A superseded rule found in the first answer."""
    return CurrencyFlag(
        cited=cited,
        source="sr-11-7",
        superseded_by="sr-26-2",
        on=dt.date(2026, 4, 17),
        quote=a_quote(cited),
        citation="sr-26-2#rescissions",
        acknowledged=acknowledged,
    )


# Events.


def started(*question_ids: str, minutes: int = 45, **changes: Any) -> InterviewStarted:
    """The start of a round that plans these questions, by default `drift` and `limits`."""
    ids = question_ids or ("drift", "limits")
    settings: dict[str, Any] = {
        "at": at(),
        "track": "bank",
        "round": "risk",
        "title": "Risk round",
        "persona": "officer",
        "engine": "offline",
        "minutes": minutes,
        "plan": tuple(PlannedQuestion(id=i, minutes=8) for i in ids),
        "bar": {"risk": 3.0, "impact": 2.5, "leadership": 2.5},
    }
    return InterviewStarted(**(settings | changes))


def asked(question: str | Question = "drift", minutes: float = 0, **changes: Any) -> MoveMade:
    """The interviewer put a question."""
    put = a_question(question) if isinstance(question, str) else question
    move = Ask(question=put.id, reason="It is next.")
    return moved(move, minutes, said=put.text, question=put, **changes)


def moved(move: Move, minutes: float = 0, said: str = "Go on.", **changes: Any) -> MoveMade:
    """The interviewer made any other move."""
    return MoveMade(
        **({"at": at(minutes), "move": move, "said": said, "engine": "offline"} | changes)
    )


def answered(text: str = ANSWER, minutes: float = 0, *, cut_off: bool = False) -> AnswerGiven:
    """The candidate answered."""
    return AnswerGiven(at=at(minutes), text=text, cut_off=cut_off)


def passed(minutes: float = 0) -> TurnPassed:
    """The candidate passed."""
    return TurnPassed(at=at(minutes))


def ended(minutes: float = 0) -> EndRequested:
    """The candidate asked to end."""
    return EndRequested(at=at(minutes))


def graded(question: str = "drift", assessment: Assessment | None = None) -> QuestionGraded:
    """A question was graded."""
    return QuestionGraded(at=at(), question=question, assessment=assessment or an_assessment())


def a_probe(point: str = "owner", *, deepen: bool = False, quote: Quote | None = None) -> Probe:
    """A probe at a point."""
    return Probe(point=point, deepen=deepen, quote=quote, reason="It is still missing.")


def a_fallback() -> Fallback:
    """Why the offline engine stood in."""
    return Fallback(cause="rate_limit", message="The language model failed (rate limit).")


def some_usage(tokens: int = 100) -> Usage:
    """One call's usage."""
    return Usage(prompt_tokens=tokens, completion_tokens=10, calls=1)


# Interviews.


def an_interview(*events: Any) -> Interview:
    """The interview after these events; a start is put in front if there is none."""
    if not events or not isinstance(events[0], InterviewStarted):
        events = (started(), *events)
    return replay(events)


def followed_by(interview: Interview, *events: Any) -> Interview:
    """The interview after some more events."""
    for event in events:
        interview = apply(interview, event)
    return interview


def an_exchange(
    *answers: str, question: Question | None = None, moves: Sequence[Move] = ()
) -> Exchange:
    """An exchange on one question: answers, with the given follow-up moves between them."""
    put = question or a_question()
    turns = [
        Turn(
            speaker="interviewer",
            text=put.text,
            at=at(),
            move=Ask(question=put.id, reason="It is next."),
        )
    ]
    between = list(moves) or [a_probe()] * len(answers)
    for number, answer in enumerate(answers):
        if number:
            move = between[number - 1]
            turns.append(Turn(speaker="interviewer", text="Go on.", at=at(), move=move))
        turns.append(Turn(speaker="candidate", text=answer, at=at()))
    return Exchange(question=put, turns=tuple(turns))


def an_examination() -> Examine:
    return Examine(
        observation=Observation(
            kind=ObservationKind.FAILING_TEST,
            text="f([]) gave 1",
            ask="And with nothing?",
            test="empty",
        ),
        reason="Your code was run.",
    )


def a_code_outcome() -> CodeOutcome:
    test = TestOutcome(name="two", ending=Ending.RAISED, visible=True, detail="ValueError (line 2)")
    growth = GrowthMeasured(n=500, seconds=0.001, seconds_at_8n=0.07, found="quadratic", fits=False)
    return CodeOutcome(status="ran", tests=(test,), growth=growth)
