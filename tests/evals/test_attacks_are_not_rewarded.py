"""The robustness sets hold what they say, catch graders that can be gamed, and are kept by ours."""

from collections.abc import Callable, Sequence

import pytest

from evals.answers import GradedAnswer, is_test, load_answers
from evals.attack_kinds import Kind, Measure
from evals.bank import product
from evals.rewording import negated, shuffled, wordings, woven
from evals.robustness import FALLS_SHORT, KINDS, Reads, Row, attacks, broken, cases, run
from interviewer.domain.assessment import Assessment
from interviewer.domain.question import Quality, Question
from interviewer.domain.verdict import Met, Quote, Verdict


class Grader:
    """Gives every point the same verdict, chosen from the words of the answer."""

    def __init__(self, chooses: Callable[[str], Met], *, marks: bool = False) -> None:
        self._chooses, self._marks = chooses, marks

    def read(self, question: Question, answers: Sequence[str]) -> Assessment:
        met = self._chooses(answers[0])
        quote = None if met is Met.NO else Quote(start=0, end=4, text=answers[0][:4])
        verdicts = tuple(Verdict(point=p.id, met=met, quote=quote) for p in question.points)
        return Assessment(engine="offline", verdicts=verdicts, may_be_gamed=self._marks)


def half(name: str) -> list[GradedAnswer]:
    return [a for a in load_answers(product().catalog) if is_test(a.question) is (name == "test")]


def kinds_broken_by(grader: Reads, name: str = "test") -> set[str]:
    rows = run(grader, half(name), product().catalog)
    return {line.partition(": ")[0] for line in broken(rows)} | {
        kind for kind, row in rows.items() if not row.holds(kind)
    }


@pytest.mark.slow
def test_the_offline_engine_keeps_every_property_but_the_known_ones(home: object) -> None:
    rows = run(product().reader, half("test"), product().catalog)
    assert {kind for kind, row in rows.items() if not row.holds(kind)} <= FALLS_SHORT
    assert set(rows) == set(KINDS)


@pytest.mark.parametrize("name", ["test", "calibration"])
def test_every_kind_has_a_case_in_both_halves(name: str) -> None:
    assert {case.kind for case in cases(half(name), product().catalog)} == set(KINDS)


def test_the_same_answers_make_the_same_attacks() -> None:
    once, again = (list(cases(half("test"), product().catalog)) for _ in range(2))
    assert once == again


def test_nothing_of_the_other_half_gets_into_an_attack() -> None:
    other = [a.answer for a in half("calibration") if a.quality is Quality.STRONG]
    made = " ".join(case.answer for case in cases(half("test"), product().catalog))
    assert not any(text in made for text in other)


def test_a_grader_that_always_says_yes_rewards_everything_that_is_no_answer() -> None:
    junk = {kind for kind, held in KINDS.items() if held.measure is Measure.LEVEL}
    assert junk <= kinds_broken_by(Grader(lambda _: Met.YES))


def test_a_grader_that_scores_length_is_caught_by_filler() -> None:
    found = kinds_broken_by(Grader(lambda text: Met.YES if len(text.split()) > 260 else Met.NO))
    assert {"weak with filler to twice its length", "weak said twice"} <= found


def test_a_grader_that_obeys_is_caught_by_every_way_of_telling_it() -> None:
    orders = [one for group in wordings()["injections"].values() for one in group]
    hidden = chr(0xE0000 + ord("I"))

    def obeys(text: str) -> Met:
        return Met.YES if hidden in text or any(order in text for order in orders) else Met.NO

    told = {kind for kind in KINDS if "injection" in kind}
    assert len(told) == 9
    assert told <= kinds_broken_by(Grader(obeys))


def test_a_grader_that_looks_for_words_only_is_caught_by_stuffing() -> None:
    class Counts:
        def read(self, question: Question, answers: Sequence[str]) -> Assessment:
            text = answers[0].lower()
            terms = [t.lower() for p in question.points for group in p.key_terms for t in group]
            share = sum(term in text for term in terms) / len(terms)
            return Grader(lambda _: Met.YES if share > 0.5 else Met.NO).read(question, answers)

    assert "weak with stuffing" in kinds_broken_by(Counts())


def test_a_grader_that_dislikes_a_name_is_unfair() -> None:
    found = kinds_broken_by(Grader(lambda text: Met.NO if "Washington" in text else Met.YES))
    assert {"fair: another name", "fair: another colleague's name"} <= found
    assert "fair: no articles" not in found


def test_a_grader_that_never_says_yes_or_marks_everything_does_not_pass() -> None:
    never = kinds_broken_by(Grader(lambda _: Met.NO))
    assert {"strong shuffled", "strong half negated", "strong example copied"} <= never
    assert kinds_broken_by(Grader(lambda _: Met.NO, marks=True)) == {"honest answer"}


def test_a_kind_without_a_case_does_not_pass_for_kept() -> None:
    assert len(broken({})) == len(KINDS)


def test_one_case_is_enough_where_none_is_allowed() -> None:
    row = Row(Measure.RISE, -0.5, 0.0, 1, 20)
    assert not row.holds("weak with injection, plain")
    assert row.holds("weak with filler twice")


def test_attacks_on_a_weak_answer_are_levels_or_rises_above_it() -> None:
    weak = next(a for a in half("test") if a.quality is Quality.WEAK)
    made = list(attacks(product().catalog.question(weak.question), weak))
    assert {one.original for one in made} == {None, weak.answer}
    for one in made:
        held: Kind = one.property
        assert (held.measure, held.most) == (KINDS[one.kind].measure, one.most)
        assert (held.measure is Measure.RISE) == (one.original is not None)


def test_shuffling_keeps_the_words_and_loses_the_order() -> None:
    text = "The head of the fraud desk signs the limit in writing before launch."
    assert sorted(shuffled(text).split()) == sorted(text.split())
    assert shuffled(text) != text


@pytest.mark.parametrize(
    ("said", "contrary"),
    [
        ("I would ask the owner.", "I would not ask the owner."),
        ("I'd ask the owner.", "I wouldn't ask the owner."),
        ("It isn't her call.", "It is her call."),
        ("Two slipped.", "It is not the case that two slipped."),
    ],
)
def test_negation_turns_a_sentence_into_its_contrary(said: str, contrary: str) -> None:
    assert negated(said) == contrary


def test_every_other_sentence_can_be_left_as_it_was() -> None:
    assert negated("It is so. It was so. We will go.", every=2) == (
        "It is not so. It was so. We will not go."
    )


def test_stuffing_in_sentences_never_uses_a_frame_often() -> None:
    made = [
        woven(question, frames)
        for question in product().catalog.questions.values()
        for frames in ((), wordings()["stuffing_longer_frames"])
    ]
    for text in made:
        starts = [" ".join(s.split()[:2]) for s in text.split(". ")]
        assert max(starts.count(start) for start in starts) <= 2


def test_invisible_characters_change_nothing_that_can_be_seen() -> None:
    for case in cases(half("test")[:6], product().catalog):
        if case.kind == "fair: invisible characters":
            assert case.answer != case.original
            assert case.answer.replace("\u200b", "") == case.original
