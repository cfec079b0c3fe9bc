from quizzes.models.allowances import Allowance
from quizzes.models.attempts import Attempt
from quizzes.models.bank import Bank, Item, ItemKey, ItemVersion, Topic
from quizzes.models.blocs import Bloc, ContestUnit, Headcount
from quizzes.models.contests import Audience, Contest, PaperSpec, Round
from quizzes.models.corrections import Correction
from quizzes.models.entrants import Entrant
from quizzes.models.pools import KeySheet, Pool, PoolItem
from quizzes.models.roles import Role

__all__ = [
    "Allowance",
    "Attempt",
    "Audience",
    "Bank",
    "Bloc",
    "Contest",
    "ContestUnit",
    "Correction",
    "Entrant",
    "Headcount",
    "Item",
    "ItemKey",
    "ItemVersion",
    "KeySheet",
    "PaperSpec",
    "Pool",
    "PoolItem",
    "Role",
    "Round",
    "Topic",
]
