"""Near-duplicates: the group of every article, and the index that finds it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables; articles that are stored already get their group when they change."""
    op.create_table(
        "copies",
        sa.Column("article_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Float(53), nullable=False),
        sa.Column("entered_at", sa.Float(53), nullable=False),
        sa.Column("sketch", sa.Text()),
        sa.PrimaryKeyConstraint("article_id"),
    )
    sketched = sa.text("sketch IS NOT NULL")
    op.create_index("copies_entered", "copies", ["entered_at"], postgresql_where=sketched, sqlite_where=sketched)
    op.create_index("copies_group", "copies", ["group_id"])
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("article_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("band", "group_id"),
    )
