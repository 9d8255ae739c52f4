"""What the console asks: articles by section and language, who links to whom, hosts in trouble; pages as fetched."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the indexes, and the table of kept pages; what was fetched before is not in it."""
    for name in ("site", "section", "language"):
        op.create_index(f"articles_{name}", "articles", [name, "id"])
    more_about = sa.text("label = 'more_about'")
    op.create_index("links_story", "links", ["url"], postgresql_where=more_about, sqlite_where=more_about)
    troubled = sa.text("reason IS NOT NULL")
    op.create_index("hosts_troubled", "hosts", ["name"], postgresql_where=troubled, sqlite_where=troubled)
    exact = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "pages",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("site", exact, nullable=False),
        sa.Column("key", exact, nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.Float(53), nullable=False),
        sa.Column("kept_at", sa.Float(53), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key", "site", "content_hash", name="pages_key_site_content"),
    )
    op.create_index("pages_kept", "pages", ["kept_at"])
