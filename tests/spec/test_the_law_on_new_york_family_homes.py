"""How many children a New York family child care home may have (Social Services Law 390; 18 NYCRR 413.2, 416, 417).

Ms. Okafor runs a family day care home alone; the group home down the street has an assistant.
"""

import csv
import gzip
from datetime import date
from pathlib import Path

import pytest

from daybreak.kernel.errors import BadInput
from daybreak.rulebook.queries import packaged
from daybreak.rulebook.terms import Confidence, Ruling

HOME = "us/ny/licensing/family_home_capacity"
MORNING = date(2026, 3, 2)


def license_of(kind: str, day: date = MORNING) -> Ruling:
    return packaged().value(HOME, day, license=kind)


def test_ms_okafor_may_have_six_children_and_two_more_of_school_age() -> None:
    ruling = license_of("family_day_care_home")
    assert (ruling.whole("most_children"), ruling.whole("additional_school_age")) == (6, 2)


def test_a_group_home_may_have_twelve_children_and_four_more_of_school_age() -> None:
    ruling = license_of("group_family_day_care_home")
    assert (ruling.whole("most_children"), ruling.whole("additional_school_age")) == (12, 4)


@pytest.mark.parametrize("kind", ["family_day_care_home", "group_family_day_care_home"])
def test_in_either_home_one_caregiver_has_at_most_two_children_under_two(kind: str) -> None:
    assert license_of(kind).whole("under_two_per_caregiver") == 2


@pytest.mark.parametrize("kind", ["family_day_care_home", "group_family_day_care_home"])
def test_without_an_assistant_either_home_has_six_and_two_of_school_age(kind: str) -> None:
    ruling = license_of(kind)
    assert (ruling.whole("most_without_assistant"), ruling.whole("additional_without_assistant")) == (6, 2)


def test_the_numbers_of_2010_are_not_guessed_for_the_days_before() -> None:
    with pytest.raises(BadInput, match="first value starts on 2010-07-31"):
        license_of("group_family_day_care_home", date(2010, 6, 15))


def test_an_answer_about_2010_says_that_its_first_day_is_not_confirmed() -> None:
    ruling = license_of("family_day_care_home", date(2010, 9, 1))
    assert ruling.confidence is Confidence.VERIFY
    assert ruling.caution.startswith("Not confirmed")


def test_an_answer_about_today_carries_no_such_doubt_and_names_law_and_regulation() -> None:
    ruling = license_of("family_day_care_home")
    assert ruling.caution == ""
    assert ruling.cite == "NY Social Services Law 390(1)(d), (e); 18 NYCRR 413.2, 416.8(j), 417.8"


def test_a_license_the_rule_does_not_know_gets_no_number() -> None:
    with pytest.raises(BadInput, match="nothing for license 'day_care_center'"):
        license_of("day_care_center")


@pytest.mark.real_data
def test_no_home_on_the_states_own_list_has_more_children_than_the_rule_allows(real_data: Path) -> None:
    kinds = {"FDC": "family_day_care_home", "GFDC": "group_family_day_care_home"}
    with gzip.open(real_data / "providers_new_york_state" / "providers.csv.gz", "rt", encoding="utf-8") as lines:
        homes = [row for row in csv.DictReader(lines) if row["program_type"] in kinds]
    assert {row["program_type"] for row in homes} == set(kinds)
    for row in homes:
        ruling = license_of(kinds[row["program_type"]])
        assert int(row["children_capacity"]) <= ruling.whole("most_children"), row["facility_id"]
        assert int(row["school_age_capacity"]) <= ruling.whole("additional_school_age"), row["facility_id"]
    # The rule is not merely loose: most homes of either kind are licensed for exactly what it allows.
    full = [
        row
        for row in homes
        if int(row["children_capacity"]) == license_of(kinds[row["program_type"]]).whole("most_children")
    ]
    assert len(full) > 0.9 * len(homes)
