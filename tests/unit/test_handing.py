"""Pages travel to parse in batches that are neither too many nor too large; a page on a later attempt travels alone."""

from __future__ import annotations

import pytest

from workers.core.link import Kind, Label
from workers.core.page import Page
from workers.core.work import Lease
from workers.handing import LARGEST, batches

MB = 1_000_000


def page(size: int, attempt: int = 1) -> tuple[Lease, Page]:
    url = "https://a.example/"
    lease = Lease(
        id=1, site="s", key="k", url=url, host="a.example", kind=Kind.PAGE, label=Label.LATEST, depth=1, visit=1,
        attempt=attempt,
    )  # fmt: skip
    return lease, Page(asked=url, url=url, status=200, body=bytes(size), fetched_at=0.0)


@pytest.mark.parametrize(
    ("pages", "sizes"),
    [
        ([], []),
        ([page(10)] * 7, [3, 3, 1]),
        ([page(10), page(10, attempt=2), page(10)], [1, 2]),
        ([page(9 * MB)] * 3, [1, 1, 1]),
        ([page(MB), page(9 * MB), page(MB)], [2, 1]),
    ],
)
def test_batches_are_bounded_by_number_and_by_size(pages: list[tuple[Lease, Page]], sizes: list[int]) -> None:
    found = list(batches(pages, 3))
    assert [len(batch) for batch in found] == sizes
    assert sum(map(len, found)) == len(pages)
    assert all(sum(len(page.body) for _, page in batch[:-1]) < LARGEST for batch in found)
