"""
People who take part now: over HTTP, through the portal's own API, as apps do.

Each signs up under an invented name, joins, starts the open round's paper, chooses
without knowing any key, saves as he goes and submits. What the portal acknowledged is
asked back at the end and compared.
"""

import asyncio
import secrets
from dataclasses import dataclass, field

import aiohttp
from django.utils.translation import gettext_lazy as _

from contest.lib.refusals import Refused
from leaderboards.rules.simulation import names
from leaderboards.rules.simulation.dice import Dice

API = "/api/v1"
SIGN_UP = "/_allauth/app/v1/auth/signup"
BIRTH_DATE = "1988-01-01"
SAVES = 5
UNITS_TRIED = 40
LONGEST_SITTING_S = 600
TIMEOUT = aiohttp.ClientTimeout(total=60)


class NotReachable(Refused):
    code = "not_reachable"
    sentence = _("Không gọi được cổng thi ở %(url)s: %(why)s.")


class NoOpenRound(Refused):
    code = "no_open_round"
    sentence = _("Hội thi %(contest)s không có vòng nào đang mở.")


class Unexpected(Exception):
    """An answer that a person who keeps to the rules should not get."""


@dataclass
class Outcome:
    """How it went: people who handed in, saves acknowledged, and what went wrong."""

    submitted: int = 0
    saves: int = 0
    faults: list[str] = field(default_factory=list)


def run(url, slug, *, people, minutes, progress):
    """
    Let ``people`` take part within ``minutes`` and return the ``Outcome``.

    Raise ``NotReachable`` or ``NoOpenRound``.
    """
    crowd = Crowd(url.rstrip("/"), slug, people, minutes * 60, progress)
    try:
        return asyncio.run(crowd.take_part())
    except (Unexpected, aiohttp.ClientConnectionError, TimeoutError) as error:
        raise NotReachable(url=url, why=str(error)) from error


class Crowd:
    def __init__(self, url, slug, people, seconds, progress):
        self.url, self.slug = url, slug
        self.people, self.seconds = people, seconds
        self.progress = progress
        self.run_name = secrets.token_hex(4)
        self.outcome = Outcome()

    async def take_part(self):
        async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
            self.session = session
            self.contest = await self.call("GET", f"{API}/contests/{self.slug}/")
            self.round = self.open_round()
            self.units = await self.unit_codes()
            sittings = [self.sit(number) for number in range(self.people)]
            await asyncio.gather(*sittings)
        return self.outcome

    def open_round(self):
        for round in self.contest["rounds"]:
            if round["state"] == "open" and round["audiences"]:
                return round
        raise NoOpenRound(contest=self.slug)

    async def unit_codes(self):
        """Codes of the contest's units, from every page of the list."""
        codes, address = [], f"{API}/contests/{self.slug}/units/?page=1"
        while address:
            page = await self.call("GET", address)
            codes += [row["unit"]["code"] for row in page["results"]]
            following = page["next"]
            address = following and following.partition("://")[2].partition("/")[2]
            address = address and f"/{address}"
        return codes or [None]

    async def sit(self, number):
        """One person from arriving to handing in; a fault ends this person only."""
        dice = Dice(f"{self.run_name}/{number}")
        longest = min(LONGEST_SITTING_S, self.seconds / 2)
        takes = longest * (0.4 + 0.6 * dice.uniform())
        await asyncio.sleep(dice.uniform() * (self.seconds - takes))
        try:
            await Person(self, number, dice).take_part(takes)
        except (Unexpected, aiohttp.ClientError, TimeoutError) as error:
            self.outcome.faults.append(f"{number}: {error}")
        else:
            self.outcome.submitted += 1
        done = self.outcome.submitted + len(self.outcome.faults)
        if done % 10 == 0 or done == self.people:
            self.progress(f"{done} / {self.people}")

    async def call(self, method, path, *, expect=(200,), headers=None, body=None):
        """Send JSON and return the JSON answer; ``Unexpected`` for another status."""
        async with self.session.request(
            method, self.url + path, json=body, headers=headers
        ) as answer:
            if answer.status not in expect:
                text = (await answer.text())[:200]
                raise Unexpected(f"{method} {path}: {answer.status} {text}")
            return await answer.json()


class Person:
    def __init__(self, crowd, number, dice):
        self.crowd, self.dice = crowd, dice
        self.username = f"mo-phong-{crowd.run_name}-{number}"
        self.headers = {}

    async def take_part(self, seconds):
        await self.sign_up()
        await self.join()
        rounds = f"{API}/rounds/{self.crowd.round['uuid']}"
        started = await self.call("POST", f"{rounds}/attempts/", expect=(200, 201))
        await self.answer(started, seconds)

    async def sign_up(self):
        body = {
            "username": self.username,
            "password": secrets.token_urlsafe(12),
            "full_name": names.name(self.dice),
            "birth_date": BIRTH_DATE,
            "consent_take_part": True,
        }
        answer = await self.call("POST", SIGN_UP, body=body)
        self.headers = {"X-Session-Token": answer["meta"]["session_token"]}

    async def join(self):
        """Join some audience of the round; citizens try until they name a commune."""
        offered = [paper["code"] for paper in self.crowd.round["audiences"]]
        audience = self.dice.pick(offered)
        path = f"{API}/contests/{self.crowd.slug}/entrants/"
        for _try in range(UNITS_TRIED):
            body = {"audience": audience, "unit": self.dice.pick(self.crowd.units)}
            answer = await self.call(
                "POST", path, expect=(200, 201, 400, 409), body=body
            )
            if "uuid" in answer:
                return
        raise Unexpected(f"{self.username} found no unit to join with: {answer}")

    async def answer(self, started, seconds):
        path = f"{API}/attempts/{started['uuid']}"
        token = {"X-Attempt-Token": started["token"]}
        items, chosen = started["items"], {}
        for save in range(1, SAVES + 1):
            await asyncio.sleep(seconds / SAVES)
            for item in items[: save * len(items) // SAVES]:
                chosen.setdefault(item["token"], self.choose(item))
            body = {
                "seq": started["seq"] + save,
                "responses": chosen,
                "prediction": self.dice.stream.below(20_000),
            }
            await self.call("PUT", f"{path}/responses/", headers=token, body=body)
            self.crowd.outcome.saves += 1
        await self.call("POST", f"{path}/submit/", headers=token)
        await self.compare(path, body)

    async def compare(self, path, last):
        held = await self.call("GET", f"{path}/")
        for name in ("seq", "responses", "prediction"):
            if held[name] != last[name]:
                raise Unexpected(f"{path}: {name} is not what was acknowledged")

    def choose(self, item):
        letters = [option["token"] for option in item["options"]]
        count = 2 if item["type"] == "multiple" else 1
        picked = {self.dice.pick(letters)}
        while len(picked) < count:
            picked.add(self.dice.pick(letters))
        return sorted(picked)

    async def call(self, method, path, *, expect=(200,), headers=None, body=None):
        return await self.crowd.call(
            method, path, expect=expect, headers=headers or self.headers, body=body
        )
