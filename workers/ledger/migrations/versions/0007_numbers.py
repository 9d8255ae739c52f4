"""Numbers of articles and versions are given once: SQLite gave those of the newest ones anew when they were deleted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

# A copy that held no row has no line of its own yet.
_BEGIN = sa.text(
    "INSERT INTO sqlite_sequence (name, seq) SELECT :name, 0"
    " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = :name)"
)


def upgrade() -> None:
    """Copy both tables on SQLite; PostgreSQL's sequences never go back."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for name in ("articles", "versions"):
        with op.batch_alter_table(name, recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass
        op.get_bind().execute(_BEGIN, {"name": name})
