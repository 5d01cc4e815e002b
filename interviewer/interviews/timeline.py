"""The timeline of a round: when each question was asked, answered and followed up, and its level.

Every follow-up has a letter of its own; the reasons stand beside the transcript.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from interviewer.interviews.html import Html, el
from interviewer.interviews.report import Line, QuestionReport, RoundReport

_LEFT, _RIGHT, _WIDTH = 230.0, 640.0, 720
_ROW, _TOP = 26.0, 34.0
_LONGEST_NAME = 26
_CLOCKLESS_MINUTES = 1.0
"""A round played faster than this was answered from a file: it is drawn turn by turn instead."""

_LETTERS = {
    "probe": ("P", "probe: follow-up on a point"),
    "press": ("N", "press: a number, an owner or a time frame was missing"),
    "recall": ("E", "recall: a claim from an earlier round"),
    "challenge": ("C", "challenge: something was questioned"),
    "interrupt": ("I", "interrupt: cut in"),
    "curveball": ("F", "curveball: the facts changed"),
    "inform": ("A", "answered a question of yours"),
    "examine": ("X", "examine: asked about what was run or handed in"),
    "hand_over": ("H", "hand-over to a colleague"),
    "redirect": ("R", "redirect: brought back"),
}
_OTHER = ("M", "another move of the interviewer")


_Scale = Callable[[float], float]


class _Mark(NamedTuple):
    place: float
    """In minutes, or in turns."""
    line: Line


def timeline(report: RoundReport, picture_id: str) -> Html:
    """The picture of a round.

    Args:
        report: Of the round.
        picture_id: Unique in the page, for the picture's title.
    """
    by_turn = report.minutes_used < _CLOCKLESS_MINUTES
    rows = _rows(report, by_turn=by_turn)
    end = max((mark.place for row in rows for mark in row), default=1.0)
    whole = max(end, 1.0) if by_turn else max(end, float(report.minutes))
    height = _TOP + _ROW * max(1, len(rows)) + 30

    def x(place: float) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * place / whole, 1)

    return el(
        "svg",
        el("title", f"Timeline of {report.title}", id=f"{picture_id}-t"),
        el("desc", " ".join(_sentences(report)), id=f"{picture_id}-d"),
        _scale(report, x, whole, height, by_turn=by_turn),
        [
            _row(number, question, marks, x)
            for number, (question, marks) in enumerate(zip(report.questions, rows, strict=True))
        ],
        class_="timeline",
        viewBox=f"0 0 {_WIDTH} {height:g}",
        role="img",
        aria_labelledby=f"{picture_id}-t {picture_id}-d",
    )


def timeline_key(report: RoundReport) -> str:
    """What the letters in the picture mean, as far as they occur."""
    moves = {line.move for q in report.questions for line in q.transcript if line.move}
    used = dict.fromkeys(_letter(move) for move in sorted(moves) if move not in ("ask", "wrap"))
    letters = [f"{letter} {meaning}" for letter, meaning in used]
    return "; ".join(
        [
            *letters,
            "a dot is an answer, a square what was handed in, a ring an answer that was passed",
        ]
    )


def _letter(move: str) -> tuple[str, str]:
    return _LETTERS.get(move, _OTHER)


def _rows(report: RoundReport, *, by_turn: bool) -> list[list[_Mark]]:
    rows, turn = [], 0
    for question in report.questions:
        row = []
        for line in question.transcript:
            row.append(_Mark(float(turn) if by_turn else line.minute or 0.0, line))
            turn += 1
        rows.append(row)
    return rows


def _sentences(report: RoundReport) -> Iterator[str]:
    yield f"{report.minutes_used:g} of {report.minutes} minutes were used."
    for number, question in enumerate(report.questions, 1):
        moves = [
            line.move for line in question.transcript if line.move not in (None, "ask", "wrap")
        ]
        more = f", then {', '.join(map(str, moves))}" if moves else ", no follow-up"
        yield f"Question {number}, {question.question}: {_level(question)}{more}."


def _level(question: QuestionReport) -> str:
    return "not assessed" if question.overall is None else f"level {question.overall}"


def _scale(report: RoundReport, x: _Scale, whole: float, height: float, *, by_turn: bool) -> Html:
    ends = [(0.0, "0"), (whole, f"{whole:.0f}")]
    unit = "turns" if by_turn else "minutes"
    if not by_turn and report.minutes < whole:
        ends.append((float(report.minutes), str(report.minutes)))
    elif not by_turn:
        ends.append((whole / 2, f"{whole / 2:g}"))
    foot = height - 26
    return el(
        "g",
        [
            el(
                "g",
                el("line", x1=x(place), y1=_TOP - 12, x2=x(place), y2=foot, class_="ring"),
                el("text", label, x=x(place), y=_TOP - 18, text_anchor="middle", class_="tick"),
            )
            for place, label in ends
        ],
        el("text", unit, x=_RIGHT + 16, y=_TOP - 18, class_="tick"),
    )


def _row(number: int, question: QuestionReport, marks: Sequence[_Mark], x: _Scale) -> Html:
    middle = _TOP + _ROW * number + _ROW / 2
    first, last = marks[0].place, marks[-1].place
    return el(
        "g",
        el("text", f"{number + 1}. {_short(question.question)}", x=4, y=middle + 4),
        el("line", x1=x(first), y1=middle, x2=x(last), y2=middle, class_="span"),
        [_mark(mark, x(mark.place), middle) for mark in marks],
        el("text", _level(question), x=_RIGHT + 16, y=middle + 4, class_="level"),
    )


def _mark(mark: _Mark, x: float, middle: float) -> Html | None:
    line = mark.line
    if line.artefact:
        return el("rect", x=x - 4, y=middle - 4, width=8, height=8, class_="dot")
    if line.speaker == "candidate":
        kind = "passed" if line.text == "(passed)" else "dot"
        return el("circle", cx=x, cy=middle, r=4.5, class_=kind)
    if line.move in (None, "ask", "wrap"):
        return el("line", x1=x, y1=middle - 7, x2=x, y2=middle + 7, class_="ask")
    letter, _ = _letter(str(line.move))
    return el("text", letter, x=x, y=middle - 5, text_anchor="middle", class_="move")


def _short(name: str) -> str:
    plain = name.replace("-", " ")
    return plain if len(plain) <= _LONGEST_NAME else f"{plain[: _LONGEST_NAME - 1]}\u2026"
