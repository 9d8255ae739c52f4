"""What tells that a story is stored already, under another address."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the number; what was stored before gets it when it is read again."""
    op.add_column("articles", sa.Column("twin", sa.BigInteger()))
    op.create_index("articles_twin", "articles", ["twin", "site"])
