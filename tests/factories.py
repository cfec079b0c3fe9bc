"""
Rows for tests: each ``make_*`` needs only the fields that the test is about.

Names are invented. Moments default to ``NOON`` on a Wednesday in the middle of a
round that lasts from Monday to Sunday.
"""

import itertools
from datetime import UTC, datetime, timedelta

from accounts.models import Person, Unit, User
from leaderboards.models import Ranking, Scheme, Tally
from quizzes.models import (
    Attempt,
    Audience,
    Bank,
    Bloc,
    Contest,
    ContestUnit,
    Entrant,
    Headcount,
    Item,
    ItemKey,
    ItemVersion,
    KeySheet,
    PaperSpec,
    Pool,
    PoolItem,
    Role,
    Round,
    Topic,
)
from quizzes.services.pools import SETTINGS

NOON = datetime(2025, 10, 1, 5, 0, tzinfo=UTC)
OPENS = datetime(2025, 9, 28, 17, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=7)
_numbers = itertools.count(1)


def make_user(username=None, *, password=None, **fields):
    user = User(username=username or f"user{next(_numbers)}", **fields)
    user.set_password(password) if password else user.set_unusable_password()
    user.save()
    return user


def make_person(full_name="Nguyễn Thị Thử", *, user=None, **fields):
    person = Person.named(full_name, user=user or make_user(), **fields)
    person.save()
    return person


def make_unit(code=None, name=None, **fields):
    code = code or f"don-vi-{next(_numbers)}"
    name = name or f"Đơn vị {code}"
    return Unit.objects.create(
        code=code,
        name=name,
        **Unit.name_keys(name, fields.get("short_name", "")),
        **fields,
    )


def make_contest(slug=None, **fields):
    slug = slug or f"hoi-thi-{next(_numbers)}"
    defaults = {
        "title": f"Hội thi {slug}",
        "short_title": f"Hội thi {slug}",
        "organiser": "Ủy ban nhân dân thành phố Thử",
        "state": Contest.State.PUBLIC,
        "late_start": Contest.LateStart.CUT,
        "timed_out_counts": True,
        "incomplete_counts": True,
    }
    return Contest.objects.create(slug=slug, **defaults | fields)


def make_audience(contest=None, code="can-bo", **fields):
    defaults = {"name": code, "unit_kind": "unit"}
    return Audience.objects.create(
        contest=contest or make_contest(), code=code, **defaults | fields
    )


def make_round(contest=None, number=1, **fields):
    shift = timedelta(days=7 * (number - 1))
    defaults = {
        "code": f"tuan-{number}",
        "title": f"Tuần {number}",
        "opens_at": OPENS + shift,
        "closes_at": CLOSES + shift,
    }
    return Round.objects.create(
        contest=contest or make_contest(), number=number, **defaults | fields
    )


def make_bank(code=None):
    return Bank.objects.create(
        code=code or f"ngan-hang-{next(_numbers)}", title="Ngân hàng"
    )


def make_topic(bank=None, code="chu-de"):
    bank = bank or make_bank()
    return Topic.objects.get_or_create(bank=bank, code=code, defaults={"name": code})[0]


def make_item(
    bank=None,
    code=None,
    *,
    topic=None,
    type="single",
    correct=("a",),
    options=4,
    **fields,
):
    """An approved item with one version and its key; option ids are a, b, c..."""
    bank = bank or (topic.bank if topic else make_bank())
    number = next(_numbers)
    item = Item.objects.create(
        bank=bank,
        topic=topic or make_topic(bank),
        code=code or f"cau-{number}",
        **{"difficulty": "easy"} | fields,
    )
    letters = "abcdefghij"[:options]
    version = ItemVersion.objects.create(
        item=item,
        number=1,
        type=type,
        stem=f"Câu hỏi số {number}?",
        options=[{"id": x, "text": f"Phương án {x} của câu {number}"} for x in letters],
        content_hash=f"{number:064x}",
    )
    ItemKey.objects.create(
        version=version,
        correct=list(correct),
        explanation=f"Giải thích của câu {number}.",
        source=f"Văn bản số {number}",
    )
    item.current, item.state = version, Item.State.APPROVED
    item.save(update_fields=["current", "state"])
    return item


def make_paper(round=None, audience=None, *, bank=None, items=3, **fields):
    """A paper specification with a bank that holds ``items`` easy items."""
    round = round or make_round()
    audience = audience or make_audience(round.contest)
    if bank is None:
        bank = make_bank()
        for _ in range(items):
            make_item(bank)
    defaults = {
        "item_count": items,
        "minutes": 20,
        "blueprint": [{"topic": "chu-de", "difficulty": "easy", "count": items}],
        "attempt_limits": [{"n": 1, "per": "round"}],
    }
    return PaperSpec.objects.create(
        round=round, audience=audience, bank=bank, **defaults | fields
    )


