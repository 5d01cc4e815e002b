"""The risk register: each risk with its rating, control, owner, checker, trigger and date."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from interviewer.domain.artefacts.artefact import Artefact, Row, Trouble
from interviewer.domain.artefacts.cells import MaybeDay, Text, placed
from interviewer.domain.artefacts.matrix import Matrix, Rated, rating_faults


class ControlKind(StrEnum):
    """How a control works."""

    PREVENTIVE = "preventive"
    DETECTIVE = "detective"
    CORRECTIVE = "corrective"
    POLICY = "policy"


AControlKind = Annotated[
    ControlKind | None, BeforeValidator(lambda v: placed(ControlKind, v, optional=True))
]


class RegisterRow(Rated):
    """One risk of the register."""

    control_kind: AControlKind = Field(
        default=None,
        description="preventive, detective, corrective, or policy if it is only written down",
        examples=["detective"],
    )
    owner: Text = Field(
        default="",
        description="the role that carries the risk and acts on it",
        examples=["Head of card fraud operations"],
    )
    checker: Text = Field(
        default="",
        description="the role that tests the control, and is not its owner",
        examples=["Model validation"],
    )
    trigger: Text = Field(
        default="",
        description="the measured value at which somebody must act",
        examples=["Recall below 0.70 in two weeks running"],
    )
    due: MaybeDay = Field(
        default=None,
        description="the day by which the control works, as year-month-day",
        examples=["2026-09-30"],
    )


class Register(Artefact):
    """A risk register."""

    kind: ClassVar[str] = "register"
    title: ClassVar[str] = "Risk register"
    note: ClassVar[str] = Matrix.note
    row: ClassVar[type[Row]] = RegisterRow

    rows: tuple[RegisterRow, ...]

    def faults(self) -> Iterator[Trouble]:
        """What the matrix refuses; a kind of control without a control."""
        yield from rating_faults(self.rows)
        for number, row in enumerate(self.rows, 1):
            if row.control_kind is not None and not row.control:
                yield Trouble(
                    number, "control", f"it is empty, and its kind is {row.control_kind}: name it"
                )
