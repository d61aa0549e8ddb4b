"""The Brooklyn family's morning: New York State's own provider list, with simulated offers near its way to work."""

from datetime import date, datetime
from pathlib import Path

from daybreak.demo import cast
from daybreak.demo.opening import offer_on_real_list
from daybreak.network.actions import import_new_york_state
from daybreak.network.queries import has_sites_from, licensed_near

REAL_LIST = Path("providers_new_york_state") / "providers.csv.gz"
SEED = 20260302


def open_real_list(file: Path, day: date, at: datetime) -> int:
    """Import the list once, and let homes near the Brooklyn family's way offer spots today; returns how many do."""
    if not has_sites_from("ny"):
        import_new_york_state(file, at=at)
    family = next(parent for parent in cast.PARENTS if parent.key == "nadia")
    near = licensed_near(home=family.home, work=cast.WORK_SITES[family.work][1], max_detour_minutes=15, day=day)
    return offer_on_real_list(day, at, near, SEED)
