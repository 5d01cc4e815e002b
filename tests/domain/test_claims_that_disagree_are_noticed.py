"""Two claims disagree only if they are about the same thing and cannot both be right."""

from collections.abc import Sequence

import pytest

from interviewer.domain.claims import Claim, ClaimKind, Contradiction, contradictions
from interviewer.domain.memory import distinct, remembered_claims
from interviewer.engines.offline.claimed import claims_in
from tests.builders import an_assessment, an_interview, answered, asked, graded, moved, started
from tests.builders_of_moves import a_remembered_claim, a_said_claim, a_wrap


def claims(*answers: str) -> Sequence[Claim]:
    return claims_in(answers, question="drift", round_id="risk")


def between(earlier: str, later: str) -> tuple[Contradiction, ...]:
    return contradictions(((c, None) for c in claims(earlier)), claims(later))


@pytest.mark.parametrize(
    ("said", "kind", "number", "unit"),
    [
        ("We cut false alerts by 40 percent.", ClaimKind.SHARE, 40, "percent change"),
        ("We cut false alerts to 12 %.", ClaimKind.SHARE, 12, "percent"),
        ("I saved the bank $2.5 million.", ClaimKind.MONEY, 2.5e6, "usd"),
        ("I saved the desk £300k.", ClaimKind.MONEY, 3e5, "gbp"),
        ("We lost two million dollars on it.", ClaimKind.MONEY, 2e6, "usd"),
        ("We closed each alert within five days.", ClaimKind.DURATION, 120, "hours"),
        ("I launched three AI products.", ClaimKind.COUNT, 3, "product"),
        ("I led a team of six.", ClaimKind.PEOPLE, 6, "people"),
        ("I hired twelve engineers for it.", ClaimKind.PEOPLE, 12, "people"),
        ("My model reached an AUC of 0.83.", ClaimKind.METRIC, 0.83, "auc"),
        ("We moved to the new platform in 2023.", ClaimKind.DATE, 2023, "year"),
        ("I had twenty-five models in review.", ClaimKind.COUNT, 25, "model"),
    ],
)
def test_a_quantity_is_read_with_its_unit(
    said: str, kind: ClaimKind, number: float, unit: str
) -> None:
    found = [c for c in claims(said) if c.kind is kind]
    assert [(c.number, c.unit) for c in found] == [(number, unit)]
    assert found[0].quote.text == said


@pytest.mark.parametrize(
    ("said", "verb", "holder"),
    [
        ("I led the rollout of the dispute model.", "led", "self"),
        ("We launched the dispute model in the branches.", "launched", "team"),
        ("My manager decided to switch the model off.", "decided", "other"),
        ("I did not decide to switch the model off.", "decided", "other"),
        ("I was responsible for the alert queue.", "owned", "self"),
    ],
)
def test_who_did_what_is_read(said: str, verb: str, holder: str) -> None:
    found = [c for c in claims(said) if c.kind is ClaimKind.ROLE]
    assert [(c.unit, c.holder) for c in found] == [(verb, holder)]


@pytest.mark.parametrize(
    "said",
    [
        "I would cut false alerts by 40 percent.",
        "We should close each alert within five days.",
        "If I led a team of six, I would split it.",
        "Banks spent two billion dollars on it.",
        "Did we save two million dollars?",
        "One of the things I learned was patience.",
    ],
)
def test_plans_and_the_world_at_large_are_no_claims(said: str) -> None:
    assert claims(said) == ()


def test_every_quote_stands_in_its_answer() -> None:
    answers = ("First, I led it. We cut costs by 30 percent.", "Caf\u00e9: I saved 12 days.")
    found = claims(*answers)
    assert len(found) >= 3
    for claim in found:
        quote = claim.quote
        assert answers[quote.answer][quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (
            "We cut false fraud alerts by 40 percent at the card desk.",
            "At the card desk we cut false fraud alerts by 15 percent.",
        ),
        (
            "I launched three AI products at the retail bank.",
            "At the retail bank I launched two AI products.",
        ),
        (
            "I decided to switch the dispute model off that evening.",
            "My manager decided to switch the dispute model off that evening.",
        ),
        (
            "Our churn model reached an AUC of 0.91 on mortgage customers.",
            "On mortgage customers our churn model had an AUC of 0.84.",
        ),
    ],
)
def test_two_accounts_of_one_thing_disagree(earlier: str, later: str) -> None:
    (found,) = between(earlier, later)
    assert (found.earlier.quote.text, found.later.quote.text) == (earlier, later)
    assert len(found.about) >= 3


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("We cut false alerts by 40 percent.", "We cut false alerts by 42 percent."),
        ("We cut false alerts by 40 percent.", "We cut processing costs by 15 percent."),
        ("We cut false fraud alerts by 40 percent.", "We cut false fraud alerts to 15 percent."),
        ("We closed fraud alerts in five days.", "We closed fraud alerts in 120 hours."),
        ("I led a team of six on disputes.", "I led a team of nine on mortgages."),
        ("We launched the dispute model.", "I launched the dispute model."),
        ("I launched three AI products.", "The vendor launched two AI products."),
        ("We went from 40 percent to 20 percent.", "We went from 40 percent to 10 percent."),
    ],
)
def test_what_may_both_be_true_is_no_contradiction(earlier: str, later: str) -> None:
    assert between(earlier, later) == ()


def test_the_bank_s_own_answers_do_not_contradict_themselves() -> None:
    from interviewer.paths import shipped
    from interviewer.store.catalog_files import load_catalog

    questions = load_catalog(shipped("seeds")).questions.values()
    answers = [(q.id, e.answer) for q in questions for e in q.examples]
    found = [f for _, answer in answers for f in between(answer, answer)]
    assert found == []


def test_claims_of_a_graded_round_are_handed_on_with_where_they_were_made() -> None:
    heard = an_assessment("yes", checkable=(a_said_claim(),))
    interview = an_interview(
        started("drift"), asked(), answered(), moved(a_wrap()), graded("drift", heard)
    )
    (remembered,) = remembered_claims(interview, "an-id")
    assert (remembered.title, remembered.interview) == ("Risk round", "an-id")
    assert (remembered.claim.round, remembered.persona) == ("risk", "officer")


def test_the_same_words_are_remembered_once() -> None:
    again = a_remembered_claim().model_copy(update={"interview": "later"})
    assert distinct([a_remembered_claim(), again]) == (a_remembered_claim(),)
