"""
What an account may do in the admin follows from its roles, contest by contest.

Permissions have Django's names (``quizzes.change_round``), so that the admin of every
app asks in the usual way and knows nothing of roles. With an object the role must be
one in that object's contest; rows that belong to no contest (units, banks) need a role
in any. Acts have names of their own (``leaderboards.approve_tally``).
"""

from django.contrib.auth.backends import BaseBackend

from quizzes.models import Contest, Role

BANK = ("quizzes.bank", "quizzes.topic", "quizzes.item", "quizzes.itemversion")
SETUP = (
    *BANK,
    "accounts.unit",
    "accounts.unitalias",
    "quizzes.contest",
    "quizzes.audience",
    "quizzes.round",
    "quizzes.paperspec",
    "quizzes.bloc",
    "quizzes.contestunit",
    "quizzes.headcount",
    "quizzes.allowance",
    "quizzes.correction",
    "leaderboards.ranking",
    "leaderboards.scheme",
    "leaderboards.externalpoint",
    "leaderboards.prizedecision",
)
SEEN = (
    *SETUP,
    "accounts.person",
    "quizzes.role",
    "quizzes.entrant",
    "quizzes.attempt",
    "quizzes.pool",
    "leaderboards.tally",
    "leaderboards.standing",
    "leaderboards.unitresult",
    "leaderboards.award",
    "leaderboards.publication",
    "leaderboards.certificate",
)


def _named(actions, models):
    return {
        f"{app}.{action}_{model}"
        for action in actions
        for app, model in (name.split(".") for name in models)
    }


GRANTS = {
    Role.Kind.ORGANISER: _named(["view"], SEEN)
    | _named(["add", "change"], SETUP)
    | _named(["delete"], [name for name in SETUP if name != "quizzes.contest"])
    | {
        "quizzes.view_itemkey",
        "quizzes.approve_item",
        "quizzes.lock_round",
        "quizzes.approve_correction",
        "leaderboards.compute_tally",
        "leaderboards.publish_tally",
    },
    Role.Kind.PUBLISHER: _named(["view"], SEEN)
    | {
        "quizzes.lock_round",
        "quizzes.approve_correction",
        "leaderboards.approve_tally",
        "leaderboards.publish_tally",
    },
    Role.Kind.AUDITOR: _named(["view"], (*SEEN, "lib.auditevent")),
    Role.Kind.AUTHOR: _named(["view", "add", "change"], BANK)
    | {"quizzes.view_itemkey"},
    Role.Kind.REVIEWER: _named(["view"], BANK)
    | {"quizzes.view_itemkey", "quizzes.view_withheld_itemkey", "quizzes.approve_item"},
}


class RoleBackend(BaseBackend):
    """Grants by role; it authenticates nobody."""

    def has_perm(self, user_obj, perm, obj=None):
        if not (user_obj.is_active and user_obj.is_staff):
            return False
        contest = contest_of(obj)
        return any(
            perm in GRANTS.get(kind, ())
            for role_contest, kind in roles_of(user_obj)
            if contest is None or contest == role_contest
        )

    def has_module_perms(self, user_obj, app_label):
        if not (user_obj.is_active and user_obj.is_staff):
            return False
        return any(
            perm.startswith(f"{app_label}.view_")
            for _, kind in roles_of(user_obj)
            for perm in GRANTS.get(kind, ())
        )


def roles_of(user):
    """``[(contest id, kind)]`` of an account, read once per request's user."""
    if not hasattr(user, "_contest_roles"):
        user._contest_roles = list(user.contest_roles.values_list("contest", "kind"))
    return user._contest_roles


def is_named_for_keys(user):
    """Whether ``user`` is one of the few who see keys of rounds that are not over."""
    return any(kind == Role.Kind.REVIEWER for _, kind in roles_of(user))


def contest_of(row):
    """The id of the contest that ``row`` belongs to, None if to none."""
    if row is None or isinstance(row, Contest):
        return row and row.pk
    if hasattr(row, "contest_id"):
        return row.contest_id
    for name in ("round", "entrant", "contest_unit", "tally"):
        if getattr(row, f"{name}_id", None):
            return contest_of(getattr(row, name))
    return None