def make_pool(paper=None):
    """A sealed pool of every item in the paper's bank, with key sheet 1."""
    paper = paper or make_paper()
    versions = [
        item.current
        for item in paper.bank.items.approved()
        .select_related("current__key", "topic")
        .order_by("code")
    ]
    sealed = {"items": [_sealed(v) for v in versions], "blueprint": paper.blueprint}
    sealed |= {"fixed": not paper.blueprint}
    sealed |= {name: getattr(paper, name) for name in SETTINGS}
    pool = Pool.objects.create(
        round=paper.round,
        audience=paper.audience,
        sealed=sealed,
        hash=f"{next(_numbers):064x}",
        locked_at=paper.round.opens_at,
        locked_by=make_user(),
        approved_by=make_user(),
    )
    PoolItem.objects.bulk_create(PoolItem(pool=pool, version=v) for v in versions)
    KeySheet.objects.create(
        pool=pool,
        version=1,
        keys={str(v.uuid): _key(v, paper) for v in versions},
        hash=f"{next(_numbers):064x}",
        created_at=paper.round.opens_at,
    )
    return pool


def _sealed(version):
    return {
        "version": str(version.uuid),
        "item": version.item.code,
        "topic": version.item.topic.code,
        "difficulty": version.item.difficulty,
        "type": version.type,
        "stem": version.stem,
        "options": version.options,
        "not_with": [],
    }


def _key(version, paper):
    return {
        "correct": version.key.correct,
        "explanation": version.key.explanation,
        "source": version.key.source,
        "points": paper.points_per_item,
    }


def make_entrant(contest=None, *, audience=None, person=None, unit=None, **fields):
    if audience is None:
        contest = contest or make_contest()
        audience = contest.audiences.first() or make_audience(contest)
    defaults = {"registered_at": OPENS}
    return Entrant.objects.create(
        contest=audience.contest,
        audience=audience,
        person=person or make_person(),
        unit=unit,
        **defaults | fields,
    )


def make_attempt(entrant=None, round=None, *, pool=None, **fields):
    """An open attempt on a sealed pool, started at noon with twenty minutes."""
    if pool is None:
        round = round or make_round(entrant.contest if entrant else None)
        audience = entrant.audience if entrant else make_audience(round.contest)
        paper = round.papers.filter(audience=audience).first()
        paper = paper or make_paper(round, audience)
        pool = Pool.objects.filter(round=round, audience=audience).first()
        pool = pool or make_pool(paper)
    entrant = entrant or make_entrant(audience=pool.audience)
    deadline = fields.pop("deadline", NOON + timedelta(minutes=20))
    items = pool.sealed["items"]
    defaults = {
        "number": 1,
        "day": NOON.date(),
        "started_at": min(NOON, deadline),
        "deadline": deadline,
        "accepts_until": deadline + timedelta(seconds=15),
        "item_count": len(items),
        "unit": entrant.unit,
        "seed": "0",
        "paper": [
            {"item": i["version"], "options": [o["id"] for o in i["options"]]}
            for i in items
        ],
    }
    return Attempt.objects.create(
        entrant=entrant,
        round=pool.round,
        audience=entrant.audience,
        pool=pool,
        **defaults | fields,
    )


def make_imported_attempt(entrant, round, *, score=15000, correct=15, **fields):
    """A closed and scored attempt of fifteen items made on another platform."""
    started_at = fields.pop("started_at", NOON)
    submitted_at = fields.pop("submitted_at", started_at + timedelta(minutes=10))
    defaults = {
        "number": 1,
        "day": started_at.date(),
        "origin": Attempt.Origin.IMPORTED,
        "state": Attempt.State.SUBMITTED,
        "closed_by": Attempt.ClosedBy.PERSON,
        "item_count": 15,
        "deadline": submitted_at,
        "accepts_until": submitted_at,
        "unit": entrant.unit,
        "duration_ms": (submitted_at - started_at) // timedelta(milliseconds=1),
        "scored_with": 1,
    }
    return Attempt.objects.create(
        entrant=entrant,
        round=round,
        audience=entrant.audience,
        started_at=started_at,
        submitted_at=submitted_at,
        score=score,
        correct_count=correct,
        **defaults | fields,
    )


def make_bloc(contest=None, code="khoi", **fields):
    contest = contest or make_contest()
    return Bloc.objects.create(contest=contest, code=code, **{"name": code} | fields)


def make_contest_unit(bloc=None, unit=None, *, people=None, **fields):
    """A unit in a bloc, with one headcount for all rounds if ``people`` is given."""
    bloc = bloc or make_bloc()
    row = ContestUnit.objects.create(
        contest=bloc.contest, bloc=bloc, unit=unit or make_unit(), **fields
    )
    if people is not None:
        Headcount.objects.create(contest_unit=row, people=people)
    return row


def make_role(contest=None, kind=Role.Kind.ORGANISER, *, user=None, unit=None):
    return Role.objects.create(
        contest=contest or make_contest(),
        user=user or make_user(),
        kind=kind,
        unit=unit,
    )


def make_ranking(contest=None, code="ca-nhan", *, scope="round", rule=None, **fields):
    return Ranking.objects.create(
        contest=contest or make_contest(),
        code=code,
        scope=scope,
        rule=rule or {},
        **{"title": code} | fields,
    )


def make_scheme(contest=None, code="tap-the", *, scope="contest", rule=None, **fields):
    return Scheme.objects.create(
        contest=contest or make_contest(),
        code=code,
        scope=scope,
        rule=rule or {},
        **{"title": code} | fields,
    )


def make_tally(contest=None, round=None, *, number=1, **fields):
    contest = contest or (round.contest if round else make_contest())
    defaults = {"state": Tally.State.PROVISIONAL, "cut_off": CLOSES, "hash": "0" * 64}
    return Tally.objects.create(
        contest=contest, round=round, number=number, **defaults | fields
    )
