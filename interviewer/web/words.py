"""Elements for words: real headings, paragraphs and links, always as text and never as markup."""

from typing import Literal

from nicegui.elements.mixins.text_element import TextElement

from interviewer.domain.interview import Interview

OUTCOMES = {
    "advance": "would go forward",
    "screened-out": "would be screened out here",
    "not-assessed": "could not be assessed",
}


class Words(TextElement):
    """Text in an element of its own; markup in it is shown, not obeyed."""

    def __init__(self, tag: str, text: str, classes: str = "") -> None:
        super().__init__(tag=tag, text=text)
        self.classes(classes)


def heading(text: str, level: Literal[1, 2, 3], classes: str = "") -> Words:
    """A heading of a page (1) or of a part of it (2, 3)."""
    return Words(f"h{level}", text, classes)


def paragraph(text: str, classes: str = "") -> Words:
    """A paragraph."""
    return Words("p", text, classes)


def link(text: str, target: str, classes: str = "") -> Words:
    """A link.

    Args:
        text: What is read.
        target: A path, a fragment or a web address; anything else (`javascript:`) leads nowhere.
        classes: Of the stylesheet.
    """
    made = Words("a", text, classes)
    if target.startswith(("/", "#", "?", "https://", "http://")):
        made.props["href"] = target
    return made


def clock_time(seconds: float) -> str:
    """Minutes and seconds.

    >>> clock_time(83)
    '1:23'
    """
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02}"


def progress(interview: Interview) -> str:
    """How far a round has come, in one line."""
    number, of = len(interview.exchanges), len(interview.started.plan)
    minutes = round(interview.time_used().total_seconds() / 60)
    used = f"{minutes} of {interview.started.minutes} minutes used"
    if interview.is_over:
        return f"The round is over; {used}."
    return f"Question {number} of {of}; {used}." if number else f"{of} questions are planned."
