"""Planted gaps are sound, follow-up measures tell good from bad, and ours are as good as known."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from evals.answers import GradedAnswer, is_test, load_answers
from evals.bank import product
from evals.follow_ups import FALLS_SHORT, FLOORS, broken_floors, left_alone, measure
from evals.full_answers import full_answers
from evals.metrics import rank_correlation
from evals.planted_gaps import MARKS, Gap, Oracle, marked, pieces, planted
from evals.probe_wording import authored, is_open, leaked, without_quotes
from evals.rehearsal import Rehearsal
from evals.shares import Figure
from interviewer.bootstrap import local_model
from interviewer.domain.assessment import Assessment
from interviewer.domain.moves import Probe
from interviewer.domain.question import Quality, Question
from interviewer.domain.verdict import Met, Quote, Verdict
from interviewer.errors import EvalError
from interviewer.knowledge.embedding import CachedEmbedder, Embedder


class Reader:
    """Reads the first answer's points as it is told; what was probed and answered counts as made."""

    def __init__(self, met: Callable[[str, str], Met]) -> None:
        self._met = met

    def read(
        self, question: Question, answers: Sequence[str], probed: dict[str, int]
    ) -> Assessment:
        first = pieces(answers[0])[0]
        quote = Quote(start=0, end=len(first), text=first)
        verdicts = []
        for point in (p.id for p in question.points):
            revealed = len(answers) > probed.get(point, len(answers))
            met = Met.YES if revealed else self._met(answers[0], point)
            verdicts.append(Verdict(point=point, met=met, quote=None if met is Met.NO else quote))
        anchors = {p.id: quote for p in question.points}
        return Assessment(engine="offline", verdicts=tuple(verdicts), anchors=anchors)


@pytest.fixture
def embedder(home: Path) -> Embedder:
    model = local_model(product(home).settings)
    if model is None:
        pytest.skip("not measured: the embedding model is not installed")
    return CachedEmbedder(model)


def strong(count: int) -> list[GradedAnswer]:
    """So many full answers of the test half."""
    found = [
        a
        for a in load_answers(product().catalog)
        if a.quality is Quality.STRONG
        and is_test(a.question)
        and set(a.verdicts.values()) == {"yes"}
    ]
    return found[:count]


def gaps_in(answers: Sequence[GradedAnswer]) -> list[Gap]:
    marks = marked({a.id: a for a in answers} | {a.id: a for a in load_answers(product().catalog)})
    return [
        gap
        for a in answers
        for gap in planted(a, product().catalog.question(a.question), marks[a.id], by_hand=True)
    ]


def by_labels(answers: Sequence[GradedAnswer]) -> Reader:
    """The reader one would wish for: it reads as the labels say, a planted gap included."""
    met = {a.answer: dict(a.verdicts) for a in answers}
    for gap in gaps_in(answers):
        met[gap.answer] = {**gap.source.verdicts, gap.point.id: Met.NO}
    return Reader(lambda text, point: met[text][point])


def short(measured: Mapping[str, Figure]) -> set[str]:
    return {line.rsplit(" of ", 1)[0].rsplit(" ", 1)[0] for line in broken_floors(measured)}


@pytest.mark.slow
def test_the_offline_engine_falls_short_of_the_known_floors_only(embedder: Embedder) -> None:
    catalog, reader = product().catalog, product().reader
    answers = [a for a in load_answers(catalog) if is_test(a.question)]
    full = [a for a in full_answers(catalog) if is_test(a.question)]
    # As in the report, but for the gaps in the further full answers, which take minutes.
    skips = left_alone([*answers, *full], lambda asked: Rehearsal(asked, catalog, reader))
    assert short({**measure(answers, catalog, reader, embedder), **skips}) <= FALLS_SHORT


@pytest.mark.slow
def test_a_reader_that_knows_the_labels_hits_every_gap_and_skips_every_full_answer(
    embedder: Embedder,
) -> None:
    answers = strong(4)
    measured = measure(answers, product().catalog, by_labels(answers), embedder)
    assert measured["planted gap hit"].value == 1
    assert measured["justified skip"] == Figure(1.0, 4, 1.0, 1.0)
    assert measured["revealed within two"].value > FLOORS["revealed within two"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("met", "misses"), [(Met.YES, "planted gap hit"), (Met.NO, "justified skip")]
)
def test_a_reader_that_says_one_thing_breaks_a_floor(
    embedder: Embedder, met: Met, misses: str
) -> None:
    reader = Reader(lambda *_: met)
    assert misses in short(measure(strong(3), product().catalog, reader, embedder))


def test_a_gap_holds_everything_but_the_words_of_its_point() -> None:
    for gap in gaps_in(strong(15)):
        taken = pieces(gap.hidden)
        assert taken
        assert not any(piece in pieces(gap.answer) for piece in taken)
        assert sorted(pieces(gap.answer) + taken) == sorted(pieces(gap.source.answer))


