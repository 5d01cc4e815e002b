"""Interviews, their events and drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the three tables."""
    op.create_table(
        "interviews",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("track", sa.String(100), nullable=False),
        sa.Column("round", sa.String(100), nullable=False),
        sa.Column("engine", sa.String(100), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_interviews"),
        sa.UniqueConstraint("id", "owner", name="uq_interviews_id_owner"),
    )
    op.create_index("ix_interviews_owner_updated_at", "interviews", ["owner", "updated_at"])
    op.create_table(
        "events",
        sa.Column("interview_id", sa.String(36), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("interview_id", "seq", name="pk_events"),
        _of_interview("events"),
    )
    op.create_table(
        "drafts",
        sa.Column("interview_id", sa.String(36), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("interview_id", name="pk_drafts"),
        _of_interview("drafts"),
    )


def downgrade() -> None:
    """Drops them."""
    op.drop_table("drafts")
    op.drop_table("events")
    op.drop_table("interviews")


def _of_interview(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["interview_id", "owner"],
        ["interviews.id", "interviews.owner"],
        name=f"fk_{table}_interviews",
        ondelete="CASCADE",
    )
