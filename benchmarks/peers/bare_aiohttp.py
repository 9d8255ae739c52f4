"""The same loop with aiohttp, to see what the HTTP client is worth.

python -m benchmarks.peers.bare_aiohttp URL OUTPUT
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import aiohttp
import orjson
import uvloop

from benchmarks.peers.fields import by_selectolax

OPEN = 32


async def crawl(start: str, output: Path) -> None:
    """Fetch everything that can be reached from `start`."""
    waiting, seen, busy = [start], {start}, set[str]()
    with output.open("wb") as lines:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=OPEN)) as session:

            async def work() -> None:
                while waiting or busy:
                    if not waiting:
                        await asyncio.sleep(0.005)
                        continue
                    url = waiting.pop()
                    busy.add(url)
                    async with session.get(url) as response:
                        body = await response.read()
                    if response.status == 200:
                        fields = by_selectolax(body, url)
                        new = [link["url"] for link in fields["links"] if link["url"] not in seen]
                        seen.update(new)
                        waiting.extend(dict.fromkeys(new))
                        if fields["headline"]:
                            lines.write(orjson.dumps(fields, option=orjson.OPT_APPEND_NEWLINE))
                    busy.discard(url)

            await asyncio.gather(*(work() for _ in range(OPEN)))


if __name__ == "__main__":
    uvloop.run(crawl(sys.argv[1], Path(sys.argv[2])))
