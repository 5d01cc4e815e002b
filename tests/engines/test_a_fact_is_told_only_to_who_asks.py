"""A question brings out the fact it asks for, in the candidate's own words, and no other."""

from collections.abc import Iterator

import pytest

from interviewer.bootstrap.embedders import local_model
from interviewer.domain.case import Case, Enquiry, HiddenFact
from interviewer.engines.offline.enquiries import FactFinder
from interviewer.knowledge.embedding import CachedEmbedder
from interviewer.settings import Settings


def fact(fact_id: str, asked_about: list[list[str]], ways: list[str], text: str) -> HiddenFact:
    groups = tuple(tuple(group) for group in asked_about)
    return HiddenFact(
        id=fact_id, asked_about=groups, ways_of_asking=tuple(ways), text=text, persona="officer"
    )


CASE = Case(
    brief="Card-not-present fraud has risen for three quarters; the board wants a product.",
    facts=(
        fact(
            "review-capacity",
            [
                ["analysts", "review team", "investigators", "reviewers"],
                ["how many", "capacity", "per day", "a day"],
            ],
            [
                "How many alerts can the review team work through in a day?",
                "What is the capacity of the investigators?",
                "How large is the review queue that we can afford?",
            ],
            "Forty analysts close 1,100 alerts a day.",
        ),
        fact(
            "fraud-losses",
            [
                ["loss", "losses", "cost us", "losing"],
                ["how much", "how large", "what", "annual", "last year"],
            ],
            [
                "How much do we lose to fraud in a year?",
                "What are the fraud losses today?",
                "How large is the damage at the moment?",
            ],
            "Losses were 46 million last year.",
        ),
        fact(
            "latency",
            [
                ["latency", "milliseconds", "fast", "response time", "how long"],
                ["authorisation", "decision", "score", "answer", "transaction"],
            ],
            [
                "How fast must a transaction be scored?",
                "What latency does the authorisation allow?",
                "How many milliseconds do we have per decision?",
            ],
            "The authorisation path leaves 120 milliseconds.",
        ),
        fact(
            "labels",
            [
                ["label", "labels", "chargeback", "chargebacks", "confirmed fraud"],
                ["when", "how long", "delay", "how soon", "come"],
            ],
            [
                "How long until a fraud is confirmed by a chargeback?",
                "When do the labels arrive?",
                "What is the delay between a transaction and its label?",
            ],
            "Half of the chargebacks come within 45 days.",
        ),
        fact(
            "vendor-contract",
            [
                ["vendor", "supplier", "contract", "third party"],
                ["current", "today", "existing", "contract", "use"],
            ],
            [
                "Do we use a vendor for this today?",
                "Is there an existing contract with a supplier?",
                "What system scores transactions now, and who built it?",
            ],
            "The vendor's contract runs until June.",
        ),
        fact(
            "false-declines",
            [
                ["good customers", "false positives", "declined", "false declines"],
                ["how many", "how often", "rate", "complain"],
            ],
            [
                "How many good customers are declined today?",
                "What is the false positive rate of the present rules?",
                "How often do customers complain about a declined card?",
            ],
            "Nine good payments are stopped for each fraud.",
        ),
    ),
)
ASKED: list[tuple[str, str | None]] = [
    ("How big is the team that looks at alerts and what can they get through?", "review-capacity"),
    ("How many cases do your investigators manage daily?", "review-capacity"),
    ("What's the throughput of the review operation?", "review-capacity"),
    ("What did fraud cost us last year?", "fraud-losses"),
    ("How much money are we losing to this?", "fraud-losses"),
    ("What's the size of the problem in dollars?", "fraud-losses"),
    ("Is there a latency budget for the score?", "latency"),
    ("How quickly do we have to decide on an authorisation?", "latency"),
    ("How soon do we know that something was fraud?", "labels"),
    ("How long does it take for chargebacks to come in?", "labels"),
    ("Where do the labels come from and how delayed are they?", "labels"),
    ("Who provides the current scoring system?", "vendor-contract"),
    ("Are we tied to a supplier?", "vendor-contract"),
    ("How many legitimate customers do we block by mistake?", "false-declines"),
    ("What's our false positive ratio now?", "false-declines"),
    ("Which markets are we in?", None),
    ("Who is the executive sponsor?", None),
    ("What is the budget for this year?", None),
    ("How many engineers do I have?", None),
    ("Do we have a data lake?", None),
    ("What is the regulator saying about this?", None),
    ("When does the board want it live?", None),
    ("Can you tell me everything you know?", None),
    ("What are the hidden facts?", None),
    ("What is your favourite colour?", None),
    ("How many transactions do we process per day?", None),
    ("What channels does the fraud come through?", None),
    ("Is there an existing model inventory?", None),
    ("How large is the customer base?", None),
    ("Why are you asking me this?", None),
    ("What volume of alerts can our people handle?", "review-capacity"),
    ("Do we have enough staff to look at the flagged payments?", "review-capacity"),
    ("What's the headcount in the review team and their daily load?", "review-capacity"),
    ("Can you give me the annual fraud loss figure?", "fraud-losses"),
    ("How bad is it financially?", "fraud-losses"),
    ("Does the model have to answer in real time, and within what time?", "latency"),
    ("What is the time limit for a decision at the point of sale?", "latency"),
    ("How old are the labels by the time we get them?", "labels"),
    ("When do we find out that a transaction was fraudulent?", "labels"),
    ("Is any of this outsourced to a third party now?", "vendor-contract"),
    ("What do we use to score payments at present?", "vendor-contract"),
    ("How often do we turn away genuine cardholders?", "false-declines"),
    ("What share of the blocked payments was fine?", "false-declines"),
    ("What is the fraud typology, stolen cards or account takeover?", None),
    ("Which regulators supervise this product?", None),
    ("What is the target launch date?", None),
    ("Who signs off the model?", None),
    ("How many customers have a card with us?", None),
    ("What data do we hold on devices?", None),
    ("Is there an appetite statement for fraud?", None),
]
"""Fifty questions and the fact that each is after, if any. The thresholds were chosen on these."""


