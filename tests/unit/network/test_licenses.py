"""Which license lets a site take children on a day."""

from datetime import date

import pytest

from daybreak.kernel.decisions import No, Reason, Yes
from daybreak.network.licenses import decide, holds_on, is_in_force

MARCH_2 = date(2026, 3, 2)


@pytest.mark.parametrize(
    "status", ["Suspended", "Pending Revocation", "Pending Revocation and Denial", "license", "", "Some new word"]
)
def test_every_status_that_is_not_known_to_be_in_force_is_not(status):
    assert not is_in_force(status)
    assert not holds_on(status, None, None, MARCH_2)


@pytest.mark.parametrize(
    ("from_day", "until_day", "holds"),
    [
        (None, None, True),
        (MARCH_2, None, True),
        (date(2026, 3, 3), None, False),
        (None, date(2026, 3, 3), True),
        (None, MARCH_2, False),
        (MARCH_2, MARCH_2, False),
    ],
    ids=["no dates", "begins today", "begins tomorrow", "ends tomorrow", "ended today", "began and ended today"],
)
def test_a_license_holds_from_its_first_day_up_to_its_end(from_day, until_day, holds):
    assert holds_on("License", from_day, until_day, MARCH_2) is holds


def test_a_day_without_a_license_is_refused_with_the_day():
    assert decide(True, MARCH_2) == Yes()
    assert decide(False, MARCH_2) == No((Reason("license-not-in-force", {"day": "2026-03-02"}),))
