"""Every ratio law that comes with the product can be read, and what cannot be read is refused in words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from daybreak.kernel.errors import BadRule
from daybreak.placement.law import Mixed, law_from
from daybreak.placement.staffing import Piece, bands_in, caps, is_answered
from daybreak.rulebook.queries import packaged
from daybreak.rulebook.ruling import everything, value_on
from daybreak.rulebook.terms import Confidence, Gap, Ruling

DAY = date(2026, 3, 2)
PLACES = sorted(path.removesuffix("_ratios") for path in packaged().rules if path.endswith("_ratios"))
TEN_YEARS = 3653


def rulings(place: str, day: date = DAY) -> tuple[Ruling, Ruling]:
    rules = packaged().rules
    return everything(rules[f"{place}_ratios"], day), everything(rules[f"{place}_staffing"], day)


def test_the_places_of_the_rulebook_are_all_here() -> None:
    places = ("ca", "ky", "ny", "ny/nyc", "oh", "tn", "tx", "va", "wa")
    centers = [f"us/{place}/licensing/center" for place in places]
    assert sorted([*centers, "us/tn/licensing/drop_in"]) == PLACES


@pytest.mark.parametrize("place", PLACES)
def test_a_law_can_be_read_on_each_day_of_ten_years(place: str) -> None:
    first = packaged().rules[f"{place}_ratios"].values[0].since
    for number in range(0, TEN_YEARS, 31):
        assert law_from(*rulings(place, first + timedelta(days=number))).bands
    assert value_on(packaged().rules[f"{place}_staffing"], first) is not Gap.BEFORE_FIRST


@pytest.mark.parametrize("place", PLACES)
def test_a_group_is_never_smaller_than_what_one_adult_may_have(place: str) -> None:
    for band in law_from(*rulings(place)).bands:
        assert band.per_adult > 0
        assert band.group_most is None or band.group_most >= band.per_adult


@pytest.mark.parametrize("place", PLACES)
def test_nobody_alone_with_nobody_may_have_a_child(place: str) -> None:
    law = law_from(*rulings(place))
    for band in law.bands:
        ages = band.from_months, band.until_months
        assert [cap.most for cap in caps(law, *ages, [Piece(480, 720, 0, 3, 3)])] == [0] * len(bands_in(law, *ages))


@pytest.mark.parametrize("place", PLACES)
def test_one_more_educator_never_lowers_what_a_band_may_have(place: str) -> None:
    law = law_from(*rulings(place))
    for band in law.bands:
        mosts = [
            caps(law, band.from_months, band.until_months, [Piece(480, 720, count, 0, count)])[0].most
            for count in range(6)
        ]
        assert mosts == sorted(mosts)


def test_the_less_sure_of_its_two_rules_marks_a_law() -> None:
    ratios, staffing = rulings("us/va/licensing/center")
    assert (ratios.confidence, staffing.confidence) == (Confidence.VERIFY, Confidence.HIGH)
    assert law_from(ratios, staffing).confidence is Confidence.VERIFY
    assert not law_from(ratios, staffing).is_confirmed
    assert law_from(replace(ratios, confidence=Confidence.MEDIUM), staffing).confidence is Confidence.MEDIUM


def test_a_room_of_ages_that_no_band_has_is_not_answered() -> None:
    law = law_from(*rulings("us/ny/licensing/center"))
    assert is_answered(law, 36, 60)
    assert not is_answered(law, 60, 156)


def test_a_mix_without_a_band_of_its_own_is_not_answered_in_tennessee() -> None:
    law = law_from(*rulings("us/tn/licensing/center"))
    assert law.mixed is Mixed.CHART
    assert [band.name for _, _, band in bands_in(law, 36, 72)] == ["three_to_five"]
    assert is_answered(law, 36, 72)
    assert not is_answered(law, 18, 60)


def test_where_nobody_read_which_child_decides_a_mixed_room_is_not_answered() -> None:
    law = law_from(*rulings("us/ca/licensing/center"))
    assert not is_answered(law, 12, 48)
    assert is_answered(law, 24, 60)


BAND = {"from_months": 0, "until_months": 12, "per_adult": 4}


@pytest.mark.parametrize(
    ("figures", "beside", "sentence"),
    [
        ({"infant": {**BAND, "per_adult": "four"}}, {}, "'per_adult' is 'four' and not a whole number from 0"),
        ({"infant": {"from_months": 0, "until_months": 12}}, {}, "'per_adult' is None"),
        ({"infant": {**BAND, "until_months": 0}}, {}, "band 'infant' ends at 0 months, before it has held any age"),
        ({"infant": {**BAND, "most_by_adults": 5}}, {}, "'most_by_adults' is 5 and not a list"),
        ({"infant": 4}, {}, "its figures are not a table"),
        ({"infant": BAND}, {"mixed_ages": "oldest"}, "'mixed_ages' is 'oldest', and only youngest, predominant"),
        ({"infant": BAND}, {"opening_minutes": 45}, "'closing_minutes' is None"),
        ({"infant": BAND}, {"second_adult_above": True}, "'second_adult_above' is True"),
    ],
)
def test_figures_that_are_no_law_are_refused_in_words(figures, beside, sentence) -> None:
    ratios, staffing = rulings("us/oh/licensing/center")
    bad = replace(ratios, value=figures), replace(staffing, value={"mixed_ages": "youngest", **beside})
    with pytest.raises(BadRule) as refused:
        law_from(*bad)
    assert sentence in str(refused.value)
    assert str(refused.value).endswith("Rooms cannot be counted by it. Correct the rule file.")
