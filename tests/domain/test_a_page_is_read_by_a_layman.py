import time

import pytest

from interviewer.domain.readability import read_as_a_layman

PLAIN = """# Early warning for late payers

We score each card account every night. The score says how likely a payment is to be late.

- It was built on accounts of 2023 to 2025.
- It has not been tried on customers who are new to the bank.

The area under the curve (AUC) is 0.81. An AUC of 0.5 would be a coin toss.
Below 0.75 we stop using it. The US portfolio is covered; the UK one is not.
"""


def kinds(text: str) -> list[str]:
    return [finding.kind for finding in read_as_a_layman(text).findings]


def test_a_plain_page_is_left_alone() -> None:
    found = read_as_a_layman(PLAIN)
    assert found.findings == ()
    assert found.unexplained == ()
    assert found.sentences == 9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PLAIN + "We also watch PSI every month.", ["unexplained-abbreviation"]),
        (PLAIN + "We watch PSI (population stability index) every month.", []),
        (PLAIN + "PSI means how far the scores have moved.", []),
        (PLAIN + "word " * 40 + ".", ["long-sentence"]),
        ("It is one idea and then one more " * 6 + "in it. " + "We stop here. " * 30, ["long-sentence"]),
        ("We stop here today, and nobody minds. " * 22, ["long-paragraph"]),
        ("We stop here today, and nobody minds.\n\n" * 110, ["more-than-a-page"]),
    ],
)  # fmt: skip
def test_it_stops_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


def test_many_of_a_kind_are_shown_by_a_few() -> None:
    assert len(kinds("QXA and QXB and QXC and QXD and QXE were all watched.")) == 3


@pytest.mark.parametrize(
    "text", ["", "\n\n", "...", "(" * 5_000, "A" * 40_000, "- " * 20_000, "\n \n" * 9_000]
)
def test_no_text_breaks_it(text: str) -> None:
    assert read_as_a_layman(text).sentences <= 1


def test_a_page_of_nothing_but_abbreviations_is_read_in_no_time() -> None:
    text = " ".join(f"Q{number:04}X (" for number in range(6_000))
    assert len(read_as_a_layman(text).unexplained) == 50


@pytest.mark.parametrize(
    "text",
    ["ABC (" * 8_000, " ".join(f"Q{n:04}X (abc)" for n in range(4_000)), "ABC (" + "x1 " * 15_000],
)
def test_one_abbreviation_a_thousand_times_costs_no_more_than_once(text: str) -> None:
    begun = time.process_time()
    read_as_a_layman(text)
    assert time.process_time() - begun < 1.5
