"""The made-up town of the benchmarks: the same for a seed, as full as asked for, the same again from files."""

import numpy as np
import pytest

from daybreak.bench.town import CAREGIVER, CENTER, FAMILY_HOME, Town, draw_town
from daybreak.bench.town_files import town_files
from daybreak.placement.morning.arrays import Households, Sites, households_of, sites_of
from daybreak.placement.morning_files import read_morning


def same(one: Sites | Households, other: Sites | Households) -> bool:
    return all(np.array_equal(mine, theirs) for mine, theirs in zip(one, other, strict=True))


def test_a_seed_is_a_town_and_another_seed_another() -> None:
    town = draw_town(600, 1.0, 1)
    assert same(town.sites, draw_town(600, 1.0, 1).sites)
    assert same(town.households, draw_town(600, 1.0, 1).households)
    assert not same(town.sites, draw_town(600, 1.0, 2).sites)


def test_another_day_asks_of_the_same_sites() -> None:
    today, tomorrow = draw_town(600, 1.0, 1), draw_town(600, 1.0, 1, day=1)
    assert same(today.sites, tomorrow.sites)
    assert not same(today.households, tomorrow.households)
    assert tomorrow.households.children == 600


@pytest.mark.parametrize("tightness", [0.8, 1.0, 1.5])
def test_it_has_the_children_and_about_the_spots_asked_for(tightness: float) -> None:
    town = draw_town(4000, tightness, 3)
    assert town.households.children == 4000
    spots = town.sites.spots[:, 0][town.kind != CAREGIVER].sum() + 1.6 * (town.kind == CAREGIVER).sum()
    assert spots == pytest.approx(4000 / tightness, rel=0.08)


def test_its_shares_are_those_it_was_drawn_from() -> None:
    town = draw_town(20_000, 1.0, 5)
    sizes = np.bincount(np.diff(town.households.first), minlength=5)[1:] / town.households.count
    assert sizes == pytest.approx([0.55, 0.32, 0.10, 0.03], abs=0.02)
    assert np.bincount(town.priority) / town.households.count == pytest.approx([0.12, 0.352, 0.528], abs=0.02)
    ages = np.histogram(town.households.months, [0, 18, 36, 60, 156])[0] / 20_000
    assert ages == pytest.approx([0.20, 0.26, 0.31, 0.23], abs=0.02)
    assert (town.sites.room_spots > 0).all()
    homes = np.flatnonzero(town.kind == FAMILY_HOME)
    assert (town.sites.room_spots[town.sites.room_first[homes]] == 2).all()
    assert (np.diff(town.sites.room_first)[town.kind == CENTER] >= 1).all()


def test_a_seed_stays_the_town_it_was() -> None:
    """Dated results name seeds; another order of the draws would make them another town."""
    town = draw_town(1000, 1.0, 1)
    assert (town.households.count, town.sites.count) == (619, 103)
    assert np.bincount(town.kind).tolist() == [20, 21, 62]
    assert town.sites.spots[:3, 0].tolist() == [29, 150, 43]
    assert int(town.households.months.sum()) == 45450


def test_metros_lie_apart() -> None:
    town = draw_town(900, 1.0, 1, metros=3)
    east = np.degrees(np.arctan2(town.sites.place[:, 1], town.sites.place[:, 0]))
    assert len(np.unique(np.round((east - east.min()) / 4.8))) == 3
    assert town.households.children == 900
    assert sorted(town.households.turn) == list(range(town.households.count))


def read(town: Town) -> tuple[Sites, Households]:
    morning = read_morning(town_files(town))
    return sites_of(morning)[0], households_of(morning.households)


def test_its_files_are_the_same_morning() -> None:
    town = draw_town(300, 1.2, 4, metros=2)
    sites, households = read(town)
    for wrote, found in ((town.sites, sites), (town.households, households)):
        for name in wrote._fields:
            mine, theirs = getattr(wrote, name), getattr(found, name)
            np.testing.assert_allclose(theirs, mine, rtol=0, atol=1e-12, err_msg=name)