def test_a_gap_is_planted_only_where_it_takes_no_other_point_along() -> None:
    one = strong(1)[0]
    question = product().catalog.question(one.question)
    first, second, *_ = question.points
    marks = {first.id: [0], second.id: [0]}
    assert list(planted(one, question, marks, by_hand=True)) == []
    apart = {first.id: [0], second.id: [1]}
    assert [g.point.id for g in planted(one, question, apart, by_hand=True)] == [
        first.id,
        second.id,
    ]


def test_a_gap_is_planted_only_where_no_labelled_gap_outweighs_it() -> None:
    one = strong(1)[0]
    question = product().catalog.question(one.question)
    heavy = max(question.points, key=lambda p: p.weight)
    other = next(p for p in question.points if p.id != heavy.id)
    open_one = one.model_copy(update={"verdicts": {**one.verdicts, heavy.id: Met.NO}})
    assert list(planted(open_one, question, {other.id: [1]}, by_hand=True)) == []


def test_every_strong_answer_of_the_test_half_is_marked_by_hand() -> None:
    answers = {a.id: a for a in load_answers(product().catalog)}
    wanted = {i for i, a in answers.items() if a.quality is Quality.STRONG and is_test(a.question)}
    assert wanted <= set(marked(answers))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"answer": "nobody/strong"}, "no answer"),
        ({"sha256": "0"}, "changed since"),
        ({"pieces": {"no-such-point": [0]}}, "unknown points"),
        ({"pieces": {"an-exam-of-its-own": [999]}}, "beyond the end"),
    ],
)
def test_a_mark_that_no_longer_fits_is_refused(
    tmp_path: Path, change: dict[str, object], says: str
) -> None:
    lines = map(json.loads, MARKS.read_text(encoding="utf-8").splitlines())
    line = next(one for one in lines if "an-exam-of-its-own" in one["pieces"])
    file = tmp_path / "marks.jsonl"
    file.write_text(json.dumps(line | change), encoding="utf-8")
    answers = {a.id: a for a in load_answers(product().catalog)}
    with pytest.raises(EvalError, match=rf"marks\.jsonl:1: .*{says}"):
        marked(answers, file)


@pytest.mark.slow
def test_the_oracle_reveals_its_point_only_when_asked_about_it(embedder: Embedder) -> None:
    gap = gaps_in(strong(1))[0]
    question = product().catalog.question(gap.source.question)
    other = next(p for p in question.points if p.id != gap.point.id)
    oracle = Oracle(gap, question, embedder)
    assert gap.hidden not in oracle.reply(other.probes[0])
    assert not oracle.has_revealed
    assert oracle.reply(gap.point.probes[0]) == gap.hidden
    assert oracle.has_revealed


def test_a_rehearsal_follows_the_rules_of_a_round_to_its_end() -> None:
    one = strong(1)[0]
    rehearsal = Rehearsal(one.question, product().catalog, by_labels([one]))
    deepened = rehearsal.say(one.answer)
    assert deepened is not None
    assert isinstance(deepened.move, Probe)
    assert deepened.move.deepen
    assert rehearsal.say("More of the same.") is None
    assert rehearsal.closing is not None
    assert len(rehearsal.asked) == 2


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("That surprises me. Who owns the alert?", True),
        ("Do you own the alert?", False),
        ("Is it you or the desk who owns it?", True),
        ("Who owns it? And since when?", False),
        ("Tell me who owns the alert.", True),
    ],
)
def test_an_open_question_is_one_that_a_nod_does_not_answer(text: str, *, open_: bool) -> None:
    assert is_open(text) is open_


def test_a_probe_that_says_the_point_leaks_and_the_question_s_own_words_do_not() -> None:
    question = product().catalog.question(strong(1)[0].question)
    point = question.points[0]
    assert leaked(point.statement, point, question, ()) == 1.0
    assert leaked(question.text, point, question, ()) == 0.0
    assert leaked(point.statement, point, question, [point.statement]) == 0.0


def test_hardly_any_authored_probe_leaks_its_point_or_can_be_nodded_at() -> None:
    probes = list(authored(product().catalog))
    assert len(probes) > 500
    assert sum(probe.leaked > 0.3 or not is_open(probe.text) for probe in probes) <= 3


def test_the_candidate_s_own_words_are_not_taken_for_the_interviewer_s() -> None:
    assert without_quotes('You said "do you own it?". Who does?') == "You said . Who does?"


def test_what_was_not_measured_does_not_pass() -> None:
    assert len(broken_floors({})) == len(FLOORS)


def test_depth_and_level_rise_together_or_not() -> None:
    assert rank_correlation([(1, 0), (3, 1), (5, 2)]) == pytest.approx(1.0)
    assert rank_correlation([(1, 2), (3, 1), (5, 0)]) == pytest.approx(-1.0)
    constant = rank_correlation([(1, 1), (5, 1)])
    assert constant != constant
