"""Items from a file into a bank: matched by code, new words as new versions."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.lib import audit
from contest.lib.faults import Fault
from contest.lib.imports import (
    CHANGED,
    CREATED,
    UNCHANGED,
    new_report,
    refuse_faults,
)
from contest.lib.refusals import Refused
from contest.lib.text import search_key
from quizzes.formats import Format
from quizzes.models import Bank, Item, ItemKey, ItemVersion, Topic
from quizzes.services.bank import content_hash, says_the_same

RELABELLED = "relabelled"


class UnknownBank(Refused):
    code = "unknown_bank"
    sentence = gettext_lazy("Không có ngân hàng câu hỏi “%(bank)s”.")


@dataclass
class _Plan:
    """One parsed item with its topic and the item it stands for, if there is one."""

    parsed: object
    topic: Topic
    item: Item | None

    @property
    def words(self):
        parsed = self.parsed
        return {
            "type": parsed.type,
            "stem": parsed.stem,
            "options": list(parsed.options),
        }

    @property
    def key(self):
        parsed = self.parsed
        return {
            "correct": list(parsed.correct),
            "explanation": parsed.explanation,
            "source": parsed.source,
        }

    @property
    def needs_version(self):
        item = self.item
        if item is None or item.current_id is None:
            return True
        return not says_the_same(item.current, self.words, self.key)

    @property
    def is_relabelled(self):
        """Whether topic or difficulty differ from the stored item's."""
        item = self.item
        return item is not None and (item.topic_id, item.difficulty) != (
            self.topic.pk,
            self.parsed.difficulty,
        )


@transaction.atomic
def import_into(code, data, *, title="", dry_run=False, **options):
    """
    ``import_items`` into the bank called ``code``, made new if ``title`` is given.

    Raise ``UnknownBank`` where there is none and no title for one.
    """
    bank = Bank.objects.filter(code=code).first()
    if bank is None and not title:
        raise UnknownBank(bank=code)
    bank = bank or Bank.objects.create(code=code, title=title)
    report = import_items(bank, data, dry_run=dry_run, **options)
    if dry_run:
        transaction.set_rollback(True)
    return report


@transaction.atomic
def import_items(
    bank,
    data,
    *,
    format: Format,
    now,
    by=None,
    partial=False,
    dry_run=False,
    approve=False,
):
    """
    Bring the items of ``data`` into ``bank`` and return a ``Report``.

    Known codes keep their item; changed words or keys become a new version, a draft
    until approved (``approve`` does so at once). An empty bank takes its topics from
    the file, otherwise an unknown topic is a fault. The bank's row is locked. Raise
    ``Faulty`` with every fault unless ``partial``.
    """
    bank = Bank.objects.select_for_update().get(pk=bank.pk)
    parsed = format.parse(data)
    faults = list(parsed.faults)
    items, apart_faults = _known_neighbours(bank, parsed.items)
    plans, topic_faults = _plans(bank, items)
    faults += [*apart_faults, *topic_faults]
    refuse_faults(faults, partial=partial)
    report = new_report(CREATED, CHANGED, RELABELLED, UNCHANGED, dry_run=dry_run)
    report.faults = faults
    _write(bank, plans, report, approve=approve)
    if report.has_changes:
        audit.record("bank.import_items", bank, by=by, now=now, after=report.counts)
    if dry_run:
        transaction.set_rollback(True)
    return report


def _known_neighbours(bank, items):
    """Items whose ``not_with`` codes all exist, and a fault for each other one."""
    known = set(bank.items.values_list("code", flat=True))
    known |= {item.code for item in items}
    sound, faults = [], []
    for item in items:
        strange = sorted(set(item.not_with or ()) - known)
        if not strange:
            sound.append(item)
            continue
        faults.append(
            Fault(
                _("Không có câu %(codes)s.") % {"codes": ", ".join(strange)},
                _("Sửa mã, hoặc thêm câu đó vào tệp."),
                row=item.row,
                column="not_with",
            )
        )
    return sound, faults


def _plans(bank, items):
    topics = _topics(bank, items)
    stored = {
        item.code: item for item in bank.items.select_related("current__key").all()
    }
    plans, faults = [], []
    for parsed in items:
        topic = topics.get(parsed.topic) or topics.get(search_key(parsed.topic))
        if topic:
            plans.append(_Plan(parsed, topic, stored.get(parsed.code)))
            continue
        faults.append(
            Fault(
                _("Ngân hàng không có chủ đề “%(topic)s”.")
                % {"topic": parsed.topic[:80]},
                _("Sửa tên chủ đề, hoặc thêm chủ đề vào ngân hàng trước."),
                row=parsed.row,
                column="topic",
            )
        )
    return plans, faults


