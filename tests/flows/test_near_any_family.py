"""What is read for a whole morning holds, for each of its families, what a look of its own would read."""

import pytest

from cast import MONDAY, Opened, household_of
from daybreak.demo.cast import PARENTS
from daybreak.network.areas.queries import open_near_any
from daybreak.network.nearby.queries import open_near
from daybreak.people.queries import commutes_of
from daybreak.people.queries import household_of as profile_of

pytestmark = pytest.mark.django_db


def test_every_site_near_one_family_is_near_any_with_the_same_spots(opened: Opened) -> None:
    families = [profile for parent in PARENTS if (profile := profile_of(household_of(parent.key)))]
    ways = [(one.home, one.work, one.max_detour_minutes) for one in families]
    everything = open_near_any(ways, day=MONDAY, employer_ids={None}, at=opened.at)
    by_id = {site.site_id: site for site in everything.sites}
    seen = 0
    for one in families:
        near = open_near(
            home=one.home, work=one.work, max_detour_minutes=one.max_detour_minutes, day=MONDAY, at=opened.at
        )
        seen += len(near.sites)
        for site in near.sites:
            assert by_id[site.site_id] == site
            assert everything.cards[site.site_id] == near.cards[site.site_id]
    assert seen > len(by_id) > 3


def test_nobody_waiting_is_near_nothing(opened: Opened) -> None:
    assert open_near_any([], day=MONDAY, employer_ids=set(), at=opened.at).sites == ()


def test_a_commute_is_the_askers_own_and_opens_no_name(opened: Opened) -> None:
    for parent in PARENTS:
        profile = profile_of(household_of(parent.key))
        assert profile is not None
        found = commutes_of({profile.household_id: household_of(parent.key)})[profile.household_id]
        assert (found.home, found.work, found.pay_class) == (profile.home, profile.work, profile.pay_class)
        assert found.max_detour_minutes == profile.max_detour_minutes
        assert not hasattr(found, "children")
