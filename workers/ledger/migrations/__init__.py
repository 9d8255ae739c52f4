"""Alembic's folder: one file per change of the schema. `workers.ledger.migrate` runs them; there is no alembic.ini."""
