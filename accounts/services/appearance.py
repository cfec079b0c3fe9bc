"""Keep how pages look to an account, so that its next device shows them likewise."""

from accounts.models import User


def keep(user, *, text=None, language=None):
    """Store text size ("1" to "3") and language; what is None stays as it is."""
    changes = {}
    if text is not None:
        changes["text_size"] = int(text)
    if language is not None:
        changes["language"] = language
    if changes:
        User.objects.filter(pk=user.pk).update(**changes)
