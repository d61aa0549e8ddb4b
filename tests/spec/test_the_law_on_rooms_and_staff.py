"""What may a room hold? Cases to follow with a pencil, by the rules that come with the product."""

from datetime import date

import pytest

from daybreak.network.staff.queries import law_on
from daybreak.placement.law import Law
from daybreak.placement.sessions import Session
from daybreak.placement.staffing import OnDuty, Part, caps, pieces
from daybreak.placement.terms import Kind

DAY = date(2026, 3, 2)
OHIO, NASHVILLE, OAKLAND, DALLAS, BUFFALO, BROOKLYN = "43085", "37203", "94607", "75201", "14203", "11238"


def law(zip_code: str, program: str = "Child Care Center") -> Law:
    found = law_on(DAY, kind=Kind.CENTER, zip_code=zip_code, program=program)
    assert found is not None
    return found


def room(
    rules: Law, ages: tuple[int, int], *, educators: int = 1, aides: int = 0, session: Session = Session.MORNING
) -> list[int]:
    """What a room holds all day by its youngest child, with others on the site."""
    staff = [OnDuty("here", Part.EDUCATOR, 0, 1440)] * educators + [OnDuty("here", Part.AIDE, 0, 1440)] * aides
    staff += [OnDuty("elsewhere", Part.EDUCATOR, 0, 1440)] * 2
    during = pieces(session, opens=7 * 60, closes=18 * 60, room_id="here", staff=staff, law=rules)
    return [cap.most for cap in caps(rules, *ages, during)]


def test_ohio_gives_two_adults_twelve_infants_and_not_ten() -> None:
    assert room(law(OHIO), (0, 12)) == [5]
    assert room(law(OHIO), (0, 12), educators=2) == [12]
    assert room(law(OHIO), (0, 12), educators=3) == [12]


def test_in_ohio_the_youngest_decides_for_a_room_of_toddlers_and_older_ones() -> None:
    # 18 to 29 months: 2 x 7 and a group of 14; 30 to 35 months: 2 x 8 and a group of 16.
    assert room(law(OHIO), (18, 36), educators=2) == [14, 16]


def test_tennessee_counts_a_group_of_its_own_chart_by_that_chart() -> None:
    assert room(law(NASHVILLE), (12, 30)) == [6]
    assert room(law(NASHVILLE), (0, 30)) == [5]
    # Three to five years together: 13 for one adult, 22 in a group with two.
    assert room(law(NASHVILLE), (36, 72), educators=2) == [22]


def test_a_drop_in_license_is_another_law() -> None:
    assert room(law(NASHVILLE, "Drop-In Center"), (24, 36)) == [12]
    assert room(law(NASHVILLE), (24, 36)) == [7]


def test_an_aide_counts_in_california_beside_a_teacher_and_never_alone() -> None:
    assert room(law(OAKLAND), (24, 60)) == [12]
    assert room(law(OAKLAND), (24, 60), aides=1) == [15]
    assert room(law(OAKLAND), (0, 18), aides=2) == [12]
    assert room(law(OAKLAND), (24, 60), educators=0, aides=2) == [0]


def test_an_aide_does_not_count_where_the_law_was_not_found_to_say_so() -> None:
    assert room(law(OHIO), (36, 48), aides=3) == [12]


def test_texas_eases_the_first_three_quarters_of_an_hour_for_toddlers_and_not_for_infants() -> None:
    staff = [OnDuty("here", Part.EDUCATOR, 0, 1440)] * 2
    for ages, eased, ordinary in (((18, 24), 18, 18), ((24, 36), 22, 22), ((0, 12), 8, 8)):
        during = pieces(Session.EARLY, opens=7 * 60 + 15, closes=18 * 60, room_id="here", staff=staff, law=law(DALLAS))
        assert [cap.most for cap in caps(law(DALLAS), *ages, during)] == [eased]
        assert room(law(DALLAS), ages, educators=2) == [ordinary]
    alone = pieces(Session.EARLY, opens=7 * 60 + 15, closes=18 * 60, room_id="here", staff=staff[:1], law=law(DALLAS))
    # One caregiver: 16 instead of 9 toddlers while the center opens, and 9 for the rest of the day.
    assert [cap.most for cap in caps(law(DALLAS), 18, 24, alone)] == [16]
    assert room(law(DALLAS), (18, 24)) == [9]


def test_the_city_is_not_the_state_of_new_york() -> None:
    assert room(law(BUFFALO), (48, 60)) == [8]
    assert room(law(BROOKLYN), (48, 60)) == [12]


@pytest.mark.parametrize("zip_code", ["46204", "99950", "", "abcde"])
def test_where_the_rulebook_has_no_ratios_nothing_is_claimed(zip_code: str) -> None:
    assert law_on(DAY, kind=Kind.CENTER, zip_code=zip_code, program="") is None


def test_a_home_and_a_day_before_the_first_value_have_no_ratio_law() -> None:
    assert law_on(DAY, kind=Kind.FAMILY_HOME, zip_code=OHIO, program="") is None
    assert law_on(date(2019, 1, 1), kind=Kind.CENTER, zip_code=OHIO, program="") is None
