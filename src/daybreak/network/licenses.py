"""May this site take children on that day? Only under a license the state lists as in force.

Every status a list uses that is not named here stops offers: a new word for trouble must not read as permission.
"""

from datetime import date

from daybreak.kernel.decisions import Decision, No, Reason, Yes

BY_LIST = {
    "ny": ("License", "Registration"),
    "in": ("Regular", "Registration", "Provisional"),
    "generic": ("License", "Registration"),
}
"""The words under which each list's state lets a program care for children, as that list writes them.

New York: centers and group homes are licensed, family homes and school-age programs registered. Indiana: a regular
license, the registration of a child care ministry, and a provisional license, which is a new site's. Others, such as
Suspended, Pending Revocation or Probationary (a site that cannot keep a rule for now), are not here.
"""

AGREEMENT = "Agreement"
"""Where no state licenses a caregiver who comes to the home, a signed agreement with the employer's plan stands in."""

IN_FORCE = tuple(sorted({AGREEMENT, *(word for words in BY_LIST.values() for word in words)}))
"""Every such word: what stands in the tables under another one is no license. A list is read by its own words only."""


def is_in_force(status: str, of: str = "") -> bool:
    """Say whether a status lets a program take children; `of` names the list whose word it is.

    >>> is_in_force("Registration"), is_in_force("Provisional"), is_in_force("Provisional", "ny")
    (True, True, False)
    """
    return status in (BY_LIST[of] if of else IN_FORCE)


def ended(status: str) -> str:
    """How a status is written down for a license that ended: never as a word that another list calls in force.

    >>> ended("Suspended"), ended("Provisional")
    ('Suspended', 'no longer: Provisional')
    """
    return f"no longer: {status}" if status in IN_FORCE else status


def is_drop_in(program: str) -> bool:
    """Say whether a license is one for care by the hour without enrollment, which some states rule apart.

    >>> is_drop_in("Drop-In Center"), is_drop_in("Child Care Center")
    (True, False)
    """
    return "drop" in program.lower()


def holds_on(status: str, from_day: date | None, until_day: date | None, day: date) -> bool:
    """Say whether a license covers a day: in force, begun (or no beginning known), and not ended by then.

    >>> holds_on("License", None, date(2026, 3, 2), date(2026, 3, 1))
    True
    >>> holds_on("License", None, date(2026, 3, 2), date(2026, 3, 2))
    False
    """
    return is_in_force(status) and (from_day is None or from_day <= day) and (until_day is None or day < until_day)


def decide(held_on: bool, day: date) -> Decision:
    """Refuse a day that no license covers.

    >>> decide(False, date(2026, 3, 2)).reasons[0].facts
    {'day': '2026-03-02'}
    """
    return Yes() if held_on else No((Reason("license-not-in-force", {"day": day.isoformat()}),))
