"""Builders of what interviewers do and hear: moves, claims, cases and panels."""

from typing import Any

from interviewer.domain.artefacts.findings import Finding
from interviewer.domain.assessment import FeatureList, Hygiene
from interviewer.domain.case import Case, Enquiry, Fact, HiddenFact
from interviewer.domain.claims import Claim, ClaimKind, Contradiction, RememberedClaim
from interviewer.domain.code_outcome import CodeOutcome, Ending, GrowthMeasured, TestOutcome
from interviewer.domain.coding import ObservationKind
from interviewer.domain.events import Panellist
from interviewer.domain.handed import ArtefactObservation, CheckedArtefact
from interviewer.domain.moves import (
    Challenge,
    Coaching,
    Curveball,
    Examine,
    HandOver,
    Inform,
    Interrupt,
    Press,
    Recall,
    Redirect,
    Wrap,
)
from interviewer.domain.observation import Observation
from interviewer.domain.question import Change
from interviewer.domain.sql_result import Column, Difference, SqlFinding
from interviewer.domain.sql_run import SqlRun
from tests.builders import a_currency_flag, a_quote


def a_said_claim(text: str = "We compare", **changes: Any) -> Claim:
    """A checkable claim: fourteen percent of something."""
    settings: dict[str, Any] = {
        "kind": ClaimKind.SHARE,
        "quote": a_quote(text),
        "question": "drift",
        "number": 14.0,
        "unit": "percent",
        "stems": ("fals", "posit", "alert"),
    }
    return Claim(**(settings | changes))


def a_remembered_claim(text: str = "I cut false alerts", **changes: Any) -> RememberedClaim:
    """A claim of the recruiter screen."""
    return RememberedClaim(claim=a_said_claim(text, **changes), title="Recruiter screen")


def a_contradiction(title: str | None = None) -> Contradiction:
    """Two shares of the same thing."""
    earlier, later = a_said_claim("It fell by 40"), a_said_claim("It fell by 14", number=14.0)
    return Contradiction(
        earlier=earlier, later=later, title=title, about=earlier.stems, reason="Two numbers."
    )


def a_feature_list(text: str = "a bot", items: int = 5) -> FeatureList:
    """A list without a constraint, in the first answer."""
    return FeatureList(quote=a_quote(text), items=items)


def a_hidden_fact(fact_id: str = "capacity", **changes: Any) -> HiddenFact:
    """A fact about how many alerts can be reviewed."""
    settings: dict[str, Any] = {
        "id": fact_id,
        "asked_about": ((f"{fact_id}", "review team"), ("how many", "how much", "what")),
        "ways_of_asking": (
            f"How many alerts is the {fact_id} of the team?",
            f"What {fact_id} do the reviewers have?",
            f"How much {fact_id} is there for reviews?",
        ),
        "text": f"The {fact_id} is 1,100 alerts a day.",
        "persona": "officer",
    }
    return HiddenFact(**(settings | changes))


def a_case(*facts: HiddenFact) -> Case:
    """A case with hidden facts, by default one."""
    return Case(
        brief="Card fraud has risen for three quarters, and the board wants a product.",
        facts=facts or (a_hidden_fact(),),
    )


def an_enquiry(fact: str | None = "capacity", answer: int = 0) -> Enquiry:
    """A question of the candidate's."""
    return Enquiry(quote=a_quote("How many", answer=answer), fact=fact)


def a_change(change_id: str = "freeze", **changes: Any) -> Change:
    """A change of facts."""
    settings = {"id": change_id, "text": f"The {change_id} was lifted. What follows?"}
    return Change(**(settings | changes))


def a_panel(*ids: str, interrupting: str = "") -> tuple[Panellist, ...]:
    """A panel of these personas."""
    return tuple(
        Panellist(id=i, name=f"{i.title()} Quill", title="Panel", interrupts=i == interrupting)
        for i in ids
    )


def a_press() -> Press:
    """A press for a number."""
    return Press(quote=a_quote(), missing="a number", reason="A result without a number.")


def a_challenge() -> Challenge:
    """A challenge to SR 11-7."""
    return Challenge(flag=a_currency_flag(), reason="It was superseded.")


def a_recall() -> Recall:
    """A claim of an earlier round, tested."""
    return Recall(remembered=a_remembered_claim(), reason="It was claimed.")


def a_confrontation(title: str | None = None) -> Challenge:
    """A challenge to two claims that disagree."""
    return Challenge(contradiction=a_contradiction(title), reason="Two numbers.")


def an_interrupt() -> Interrupt:
    """A list that was cut off."""
    return Interrupt(trigger="a list of 5 things", quote=a_quote("a bot"), reason="A list.")


def a_curveball() -> Curveball:
    """A change of facts thrown in."""
    coaching = Coaching(cause="half-time", minutes=20)
    return Curveball(change=a_change(), coaching=coaching, reason="It was planned.")


def an_inform(*fact_ids: str, more: bool = False, answer: int = 0) -> Inform:
    """An answer to what the candidate asked."""
    quote = a_quote("How many", answer=answer)
    facts = tuple(Fact(id=f, text=f"The {f} is known.", quote=quote) for f in fact_ids)
    persona = "officer" if facts else None
    return Inform(facts=facts, persona=persona, quote=quote, more=more, reason="You asked.")


def a_hand_over(persona: str = "lawyer") -> HandOver:
    """The floor goes to a colleague."""
    return HandOver(persona=persona, reason="It is the colleague's concern.")


def a_redirect(kind: str = "gibberish") -> Redirect:
    """A redirect after junk."""
    return Redirect(hygiene=Hygiene(kind), reason="There was no answer.")


def a_wrap() -> Wrap:
    """The end of the round."""
    return Wrap(cause="all-asked", reason="All planned questions were asked.")


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


def an_examination_of_a_board() -> Examine:
    return Examine(
        observation=ArtefactObservation(
            artefact="register",
            kind="high-risk-without-owner",
            text="Row 1 is high and nobody owns it.",
            ask="Whose telephone rings?",
            row=1,
        ),
        reason="In your risk register: row 1 is high and nobody owns it.",
    )


def a_checked_artefact() -> CheckedArtefact:
    finding = Finding(
        kind="no-fallback", sentence="None is drawn.", probe="And then?", criterion="reliability"
    )
    return CheckedArtefact(
        words="Till to bank.", size="2 components", rows=2, findings=(finding,), notices=("a: b",)
    )


def a_query_run(finding: SqlFinding = SqlFinding.INFLATED, **changes: Any) -> SqlRun:
    """A run whose sums are too large, with a row of each sort."""
    difference = Difference(
        kind=finding,
        text="1 of 2 rows differ.",
        missing=((7, 40.0),),
        extra=((7, 80.0),),
        factor=2.0,
    )
    settings: dict[str, Any] = {
        "problem": "spend-and-refunds-per-account",
        "finding": finding,
        "message": "1 of 2 rows differ in spent.",
        "columns": (Column(name="account_id", type="INTEGER"), Column(name="spent", type="DOUBLE")),
        "rows": ((7, 80.0), (8, None)),
        "row_count": 2,
        "touched": 3,
        "difference": difference,
    }
    return SqlRun(**(settings | changes))
