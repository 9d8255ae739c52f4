"""The practical limit: one asyncio loop in memory, libcurl, selectolax, a set of URLs, JSON lines. Nothing is durable.

python -m benchmarks.peers.bare_loop URL OUTPUT
"""

from __future__ import annotations

import asyncio
import sys
import zlib
from io import BytesIO
from pathlib import Path

import orjson
import pycurl
import uvloop

from benchmarks.peers.fields import by_selectolax

OPEN = 32


async def crawl(start: str, output: Path) -> None:
    """Fetch everything that can be reached from `start`."""
    multi, waiting, seen = pycurl.AsyncCurlMulti(), [start], {start}
    with output.open("wb") as lines:

        async def work() -> None:
            curl = pycurl.Curl()
            curl.setopt(pycurl.HTTPHEADER, ["accept-encoding: gzip"])
            curl.setopt(pycurl.NOSIGNAL, 1)
            while True:
                if not waiting:
                    if not busy:
                        return
                    await asyncio.sleep(0.005)
                    continue
                url, body = waiting.pop(), BytesIO()
                busy.add(url)
                curl.setopt(pycurl.URL, url)
                curl.setopt(pycurl.WRITEDATA, body)
                await multi.add_handle(curl)
                if curl.getinfo(pycurl.RESPONSE_CODE) == 200:
                    fields = by_selectolax(zlib.decompress(body.getvalue(), 31), url)
                    for link in fields["links"]:
                        if link["url"] not in seen:
                            seen.add(link["url"])
                            waiting.append(link["url"])
                    if fields["headline"]:
                        lines.write(orjson.dumps(fields, option=orjson.OPT_APPEND_NEWLINE))
                busy.discard(url)

        busy: set[str] = set()
        await asyncio.gather(*(work() for _ in range(OPEN)))
    await multi.aclose()


if __name__ == "__main__":
    uvloop.run(crawl(sys.argv[1], Path(sys.argv[2])))
