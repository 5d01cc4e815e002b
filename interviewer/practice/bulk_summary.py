"""What a bulk critique came to: counts kept while rows pass by, a table, and a page with plots."""

from collections import Counter
from collections.abc import Iterator
from html import escape

from interviewer.domain.usage import Usage

MOST_ERRORS = 20
"""Problems listed one by one; more are counted."""
_LEVELS = (1, 2, 3, 4, 5, None)


class BulkSummary:
    """Counts of a run, of constant size however many rows there are.

    Attributes:
        rows: Rows that have a line in the output, earlier runs included.
        earlier: Of those, graded by an earlier run.
        levels: Rows by level; None for answers that could not be assessed.
        usage: Of this run.
    """

    def __init__(self) -> None:
        self.rows = 0
        self.earlier = 0
        self.failed = 0
        self.levels: Counter[int | None] = Counter()
        self.by_question: dict[str, Counter[int | None]] = {}
        self.errors: list[str] = []
        self.usage = Usage()

    def add(
        self, line: int, level: int | None, error: str | None, question: str | None = None
    ) -> None:
        """Counts one row."""
        self.rows += 1
        if error is not None:
            self.failed += 1
            if len(self.errors) < MOST_ERRORS:
                self.errors.append(f"line {line}: {error}")
            return
        self.levels[level] += 1
        if question is not None:
            self.by_question.setdefault(question, Counter())[level] += 1

    @property
    def mean_level(self) -> float | None:
        """Of the answers that were assessed."""
        return _mean(self.levels)

    def table(self) -> list[tuple[str, int, float | None]]:
        """By question, worst first: id, answers of this run, mean level."""
        rows = [(q, sum(c.values()), _mean(c)) for q, c in self.by_question.items()]
        return sorted(rows, key=lambda row: (row[2] is None, row[2] or 0, row[0]))

    def document(self) -> dict[str, object]:
        """The summary as plain data."""
        return {
            "rows": self.rows,
            "earlier": self.earlier,
            "not_usable": self.failed,
            "mean_level": self.mean_level,
            "levels": {_name(level): self.levels[level] for level in _LEVELS},
            "questions": [
                {"question": question, "answers": answers, "mean_level": mean}
                for question, answers, mean in self.table()
            ],
            "errors": self.errors,
            "usage": self.usage.model_dump(mode="json"),
        }

    def markdown(self) -> str:
        """The summary for the terminal."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        mean = "none assessed" if self.mean_level is None else f"mean level {self.mean_level:.2f}"
        before = f", {self.earlier:,} of them by an earlier run" if self.earlier else ""
        yield f"{self.rows - self.failed:,} answers graded{before}; {mean}; {self.failed:,} rows not usable."
        yield ""
        yield "| | answers |"
        yield "|---|---|"
        for level in _LEVELS:
            yield f"| {_name(level)} | {self.levels[level]:,} |"
        if self.usage.calls:
            cost = "" if self.usage.cost_usd is None else f", {self.usage.cost_usd:.2f} USD"
            tokens = self.usage.prompt_tokens + self.usage.completion_tokens
            yield ""
            yield f"{self.usage.calls:,} model calls, {tokens:,} tokens{cost}."
        if self.errors:
            yield ""
            yield from (f"- {error}" for error in self.errors)
            if self.failed > len(self.errors):
                yield f"- and {self.failed - len(self.errors):,} more in the output"

    def page(self, title: str) -> str:
        """A self-contained page with the plots; everything in it is escaped."""
        bars = [(_name(level), self.levels[level]) for level in _LEVELS]
        rows = "".join(
            f"<tr><th scope=row>{escape(q)}</th><td>{n:,}</td><td>{'-' if m is None else f'{m:.2f}'}</td></tr>"
            for q, n, m in self.table()
        )
        means = [(q, m) for q, _, m in self.table() if m is not None]
        errors = "".join(f"<li>{escape(error)}</li>" for error in self.errors)
        return (
            f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(title)}</title>"
            f"<style>{_STYLE}</style><h1>{escape(title)}</h1>"
            f"<p>{escape(next(self._lines()))}</p><h2>Levels</h2>{_bars(bars, 'Answers by level')}"
            f"<h2>Mean level by question, this run</h2>{_bars(means, 'Mean level by question', 5.0)}"
            f"<table><thead><tr><th>question<th>answers<th>mean level</thead>{rows}</table>"
            + (f"<h2>Rows that could not be used</h2><ul>{errors}</ul>" if errors else "")
            + "</html>\n"
        )


def _name(level: int | None) -> str:
    return "not assessed" if level is None else f"level {level}"


def _mean(levels: Counter[int | None]) -> float | None:
    known = {level: n for level, n in levels.items() if level is not None}
    total = sum(known.values())
    return sum(level * n for level, n in known.items()) / total if total else None


_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1d1f23}"
    "table{border-collapse:collapse}th,td{text-align:left;padding:.2rem .8rem .2rem 0;border-bottom:1px solid #ccc;"
    "font-weight:400}svg{max-width:100%;height:auto}text{font:13px system-ui,sans-serif}"
)


def _bars(
    bars: "list[tuple[str, int]] | list[tuple[str, float]]", title: str, most: float = 0.0
) -> str:
    """Horizontal bars with their values written beside them."""
    most = most or max((value for _, value in bars), default=0) or 1
    height = 24 * len(bars) + 8
    rows = []
    for number, (name, value) in enumerate(bars):
        y, width = 24 * number + 4, 340 * value / most
        shown = f"{value:,}" if isinstance(value, int) else f"{value:.2f}"
        rows.append(
            f'<text x="232" y="{y + 14}" text-anchor="end">{escape(name[:34])}</text>'
            f'<rect x="240" y="{y}" width="{width:.1f}" height="18" fill="#20486e"/>'
            f'<text x="{246 + width:.1f}" y="{y + 14}">{shown}</text>'
        )
    return (
        f'<svg role="img" viewBox="0 0 660 {height}" width="660" height="{height}">'
        f"<title>{escape(title)}</title>{''.join(rows)}</svg>"
    )
