"""Attempts that a fetching process took with it are counted apart."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the count; what was lost before is not known."""
    op.add_column("urls", sa.Column("losses", sa.Integer(), nullable=False, server_default=sa.text("0")))
