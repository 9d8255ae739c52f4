"""Alembic runs this: the migrations go over the connection that `workers.ledger.migrate` opened."""

from alembic import context

from workers.ledger.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
