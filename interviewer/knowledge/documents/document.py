"""A document of the user's: its kind, its name, its passages, and what became of a file."""

import datetime as dt
import re
import unicodedata
from enum import StrEnum
from typing import Literal

from pydantic import Field

from interviewer.domain.value import Value
from interviewer.errors import DocumentRefused, InputError
from interviewer.knowledge.documents.limits import MOST_NAME_CHARACTERS


class Kind(StrEnum):
    """What a document is to an interview."""

    RESUME = "resume"
    JOB = "job"
    OTHER = "other"


class Document(Value):
    """One document as it is listed."""

    name: str
    kind: Kind
    sha256: str = Field(description="Of the file that was added.")
    added: dt.datetime
    pages: int | None = Field(description="Of a PDF; null otherwise.")
    characters: int = Field(description="Of the text taken from it.")
    passages: int


class OwnPassage(Value):
    """A piece of one document; never a citation."""

    id: str = Field(description="`my:document#number`, numbers from 1.")
    document: str
    kind: Kind
    section: str = Field(description="The heading above it, or empty.")
    text: str

    @property
    def plain(self) -> str:
        """What is embedded and indexed."""
        return f"{self.section}. {self.text}" if self.section else self.text


class OwnHit(Value):
    """A passage found; the fields of a hit in the shipped sources, with a status of its own."""

    passage: str
    source: str = Field(description="Name of the document.")
    title: str
    section: str
    text: str
    score: float = Field(ge=0, le=1)
    status: Literal["own"] = "own"
    superseded_by: None = None
    as_of: dt.date = Field(description="When the document was added.")
    url: None = None
    good: bool = Field(
        description="False on every hit of a search that nothing answers well: say so."
    )


class Added(Value):
    """A file that is now among the documents.

    Attributes:
        name: Name of the file; another than the document's where the same content was there before.
        document: The document.
        unchanged: The same content was there before; nothing was done.
        notes: What a reader should know about it: what was left out, what is treated with care.
    """

    name: str
    document: Document
    unchanged: bool = False
    notes: tuple[str, ...] = ()


class Refused(Value):
    """A file that was skipped, and why."""

    name: str
    reason: str

    @property
    def line(self) -> str:
        """One line for a person."""
        return f"{self.name}: {self.reason}"


_KINDS_IN_NAMES = (
    (Kind.RESUME, frozenset({"resume", "cv", "curriculum", "vitae"})),
    (Kind.JOB, frozenset({"job", "jobs", "jd", "posting", "vacancy", "role", "position", "req"})),
)
_SIGNS = {
    Kind.RESUME: re.compile(
        r"\b(?:education|work experience|professional experience|employment history|"
        r"technical skills|certifications|references|curriculum vitae|objective)\b"
    ),
    Kind.JOB: re.compile(
        r"\b(?:responsibilities|you will|you have|we are looking|about the role|what you'll|"
        r"requirements|(?:preferred|required|minimum|basic) qualifications|equal opportunity|"
        r"benefits|apply|job description|our team|years of experience)\b"
    ),
}
_ADDRESS = re.compile(r"\S@\S")
_GUESSED_FROM = 6_000
"""Characters at the start that are looked at."""
_FEWEST_SIGNS = 2


def kind_of(name: str | None) -> Kind | None:
    """The kind of that name; None stays None.

    Raises:
        InputError: There is no such kind.
    """
    if name is None:
        return None
    try:
        return Kind(name)
    except ValueError:
        raise InputError(f"no kind {name!r}; there are: {', '.join(Kind)}") from None


def guessed_kind(name: str, text: str) -> Kind:
    """What a document seems to be, by its name or else by words that such documents hold.

    >>> guessed_kind("jane_cv_2026.pdf", "")
    <Kind.RESUME: 'resume'>
    """
    words = frozenset(re.findall(r"[a-z]+", unaccented(name).lower()))
    for kind, names in _KINDS_IN_NAMES:
        if words & names:
            return kind
    start = unaccented(text[:_GUESSED_FROM]).lower().replace("\u2019", "'")
    signs = {kind: len(set(pattern.findall(start))) for kind, pattern in _SIGNS.items()}
    signs[Kind.RESUME] += bool(_ADDRESS.search(start[:500]))
    best = max(signs, key=lambda kind: signs[kind])
    tied = len(set(signs.values())) == 1
    return Kind.OTHER if tied or signs[best] < _FEWEST_SIGNS else best


def shown_name(name: str) -> str:
    """The name for a message: clean where that is possible, else what can be shown of it."""
    try:
        return clean_name(name)
    except DocumentRefused:
        seen = "".join(character for character in name if character.isprintable())
        return f"{seen[:60]}..." if seen.strip() else "(no name)"


def unaccented(text: str) -> str:
    """The text with accents taken off its letters: "résumé" becomes "resume"."""
    split = unicodedata.normalize("NFD", text)
    return "".join(character for character in split if not unicodedata.combining(character))


def clean_name(name: str) -> str:
    r"""The name under which a file is kept: one line, no steps upward, no character unseen.

    Raises:
        DocumentRefused: Nothing is left of it, or it is too long.

    >>> clean_name("..\\jobs\\Acme\u202e.pdf")
    'jobs/Acme.pdf'
    """
    seen = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", name).replace("\\", "/")
        if character.isspace() or unicodedata.category(character)[0] != "C"
    )
    parts = [" ".join(part.split()) for part in seen.split("/")]
    cleaned = "/".join(part for part in parts if part not in ("", ".", ".."))
    if not cleaned:
        raise DocumentRefused("the file has no name")
    if len(cleaned) > MOST_NAME_CHARACTERS:
        raise DocumentRefused(f"its name is longer than {MOST_NAME_CHARACTERS} characters")
    return cleaned
