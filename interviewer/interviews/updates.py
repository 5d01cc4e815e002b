"""What a front end is told while the interviewer takes a turn."""

from typing import Literal

from pydantic import Field

from interviewer.domain.value import Value

MOVES = {
    "probe": "follow-up",
    "press": "pressed",
    "recall": "from an earlier round",
    "challenge": "challenged",
    "interrupt": "cuts in",
    "curveball": "the facts change",
    "inform": "answered",
    "examine": "about your work",
    "hand_over": "hands over",
    "redirect": "asked again",
}
"""What the candidate reads for a move that is no new question."""


class MoveChosen(Value):
    """The interviewer is about to speak. The reason is kept for the report."""

    kind: Literal["move"] = "move"
    move: str
    question: str | None
    persona: str = Field(default="", description="Id of who speaks.")
    name: str = Field(default="", description="Their name; empty in a log that does not hold it.")
    number: int
    of: int


class Token(Value):
    """A piece of what is being said."""

    kind: Literal["token"] = "token"
    text: str


class Notice(Value):
    """The model failed: what was streamed so far is void, and the offline engine takes over."""

    kind: Literal["notice"] = "notice"
    message: str


class TurnTaken(Value):
    """The turn as it stands in the log."""

    kind: Literal["turn"] = "turn"
    move: str
    question: str | None
    persona: str = ""
    name: str = ""
    text: str
    notice: str | None
    engine: str


class Done(Value):
    """Nothing more will come until the candidate acts."""

    kind: Literal["done"] = "done"
    state: Literal["awaiting-answer", "over"]


Update = MoveChosen | Token | Notice | TurnTaken | Done
