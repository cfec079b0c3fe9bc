"""Every code that a tally can give becomes a sentence, in both languages."""

import pytest
from django.utils import translation

from leaderboards import wording, wording_notes, wording_reasons
from leaderboards.models import Award, Standing, UnitResult
from leaderboards.rules.tally import compute
from leaderboards.services import tallies
from tests.factories import make_bloc, make_contest, make_contest_unit, make_scheme
from tests.leaderboards.random_contests import RandomContest
from tests.leaderboards.tallied import HUE, LATER, make_closed_round, take_part

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"
HUE_UNITS = {
    "gates": [{"code": "rate", "value": "1/2"}],
    "components": [
        {
            "code": "ty-le",
            "title": "Tỷ lệ tham gia",
            "metric": "rate",
            "normaliser": {"code": "percent"},
            "weight": "40",
        }
    ],
    "tie_chain": [{"metric": "mean_score", "rounds": "pooled"}],
    "prizes": [{"code": "nhat", "title": "Giải Nhất", "count": 1, "value": 0}],
}


def test_an_award_is_explained_by_the_comparison_with_the_next():
    round = make_closed_round(make_contest(names="full"))
    take_part(round, "an", prediction=5)
    take_part(round, "binh", prediction=13)

    tally = tallies.compute(round.contest, round, now=LATER)

    assert wording.explanation(Award.objects.get()) == [
        "Xếp hạng 1 trong 2 người được xếp hạng.",
        "Xếp trên Nguyễn Thị Thử (hạng 2): bằng điểm 15/15; "
        "dự đoán lệch 3 người, so với 11 người. Đáp số câu dự đoán: 2 người.",
    ]
    contexts = wording.Contexts(tally)
    first, second = Standing.objects.filter(tally=tally).order_by("position")
    assert wording.standing(first, contexts) == ""
    assert wording.standing(second, contexts) == (
        "Xếp sau hàng trên: dự đoán lệch 11 người, hàng trên 3 người."
    )
    assert wording.near_misses(tally)[0]["sentences"] == [
        "Xếp sau Nguyễn Thị Thử (hạng 1): bằng điểm 15/15; "
        "dự đoán lệch 11 người, so với 3 người. Đáp số câu dự đoán: 2 người."
    ]


def test_submissions_in_one_second_are_told_apart_by_milliseconds():
    round = make_closed_round()
    first = take_part(round, "an", prediction=2)
    late = first.submitted_at.replace(microsecond=250_000)
    take_part(round, "binh", prediction=2, submitted_at=late)

    tallies.compute(round.contest, round, now=LATER)

    told = wording.explanation(Award.objects.get())[1]
    assert "12:10:00 1/10 (0 phần nghìn giây)" in told
    assert "12:10:00 1/10 (250 phần nghìn giây)" in told


def test_units_are_explained_with_gates_and_percentages():
    round = make_closed_round()
    make_scheme(round.contest, scope="round", rule=HUE_UNITS)
    bloc = make_bloc(round.contest)
    for people, name in ((16, "sở A"), (3, "sở B"), (2, "sở C")):
        unit = make_contest_unit(bloc, people=people).unit
        for n in range(15 if people == 16 else people - 1):
            take_part(round, f"{name}{n}", unit=unit)

    contexts = wording.Contexts(tallies.compute(round.contest, round, now=LATER))

    first = UnitResult.objects.get(position=1)
    assert wording.unit_result(first, contexts) == [
        f"Đạt điều kiện tỷ lệ tham gia: 93,8{NBSP}%, yêu cầu 50,0{NBSP}%."
    ]
    second = UnitResult.objects.get(position=2)
    assert (
        "tổng điểm 26,67, hàng trên 37,50" in wording.unit_result(second, contexts)[1]
    )
    award = Award.objects.get(scheme__isnull=False)
    assert "tổng điểm 37,50, so với 26,67" in wording.explanation(award)[-1]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_reason_of_random_contests_has_a_sentence(language):
    seen = set()
    for number in range(40):
        inputs = RandomContest(number).inputs()
        schemes = {one["code"]: one["rule"] for one in inputs["schemes"]}
        result = compute(inputs)
        for one in [*result["awards"], *result["near_misses"]]:
            scheme = schemes.get(one["rule"])
            context = wording_reasons.Context(is_unit=scheme is not None)
            for component in (scheme or {}).get("components", []):
                context.kinds[component["code"]] = component["metric"]
            with translation.override(language):
                for reason in one["reasons"]:
                    seen.add(reason["code"])
                    told = wording_reasons.sentence(reason, context)
                    assert told.endswith(".")
                    assert "None" not in told

    assert seen == {*wording_reasons.SENTENCES, *wording_reasons.COMPARISONS}


def test_every_note_of_random_contests_has_a_sentence():
    seen = set()
    for number in range(60):
        for note in compute(RandomContest(number).inputs())["notes"]:
            seen.add(note["code"])
            told = wording_notes.sentence(note, {note["rule"]: "Giải tuần"}, {})
            assert told.startswith("Giải tuần")
            assert told.endswith(".")

    assert seen == set(wording_notes.SENTENCES)


def test_a_prize_without_anybody_is_told_to_the_organiser():
    rule = {**HUE, "prizes": [{**HUE["prizes"][0], "count": 3}]}
    round = make_closed_round(rule=rule)
    take_part(round, "an")

    tally = tallies.compute(round.contest, round, now=LATER)

    assert wording_notes.notes(tally) == [
        "ca-nhan, vòng 1, can-bo: 2 giải nhat không có người nhận."
    ]
