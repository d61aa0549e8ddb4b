"""May this site take children on that day? Only under a license the state lists as in force.

Every status a list uses that is not named here stops offers: a new word for trouble must not read as permission.
"""

from datetime import date

from daybreak.kernel.decisions import Decision, No, Reason, Yes

IN_FORCE = ("License", "Registration")
"""The two statuses under which New York lets a program care for children: centers and group homes are licensed, family
homes and school-age programs registered. Others on the list, such as Suspended or Pending Revocation, are not here."""


def is_in_force(status: str) -> bool:
    """Say whether a status lets a program take children.

    >>> is_in_force("Registration"), is_in_force("Pending Revocation")
    (True, False)
    """
    return status in IN_FORCE


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
