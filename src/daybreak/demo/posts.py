"""Those of the cast who are neither a parent by an employer nor a provider: who shares a family, or works at a desk."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from daybreak.accounts.terms import RoleKind


@dataclass(frozen=True)
class Post:
    """Somebody who is neither a parent by an employer nor a provider: who shares a family, or works at a desk."""

    key: str
    name: str
    line: str
    email: str
    role: RoleKind
    of: str
    phone: str = ""


POSTS = (
    Post(
        "theo",
        "Theo Delgado",
        gettext_noop("the nurse's partner, who shares the family here"),
        "theo@example.org",
        RoleKind.CO_PARENT,
        "household of rosa",
        "+17165550104",
    ),
    Post(
        "dana",
        "Dana Kim",
        gettext_noop("runs the benefits desk of Harbor Health: counts, no names"),
        "dana@example.org",
        RoleKind.CLERK,
        "Harbor Health",
    ),
    Post(
        "priya",
        "Priya Nair",
        gettext_noop("reads what Harbor Health was released: nothing yet"),
        "priya@example.org",
        RoleKind.HR_READER,
        "Harbor Health",
    ),
    Post(
        "olu",
        "Olu Adeyemi",
        gettext_noop("runs this Daybreak and sees no family"),
        "olu@example.org",
        RoleKind.OPERATOR,
        "this Daybreak",
    ),
)
"""People with another role than the rest of the cast."""
