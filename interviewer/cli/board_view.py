"""Boards in the terminal. Everything a candidate wrote is printed as text, never as markup."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from interviewer.domain.artefacts.artefact import Artefact
from interviewer.domain.artefacts.findings import Finding
from interviewer.domain.artefacts.matrix import Matrix, Rated
from interviewer.domain.artefacts.rav import Rav
from interviewer.domain.artefacts.scales import Band, Impact, Likelihood, band
from interviewer.domain.readability import Readability
from interviewer.domain.sketch import Sketch
from interviewer.workbench.boards.writing import cells_of

_WIDEST = 140
_SHADE = {Band.LOW: "", Band.MEDIUM: "bold", Band.HIGH: "reverse"}
_PLOT_WIDE, _PLOT_HIGH = 60, 14


def show_board(board: Artefact) -> None:
    """Prints the board: the grid or the curve where it has one, then its rows."""
    console = _console()
    console.print(Text(board.title, style="bold"))
    if isinstance(board, Matrix):
        _matrix(console, board)
    elif isinstance(board, Rav):
        _curve(console, board)
    _rows(console, board)
    if board.note:
        console.print(Text(board.note, style="dim"))


def show_findings(board: Artefact, findings: Sequence[Finding]) -> None:
    """Prints what would be stopped at, each with its question."""
    console = _console()
    count = len(board.rows)
    head = f"{board.title}, {count} row{'s' * (count != 1)}"
    if not findings:
        console.print(Text(f"{head}: none of the checks stops at anything."))
        return
    _print_findings(console, head, findings)


def show_sketch(sketch: Sketch, findings: Sequence[Finding]) -> None:
    """Prints what was read out of a sketch, and what to ask about it."""
    console = _console()
    labels = {component.id: component.label for component in sketch.components}
    head = f"{len(sketch.components)} components, {len(sketch.flows)} flows"
    for flow in sketch.flows:
        said = f" ({flow.label})" if flow.label else ""
        console.print(Text(f"{labels[flow.source]} \u2192 {labels[flow.target]}{said}"))
    if findings:
        console.print()
        _print_findings(console, head, findings)
    else:
        console.print(Text(f"{head}: none of the checks stops at anything."))


def show_page(found: Readability) -> None:
    """Prints how a page reads."""
    head = f"{found.words} words, {found.average:g} a sentence"
    if found.findings:
        _print_findings(_console(), head, found.findings)
    else:
        _console().print(Text(f"{head}: none of the checks stops at anything."))


def _print_findings(console: Console, head: str, findings: Sequence[Finding]) -> None:
    console.print(Text(f"{head}: {len(findings)} to stop at", style="bold"))
    for finding in findings:
        where = " ".join(filter(None, (f"row {finding.row}" if finding.row else "", finding.field)))
        console.print()
        console.print(Text(f"- {finding.sentence}"))
        console.print(Padding(Text(f"Asked: {finding.probe}"), (0, 0, 0, 2)))
        console.print(Text(f"  [{finding.criterion}]{f' {where}' if where else ''}", style="dim"))


def _console() -> Console:
    console = Console(highlight=False)
    console.width = min(console.width, _WIDEST)
    return console


def _matrix(console: Console, board: Matrix) -> None:
    held: dict[tuple[Likelihood, Impact], list[str]] = defaultdict(list)
    for number, row in enumerate(board.rows, 1):
        held[row.likelihood, row.impact].append(str(number))
        if row.residual_likelihood is not None and row.residual_impact is not None:
            held[row.residual_likelihood, row.residual_impact].append(f"[{number}]")
    grid = Table(title="1 before controls, [1] after", title_justify="left", show_lines=True)
    grid.add_column("impact / likelihood")
    for likelihood in Likelihood:
        grid.add_column(likelihood.value.replace("-", " "), min_width=9)
    for impact in reversed(Impact):
        cells = [Text(impact.value)]
        for likelihood in Likelihood:
            level = band(likelihood, impact)
            cell = Text(level.value, style=_SHADE[level])
            marks = " ".join(held[likelihood, impact])
            cells.append(Text.assemble(cell, f" {marks}"))
        grid.add_row(*cells)
    console.print(grid)


def _curve(console: Console, board: Rav) -> None:
    """Options by letter, a capital before the change and a small one after it."""
    options = list(dict.fromkeys(row.option.casefold() for row in board.rows))
    most_risk = max(row.risk for row in board.rows) or 1.0
    gains = [row.gain for row in board.rows]
    low, high = min(0.0, *gains), max(0.0, *gains)
    canvas = [[" "] * _PLOT_WIDE for _ in range(_PLOT_HIGH)]
    for row in board.rows:
        across = round(row.risk / most_risk * (_PLOT_WIDE - 1))
        up = round((row.gain - low) / ((high - low) or 1.0) * (_PLOT_HIGH - 1))
        letter = chr(ord("A") + options.index(row.option.casefold()) % 26)
        mark = letter if row.when == "before" else letter.lower()
        place = canvas[_PLOT_HIGH - 1 - up]
        place[across] = mark if place[across] == " " else "*"
    first = board.rows[0]
    console.print(Text(f"Gain, {low:g} to {high:g} ({first.gain_unit})"))
    for line in canvas:
        console.print(Text("|" + "".join(line).rstrip()))
    console.print(Text("+" + "-" * _PLOT_WIDE))
    console.print(Text(f" Risk, 0 to {most_risk:g} ({first.risk_unit})"))
    for number, option in enumerate(options):
        letter = chr(ord("A") + number % 26)
        name = next(row.option for row in board.rows if row.option.casefold() == option)
        console.print(Text(f" {letter} before, {letter.lower()} after: {name}"))
    console.print(Text(" * several at one place; better is up or to the left", style="dim"))


def _rows(console: Console, board: Artefact) -> None:
    """One block a row: a table of eleven columns fits no terminal."""
    for number, (row, cells) in enumerate(zip(board.rows, cells_of(board), strict=True), 1):
        console.print()
        rating = (
            f" {row.inherent} before, {row.residual or 'not rated'} after"
            if isinstance(row, Rated)
            else ""
        )
        console.print(Text(f"{number}.{rating}", style="bold"))
        console.print(_named(cells.items()))


def _named(cells: Iterable[tuple[str, str]]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 1))
    table.add_column(style="dim", min_width=20)
    table.add_column(overflow="fold")
    for name, cell in cells:
        table.add_row(
            name.replace("_", " "), Text(cell or "none named", style="" if cell else "dim")
        )
    return table
