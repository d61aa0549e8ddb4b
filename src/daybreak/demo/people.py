"""Who can one be in the demo?"""

from dataclasses import dataclass
from uuid import UUID

from daybreak.accounts.terms import FAMILY_KINDS
from daybreak.demo import cast
from daybreak.demo.cast import made_id
from daybreak.demo.posts import POSTS


@dataclass(frozen=True)
class DemoPerson:
    """A card on the demo's first page. `kind` is parent, provider or desk."""

    person_id: UUID
    name: str
    line: str
    kind: str
    phone: str


def people() -> list[DemoPerson]:
    """Everybody one can be with one tap, parents first."""
    parents = [
        DemoPerson(made_id(parent.key), parent.name, parent.line, "parent", parent.phone) for parent in cast.PARENTS
    ]
    providers = [
        DemoPerson(made_id(f"provider person {one.key}"), one.name, one.line, "provider", one.phone)
        for one in cast.PROVIDERS
    ]
    posts = [
        DemoPerson(made_id(one.key), one.name, one.line, "parent" if one.role in FAMILY_KINDS else "desk", one.phone)
        for one in POSTS
    ]
    shared = [one for one in posts if one.kind == "parent"]
    return parents + shared + providers + [one for one in posts if one.kind == "desk"]
