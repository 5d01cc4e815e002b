"""A title per interview, critiques outside interviews, idempotency keys."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column and the two tables."""
    with op.batch_alter_table("interviews") as interviews:
        interviews.add_column(sa.Column("title", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "critiques",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("question", sa.String(100), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_critiques"),
    )
    op.create_index("ix_critiques_owner_at", "critiques", ["owner", "at"])
    op.create_table(
        "idempotency_keys",
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("interview_id", sa.String(36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("request_sha256", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("owner", "key", name="pk_idempotency_keys"),
        sa.ForeignKeyConstraint(
            ["interview_id", "owner"],
            ["interviews.id", "interviews.owner"],
            name="fk_idempotency_keys_interviews",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    """Drops them; interviews, events and drafts stay."""
    op.drop_table("idempotency_keys")
    op.drop_index("ix_critiques_owner_at", table_name="critiques")
    op.drop_table("critiques")
    with op.batch_alter_table("interviews") as interviews:
        interviews.drop_column("title")
