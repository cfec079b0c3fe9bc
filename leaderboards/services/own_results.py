"""
What somebody may see now of an own attempt: score, place, award, item by item.

Each part appears by its own rule: the score as the paper's setting says and, at once,
only after the last attempt allowed; the place once the round is published; a key only
where ``keys.visible_keys`` gives it.
"""

from dataclasses import dataclass
from uuid import UUID

from leaderboards.models import Award, Standing
from quizzes.models import Attempt, ItemVersion, PaperSpec, Round
from quizzes.rules import scoring
from quizzes.services import keys, own_entry
from quizzes.services.answer_sheets import Line, sheet_of
from quizzes.services.pools import sealed_for


@dataclass(frozen=True)
class Review:
    """One item with its key: whether the choice was right, the right options, why."""

    line: Line
    topic: str
    is_right: bool
    correct: list
    explanation: str
    source: str


@dataclass(frozen=True)
class OwnPlace:
    """A place among how many, with the award and the truth of the prediction."""

    standing: Standing
    among: int
    truth: int | None
    awards: list


@dataclass(frozen=True)
class OwnResult:
    """``score`` None: not shown (yet); ``reviews`` empty: no key may be seen."""

    attempt: Attempt
    paper: PaperSpec | None
    score: int | None
    max_score: int
    correct: int | None
    place: OwnPlace | None
    reviews: list[Review]

    @property
    def wrong(self):
        return [review for review in self.reviews if not review.is_right]

    @property
    def wrong_first(self):
        return sorted(self.reviews, key=lambda review: review.is_right)

    @property
    def topics(self):
        """``[(name, right, total, percent)]`` in paper order of first appearance."""
        counts = {}
        for review in self.reviews:
            counts.setdefault(review.topic, []).append(review.is_right)
        return [
            (name, sum(rights), len(rights), 100 * sum(rights) // len(rights))
            for name, rights in counts.items()
        ]


def result_of(attempt, *, now):
    """The ``OwnResult`` of a closed attempt; the caller has checked whose it is."""
    papers = PaperSpec.objects.filter(
        round=attempt.round_id, audience=attempt.audience_id
    )
    paper = papers.order_by().first()
    is_shown = paper is not None and score_is_shown(attempt, paper, now)
    return OwnResult(
        attempt=attempt,
        paper=paper,
        score=attempt.score if is_shown else None,
        max_score=paper.max_score if paper else 0,
        correct=attempt.correct_count if is_shown else None,
        place=place_of(attempt) if is_shown else None,
        reviews=reviews_of(attempt, now),
    )


def score_is_shown(attempt, paper, now):
    """Whether the paper's setting lets the entrant see this score at ``now``."""
    if attempt.scored_with is None:
        return False
    show = PaperSpec.Show
    if paper.show_score == show.AT_ONCE:
        return is_published(attempt.round, now) or not has_attempts_left(attempt, now)
    if paper.show_score == show.AFTER_ROUND:
        return is_published(attempt.round, now)
    if paper.show_score == show.AFTER_CONTEST:
        return is_published(attempt.round.contest, now)
    return False


def is_published(row, now):
    return row.results_at is not None and row.results_at <= now


def has_attempts_left(attempt, now):
    """
    Whether an attempt of the round is open or may still be started.

    A day's limit comes back tomorrow: it ends nothing while the entrant's window lasts.
    """
    entrant, round = attempt.entrant, attempt.round
    if entrant.attempts.open().filter(round=round).exists():
        return True
    own = own_entry.round_of(entrant, round, now=now)
    if own is None or own.state != Round.State.OPEN:
        return False
    return all(limit.left for limit in own.left if limit.per != "day")


def place_of(attempt):
    """The attempt's own row in its round's published tally, or None."""
    standing = (
        Standing.objects.published()
        .filter(attempt=attempt, tally__round=attempt.round_id)
        .select_related("tally", "ranking")
        .order_by("ranking__order")
        .first()
    )
    if standing is None:
        return None
    among = Standing.objects.filter(
        tally=standing.tally_id, ranking=standing.ranking_id, group=standing.group
    ).count()
    awards = Award.objects.filter(tally=standing.tally_id, entrant=standing.entrant_id)
    key = f"{attempt.round.number}/{attempt.audience.code}"
    return OwnPlace(standing, among, standing.tally.truths.get(key), list(awards))


def reviews_of(attempt, now):
    """The items whose key may be seen, in paper order; none before publication."""
    if not any(
        is_published(row, now) for row in (attempt.round, attempt.round.contest)
    ):
        return []
    visible = keys.visible_keys(attempt, now)
    if not visible:
        return []
    method = sealed_for(attempt)["multiple_scoring"]
    topics = dict(
        ItemVersion.objects.filter(uuid__in=visible).values_list(
            "uuid", "item__topic__name"
        )
    )
    pairs = zip(attempt.paper, sheet_of(attempt).lines, strict=True)
    return [
        review_of(
            drawn, line, topics[UUID(drawn["item"])], visible[drawn["item"]], method
        )
        for drawn, line in pairs
        if drawn["item"] in visible
    ]


def review_of(drawn, line, topic, key, method):
    chosen = [choice.token for choice in line.chosen]
    scored = scoring.score([drawn], {"1": chosen}, {drawn["item"]: key}, method=method)
    right = {
        letter
        for letter, option in zip(scoring.LETTERS, drawn["options"], strict=False)
        if option in key["correct"]
    }
    return Review(
        line=line,
        topic=topic,
        is_right=scored.correct == 1,
        correct=[choice for choice in line.choices if choice.token in right],
        explanation=key.get("explanation", ""),
        source=key.get("source", ""),
    )
