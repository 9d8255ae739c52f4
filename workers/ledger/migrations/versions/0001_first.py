"""The first schema."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from alembic import op

from workers.ledger.migrations.first import create_search, create_triggers

revision = "0001"
down_revision = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Exact = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Seconds = sa.Float(53)


def upgrade() -> None:
    """Make the tables, the triggers that count, the search index, and the ledger's id."""
    _make_tables()
    connection = op.get_bind()
    create_triggers(connection)
    create_search(connection)
    _tune(connection)
    id_ = sa.table("meta", sa.column("name"), sa.column("value"))
    connection.execute(id_.insert().values(name="id", value=uuid.uuid4().hex))


def _tune(connection: sa.Connection) -> None:
    """PostgreSQL: clean up after a fixed number of changes, however large these tables have grown."""
    if connection.dialect.name == "postgresql":
        for table in ("urls", "hosts", "tallies"):
            connection.exec_driver_sql(
                f"ALTER TABLE {table} SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000,"
                " autovacuum_vacuum_cost_delay = 0)"
            )


def _where(condition: str) -> dict[str, Any]:
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}


def _make_tables() -> None:
    op.create_table(
        "articles",
        sa.Column("id", Id, nullable=False),
        sa.Column("site", Exact, nullable=False),
        sa.Column("key", Exact, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("first_url", sa.Text(), nullable=False),
        sa.Column("canonical_url", sa.Text()),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("section", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("published", Seconds),
        sa.Column("modified", Seconds),
        sa.Column("event", Seconds),
        sa.Column("reading_minutes", sa.Integer()),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.Column("publisher", sa.Text()),
        sa.Column("fetched_at", Seconds, nullable=False),
        sa.Column("stored_at", Seconds, nullable=False),
        sa.Column("updated_at", Seconds, nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key", "site", name="articles_key_site"),
    )
    op.create_index("articles_published", "articles", ["published"])
    op.create_index("articles_site_stored", "articles", ["site", "stored_at", "id"])
    op.create_index("articles_stored", "articles", ["stored_at", "id"])
    op.create_table(
        "hosts",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", Exact, nullable=False),
        sa.Column("site", Exact, nullable=False),
        sa.Column("delay", Seconds, nullable=False),
        sa.Column("crawl_delay", Seconds),
        sa.Column("next_at", Seconds, nullable=False),
        sa.Column("ready_at", Seconds),
        sa.Column("holder", sa.Text()),
        sa.Column("held_until", Seconds),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("slowdowns", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("robots_status", sa.Integer()),
        sa.Column("robots_body", sa.Text()),
        sa.Column("robots_until", Seconds),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name", name="hosts_name"),
    )
    op.create_index("hosts_held", "hosts", ["holder"], **_where("holder IS NOT NULL"))
    op.create_index("hosts_ready", "hosts", ["ready_at"], **_where("ready_at IS NOT NULL"))
    op.create_table(
        "lanes",
        sa.Column("host_id", sa.BigInteger(), nullable=False),
        sa.Column("site", Exact, nullable=False),
        sa.PrimaryKeyConstraint("host_id", "site"),
    )
    op.create_index("lanes_site", "lanes", ["site"])
    op.create_table(
        "links",
        sa.Column("article_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("headline", sa.Text()),
        sa.Column("shown_text", sa.Text()),
        sa.Column("shown_at", Seconds),
        sa.PrimaryKeyConstraint("article_id", "position"),
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "patterns",
        sa.Column("site", Exact, nullable=False),
        sa.Column("pattern", Exact, nullable=False),
        sa.Column("urls", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("site", "pattern"),
    )
    op.create_table(
        "sites",
        sa.Column("name", Exact, nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("hosts", sa.Text(), nullable=False),
        sa.Column("starts", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("delay", Seconds, nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("budget", sa.BigInteger()),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "tags",
        sa.Column("article_id", sa.BigInteger(), nullable=False),
        sa.Column("tag", Exact, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "tag"),
    )
    op.create_index("tags_tag", "tags", ["tag", "article_id"])
    op.create_table(
        "tallies",
        sa.Column("id", Id, nullable=False),
        sa.Column("site", Exact, nullable=False),
        sa.Column("state", Exact, nullable=False),
        sa.Column("reason", Exact, nullable=False),
        sa.Column("urls", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("tallies_site", "tallies", ["site", "state", "reason"])
    op.create_table(
        "urls",
        sa.Column("id", Id, nullable=False),
        sa.Column("site", Exact, nullable=False),
        sa.Column("key", Exact, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("wanted", Seconds, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("detail", sa.Text()),
        sa.Column("visit", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", Seconds),
        sa.Column("state_at", Seconds, nullable=False),
        sa.Column("admitted_at", Seconds, nullable=False),
        sa.Column("leased_by", sa.Text()),
        sa.Column("leased_until", Seconds),
        sa.Column("revisit_at", Seconds),
        sa.Column("every", Seconds),
        sa.Column("status", sa.Integer()),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("seen_on", sa.Text()),
        sa.Column("headline", sa.Text()),
        sa.Column("journey", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key", "site", name="urls_key_site"),
    )
    op.create_index(
        "urls_again", "urls", ["host_id", "site", "due_at"], **_where("state = 'waiting' AND due_at IS NOT NULL")
    )
    op.create_index(
        "urls_fresh", "urls", ["host_id", "site", "wanted"], **_where("state = 'waiting' AND due_at IS NULL")
    )
    op.create_index("urls_leased", "urls", ["leased_until"], **_where("state = 'leased'"))
    op.create_index("urls_oldest", "urls", ["site", "state_at"], **_where("state = 'waiting'"))
    op.create_index("urls_parked", "urls", ["reason", "id"], **_where("state = 'parked'"))
    op.create_index("urls_revisit", "urls", ["revisit_at"], **_where("revisit_at IS NOT NULL"))
    op.create_table(
        "versions",
        sa.Column("id", Id, nullable=False),
        sa.Column("article_id", sa.BigInteger(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("fetched_at", Seconds, nullable=False),
        sa.Column("stored_at", Seconds, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("article_id", "content_hash", name="versions_article_content"),
    )
