"""Four things in a row and nothing that binds them is a list, also while it is being typed."""

import pytest

from interviewer.domain.assessment import FeatureList
from interviewer.engines.offline.claims import bare_claims
from interviewer.engines.offline.feature_list import LEAST_ITEMS, feature_list
from interviewer.engines.text import spans
from interviewer.paths import shipped
from interviewer.store.catalog_files import load_catalog

LISTS = [
    ("We add a portal, alerts, a chat, a tracker and a bot.", "a bot"),
    ("- a dashboard\n- push alerts\n- a chatbot\n- a mobile app\n", "a mobile app"),
    ("1. a dashboard\n2. push alerts\n3. a chatbot\n4. voice\n", "voice"),
    (
        "There are five pillars. One, summaries. Two, next best action. Three, drafts. Four, "
        "emails. Five, a ch",
        "Four, emails",
    ),
    ("The app has a score, a news feed, a simulator, and badges, which people love.", "badges"),
]


@pytest.mark.parametrize(("text", "last"), LISTS)
def test_a_list_is_heard_and_quoted_at_its_end(text: str, last: str) -> None:
    found = feature_list(text)
    assert found is not None
    assert found.items >= LEAST_ITEMS
    assert found.quote.text == last
    assert text[found.quote.start : found.quote.end] == last


@pytest.mark.parametrize(
    "text",
    [
        "We add a portal, alerts, a chat and a",
        "- a dashboard\n- push alerts\n- a chatbot\n- a mobi",
        "We add a portal and alerts.",
        "We add a portal, alerts, a chat, a tracker and a bot, within the budget.",
        "The rules bind us first, so we add a portal, alerts, a chat, a tracker and a bot.",
        "For our customers we add a portal, alerts, a chat, a tracker and a bot.",
        "I called Ada, Ben, Carla, Dev and Emma that evening.",
        "",
    ],
    ids=["unfinished", "unfinished bullet", "two", "constraint", "rule", "customer", "no", "empty"],
)
def test_what_is_unfinished_short_or_bound_is_no_list(text: str) -> None:
    assert feature_list(text) is None


def typed(answer: str) -> FeatureList | None:
    """What is heard first while an answer is typed, looked at every few words."""
    words = answer.split(" ")
    texts = (" ".join(words[:end]) for end in range(6, len(words) + 1, 5))
    return next(filter(None, map(feature_list, texts)), None)


def test_hardly_a_good_answer_of_the_bank_would_be_cut_off_while_it_is_typed() -> None:
    questions = load_catalog(shipped("seeds")).questions.values()
    examples = [example for question in questions for example in question.examples]
    strong = [example for example in examples if example.quality == "strong"]
    cut = [example for example in examples if typed(example.answer) is not None]
    assert sum(example in strong for example in cut) <= 0.02 * len(strong)
    assert len(cut) <= 0.1 * len(examples)


# What a claimed result lacks.


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("We reduced losses.", "a number"),
        ("We reduced losses by 30 percent.", "a baseline"),
        ("We reduced losses from 9 percent to 6 percent.", "an owner"),
        ("I reduced losses from 9 percent to 6 percent.", "a time frame"),
        ("I reduced losses from 9 percent to 6 percent in a year.", None),
        ("We reduced losses from 9 percent to 6 percent. It took Dana and my team a year.", None),
        ("It would be reduced from 9 percent to 6 percent.", None),
    ],
)
def test_the_first_thing_that_a_result_lacks_is_named(said: str, missing: str | None) -> None:
    found = bare_claims(spans([said]), [said])
    assert [claim.missing for claim in found] == ([missing] if missing else [])
