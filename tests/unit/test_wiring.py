"""A site as a process works with it: what the ledger has, over the readers of its profile."""

from __future__ import annotations

from workers.ledger import SiteRow
from workers.sites.profiles.pravda import ukrainska_pravda
from workers.wiring import site_of


def row(name: str, profile: str = "", hosts: tuple[str, ...] = ()) -> SiteRow:
    return SiteRow(name, profile, hosts, starts=(), settings={}, delay=1.0, places=1, paused=False, budget=None)


def test_a_site_has_the_readers_of_its_profile_and_its_own_hosts() -> None:
    site = site_of(row("demo", "ukrainska-pravda", ("news.test",)))
    assert (site.name, site.hosts) == ("demo", ("news.test",))
    assert site.readers is ukrainska_pravda.readers


def test_a_known_site_that_a_file_or_a_link_entered_has_its_profile() -> None:
    site = site_of(row("ukrainska-pravda"))
    assert (site.readers, site.hosts) == (ukrainska_pravda.readers, ukrainska_pravda.hosts)


def test_a_site_of_another_name_is_read_by_the_generic_reader_alone() -> None:
    site = site_of(row("news.test"))
    assert (site.hosts, site.requires) == (("news.test",), ())


def test_a_site_of_two_names_knows_its_articles_under_the_first() -> None:
    site = site_of(row("news.test", hosts=("www.news.test", "news.test")))
    assert site.identity("https://news.test/a?utm_source=x") == "https://www.news.test/a"
    assert site.identity("https://www.news.test/a") == "https://www.news.test/a"
    assert site.identity("https://m.news.test/a") == "https://m.news.test/a"
