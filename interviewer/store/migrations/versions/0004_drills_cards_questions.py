"""Drills, their cards and reviews, questions of one's own, regrades."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _owner() -> sa.Column[str]:
    return sa.Column("owner", sa.String(200), nullable=False)


def _at() -> sa.Column[object]:
    return sa.Column("at", sa.DateTime(timezone=True), nullable=False)


def _of_interview(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["interview_id", "owner"],
        ["interviews.id", "interviews.owner"],
        name=f"fk_{table}_interviews",
        ondelete="CASCADE",
    )


def upgrade() -> None:
    """Adds the tables."""
    op.create_table(
        "drills",
        sa.Column("interview_id", sa.String(36), nullable=False),
        _owner(),
        sa.Column("question", sa.String(100), nullable=False),
        _at(),
        sa.PrimaryKeyConstraint("interview_id", name="pk_drills"),
        _of_interview("drills"),
    )
    op.create_table(
        "cards",
        _owner(),
        sa.Column("question", sa.String(100), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "question", name="pk_cards"),
    )
    op.create_index("ix_cards_owner_due", "cards", ["owner", "due"])
    op.create_table(
        "reviews",
        sa.Column("interview_id", sa.String(36), nullable=False),
        _owner(),
        sa.Column("question", sa.String(100), nullable=False),
        _at(),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("interview_id", name="pk_reviews"),
        _of_interview("reviews"),
    )
    op.create_index("ix_reviews_owner_at", "reviews", ["owner", "at"])
    op.create_table(
        "own_questions",
        _owner(),
        sa.Column("id", sa.String(100), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        _at(),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_own_questions"),
    )
    op.create_table(
        "regrades",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("interview_id", sa.String(36), nullable=False),
        _owner(),
        _at(),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_regrades"),
        _of_interview("regrades"),
    )


def downgrade() -> None:
    """Drops them; interviews, events and critiques stay."""
    op.drop_table("regrades")
    op.drop_table("own_questions")
    op.drop_index("ix_reviews_owner_at", table_name="reviews")
    op.drop_table("reviews")
    op.drop_index("ix_cards_owner_due", table_name="cards")
    op.drop_table("cards")
    op.drop_table("drills")
