"""What is said of a résumé's lines, and which of them an interviewer asks about first."""

from pathlib import Path

import pytest

from interviewer.domain.resume import Lack, LineReview
from interviewer.practice.resume_review import reviewed, worth_asking
from tests.cli.running import assert_refused, run

STRONG = (
    "Led a fraud model that cut false positives from 240 to 160 per 10,000 payments, with drift "
    "monitoring signed off by validation."
)
POSTING = (
    "Launch fraud models in a regulated bank.",
    "Run controlled experiments on product metrics.",
)


def of(text: str, *requirements: str) -> LineReview:
    return reviewed([text], requirements).lines[0]


def test_a_line_with_everything_leaves_nothing_to_mend() -> None:
    line = of(STRONG, *POSTING)
    assert (line.lacks, line.scaffold) == ((), None)
    assert (line.quantified, line.owned, line.risk_aware, line.aligned) == (True,) * 4


@pytest.mark.parametrize(
    ("text", "lack"),
    [
        ("Built a dashboard for the branch managers.", Lack.FIGURE),
        ("Improved customer satisfaction by 12%.", Lack.BASE),
        ("Responsible for the roadmap of the cards team.", Lack.OWNER),
        ("Assisted in the rollout of 14 tools.", Lack.OWNER),
        ("Deployed a credit scoring model for 40 branches.", Lack.CONTROL),
    ],
)
def test_what_a_line_lacks_is_named_and_becomes_a_gap(text: str, lack: Lack) -> None:
    line = of(text)
    assert lack in line.lacks
    assert len(line.advice) == len(line.lacks)
    assert line.scaffold is not None
    assert "[" in line.scaffold


def test_a_scaffold_adds_no_figure() -> None:
    scaffold = of("Improved customer satisfaction a lot.").scaffold
    assert scaffold is not None
    assert not any(character.isdigit() for character in scaffold)


def test_a_year_is_no_figure() -> None:
    assert Lack.FIGURE in of("Launched a card product in 2019.").lacks


def test_a_line_without_a_model_needs_no_control() -> None:
    assert of("Cut the cost of cash handling from $4m to $3m a year.").risk_aware is None


def test_what_the_posting_asks_and_no_line_answers_is_listed() -> None:
    review = reviewed([STRONG], POSTING)
    assert review.not_shown == (POSTING[1],)
    assert reviewed([STRONG]).lines[0].aligned is None


def test_an_interviewer_asks_first_about_a_claim_that_lacks_something() -> None:
    lines = ("Fond of hiking and of cooking.", STRONG, "Improved approval rates by 9%.")
    assert worth_asking(lines)[0] == "Improved approval rates by 9%."
    assert sorted(worth_asking(lines)) == sorted(lines)


def test_an_empty_resume_says_so() -> None:
    assert reviewed([]).findings == ("There is no line to review: is it the right file?",)


def test_the_command_line_reviews_a_file_and_names_a_bad_one(home: Path, tmp_path: Path) -> None:
    resume, posting = tmp_path / "cv.md", tmp_path / "job.txt"
    resume.write_text(f"# Ann\n\n- {STRONG}\n- Responsible for the roadmap of the cards team.\n")
    posting.write_text("\n".join(f"- {line}" for line in POSTING))
    shown = run("resume", "review", resume, "--job", posting, "--json").document
    assert [line["text"] for line in shown["lines"]] == [
        STRONG,
        "Responsible for the roadmap of the cards team.",
    ]
    assert_refused(run("resume", "review", tmp_path / "none.pdf"), 2, "none.pdf")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 broken")
    assert_refused(run("resume", "review", tmp_path / "bad.pdf"), 2, "bad.pdf")
