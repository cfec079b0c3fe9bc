"""
The question bank: items come in from files, are approved, get new words, are retired.

An item's words and key stand in versions that never change. New words are a new
version and need approving again; the same words again change nothing.
"""

import hashlib
import json

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from contest.lib import audit
from contest.lib.refusals import Refused
from quizzes.models import Item, ItemKey, ItemVersion


class NothingToApprove(Refused):
    code = "item_without_words"
    sentence = _("Câu %(item)s chưa có nội dung nên chưa duyệt được.")


class Retired(Refused):
    code = "item_retired"
    sentence = _("Câu %(item)s đã thôi dùng.")


def content_hash(words):
    """SHA-256 over the canonical form of type, stem and options; never of the key."""
    text = json.dumps(
        [words["type"], words["stem"], list(words["options"])],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()


def says_the_same(version, words, key):
    """Whether ``version`` already has these words and this key."""
    stored = version.key
    return version.content_hash == content_hash(words) and (
        stored.correct,
        stored.explanation,
        stored.source,
    ) == (list(key["correct"]), key["explanation"], key["source"])


@transaction.atomic
def write_version(item, words, key):
    """
    Make a version of ``item`` with these words and key its current one.

    ``words`` are ``{type, stem, options}``, ``key`` is ``{correct, explanation,
    source}``. The item is a draft again until somebody approves it. Return the
    version; the current one if it says the same.
    """
    item = Item.objects.select_for_update().get(pk=item.pk)
    last = item.versions.select_related("key").first()
    if item.current_id and says_the_same(item.current, words, key):
        return item.current
    version = ItemVersion.objects.create(
        item=item,
        number=last.number + 1 if last else 1,
        type=words["type"],
        stem=words["stem"],
        options=list(words["options"]),
        content_hash=content_hash(words),
    )
    ItemKey.objects.create(
        version=version,
        correct=list(key["correct"]),
        explanation=key["explanation"],
        source=key["source"],
    )
    item.current, item.state = version, Item.State.DRAFT
    item.save(update_fields=["current", "state"])
    return version


@transaction.atomic
def approve_item(item, *, by, now):
    """Let pools take ``item`` in its current words; approved already is no change."""
    item = Item.objects.select_for_update().get(pk=item.pk)
    if item.state == Item.State.RETIRED:
        raise Retired(item=item.code)
    if item.current_id is None:
        raise NothingToApprove(item=item.code)
    if item.state == Item.State.APPROVED:
        return
    item.state = Item.State.APPROVED
    item.save(update_fields=["state"])
    version = {"version": item.current.number}
    audit.record("bank.approve_item", item.current, by=by, now=now, after=version)


@transaction.atomic
def retire_item(item, *, by, now, reason=""):
    """Keep ``item`` out of every pool to come; sealed pools stay as they are."""
    item = Item.objects.select_for_update().get(pk=item.pk)
    before = {"state": item.state}
    if item.state == Item.State.RETIRED:
        return
    item.state = Item.State.RETIRED
    item.save(update_fields=["state"])
    audit.record("bank.retire_item", item, by=by, now=now, reason=reason, before=before)