def _topics(bank, items):
    """Topics by code and by the search key of their name."""
    topics = list(bank.topics.all())
    if not topics:
        names = dict.fromkeys(item.topic for item in items)
        topics = Topic.objects.bulk_create(
            Topic(bank=bank, code=_free_code(name, place), name=name, order=place)
            for place, name in enumerate(names, 1)
        )
    return {search_key(topic.name): topic for topic in topics} | {
        topic.code: topic for topic in topics
    }


def _free_code(name, place):
    return f"{place}-{slugify(search_key(name))[:50]}".strip("-")


def _write(bank, plans, report, *, approve):
    new = [plan for plan in plans if plan.item is None]
    versioned = [plan for plan in plans if plan.needs_version]
    relabelled = [plan for plan in plans if plan.is_relabelled]
    _create_items(bank, new)
    for plan in relabelled:
        plan.item.topic, plan.item.difficulty = plan.topic, plan.parsed.difficulty
    _create_versions(versioned)
    approved = _approve(plans) if approve else []
    Item.objects.bulk_update(
        {plan.item for plan in [*versioned, *relabelled, *approved]},
        ["topic", "difficulty", "state", "current"],
        batch_size=200,
    )
    touched = {plan.parsed.code for plan in [*versioned, *relabelled, *approved]}
    touched |= _keep_apart(plans)
    report.count(CREATED, len(new))
    report.count(CHANGED, len(versioned) - len(new))
    report.count(RELABELLED, len(touched) - len(versioned))
    report.count(UNCHANGED, len(plans) - len(touched))


def _approve(plans):
    drafts = [plan for plan in plans if plan.item.state == Item.State.DRAFT]
    for plan in drafts:
        plan.item.state = Item.State.APPROVED
    return drafts


def _create_items(bank, plans):
    items = Item.objects.bulk_create(
        Item(
            bank=bank,
            topic=plan.topic,
            code=plan.parsed.code,
            difficulty=plan.parsed.difficulty,
        )
        for plan in plans
    )
    for plan, item in zip(plans, items, strict=True):
        plan.item = item


def _create_versions(plans):
    numbers = dict(
        ItemVersion.objects.filter(item__in=[plan.item for plan in plans])
        .order_by("item", "number")
        .values_list("item", "number")
    )
    versions = ItemVersion.objects.bulk_create(
        ItemVersion(
            item=plan.item,
            number=numbers.get(plan.item.pk, 0) + 1,
            content_hash=content_hash(plan.words),
            **plan.words,
        )
        for plan in plans
    )
    ItemKey.objects.bulk_create(
        ItemKey(version=version, **plan.key)
        for plan, version in zip(plans, versions, strict=True)
    )
    for plan, version in zip(plans, versions, strict=True):
        plan.item.current, plan.item.state = version, Item.State.DRAFT


def _keep_apart(plans):
    """
    Make the pairs of the file's items what the file says; return the codes touched.

    Pairs with an item outside the file stay unless the file names them. Files that
    say nothing of pairs (``not_with`` None) change none.
    """
    told = {
        plan.parsed.code: plan for plan in plans if plan.parsed.not_with is not None
    }
    if not told:
        return set()
    wanted = {
        frozenset((code, other))
        for code, plan in told.items()
        for other in plan.parsed.not_with
    }
    stored = _stored_pairs(told.values())
    stale = {pair for pair in stored - wanted if pair <= told.keys()}
    touched = {code for pair in (wanted - stored) | stale for code in pair}
    bank = plans[0].item.bank
    items = {item.code: item for item in bank.items.filter(code__in=touched)}
    for one, other in map(sorted, wanted - stored):
        items[one].not_with.add(items[other])
    for one, other in map(sorted, stale):
        items[one].not_with.remove(items[other])
    return touched & told.keys()


def _stored_pairs(plans):
    rows = Item.not_with.through.objects.filter(
        from_item__in=[plan.item for plan in plans]
    )
    pairs = rows.values_list("from_item__code", "to_item__code")
    return {frozenset(pair) for pair in pairs}
