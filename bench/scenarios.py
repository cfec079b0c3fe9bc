"""
What a virtual user does: one attempt from log-in to result.

The steps carry the same names on both sides: login, page, start, save, submit, result.
"""

import itertools

SAVES = 5
ITEMS = 15


def choices(visitor, until, letters):
    """Answers to the first ``until`` items, drawn anew."""
    return {str(n + 1): visitor.random.choice(letters) for n in range(until)}


class PortalAttempt:
    """
    The portal over its API, as a phone app uses it: nine requests, ten with the log-in.

    ``facts`` come from ``bench.product.prepare``. Without ``sign_in`` people come with
    a session made before. ``first`` is the number of the first person.
    """

    def __init__(self, facts, *, sign_in, first=0):
        self.facts, self.sign_in = facts, sign_in
        self.numbers = itertools.count(first)

    async def attempt(self, visitor):
        number = next(self.numbers) % len(self.facts["sessions"])
        session = await self.session(visitor, number)
        mine = {"X-Session-Token": session}
        slug, round = self.facts["contest"], self.facts["round"]
        await visitor.call("page", "GET", f"/api/v1/contests/{slug}/")
        started = await visitor.call(
            "start",
            "POST",
            f"/api/v1/rounds/{round}/attempts/",
            headers=mine,
            expect=201,
        )
        await self.answer(visitor, started)
        path = f"/api/v1/attempts/{started['uuid']}/result/"
        await visitor.call("result", "GET", path, headers=mine)

    async def session(self, visitor, number):
        if not self.sign_in:
            return self.facts["sessions"][number]
        answer = await visitor.call(
            "login",
            "POST",
            "/_allauth/app/v1/auth/login",
            json={
                "username": f"{self.facts['prefix']}{number}",
                "password": self.facts["pass_phrase"],
            },
        )
        return answer["meta"]["session_token"]

    async def answer(self, visitor, started):
        """Save five times, submit with the last word, and note what was taken."""
        token = {"X-Attempt-Token": started["token"]}
        path = f"/api/v1/attempts/{started['uuid']}"
        for number in range(1, SAVES + 1):
            body = self.body(visitor, number, number * ITEMS // SAVES)
            answer = await visitor.call(
                "save", "PUT", f"{path}/responses/", headers=token, json=body
            )
            visitor.samples.acknowledged[started["uuid"]] = (answer["seq"], body)
        body = self.body(visitor, SAVES + 1, ITEMS)
        await visitor.call(
            "submit", "POST", f"{path}/submit/", headers=token, json=body
        )
        visitor.samples.acknowledged[started["uuid"]] = (body["seq"], body)

    def body(self, visitor, seq, answered):
        answers = choices(visitor, answered, "abcd")
        responses = {item: [letter] for item, letter in answers.items()}
        return {"seq": seq, "responses": responses, "prediction": 1000 + seq}


class PortalSaves:
    """
    Saves only, each visitor on an attempt of his own with a growing ``seq``.

    ``path`` is the portal's own address or the yardstick's.
    """

    def __init__(self, attempts, path):
        self.attempts, self.path = attempts, path
        self.seqs = itertools.count(attempts["seq"])

    async def attempt(self, visitor):
        attempt, token = self.attempts["held"][visitor.index]
        answers = choices(visitor, ITEMS, "abcd")
        body = {
            "seq": next(self.seqs),
            "responses": {item: [letter] for item, letter in answers.items()},
            "prediction": 1200,
        }
        await visitor.call(
            "save",
            "PUT",
            self.path.format(attempt=attempt),
            headers={"X-Attempt-Token": token},
            json=body,
        )
        visitor.samples.acknowledged[attempt] = (body["seq"], body)


class CeilingAttempt:
    """The same steps against the bare app of ``bench.ceiling``."""

    USERS = 2000

    def __init__(self, *, sign_in):
        self.sign_in = sign_in
        self.numbers = itertools.count()

    async def attempt(self, visitor):
        if self.sign_in or "signed in" not in visitor.memory:
            await self.log_in(visitor)
        proof = {"X-CSRFToken": visitor.cookie("csrftoken")}
        await visitor.call("page", "GET", "/page")
        started = await visitor.call("start", "POST", "/start", headers=proof)
        answers = [-1] * ITEMS
        for number in range(1, SAVES + 1):
            for item in range((number - 1) * ITEMS // SAVES, number * ITEMS // SAVES):
                answers[item] = visitor.random.randrange(4)
            await self.send(visitor, "save", started["id"], answers, proof)
        await self.send(visitor, "submit", started["id"], answers, proof)
        await visitor.call("result", "GET", f"/result/{started['id']}")

    async def log_in(self, visitor):
        visitor.http.cookie_jar.clear()
        await visitor.call("login", "GET", "/login")
        form = {
            "username": f"bench{next(self.numbers) % self.USERS}",
            "password": "demo-only",
            "csrfmiddlewaretoken": visitor.cookie("csrftoken"),
        }
        await visitor.call("login", "POST", "/login", data=form)
        visitor.memory["signed in"] = True

    async def send(self, visitor, step, attempt, answers, proof):
        path = f"/{step}/{attempt}"
        answer = await visitor.call(
            step, "POST", path, json={"answers": answers}, headers=proof
        )
        if answer["rows"] != 1:
            raise ValueError("not stored")
