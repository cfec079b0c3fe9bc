"""
The load generator: virtual users who make attempts, one after the other or at a rate.

*Closed loop*: ``users`` people, each beginning again when done. *Open loop*:
``rate`` people a second arrive at random moments, whether the server keeps up or not.
It runs in a process of its own and only ever against this host.
"""

import asyncio
import multiprocessing
import os
import random
import statistics
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import aiohttp

from bench import process_cpu

HOST = "http://127.0.0.1"
TIMEOUT_S = 60
SETTLE_S = 2


class Failed(Exception):
    """A step that did not do what it should: an error, never a completion."""


@dataclass
class Samples:
    """What happened: moments are ``time.monotonic()`` of the end."""

    steps: list = field(default_factory=list)  # (moment, step, seconds)
    attempts: list = field(default_factory=list)  # (moment, seconds)
    errors: Counter = field(default_factory=Counter)
    acknowledged: dict = field(default_factory=dict)  # attempt: what the server took


class Visitor:
    """One virtual user: cookies, a generator of choices, and a stop-watch."""

    def __init__(self, index, base, samples):
        self.index, self.base, self.samples = index, base, samples
        self.random = random.Random(index)
        self.step = "-"
        self.memory = {}
        self.http = aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            timeout=aiohttp.ClientTimeout(total=TIMEOUT_S),
        )

    async def call(self, step, method, path, *, expect=200, **request):
        """Make one request, time it as ``step``, and return the body's JSON."""
        self.step = step
        began = time.monotonic()
        async with self.http.request(method, self.base + path, **request) as answer:
            body = await answer.read()
            status, kind = answer.status, answer.content_type
        ended = time.monotonic()
        if status != expect:
            raise Failed(f"{step}: HTTP {status}")
        self.samples.steps.append((ended, step, ended - began))
        return await answer.json() if "json" in kind else body

    def cookie(self, name):
        found = (jar.value for jar in self.http.cookie_jar if jar.key == name)
        return next(found, "")


@dataclass(frozen=True)
class Load:
    """How hard: ``users`` at once, or ``rate`` arrivals a second of up to ``users``."""

    users: int
    rate: float = 0
    warm_s: float = 3
    measure_s: float = 10


@dataclass
class Window:
    """One measured window of one scenario."""

    seconds: float
    attempts: list
    steps: dict
    cpu: dict
    errors: Counter
    acknowledged: dict

    @property
    def strangers(self):
        """Cores that programs used which are no part of the measurement."""
        ours = sum(s for name, s in self.cpu.items() if name not in ("machine", "web"))
        return (self.cpu["machine"] - ours) / self.seconds

    @property
    def rate(self):
        return len(self.attempts) / self.seconds

    def step_rate(self, step):
        return len(self.steps[step]) / self.seconds

    def percentile_ms(self, step, share):
        times = sorted(self.steps[step])
        return 1000 * times[min(len(times) - 1, int(share * len(times)))]


async def one_attempt(scenario, visitor, planned=None):
    began = planned or time.monotonic()
    samples = visitor.samples
    try:
        await scenario.attempt(visitor)
    except Failed as error:
        samples.errors[str(error)] += 1
    except (aiohttp.ClientError, TimeoutError, OSError, KeyError, ValueError) as error:
        samples.errors[f"{visitor.step}: {type(error).__name__} {error}"[:160]] += 1
    else:
        ended = time.monotonic()
        samples.attempts.append((ended, ended - began))
        return
    await asyncio.sleep(0.05)


async def closed(scenario, load, base, samples, until):
    async def one_user(index):
        await asyncio.sleep(SETTLE_S * index / load.users)
        visitor = Visitor(index, base, samples)
        while time.monotonic() < until:
            await one_attempt(scenario, visitor)
        await visitor.http.close()

    await asyncio.gather(*(one_user(index) for index in range(load.users)))


async def opened(scenario, load, base, samples, until):
    moments = random.Random(load.rate)
    free = [Visitor(index, base, samples) for index in range(load.users)]
    visitors, running = list(free), set()

    async def arrival(visitor, planned):
        await one_attempt(scenario, visitor, planned)
        free.append(visitor)

    planned = time.monotonic()
    while (planned := planned + moments.expovariate(load.rate)) < until:
        await asyncio.sleep(planned - time.monotonic())
        if not free:
            samples.errors["more arrivals than the server kept up with"] += 1
            continue
        task = asyncio.create_task(arrival(free.pop(0), planned))
        running.add(task)
        task.add_done_callback(running.discard)
    await asyncio.gather(*running)
    for visitor in visitors:
        await visitor.http.close()


def generate(scenario, load, base, until, pipe):
    samples = Samples()
    loop = opened if load.rate else closed
    asyncio.run(loop(scenario, load, base, samples, until))
    pipe.send(samples)
    pipe.close()


def measure(scenario, load, port, groups):
    """
    Drive the server on ``port`` and return a ``Window``.

    ``groups`` are ``{name: pid}`` of process trees whose CPU is accounted; the
    generator's own comes along as "generator".
    """
    begins = time.monotonic() + load.warm_s
    ends = begins + load.measure_s
    ours, theirs = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(
        target=generate, args=(scenario, load, f"{HOST}:{port}", ends, theirs)
    )
    child.start()
    theirs.close()
    groups = {**groups, "generator": child.pid}
    time.sleep(max(0, begins - time.monotonic()))
    before = process_cpu.seconds(groups)
    time.sleep(max(0, ends - time.monotonic()))
    after = process_cpu.seconds(groups)
    samples = ours.recv()
    child.join()
    steps = defaultdict(list)
    for moment, step, seconds in samples.steps:
        if begins <= moment < ends:
            steps[step].append(seconds)
    return Window(
        seconds=load.measure_s,
        attempts=[s for moment, s in samples.attempts if begins <= moment < ends],
        steps=steps,
        cpu={name: after[name] - before[name] for name in after},
        errors=samples.errors,
        acknowledged=samples.acknowledged,
    )


def median_rate(windows, step=None):
    """Return the median rate of windows, of whole attempts or of one step."""
    return statistics.median(w.step_rate(step) if step else w.rate for w in windows)


def cores():
    return os.cpu_count()
