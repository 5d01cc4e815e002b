"""What the offline assessor is fitted to: answers whose verdicts are known, and points cut out of such."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.answers import is_test, load_answers
from evals.bank import product
from evals.full_answers import all_marks, answers_to_fit, full_answers
from evals.planted_gaps import Pieces, found_by_evidence, pieces
from interviewer.domain.question import Question
from interviewer.domain.verdict import Met
from interviewer.engines.offline.assessor import OfflineAssessor
from interviewer.engines.offline.said import SAID

GAPPED = ("strong", "good")
LEAST_WORDS_KEPT = 30


@dataclass(frozen=True)
class Row:
    """One point of one labelled answer."""

    question: str
    answer: str
    point: str
    values: dict[str, float]
    label: Met


@dataclass(frozen=True)
class Labelled:
    """An answer with its labels: an example of the bank or one of the labelled set."""

    id: str
    question: str
    quality: str
    text: str
    verdicts: dict[str, Met]
    red_flags: tuple[str, ...]


def labelled(*, test: bool) -> list[Labelled]:
    """The test half of the labelled set, or the bank's examples with the calibration half."""
    answers = [
        Labelled(a.id, a.question, a.quality.value, a.answer, a.verdicts, a.red_flags)
        for a in load_answers(product().catalog)
        if is_test(a.question) is test
    ]
    if test:
        return answers
    examples = [
        Labelled(f"{q.id}/example-{i}", q.id, e.quality.value, e.answer, e.verdicts, e.red_flags)
        for q in questions()
        for i, e in enumerate(q.examples)
    ]
    return examples + answers


def elsewhere(answers: Sequence[Labelled]) -> list[Labelled]:
    """Strong answers given to another question: one of the same round, one of another round.

    Everything in them is a no. They teach what examples cannot: that words of the field, well put,
    are no evidence. Without them such an answer comes out at 1.85 on the mean of the calibration
    half (own question left out), with them at 1.54, and macro-F1 loses .005.
    """
    catalog = product().catalog
    strong = {a.question: a for a in answers if a.quality == "strong" and "/example-" not in a.id}
    ids = sorted(strong)
    found = []
    for place, question_id in enumerate(ids):
        question = catalog.question(question_id)
        others = ids[place + 1 :] + ids[:place]
        same = [catalog.question(other).round == question.round for other in others]
        for is_near in (True, False):
            other = next((o for o, near in zip(others, same, strict=True) if near is is_near), None)
            if other is not None:
                found.append(
                    Labelled(
                        f"{question_id}/elsewhere-{other}",
                        question_id,
                        "elsewhere",
                        strong[other].text,
                        {point.id: Met.NO for point in question.points},
                        (),
                    )
                )
    return found


def gapped(answers: Sequence[Labelled], reader: OfflineAssessor) -> list[Row]:
    """The points that were cut out of good and strong answers, one at a time.

    Such a point is a no beside others that are made: it teaches that a good impression is no
    evidence.
    """
    catalog, embedder = product().catalog, product().embedders.sentences
    if embedder is None:
        return []
    found = []
    for answer in answers:
        if answer.quality not in GAPPED:
            continue
        question = catalog.question(answer.question)
        own = found_by_evidence(answer.text, answer.verdicts, question, embedder)
        for point, kept in _cut(answer, own):
            values = reader.evidence(question, [kept])[point]
            found.append(Row(question.id, f"{answer.id}/without-{point}", point, values, Met.NO))
    return found


def rows(answers: Sequence[Labelled], reader: OfflineAssessor) -> list[Row]:
    """Features and labels of every answer's points."""
    catalog = product().catalog
    found = []
    for answer in answers:
        evidence = reader.evidence(catalog.question(answer.question), [answer.text])
        found += [
            Row(answer.question, answer.id, point, evidence[point], label)
            for point, label in answer.verdicts.items()
        ]
    return found


def lacking(answers: Sequence[Labelled], reader: OfflineAssessor) -> list[Row]:
    """What good answers lack: their own points, and each point made, in the answer without it.

    Besides the strong and good ones given, the full answers of the calibration half and those
    written to fit with. A point is cut out by what was marked by hand, and in the bank's examples,
    where nothing is, by evidence.
    """
    catalog, embedder = product().catalog, product().embedders.sentences
    if embedder is None:
        return []
    marks = all_marks(catalog)
    full = [
        Labelled(a.id, a.question, a.quality.value, a.answer, a.verdicts, a.red_flags)
        for a in full_answers(catalog)
        if not is_test(a.question)
    ]
    found = []
    for answer in [*(one for one in answers if one.quality in GAPPED), *full]:
        question = catalog.question(answer.question)
        own = marks.get(answer.id)
        if own is None:
            own = found_by_evidence(answer.text, answer.verdicts, question, embedder)
        found += _gap_rows(reader, question, answer.id, answer.text, answer.verdicts)
        for point, kept in _cut(answer, own):
            found += _gap_rows(
                reader, question, f"{answer.id}/without-{point}", kept, {point: Met.NO}
            )
    for told in answers_to_fit(catalog):
        question, name = catalog.question(told.question), f"{told.question}/told-{told.number}"
        made = {point.id: Met.YES for point in question.points}
        found += _gap_rows(reader, question, name, told.text, made)
        for point in made:
            if len((kept := told.without(point)).split()) >= LEAST_WORDS_KEPT:
                found += _gap_rows(
                    reader, question, f"{name}/without-{point}", kept, {point: Met.NO}
                )
    return found


def is_measured(answer: str) -> bool:
    """Whether a row's answer is a whole one of the calibration half, as opposed to one to fit with."""
    return not any(mark in answer for mark in ("/example-", "/told-", "/without-"))


def _gap_rows(
    reader: OfflineAssessor, question: Question, name: str, text: str, labels: Mapping[str, Met]
) -> list[Row]:
    evidence = reader.gap_evidence(question, [text])
    return [Row(question.id, name, point, evidence[point], met) for point, met in labels.items()]


def _cut(answer: Labelled, own: Pieces) -> Iterator[tuple[str, str]]:
    """The answer without each of the points it makes, where enough is left."""
    texts = pieces(answer.text)
    for point, out in own.items():
        kept = " ".join(text for number, text in enumerate(texts) if number not in set(out))
        if out and answer.verdicts[point] is Met.YES and len(kept.split()) >= LEAST_WORDS_KEPT:
            yield point, kept


def with_lines(data: Sequence[Row]) -> list[Row]:
    """The rows of questions that have lines of what candidates say."""
    return [row for row in data if SAID[0] in row.values]


def questions() -> list[Question]:
    """The bank, by id."""
    return [q for _, q in sorted(product().catalog.questions.items())]
