"""The tables. Times are seconds since 1970 by the database's clock, in double precision; durations are seconds.

States are written into the SQL as literals, because a database can use a partial index only where it sees the literal.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

# The head of the migrations; a ledger at another revision is behind this code, or ahead of it.
HEAD = "0009"
# In whose name a URL is leased once its page has left fetch.
HANDOFF = "hand-off"

metadata = MetaData()

# SQLite numbers rows by itself only where the key's type is INTEGER; it holds 64 bits there as well.
Id = BigInteger().with_variant(Integer, "sqlite")
# In byte order: quicker than the order of a language, and the same on every machine.
Exact = Text().with_variant(Text(collation="C"), "postgresql")
Seconds = Float(53)


def _partial(name: str, condition: str, *columns: str) -> Index:
    return Index(name, *columns, postgresql_where=text(condition), sqlite_where=text(condition))


meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

sites = Table(
    "sites",
    metadata,
    Column("name", Exact, primary_key=True),
    Column("profile", Text, nullable=False),
    Column("hosts", Text, nullable=False),
    Column("starts", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("delay", Seconds, nullable=False),
    Column("places", Integer, nullable=False),
    Column("paused", Boolean, nullable=False),
    # How many more URLs may be handed out; NULL is no limit.
    Column("budget", BigInteger),
)

hosts = Table(
    "hosts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Exact, nullable=False),
    # The site whose delay and places hold here.
    Column("site", Exact, nullable=False),
    # The delay in force when it was last held; the site's or the robots.txt's, whichever is longer.
    Column("delay", Seconds, nullable=False),
    Column("crawl_delay", Seconds),
    # When it may next be asked.
    Column("next_at", Seconds, nullable=False),
    # The earliest moment when it may be asked and has something to ask for; may be early, is never late. One in the
    # past is the moment since which it has been ready.
    Column("ready_at", Seconds),
    Column("holder", Text),
    Column("held_until", Seconds),
    Column("failures", Integer, nullable=False),
    Column("slowdowns", Integer, nullable=False),
    Column("reason", Text),
    Column("robots_status", Integer),
    Column("robots_body", Text),
    Column("robots_until", Seconds),
    # How often it ever answered 429 or 503.
    Column("throttled", BigInteger, nullable=False, server_default=text("0")),
    UniqueConstraint("name", name="hosts_name"),
    _partial("hosts_ready", "ready_at IS NOT NULL", "ready_at"),
    _partial("hosts_held", "holder IS NOT NULL", "holder"),
    _partial("hosts_troubled", "reason IS NOT NULL", "name"),
)

# Which sites have URLs on which hosts. Lease looks at each pair on its own, so a paused site costs nothing.
lanes = Table(
    "lanes",
    metadata,
    Column("host_id", BigInteger, nullable=False),
    Column("site", Exact, nullable=False),
    PrimaryKeyConstraint("host_id", "site"),
    Index("lanes_site", "site"),
)

urls = Table(
    "urls",
    metadata,
    Column("id", Id, primary_key=True),
    Column("site", Exact, nullable=False),
    Column("key", Exact, nullable=False),
    Column("url", Text, nullable=False),
    Column("host_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("depth", Integer, nullable=False),
    Column("wanted", Seconds, nullable=False),
    Column("state", Text, nullable=False),
    # Why it was skipped or parked, or why it waits once more.
    Column("reason", Text),
    Column("detail", Text),
    Column("visit", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    # Those of the attempts that ended with the process that was to fetch it: they say little about this URL.
    Column("losses", Integer, nullable=False, server_default=text("0")),
    # NULL while it was not yet handed out in this visit; then the moment from which it may be handed out again.
    Column("due_at", Seconds),
    # When its present state began.
    Column("state_at", Seconds, nullable=False),
    Column("admitted_at", Seconds, nullable=False),
    Column("leased_by", Text),
    Column("leased_until", Seconds),
    Column("revisit_at", Seconds),
    # The interval of a start: it is due again so long after it was settled, whatever came of it.
    Column("every", Seconds),
    # Of a start: when it was last read, or found unchanged.
    Column("read_at", Seconds),
    Column("status", Integer),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("seen_on", Text),
    Column("headline", Text),
    # What happened to it, a line each (seconds, word, detail, between them tabs), the newest 2,000 characters.
    Column("journey", Text, nullable=False),
    # The key first, so that a key alone finds its row.
    UniqueConstraint("key", "site", name="urls_key_site"),
    _partial("urls_fresh", "state = 'waiting' AND due_at IS NULL", "host_id", "site", "wanted"),
    _partial("urls_again", "state = 'waiting' AND due_at IS NOT NULL", "host_id", "site", "due_at"),
    _partial("urls_oldest", "state = 'waiting'", "site", "state_at"),
    _partial("urls_leased", "state = 'leased'", "leased_until"),
    _partial("urls_parked", "state = 'parked'", "reason", "id"),
    _partial("urls_left", "reason = 'barren-path'", "site"),
    _partial("urls_revisit", "revisit_at IS NOT NULL", "revisit_at"),
    _partial("urls_starts", "every IS NOT NULL", "site"),
)

# How many URLs one site has with one path pattern.
patterns = Table(
    "patterns",
    metadata,
    Column("site", Exact, nullable=False),
    Column("pattern", Exact, nullable=False),
    Column("urls", BigInteger, nullable=False),
    PrimaryKeyConstraint("site", "pattern"),
)

# How many URLs of a site are in which state; the sum of its rows. Triggers on urls keep it (see tally.py), commit
# adds `article`, `version` and the lag (see lag.py). On PostgreSQL rows are only added, so that nobody waits for
# anybody; the sweep folds them.
tallies = Table(
    "tallies",
    metadata,
    Column("id", Id, primary_key=True),
    Column("site", Exact, nullable=False),
    Column("state", Exact, nullable=False),
    Column("reason", Exact, nullable=False),
    Column("urls", BigInteger, nullable=False),
    Index("tallies_site", "site", "state", "reason"),
)

# Of how many pages of articles a field that their site requires was found; the sum of its rows. `at` is the beginning
# of the hour, 0 for all that is older than a day. Kept as tallies is.
fills = Table(
    "fills",
    metadata,
    Column("id", Id, primary_key=True),
    Column("site", Exact, nullable=False),
    Column("field", Exact, nullable=False),
    Column("at", Seconds, nullable=False),
    Column("pages", BigInteger, nullable=False),
    Column("found", BigInteger, nullable=False),
    Index("fills_site", "site", "field", "at"),
    Index("fills_at", "at"),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Id, primary_key=True),
    Column("site", Exact, nullable=False),
    Column("key", Exact, nullable=False),
    Column("url", Text, nullable=False),
    # The address under which it was first asked for.
    Column("first_url", Text, nullable=False),
    Column("canonical_url", Text),
    Column("headline", Text, nullable=False),
    Column("section", Text),
    Column("language", Text),
    Column("published", Seconds),
    Column("modified", Seconds),
    Column("event", Seconds),
    Column("reading_minutes", Integer),
    Column("corrected", Boolean, nullable=False),
    Column("publisher", Text),
    Column("fetched_at", Seconds, nullable=False),
    # When it was first stored, and when its newest version was.
    Column("stored_at", Seconds, nullable=False),
    Column("updated_at", Seconds, nullable=False),
    Column("content_hash", Text, nullable=False),
    # What it has in common with the same story under another address (core/same.py), where addresses tell them apart.
    Column("twin", BigInteger),
    UniqueConstraint("key", "site", name="articles_key_site"),
    Index("articles_twin", "twin", "site"),
    Index("articles_stored", "stored_at", "id"),
    Index("articles_site_stored", "site", "stored_at", "id"),
    Index("articles_published", "published"),
    # The newest of a site, section or language, page by page.
    Index("articles_site", "site", "id"),
    Index("articles_section", "section", "id"),
    Index("articles_language", "language", "id"),
    # A number is never given twice: it is in addresses that people keep.
    sqlite_autoincrement=True,
)

# The distinct contents of an article. `fetched_at` is when it was first read with this content; `document` is the whole
# article as JSON, as it was last read with it. One that the article goes back to gets a new id and `stored_at`.
versions = Table(
    "versions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", BigInteger, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("fetched_at", Seconds, nullable=False),
    Column("stored_at", Seconds, nullable=False),
    Column("document", Text, nullable=False),
    UniqueConstraint("article_id", "content_hash", name="versions_article_content"),
    # Nor is this: who follows the wire goes on from it.
    sqlite_autoincrement=True,
)

# The labelled boxes of an article's page when it was last read.
links = Table(
    "links",
    metadata,
    Column("article_id", BigInteger, nullable=False),
    Column("position", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("headline", Text),
    Column("shown_text", Text),
    Column("shown_at", Seconds),
    PrimaryKeyConstraint("article_id", "position"),
    # Which articles say that they continue this one.
    _partial("links_story", "label = 'more_about'", "url"),
)

tags = Table(
    "tags",
    metadata,
    Column("article_id", BigInteger, nullable=False),
    Column("tag", Exact, nullable=False),
    PrimaryKeyConstraint("article_id", "tag"),
    Index("tags_tag", "tag", "article_id"),
)

# Which articles have nearly the same text: those of one group, whose id is that of its first article. `at` is when it
# was published; `sketch` what is kept of its text to find copies, NULL once it is too old to have any more.
copies = Table(
    "copies",
    metadata,
    Column("article_id", BigInteger, primary_key=True, autoincrement=False),
    Column("group_id", BigInteger, nullable=False),
    Column("at", Seconds, nullable=False),
    Column("entered_at", Seconds, nullable=False),
    Column("sketch", Text),
    _partial("copies_entered", "sketch IS NOT NULL", "entered_at"),
    Index("copies_group", "group_id"),
)

# Where copies are looked for: each band of a sketch leads to the newest article of every group that has it.
bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("article_id", BigInteger, nullable=False),
    PrimaryKeyConstraint("band", "group_id"),
)

# Pages as they were fetched, packed, where it is asked to keep them: one for each version of an article, and one with
# an empty `content_hash` for a page that was parked.
pages = Table(
    "pages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("site", Exact, nullable=False),
    Column("key", Exact, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("fetched_at", Seconds, nullable=False),
    Column("kept_at", Seconds, nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("key", "site", "content_hash", name="pages_key_site_content"),
    Index("pages_kept", "kept_at"),
)
