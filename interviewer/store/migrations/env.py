"""Run by Alembic: migrates over the connection, and inside the transaction, of `store.migrate`."""

from typing import Any

from alembic import context

from interviewer.store.tables import Row

connection = context.config.attributes["connection"]


def is_ours(_item: Any, name: str | None, kind: str, reflected: bool, _match: Any) -> bool:
    """Leaves the job queue's tables alone when revisions are drafted from the models."""
    return not (kind == "table" and reflected and str(name).startswith("procrastinate_"))


context.configure(
    connection=connection,
    target_metadata=Row.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    include_object=is_ours,
)
with context.begin_transaction():
    context.run_migrations()
