"""
What people agree to, purpose by purpose, and how an agreement is given or withdrawn.

The texts carry a version: whoever agrees, agrees to the words of that version. A new
wording needs a new version (Law 91/2025/QH15, Art. 9: clear, per purpose, provable).
"""

from django.utils.translation import gettext_lazy as _

from accounts.models import Consent

VERSION = "2025-1"
TEXTS = {
    Consent.Purpose.TAKE_PART: _(
        "Tôi đồng ý để ban tổ chức dùng họ tên, ngày sinh, đơn vị và bài thi của tôi "
        "vào việc tổ chức hội thi và xét giải."
    ),
    Consent.Purpose.PUBLISH_NAME: _(
        "Tôi đồng ý công bố họ tên và đơn vị của tôi khi tôi đoạt giải."
    ),
    Consent.Purpose.NEWS: _(
        "Tôi muốn nhận thông báo khi vòng thi mở và khi có kết quả."
    ),
}
NEEDED = _("Muốn dự thi, bạn cần đồng ý mục này.")


def give(person, purposes, *, now, channel="web"):
    """Record agreement to each purpose that is not in force yet."""
    Consent.objects.bulk_create(
        [
            Consent(
                person=person,
                purpose=purpose,
                text_version=VERSION,
                given_at=now,
                channel=channel,
            )
            for purpose in purposes
        ],
        ignore_conflicts=True,
    )


def withdraw(person, purpose, *, now):
    """End an agreement; its row stays as proof of what was agreed and until when."""
    person.consents.filter(purpose=purpose, withdrawn_at__isnull=True).update(
        withdrawn_at=now
    )


def agreements_of(person):
    """Each purpose with its text and the moment it was agreed to, or None."""
    given = dict(
        person.consents.filter(withdrawn_at__isnull=True).values_list(
            "purpose", "given_at"
        )
    )
    return [
        {
            "purpose": purpose.value,
            "label": purpose.label,
            "text": TEXTS[purpose],
            "given_at": given.get(purpose.value),
        }
        for purpose in Consent.Purpose
    ]
