"""What was left because nothing of its path was an article is found again, once something is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_LEFT = sa.text("reason = 'barren-path'")


def upgrade() -> None:
    """Add the index, which is empty."""
    op.create_index("urls_left", "urls", ["site"], postgresql_where=_LEFT, sqlite_where=_LEFT)
