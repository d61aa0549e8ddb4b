"""Which sites of this installation does a change of the rules touch?

A module of its own, read only when somebody asks, because the other commands of the rulebook need no database.
"""

from collections.abc import Iterable

from daybreak.cli.setup import django_ready
from daybreak.network.staff.queries import sites_under
from daybreak.rulebook.terms import Change

NAMED = 5
"""So many sites are named under a change on a screen; --json names all."""


def touched(steps: Iterable[Change]) -> dict[str, list[dict[str, str]]]:
    """Name the sites each rule touches, by the rule's path."""
    django_ready()
    found: dict[str, list[dict[str, str]]] = {}
    for path in dict.fromkeys(step.path for step in steps):
        found[path] = [
            {"site_id": str(site_id), "name": name, "city": city} for site_id, name, city in sites_under(path)
        ]
    return found


def line(sites: list[dict[str, str]]) -> str:
    """Say it in one line.

    >>> line([{"name": "Little Oaks", "city": "Columbus"}])
    '  touches 1 site: Little Oaks, Columbus'
    >>> line([])
    '  touches no site'
    """
    if not sites:
        return "  touches no site"
    named = "; ".join(", ".join(part for part in (site["name"], site["city"]) if part) for site in sites[:NAMED])
    more = f"; and {len(sites) - NAMED:,} more" if len(sites) > NAMED else ""
    return f"  touches {len(sites):,} {'site' if len(sites) == 1 else 'sites'}: {named}{more}"
