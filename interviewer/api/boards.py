"""Routes of the boards: forms, checks and pictures. Nothing that is sent is kept."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from interviewer.api.interviews import Owner
from interviewer.bootstrap.boards import sketch_parts
from interviewer.domain.artefacts.artefact import MOST_ROWS
from interviewer.domain.artefacts.findings import Finding
from interviewer.domain.artefacts.kinds import KINDS, kind_of
from interviewer.domain.readability import MOST_CHARACTERS as MOST_PAGE
from interviewer.domain.readability import Readability, read_as_a_layman
from interviewer.domain.sketch import Sketch, expected_parts, sketch_findings
from interviewer.errors import InputError
from interviewer.workbench.boards.drawing import drawn
from interviewer.workbench.boards.findings_of import checked_board
from interviewer.workbench.boards.incoming import Format
from interviewer.workbench.boards.reading import MOST_BYTES, ReadBoard, read_board, read_rows
from interviewer.workbench.boards.views import board_view
from interviewer.workbench.boards.writing import empty_form, write_board
from interviewer.workbench.sketch import MOST_CHARACTERS, read_sketch

router = APIRouter(tags=["boards"])

_SVG = "image/svg+xml; charset=utf-8"
_GUARD = {
    # A picture that is opened by itself can run nothing, whatever stands in it.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}


class GivenBoard(BaseModel):
    """A board: as rows, or as text in one of the formats."""

    rows: list[dict[str, Any]] | None = Field(default=None, max_length=MOST_ROWS + 1)
    text: str | None = Field(default=None, max_length=MOST_BYTES)
    format: Format | None = None


class CheckedBoardView(BaseModel):
    """What was read, what must be corrected, what a risk officer would stop at."""

    kind: str | None
    rows: list[dict[str, Any]] | None
    problems: list[dict[str, Any]]
    notices: list[str]
    findings: tuple[Finding, ...]


class KindView(BaseModel):
    """A kind of board with its columns."""

    id: str
    title: str
    note: str
    columns: list[dict[str, Any]]


@router.get("/boards")
async def kinds(owner: Owner) -> list[KindView]:
    """The kinds of board, each with its columns and what to write in them."""
    del owner
    return [
        KindView(
            id=kind.kind,
            title=kind.title,
            note=kind.note,
            columns=[
                {
                    "name": name,
                    "needed": field.is_required(),
                    "hint": kind.row.hint(name),
                    "example": kind.row.example(name),
                }
                for name, field in kind.row.model_fields.items()
            ],
        )
        for kind in KINDS.values()
    ]


@router.get("/boards/{kind}/form", response_class=Response)
async def form(
    kind: str, owner: Owner, form: Annotated[Format, Query(alias="format")] = Format.MARKDOWN
) -> Response:
    """An empty form."""
    del owner
    return _text(empty_form(kind_of(kind), form), form)


@router.post("/boards/{kind}/check")
async def check(kind: str, given: GivenBoard, owner: Owner) -> CheckedBoardView:
    """Read and check a board; what must be corrected comes back as `problems`."""
    del owner
    read = _read(kind, given)
    return CheckedBoardView(**board_view(read), findings=checked_board(read).findings)


@router.post("/boards/{kind}/render", response_class=Response)
async def render(
    kind: str, given: GivenBoard, owner: Owner, name: Annotated[str, Query()] = "board"
) -> Response:
    """The board as an inline SVG; `name` keeps ids apart where a page holds several."""
    del owner
    board = _usable(_read(kind, given))
    try:
        return Response(drawn(board, name), media_type=_SVG, headers=_GUARD)
    except ValueError as error:
        raise InputError(f"name: {error}") from None


@router.post("/boards/{kind}/convert", response_class=Response)
async def convert(
    kind: str, given: GivenBoard, owner: Owner, to: Annotated[Format, Query()] = Format.CSV
) -> Response:
    """The board in another format."""
    del owner
    return _text(write_board(_usable(_read(kind, given)), to), to)


class GivenSketch(BaseModel):
    """A Mermaid flowchart, and what is expected in it."""

    text: str = Field(max_length=MOST_CHARACTERS)
    expect: tuple[str, ...] = Field(default=(), max_length=50)


class CheckedSketch(BaseModel):
    """Components and flows as data, or the problem that keeps them from being read."""

    sketch: Sketch | None
    problem: str | None
    line: int | None
    findings: tuple[Finding, ...]


@router.post("/sketches/check")
async def check_sketch(given: GivenSketch, owner: Owner) -> CheckedSketch:
    """Read a sketch; by default everything is expected that always is."""
    del owner
    parts = expected_parts(sketch_parts(), given.expect)
    read = read_sketch(given.text)
    return CheckedSketch(
        sketch=read.sketch,
        problem=read.problem.message if read.problem else None,
        line=read.problem.line if read.problem else None,
        findings=tuple(sketch_findings(read.sketch, parts)) if read.sketch else (),
    )


class GivenPage(BaseModel):
    """A page of prose: a model card, a page of a validation report."""

    text: str = Field(max_length=MOST_PAGE)


@router.post("/pages/check")
async def check_page(given: GivenPage, owner: Owner) -> Readability:
    """What a reader who builds no models would stumble over."""
    del owner
    return read_as_a_layman(given.text)


def _read(kind: str, given: GivenBoard) -> ReadBoard:
    if (given.rows is None) == (given.text is None):
        raise InputError("send either rows or text")
    if given.rows is not None:
        return read_rows(kind, given.rows)
    return read_board("board", given.text or "", kind=kind, form=given.format)


def _usable(read: ReadBoard) -> Any:
    if read.board is None:
        raise InputError("; ".join(map(str, read.problems)))
    return read.board


_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json",
    Format.MARKDOWN: "text/markdown; charset=utf-8",
}


def _text(text: str, form: Format) -> Response:
    return Response(
        text,
        media_type=_TYPES[form],
        headers={
            "Content-Disposition": f'attachment; filename="board.{form}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
