"""
Save against seal, submit against save: what was acknowledged is in the score.

Savers arrive in time, the sealer comes after its wait; only the row decides who was
first. The controls do the same without the guard, or with a bare save of a loaded row.
"""

import itertools
import time
from datetime import timedelta

import pytest

from quizzes.models import Attempt
from quizzes.rules.scoring import score
from quizzes.rules.shape import Save
from quizzes.services import attempts, scoring
from quizzes.services.attempts import Conflict, claim_of
from quizzes.services.receipts import receipt_of
from tests import factories as make
from tests.factories import NOON
from tests.races.storm import kinds, storm

pytestmark = pytest.mark.django_db(transaction=True)

SECOND = timedelta(seconds=1)
IN_TIME = NOON + SECOND
OVERDUE = NOON + timedelta(hours=1)
LETTERS = "abcd"


def make_papers(count):
    """Open attempts of one pool."""
    pool = make.make_pool(make.make_paper(items=3))
    entrants = [make.make_entrant(audience=pool.audience) for _ in range(count)]
    return [make.make_attempt(entrant, pool=pool) for entrant in entrants]


@pytest.fixture
def papers():
    return make_papers(40)


def answers_of(seq):
    """The right answer to one item and no other, changing with every save."""
    return {str(seq % 3 + 1): ["a"], str((seq + 1) % 3 + 1): [LETTERS[seq % 4]]}


def save_in_turn(papers, acknowledged, save):
    """Save to each paper again and again until all refuse; note what was taken."""

    def run():
        waiting = {paper.pk: paper for paper in papers}
        numbers = itertools.count(1)
        while waiting:
            seq = next(numbers)
            for key, paper in list(waiting.items()):
                try:
                    save(paper, seq)
                except Conflict:
                    del waiting[key]
                else:
                    acknowledged[key] = seq

    return run


def guarded_save(paper, seq):
    attempts.save(
        claim_of(paper),
        seq=seq,
        responses=answers_of(seq),
        prediction=seq,
        now=IN_TIME,
    )


def save_looking_first(paper, seq):
    """The control: look at the state, then write without it."""
    if Attempt.objects.get(pk=paper.pk).state != "open":
        raise attempts.Closed(paper)
    time.sleep(0.005)
    Attempt.objects.filter(pk=paper.pk).update(responses=answers_of(seq), seq=seq)


def seal_and_score(papers, seal):
    def run():
        time.sleep(0.2)
        for paper in papers:
            seal(paper)
            while scoring.score_batch(10):
                pass

    return run


def guarded_seal(paper):
    attempts.seal_overdue(1, OVERDUE)


def seal_by_saving_the_loaded_row(paper):
    """The control: a bare save of a row that was read before."""
    row = Attempt.objects.get(pk=paper.pk)
    time.sleep(0.002)
    row.state, row.closed_by = "submitted", "time"
    row.submitted_at, row.duration_ms = row.deadline, 0
    row.save()


def missing(papers, acknowledged):
    """How many papers lack, in row or score, what was acknowledged last."""
    rows = {row.pk: row for row in Attempt.objects.all()}
    keys = papers[0].pool.key_sheets.get().keys
    return sum(
        rows[key].seq != seq
        or rows[key].responses != answers_of(seq)
        or rows[key].score != score(rows[key].paper, answers_of(seq), keys).score
        for key, seq in acknowledged.items()
    )


def savers_against_sealer(papers, *, save, seal):
    taken = [{} for _ in range(3)]
    parts = [papers[n::3] for n in range(3)]
    results = storm(
        *(save_in_turn(p, t, save) for p, t in zip(parts, taken, strict=True)),
        seal_and_score(papers, seal),
    )
    assert "Error" not in str(kinds(results))
    acknowledged = {key: seq for part in taken for key, seq in part.items()}
    assert len(acknowledged) == len(papers)
    assert sum(acknowledged.values()) > len(papers)
    return missing(papers, acknowledged)


def test_no_acknowledged_answer_is_missing_when_sealing_meets_saving(papers):
    lost = savers_against_sealer(papers, save=guarded_save, seal=guarded_seal)

    assert lost == 0
    assert Attempt.objects.filter(state="submitted", closed_by="time").count() == 40


def test_control_a_save_that_only_looked_at_the_state_goes_missing():
    tries = (
        savers_against_sealer(
            make_papers(12), save=save_looking_first, seal=guarded_seal
        )
        for _ in range(5)
    )

    assert any(lost > 0 for lost in tries)


def test_control_a_sealer_that_saves_its_loaded_row_undoes_answers(papers):
    lost = savers_against_sealer(
        papers, save=guarded_save, seal=seal_by_saving_the_loaded_row
    )

    assert lost > 0


def submit_by_saving_the_loaded_row(paper, now):
    """The control: read, change, write the whole row."""
    row = Attempt.objects.get(pk=paper.pk)
    time.sleep(0.002)
    row.state, row.closed_by = "submitted", "person"
    row.submitted_at, row.duration_ms = now, 0
    row.save()
    return receipt_of(row)


def guarded_submit(paper, now):
    return attempts.submit(claim_of(paper), now=now)


def saver_against_submitter(papers, submit):
    """Return how many papers lack an acknowledged answer, and the false receipts."""
    taken, receipts = {}, {}

    def hand_in():
        time.sleep(0.1)
        for paper in papers:
            while paper.pk not in receipts:
                try:
                    receipts[paper.pk] = submit(paper, NOON + 2 * SECOND)
                except attempts.Stale:
                    continue

    results = storm(save_in_turn(papers, taken, guarded_save), hand_in)
    assert "Error" not in str(kinds(results))
    rows = {row.pk: row for row in Attempt.objects.all()}
    lost = sum(rows[key].responses != answers_of(seq) for key, seq in taken.items())
    false = sum(receipt_of(rows[key]) != found for key, found in receipts.items())
    return lost, false


def test_submitting_while_saving_loses_nothing_and_the_receipt_is_true(papers):
    assert saver_against_submitter(papers, guarded_submit) == (0, 0)


def test_control_a_submit_that_saves_its_loaded_row_loses_answers(papers):
    lost, _false = saver_against_submitter(papers, submit_by_saving_the_loaded_row)

    assert lost > 0


def submit_eight_times(paper, submit):
    moments = [NOON + n * SECOND for n in range(8)]
    return storm(*(lambda now=now: submit(paper, now) for now in moments))


def test_eight_submits_at_once_give_one_end_and_one_receipt(papers):
    for paper in papers[:10]:
        receipts = submit_eight_times(
            paper,
            lambda paper, now: attempts.submit(
                claim_of(paper), last=Save(1, {"1": ["a"]}, None), now=now
            ),
        )
        assert kinds(receipts) == ["Receipt"] * 8
        assert len(set(receipts)) == 1


def test_control_eight_unguarded_submits_give_several_ends(papers):
    ends = submit_eight_times(papers[0], submit_by_saving_the_loaded_row)

    assert len(set(ends)) > 1


def test_two_sealers_close_each_attempt_once(papers):
    def seal():
        return sum(iter(lambda: attempts.seal_overdue(7, OVERDUE), 0))

    assert sum(storm(seal, seal, seal)) == len(papers)
    assert Attempt.objects.open().count() == 0