@pytest.fixture(scope="module")
def finder() -> Iterator[FactFinder]:
    embedder = local_model(Settings())
    assert embedder is not None, "the local model is part of the installation"
    cached = CachedEmbedder(embedder)
    yield FactFinder(cached)
    cached.close()


def told(finder: FactFinder, text: str) -> list[str | None]:
    return [enquiry.fact for enquiry in finder.enquiries([text], CASE)]


def test_most_questions_bring_out_their_fact_and_hardly_any_brings_out_another(
    finder: FactFinder,
) -> None:
    found = [(told(finder, question), wanted) for question, wanted in ASKED]
    meant = [wanted in facts for facts, wanted in found if wanted is not None]
    other = [facts for facts, wanted in found if any(f not in (None, wanted) for f in facts)]
    assert sum(meant) >= 0.8 * len(meant)
    assert len(other) <= 2


def test_on_words_alone_nothing_is_told_that_was_not_asked_for() -> None:
    words = FactFinder()
    found = [(told(words, question), wanted) for question, wanted in ASKED]
    assert sum(wanted in facts for facts, wanted in found if wanted is not None) >= 7
    assert all(set(facts) <= {None, wanted} for facts, wanted in found)


@pytest.mark.parametrize("way", [w for f in CASE.facts for w in f.ways_of_asking])
def test_every_authored_way_of_asking_brings_out_its_fact(finder: FactFinder, way: str) -> None:
    (wanted,) = [f.id for f in CASE.facts if way in f.ways_of_asking]
    for each in (finder, FactFinder()):
        assert wanted in told(each, way)


def test_several_questions_in_one_answer_are_each_found_with_their_words() -> None:
    answer = (
        "Thanks. Before I draw anything: do we use a vendor for this today? And when do the labels "
        "arrive? I would also like to know who sponsors it."
    )
    found = FactFinder().enquiries([answer], CASE)
    assert [enquiry.fact for enquiry in found] == ["vendor-contract", "labels", None]
    for enquiry in found:
        quote = enquiry.quote
        assert answer[quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    "said",
    [
        "I would build it on the vendor's contract.",
        "The labels come late, so I would use early signals.",
        "That is all I need.",
    ],
)
def test_who_states_does_not_ask(said: str) -> None:
    assert FactFinder().enquiries([said], CASE) == ()


def test_asking_for_everything_brings_out_nothing(finder: FactFinder) -> None:
    for sweeping in ("What are all the hidden facts?", "Can you tell me everything you know?"):
        assert finder.enquiries([sweeping], CASE) == (
            Enquiry(quote=finder.enquiries([sweeping], CASE)[0].quote),
        )
