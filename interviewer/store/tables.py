"""The tables. Every row has an owner, and no query leaves the owner out.

A child row refers to (interview, owner) together, so the database itself refuses a row that would
tie one person's words to another person's interview.
"""

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from interviewer.store.engine import Json, UTCDateTime

# Alembic's batch mode can only change a constraint that has a name.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(DeclarativeBase):
    """A table's row."""

    metadata = MetaData(naming_convention=NAMES)


def _of_interview() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["interview_id", "owner"], ["interviews.id", "interviews.owner"], ondelete="CASCADE"
    )


class InterviewRow(Row):
    """One round of one candidate: what a list shows. The truth is in its events."""

    __tablename__ = "interviews"
    __table_args__ = (
        UniqueConstraint("id", "owner"),
        Index("ix_interviews_owner_updated_at", "owner", "updated_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    owner: Mapped[str] = mapped_column(String(200))
    track: Mapped[str] = mapped_column(String(100))
    round: Mapped[str] = mapped_column(String(100))
    engine: Mapped[str] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[dt.datetime] = mapped_column(UTCDateTime())
    updated_at: Mapped[dt.datetime] = mapped_column(UTCDateTime())
    title: Mapped[str] = mapped_column(Text(), server_default="")


class EventRow(Row):
    """One event. The primary key lets one writer only have a sequence number."""

    __tablename__ = "events"
    __table_args__ = (_of_interview(),)

    interview_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    owner: Mapped[str] = mapped_column(String(200))
    type: Mapped[str] = mapped_column(String(100))
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime())


class DraftRow(Row):
    """What the candidate has typed and not sent; at most one per interview."""

    __tablename__ = "drafts"
    __table_args__ = (_of_interview(),)

    interview_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    owner: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text())
    saved_at: Mapped[dt.datetime] = mapped_column(UTCDateTime())


class WorkDraftRow(Row):
    """Code, a query or a sketch that is written and not sent; one for each place to write it."""

    __tablename__ = "work_drafts"

    owner: Mapped[str] = mapped_column(String(200), primary_key=True)
    place: Mapped[str] = mapped_column(String(200), primary_key=True)
    text: Mapped[str] = mapped_column(Text())
    saved_at: Mapped[dt.datetime] = mapped_column(UTCDateTime())


class CritiqueRow(Row):
    """The critique of one answer, outside any interview."""

    __tablename__ = "critiques"
    __table_args__ = (Index("ix_critiques_owner_at", "owner", "at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    owner: Mapped[str] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(String(100))
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime())


class BatchRow(Row):
    """One answer of a file that workers grade; kept until its grade is in the file of graded rows."""

    __tablename__ = "batch_rows"

    owner: Mapped[str] = mapped_column(String(200), primary_key=True)
    batch: Mapped[str] = mapped_column(String(64), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    row_id: Mapped[str] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(String(200))
    answer: Mapped[str] = mapped_column(Text())
    graded: Mapped[dict[str, Any] | None] = mapped_column(Json)
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime())


class IdempotencyRow(Row):
    """A request that was carried out, so that its repeat is answered and not carried out again."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (_of_interview(),)

    owner: Mapped[str] = mapped_column(String(200), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    interview_id: Mapped[str] = mapped_column(String(36))
    seq: Mapped[int]
    request_sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime())


class LoopRow(Row):
    """One loop: a track's rounds in order, fixed at the start. What was said is in the rounds."""

    __tablename__ = "loops"
    __table_args__ = (
        UniqueConstraint("id", "owner"),
        Index("ix_loops_owner_created_at", "owner", "created_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    owner: Mapped[str] = mapped_column(String(200))
    track: Mapped[str] = mapped_column(String(100))
    plan: Mapped[dict[str, Any]] = mapped_column(Json)
    created_at: Mapped[dt.datetime] = mapped_column(UTCDateTime())


class DebriefRow(Row):
    """The words of a loop's debrief, and the hash of the facts that they were written for."""

    __tablename__ = "debriefs"
    __table_args__ = (
        ForeignKeyConstraint(["loop_id", "owner"], ["loops.id", "loops.owner"], ondelete="CASCADE"),
    )

    loop_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    owner: Mapped[str] = mapped_column(String(200))
    facts_sha256: Mapped[str] = mapped_column(String(64))
    words: Mapped[dict[str, Any]] = mapped_column(Json)
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime())


class DrillRow(Row):
    """That an interview is a drill, and of what; its events are in the log like any other's."""

    __tablename__ = "drills"
    __table_args__ = (_of_interview(),)

    interview_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    owner: Mapped[str] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(String(100))
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime())


class CardRow(Row):
    """A question that comes back, and when."""

    __tablename__ = "cards"
    __table_args__ = (Index("ix_cards_owner_due", "owner", "due"),)

    owner: Mapped[str] = mapped_column(String(200), primary_key=True)
    question: Mapped[str] = mapped_column(String(100), primary_key=True)
    due: Mapped[dt.datetime] = mapped_column(UTCDateTime())
    payload: Mapped[dict[str, Any]] = mapped_column(Json)


class ReviewRow(Row):
    """One review of a card. The primary key lets a drill be reviewed once only."""

    __tablename__ = "reviews"
    __table_args__ = (_of_interview(), Index("ix_reviews_owner_at", "owner", "at"))

    interview_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    owner: Mapped[str] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(String(100))
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime())
    payload: Mapped[dict[str, Any]] = mapped_column(Json)


class OwnQuestionRow(Row):
    """A question that its owner imported; never mixed with the bank's."""

    __tablename__ = "own_questions"

    owner: Mapped[str] = mapped_column(String(200), primary_key=True)
    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime())


class RegradeRow(Row):
    """A stored interview graded again, several times; its first grades stay in its log."""

    __tablename__ = "regrades"
    __table_args__ = (_of_interview(),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    interview_id: Mapped[str] = mapped_column(String(36))
    owner: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime] = mapped_column(UTCDateTime())
    payload: Mapped[dict[str, Any]] = mapped_column(Json)


class BoardRow(Row):
    """A board in the making: its rows as they were typed, whether or not they are in order yet."""

    __tablename__ = "boards"
    __table_args__ = (Index("ix_boards_owner_saved_at", "owner", "saved_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    owner: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(Text())
    rows: Mapped[list[dict[str, str]]] = mapped_column(Json)
    revision: Mapped[int]
    saved_at: Mapped[dt.datetime] = mapped_column(UTCDateTime())
