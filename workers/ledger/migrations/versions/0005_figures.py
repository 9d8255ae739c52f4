"""What the metrics tell and the ledger did not know yet: lag, fill rates, when starts were read, answers of 429.

No ledger ever had a schema 0004: the number was passed over, and this one follows 0003.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"

Exact = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BOUNDS = (10, 30, 60, 120, 300, 600, 1800, 3600, 14400, 86400, 604800)


def upgrade() -> None:
    """Make what is new; lag and reading times are counted from what is stored, fill rates begin now."""
    op.create_table(
        "fills",
        sa.Column("id", Id, nullable=False),
        sa.Column("site", Exact, nullable=False),
        sa.Column("field", Exact, nullable=False),
        sa.Column("at", sa.Float(53), nullable=False),
        sa.Column("pages", sa.BigInteger(), nullable=False),
        sa.Column("found", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("fills_site", "fills", ["site", "field", "at"])
    op.create_index("fills_at", "fills", ["at"])
    op.add_column("hosts", sa.Column("throttled", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
    op.add_column("urls", sa.Column("read_at", sa.Float(53)))
    starts = sa.text("every IS NOT NULL")
    op.create_index("urls_starts", "urls", ["site"], postgresql_where=starts, sqlite_where=starts)
    op.execute(
        "UPDATE urls SET read_at = state_at WHERE every IS NOT NULL"
        " AND (state = 'stored' OR (state = 'skipped' AND reason = kind))"
    )
    _count_lag()


def _count_lag() -> None:
    lag = "CASE WHEN stored_at > published THEN stored_at - published ELSE 0 END"
    under = " ".join(f"WHEN {lag} <= {bound} THEN '{bound}'" for bound in BOUNDS)
    known = "FROM articles WHERE published IS NOT NULL GROUP BY 1, 2, 3"
    into = "INSERT INTO tallies (site, state, reason, urls)"
    op.execute(f"{into} SELECT site, 'lag', CASE {under} ELSE 'inf' END, count(*) {known}")
    op.execute(f"{into} SELECT site, 'lag-ms', '', CAST(round(sum(1000 * ({lag}))) AS BIGINT) {known}")
