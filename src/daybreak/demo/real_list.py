"""The Brooklyn family's morning: New York State's own provider list, with simulated offers near its way to work."""

from datetime import date, datetime
from pathlib import Path

from daybreak.accounts.actions import give_role
from daybreak.accounts.terms import RoleKind
from daybreak.demo import cast
from daybreak.demo.cast import made_id
from daybreak.demo.opening import offer_on_real_list
from daybreak.network.actions import import_list
from daybreak.network.license_lists.queries import has_sites_from
from daybreak.network.nearby.queries import licensed_near, open_near

REAL_LIST = Path("providers_new_york_state") / "providers.csv.gz"
DETOUR_MINUTES = 10


def open_real_list(file: Path, day: date, at: datetime) -> int:
    """Import the list once, and let homes near the Brooklyn family's way offer spots today; returns how many offer.

    One made-up person speaks for all of them, so that a booking can be seen from their side too.
    """
    if not has_sites_from("ny"):
        import_list(file, "new-york-state", at=at)
    family = next(parent for parent in cast.PARENTS if parent.key == "nadia")
    work = cast.WORK_SITES[family.work][1]
    offering = open_near(home=family.home, work=work, max_detour_minutes=DETOUR_MINUTES, day=day)
    if not offering.sites:
        near = licensed_near(home=family.home, work=work, max_detour_minutes=DETOUR_MINUTES, day=day)
        offer_on_real_list(day, at, near)
        offering = open_near(home=family.home, work=work, max_detour_minutes=DETOUR_MINUTES, day=day)
    for card in offering.cards.values():
        give_role(person_id=made_id("provider person brooklyn"), kind=RoleKind.PROVIDER, scope=card.provider_id, at=at)
    return len(offering.sites)
