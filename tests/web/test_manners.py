"""Manners: the gaps between starts, the rests after trouble, and the breaker."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import random
import time

import pytest
from asking import AGENT
from server import MisbehavingServer, answer, redirect

from workers.adapters.http import Fetcher, Limits, open_client
from workers.core import errors
from workers.core.manners import DAY, Manners, pace
from workers.stages.manners import HoldEnded, Pacer, Standing, is_failure

MANNERS = Manners()


class VirtualTime:
    """A clock that jumps from one sleeper to the next and wakes each a little late, or early, as real loops do."""

    def __init__(self, dice: random.Random) -> None:
        self.now = 1_000.0
        self._dice = dice
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.get_running_loop().create_future()
        until = self.now + max(0.0, seconds + self._dice.uniform(-0.001, 0.02))
        heapq.heappush(self._sleepers, (until, next(self._order), woken))
        await woken

    async def run(self, *coroutines: object) -> None:
        tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]  # type: ignore[arg-type,var-annotated]
        while not all(task.done() for task in tasks):
            for _ in range(8):
                await asyncio.sleep(0)
            assert self._sleepers or all(task.done() for task in tasks), "everybody waits for ever"
            if self._sleepers:
                until, _, woken = heapq.heappop(self._sleepers)
                self.now = max(self.now, until)
                woken.set_result(None)
        await asyncio.gather(*tasks)


def pacer(time: VirtualTime, *, delay: float, places: int = 1, hold: float = 1e9) -> Pacer:
    return Pacer(delay=delay, places=places, hold=hold, clock=time.clock, sleep=time.sleep)


@pytest.mark.parametrize("places", [1, 3])
def test_ten_thousand_starts_and_never_a_gap_under_the_delay(places: int) -> None:
    """Requests are sent some time after their start (a connection must be made) and answered some time after that."""
    dice = random.Random(7)
    time = VirtualTime(dice)
    paced = pacer(time, delay=1.0, places=places)
    left = itertools.count()
    sent: list[float] = []
    most_open = 0
    now_open = 0

    async def asker() -> None:
        nonlocal now_open, most_open
        while next(left) < 10_000:
            async with paced.place():
                now_open += 1
                most_open = max(most_open, now_open)
                await paced.start()
                if dice.random() < 0.2:
                    await time.sleep(dice.uniform(0, 3))
                sent.append(time.clock())
                paced.sent(time.clock())
                await time.sleep(dice.uniform(0, 2.5))
                now_open -= 1

    asyncio.run(time.run(*(asker() for _ in range(8))))
    gaps = [later - earlier for earlier, later in itertools.pairwise(sent)]
    assert len(sent) == 10_000
    assert min(gaps) >= 1.0
    assert most_open == places


def test_throughput_reaches_what_the_delay_allows() -> None:
    time = VirtualTime(random.Random(8))
    paced = pacer(time, delay=1.0)

    async def asker() -> None:
        for _ in range(1_000):
            async with paced.place():
                await paced.start()
                paced.sent(time.clock())
                await time.sleep(0.2)

    begun = time.now
    asyncio.run(time.run(asker()))
    assert 1_000 / (time.now - begun) > 0.95


def test_nothing_starts_after_the_hold() -> None:
    time = VirtualTime(random.Random(10))
    paced = pacer(time, delay=1.0, hold=3.5)
    begun, started = time.now, []

    async def asker() -> None:
        with pytest.raises(HoldEnded):
            while True:
                async with paced.place():
                    await paced.start()
                    started.append(time.now)

    asyncio.run(time.run(asker()))
    assert len(started) == 4
    assert max(started) < begun + 3.5
    assert time.now < begun + 3.5  # who would come too late is told so at once, and waits for nothing


def test_a_renewed_hold_lasts_longer() -> None:
    time = VirtualTime(random.Random(11))
    paced = pacer(time, delay=1.0, hold=1.5)
    started: list[float] = []

    async def asker() -> None:
        for _ in range(5):
            paced.renew(1.5)
            async with paced.place():
                await paced.start()
                started.append(time.now)

    asyncio.run(time.run(asker()))
    assert len(started) == 5


def test_a_host_that_must_rest_is_not_asked_again() -> None:
    time = VirtualTime(random.Random(12))
    paced = pacer(time, delay=1.0)

    async def asker() -> None:
        await paced.start()
        paced.sent(time.now)
        paced.rest(60.0)
        with pytest.raises(HoldEnded):
            await paced.start()

    asyncio.run(time.run(asker()))
    assert paced.next_in() == 60.0


def test_what_is_left_of_the_gap_goes_back_with_the_host() -> None:
    time = VirtualTime(random.Random(13))
    paced = pacer(time, delay=10.0)
    asyncio.run(time.run(paced.start()))
    paced.sent(time.now)
    time.now += 4.0
    assert paced.next_in() == pytest.approx(6.0)
    time.now += 60.0
    assert paced.next_in() == 0.0


def test_a_delay_learned_late_counts_from_the_last_start() -> None:
    time = VirtualTime(random.Random(14))
    paced = pacer(time, delay=0.1)
    asyncio.run(time.run(paced.start()))
    paced.sent(time.now)
    paced.delay = 5.0
    assert paced.next_in() == pytest.approx(5.0)


def test_a_place_given_up_without_a_word_frees_the_next_start() -> None:
    time = VirtualTime(random.Random(15))
    paced = pacer(time, delay=1.0, places=2)

    async def asker() -> None:
        async with paced.place():
            await paced.start()

    asyncio.run(time.run(asker(), asker(), asker()))
    assert time.now > 1_002.0


class HostGate:
    def __init__(self, paced: Pacer) -> None:
        self._paced = paced

    async def allow(self, url: str) -> None:
        return None

    async def start(self, url: str) -> None:
        await self._paced.start()

    def sent(self, url: str, at: float) -> None:
        self._paced.sent(at)


@pytest.mark.parametrize("places", [1, 3])
def test_a_real_server_never_sees_a_gap_under_the_delay(site: MisbehavingServer, places: int) -> None:
    async def slow(asked: object, wire: object) -> None:
        await asyncio.sleep(random.uniform(0, 0.04))
        await answer()(asked, wire)  # type: ignore[arg-type]

    site.on["/a"], site.on["/b"] = slow, redirect("/a")

    async def main() -> None:
        paced = Pacer(delay=0.03, places=places, hold=60.0)
        fetcher = Fetcher(open_client(), AGENT, Limits(), allow_private=True)

        async def one(number: int) -> None:
            async with paced.place():
                await fetcher.get(site.url("/b" if number % 3 == 0 else "/a"), gate=HostGate(paced))

        await asyncio.gather(*(one(number) for number in range(15)))
        await fetcher.aclose()

    asyncio.run(main())
    gaps = [later.at - earlier.at for earlier, later in itertools.pairwise(site.log)]
    assert len(gaps) == 19  # five of the fifteen were redirected, and each hop is a start of its own
    assert min(gaps) >= 0.03


@pytest.mark.parametrize(
    ("site_delay", "crawl_delay", "slowdowns", "seconds"),
    [
        (1.0, None, 0, 1.0),
        (1.0, 5.0, 0, 5.0),
        (5.0, 1.0, 0, 5.0),
        (1.0, 3_600.0, 0, 3_600.0),
        (90.0, 120.0, 3, 120.0),
        (90.0, 1.0, 3, 90.0),
        (1.0, None, 3, 8.0),
        (1.0, 2.0, 1, 4.0),
        (1.0, None, 500, 60.0),
        (0.0, None, 0, 0.0),
    ],
)
def test_the_pace_of_a_host(site_delay: float, crawl_delay: float | None, slowdowns: int, seconds: float) -> None:
    assert pace(site_delay, crawl_delay, slowdowns, manners=MANNERS) == seconds


def after(standing: Standing, *happened: errors.WireroomError, seed: int = 1) -> Standing:
    dice = random.Random(seed)
    for error in happened:
        standing = standing.troubled(error, MANNERS, dice)
    return standing


def test_retry_after_is_honoured_and_never_cut_short() -> None:
    for seed in range(200):
        rest = after(Standing(), errors.TooManyRequests(retry_after=120.0), seed=seed).rest
        assert 120.0 <= rest <= 150.0


def test_retry_after_ends_at_a_day() -> None:
    assert after(Standing(), errors.TooManyRequests(retry_after=1e9)).rest == DAY


def test_without_retry_after_the_rest_doubles_up_to_a_day() -> None:
    rests, standing = [], Standing()
    for _ in range(14):
        standing = after(standing, errors.TooManyRequests())
        rests.append(standing.rest)
        standing = standing.rested(quiet=False)
    assert all(60.0 * 2**n <= rest <= 75.0 * 2**n for n, rest in enumerate(rests[:10]))
    assert rests[-1] == DAY
    assert standing.slowdowns == 14


def test_rests_are_spread() -> None:
    assert len({after(Standing(), errors.TooManyRequests(), seed=seed).rest for seed in range(50)}) == 50


def test_slowdowns_are_forgotten_one_by_one_when_it_is_quiet() -> None:
    standing = Standing(slowdowns=2)
    seen = []
    for _ in range(3):
        standing = standing.answered().rested(quiet=True)
        seen.append(standing.slowdowns)
    assert seen == [1, 0, 0]


def test_the_breaker_opens_after_five_failures_in_a_row() -> None:
    standing = after(Standing(), *[errors.ConnectFailed()] * 4)
    assert (standing.rest, standing.probing(MANNERS)) == (0.0, False)
    standing = after(standing, errors.Timeout())
    assert (standing.rest, standing.probing(MANNERS), standing.reason) == (30.0, True, "timeout")


def test_an_answer_between_keeps_the_breaker_closed() -> None:
    standing = after(Standing(), *[errors.ServerError()] * 4).answered()
    assert after(standing, *[errors.ServerError()] * 4).rest == 0.0


def test_a_failed_probe_doubles_the_rest_up_to_a_day() -> None:
    standing, rests = Standing(failures=4), []
    for _ in range(14):
        standing = after(standing, errors.ConnectFailed())
        rests.append(standing.rest)
        standing = standing.rested(quiet=False)
        assert standing.probing(MANNERS)
    assert rests[:4] == [30.0, 60.0, 120.0, 240.0]
    assert rests[-1] == DAY


def test_a_successful_probe_closes_the_breaker() -> None:
    standing = Standing(failures=9).answered()
    assert (standing.failures, standing.probing(MANNERS)) == (0, False)


def test_a_slowdown_is_an_answer_of_a_living_host() -> None:
    assert after(Standing(failures=9), errors.TooManyRequests()).failures == 0


def test_a_page_that_is_gone_says_nothing_against_its_host() -> None:
    for error in (errors.Gone(), errors.NotHtml(), errors.BodyTooLarge(), errors.RedirectLoop()):
        assert after(Standing(failures=3), error) == Standing(failures=0)


def test_refusals_one_after_the_other_are_trouble_of_the_host() -> None:
    standing = after(Standing(failures=3), *[errors.Refused()] * 9)
    assert (standing.failures, standing.rest) == (0, 0.0), "a firewall that guards some pages is none of a host"
    assert after(standing.answered(), errors.Refused()).rest == 0.0
    standing = after(standing, errors.Refused())
    assert (standing.rest, standing.probing(MANNERS)) == (300.0, True)
    assert standing.reason == "it refuses one page after the other"
    again = after(standing.rested(quiet=False), errors.Refused())
    assert again.rest == 600.0, "a single request was to see whether it is well again"
    assert again.answered().failures == 0


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (errors.Timeout(), True),
        (errors.ConnectFailed(), True),
        (errors.NameNotFound(), True),
        (errors.ServerError(), True),
        (errors.BrokenAnswer(), True),
        (errors.RobotsUnreachable(), True),
        (errors.TlsRefused(), True),
        (errors.TooManyRequests(), False),
        (errors.HostResting(), False),
        (HoldEnded(), False),
        (errors.Gone(), False),
    ],
)
def test_what_counts_against_a_host(error: errors.WireroomError, failure: bool) -> None:
    assert is_failure(error) is failure


def test_the_loop_being_late_makes_no_gap_shorter() -> None:
    starts: list[float] = []

    async def main() -> None:
        paced = Pacer(delay=0.02, places=1, hold=60.0)
        loop = asyncio.get_running_loop()
        for number in range(20):
            loop.call_later(0.01, time.sleep, 0.03 if number % 2 else 0.0)
            await paced.start()
            starts.append(loop.time())
            paced.sent(loop.time())

    asyncio.run(main())
    assert min(later - earlier for earlier, later in itertools.pairwise(starts)) >= 0.02
