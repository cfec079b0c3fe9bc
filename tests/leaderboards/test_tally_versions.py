import gzip
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from leaderboards.models import Award, Tally
from leaderboards.rules import canonical
from leaderboards.services import tallies, tally_files, tally_versions
from leaderboards.services.prize_decisions import decide
from tests.factories import make_contest, make_user
from tests.leaderboards.tallied import (
    HUE,
    LATER,
    approve_correction,
    make_closed_round,
    meanwhile,
    placed,
    take_part,
)

pytestmark = pytest.mark.django_db


def test_the_tally_keeps_its_inputs_from_which_it_can_be_computed_again():
    round = make_closed_round()
    take_part(round, "an", prediction=1)

    tally = tallies.compute(round.contest, round, now=LATER)

    inputs = tally_files.load(tally.inputs_hash)
    assert canonical.digest(inputs) == tally.inputs_hash
    assert canonical.digest(tally_versions.results_of(tally)) == tally.hash
    assert "Nguyễn" not in canonical.dump(inputs).decode()


def test_unchanged_rows_give_the_tally_that_is_there():
    round = make_closed_round()
    take_part(round, "an")
    first = tallies.compute(round.contest, round, now=LATER)

    again = tallies.compute(round.contest, round, now=LATER + timedelta(days=1))

    assert again == first
    assert Tally.objects.count() == 1


def test_what_is_corrected_in_another_round_makes_no_new_version():
    contest = make_contest()
    first, second = [make_closed_round(contest, number=n) for n in (1, 2)]
    cheat = take_part(first, "an")
    take_part(second, "binh")
    now = LATER + timedelta(days=7)
    before = tallies.compute(contest, second, now=now)
    approve_correction(contest, "void", attempt=cheat)
    approve_correction(contest, "exclusion", entrant=cheat.entrant)

    assert tallies.compute(contest, second, now=now) == before


def test_two_versions_are_told_apart_by_what_changed():
    round = make_closed_round()
    cheat = take_part(round, "an", prediction=2)
    second = take_part(round, "binh", prediction=9)
    first = tallies.compute(round.contest, round, now=LATER)
    approve_correction(round.contest, "void", attempt=cheat)
    after = tallies.compute(round.contest, round, now=LATER)

    told = tally_versions.differences_between(first, after)

    an, binh = str(cheat.entrant.uuid), str(second.entrant.uuid)
    assert [(row["before"], row["after"]) for row in told["truths"]] == [(2, 1)]
    assert {
        row["entrant"]: (row["before"], row["after"]) for row in told["places"]
    } == {
        an: (1, None),
        binh: (2, 1),
    }
    (award,) = told["awards"]
    assert (award["before"], award["after"]) == ([[an, 800_000]], [[binh, 800_000]])
    assert tally_versions.differences_between(after, after) == {key: [] for key in told}


def test_a_worker_computes_what_an_organiser_asked_for():
    round = make_closed_round()
    take_part(round, "an")
    asked = tallies.request(round.contest, round, now=LATER, by=make_user())
    again = tallies.request(round.contest, round, now=LATER)

    found = tallies.compute_requested(now=LATER)

    assert found == asked == again
    assert (found.state, placed(found)) == ("provisional", [(1, "an")])
    assert tallies.compute_requested(now=LATER) is None


def test_a_tally_that_cannot_be_computed_leaves_the_queue():
    round = make_closed_round()
    take_part(round, "an")
    tallies.request(round.contest, round, now=LATER)
    round.contest.rankings.update(rule={"criteria": []})

    tallies.compute_requested(now=LATER)

    assert not Tally.objects.exists()


def test_a_tally_left_by_a_lost_worker_is_taken_up_again():
    round = make_closed_round()
    take_part(round, "an")
    tally = tallies.request(round.contest, round, now=LATER)
    tallies.take(tally, LATER)

    assert tallies.compute_requested(now=LATER + timedelta(minutes=14)) is None
    found = tallies.compute_requested(now=LATER + timedelta(minutes=16))

    assert (found, found.state) == (tally, "provisional")


def test_an_input_file_that_was_cut_off_is_written_again():
    round = make_closed_round()
    take_part(round, "an")
    first = tallies.compute(round.contest, round, now=LATER)
    name = tally_files.path_of(first.inputs_hash)
    with default_storage.open(name) as file:
        whole = file.read()
    default_storage.delete(name)
    default_storage.save(name, ContentFile(whole[:-20]))

    again = tallies.compute(round.contest, round, now=LATER)

    assert again == first
    assert canonical.digest(tally_versions.results_of(first)) == first.hash


def test_a_version_that_appears_below_meanwhile_outdates_the_tally_above():
    round = make_closed_round()
    cheat = take_part(round, "an")
    tallies.compute(round.contest, round, now=LATER)

    def change_the_round():
        approve_correction(round.contest, "void", attempt=cheat)
        tallies.compute(round.contest, round, now=LATER)

    tally = tallies.request(round.contest, now=LATER)
    with meanwhile('FROM "leaderboards_award"', change_the_round):
        tallies.fulfil(tally, now=LATER)

    tally.refresh_from_db()
    assert tally.is_outdated
    with pytest.raises(tallies.Outdated):
        tallies.freeze(tally, by=make_user(), now=LATER)


def test_the_organiser_decides_a_tie_on_the_prize_line():
    round = make_closed_round(rule={**HUE, "criteria": HUE["criteria"][:1]})
    ranking = round.contest.rankings.get()
    ranking.rule["ties"] = "organiser"
    ranking.save(update_fields=["rule"])
    an, binh = (take_part(round, name).entrant for name in ("an", "binh"))
    first = tallies.compute(round.contest, round, now=LATER)
    assert first.summary["notes"][0]["code"] == "tie_awaits_decision"
    decide(
        round.contest,
        round=round,
        ranking=ranking,
        group="can-bo",
        prize="nhat",
        order=[str(binh.uuid), str(an.uuid)],
        reason="Bốc thăm trước Ban Tổ chức",
        by=make_user(),
        now=LATER,
    )

    tally = tallies.compute(round.contest, round, now=LATER)

    assert Award.objects.get(tally=tally).entrant == binh


@pytest.mark.parametrize(
    "altered", [gzip.compress(b"{}"), gzip.compress(b"{}")[:9], b""]
)
def test_an_altered_input_file_is_found_out(altered):
    round = make_closed_round()
    take_part(round, "an")
    tally = tallies.compute(round.contest, round, now=LATER)
    name = tally_files.path_of(tally.inputs_hash)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(altered))

    with pytest.raises(ValueError, match="altered"):
        tally_versions.results_of(tally)
