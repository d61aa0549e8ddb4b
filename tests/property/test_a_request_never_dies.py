"""Whatever happens, and whoever dies in the middle: a request ends in time, once, and its family has been told.

The step of care/cascade.py as a state machine: late answers, cancellations, workers that die at any effect, clocks that
are off, families who change their minds.
"""

from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from cascade_world import World
from daybreak.care.routes import (
    EVERY_ROUTE,
    Accepted,
    AllAtOnce,
    Came,
    Canceled,
    Clock,
    Declined,
    Missed,
    Option,
    Phase,
    Planned,
    Skipped,
    StopHere,
    Withdrew,
)
from daybreak.plan.terms import Route

NAMES = ("ash", "birch", "cedar", "dogwood", "elm", "fir", "hazel")
SITE = st.sampled_from(NAMES)
DIES = st.none() | st.integers(1, 4)
BY_SITE = (Accepted, Declined, Withdrew)
BY_FAMILY = (Skipped, AllAtOnce, StopHere, Canceled)


def option(name: str, route: Route, instant: bool) -> Option:
    return Option(name, route, instant if route is not Route.ASK else False)


def acts(world: World, kind: type, site: str) -> None:
    """Something happens if it may: care is given only once it was confirmed and begins."""
    if kind in BY_SITE:
        world.happens(kind(site))
    elif kind in (Came, Missed):
        if world.state.phase is Phase.CONFIRMED:
            world.happens(kind())
    else:
        world.happens(kind())


class ARequest(RuleBasedStateMachine):
    @initialize(
        routes=st.lists(st.sampled_from(EVERY_ROUTE), unique=True, max_size=5),
        kinds=st.lists(
            st.tuples(st.sampled_from(EVERY_ROUTE[:4]), st.booleans(), st.integers(0, 2)), min_size=7, max_size=7
        ),
        minutes=st.sampled_from([1, 2, 3, 7, 30, 90, 600]),
    )
    def a_family_asks(self, routes: list[Route], kinds: list[tuple[Route, bool, int]], minutes: int) -> None:
        options = tuple(option(name, route, now) for name, (route, now, _) in zip(NAMES, kinds, strict=True))
        spots = {name: left for name, (_, _, left) in zip(NAMES, kinds, strict=True)}
        self.world = World.of(options, spots, tuple(routes), minutes)

    @rule(seconds=st.sampled_from([1, 20, 45, 119, 120, 300, 900, 4000]))
    def time_passes(self, seconds: int) -> None:
        self.world.passes(seconds)

    @rule(site=SITE, kind=st.sampled_from(BY_SITE), dies=DIES)
    def a_site_says(self, site: str, kind: type, dies: int | None) -> None:
        self.world.happens(kind(site), dies_at=dies)

    @rule(kind=st.sampled_from(BY_FAMILY[:3]), dies=DIES)
    def the_family_says(self, kind: type, dies: int | None) -> None:
        self.world.happens(kind(), dies_at=dies)

    @rule()
    def the_family_cancels(self) -> None:
        self.world.happens(Canceled())

    @rule(site=SITE, change=st.sampled_from([-1, 1, 2]))
    def another_family_takes_or_frees_spots(self, site: str, change: int) -> None:
        spots = self.world.books.spots
        spots[site] = max(spots[site] + change, 0)

    @rule(site=SITE, dies=DIES)
    def a_round_gives_a_site(self, site: str, dies: int | None) -> None:
        option = next(one for one in self.world.options if one.site == site)
        self.world.happens(Planned(option), dies_at=dies)

    @rule(dies=DIES)
    def another_worker_looks_too(self, dies: int | None) -> None:
        self.world.happens(Clock(), dies_at=dies)

    @rule()
    def the_worker_will_die(self) -> None:
        self.world.worker_dies = True

    @rule(seconds=st.integers(-15, 15))
    def the_clock_is_set(self, seconds: int) -> None:
        self.world.behind = timedelta(seconds=seconds)

    @rule(kind=st.sampled_from([Came, Missed]))
    def the_day_comes(self, kind: type) -> None:
        acts(self.world, kind, "")

    @invariant()
    def all_is_as_it_must_be(self) -> None:
        if hasattr(self, "world"):
            self.world.check()

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.passes(14 * 3600)
            self.world.check()
            assert self.world.state.phase is not Phase.LOOKING
            assert self.world.due is None or self.world.state.phase is Phase.CLOSED, "every ending has told the family"


TestARequest = ARequest.TestCase
TestARequest.settings = settings(max_examples=500, stateful_step_count=40, deadline=None)


@pytest.mark.parametrize("seed", range(4))
def test_of_thousands_of_histories_none_ends_untold(seed: int) -> None:
    """The same events drawn at random, many more of them than a search for the smallest failure affords."""
    rng = np.random.default_rng(seed)
    for _ in range(750):
        history(rng)


def history(rng: np.random.Generator) -> None:
    count = int(rng.integers(1, 6))
    accepted = tuple(EVERY_ROUTE[at] for at in rng.permutation(5)[:count])
    options = tuple(option(name, EVERY_ROUTE[int(rng.integers(0, 4))], bool(rng.uniform() < 0.4)) for name in NAMES)
    spots = {name: int(rng.integers(0, 3)) for name in NAMES}
    world = World.of(options, spots, accepted, int(rng.choice([1, 3, 10, 45, 120])))
    kinds: list[type] = [*BY_SITE, *BY_SITE, *BY_FAMILY, Clock, Came, Missed]
    steps: list[Callable[[], None]] = [
        lambda: world.passes(float(rng.exponential(240))),
        lambda: world.passes(float(rng.exponential(60))),
        lambda: acts(world, kinds[int(rng.integers(len(kinds)))], NAMES[int(rng.integers(7))]),
        lambda: acts(world, Accepted, NAMES[int(rng.integers(7))]),
        lambda: setattr(world, "worker_dies", True),
    ]
    for _ in range(25):
        steps[int(rng.integers(len(steps)))]()
        world.check()
    world.passes(14 * 3600)
    world.check()
    assert world.state.phase is not Phase.LOOKING
