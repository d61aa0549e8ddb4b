"""How is it said that a caregiver's word, a check, a rate or a contract cannot stand?"""

from daybreak.notices.facts import gettext_noop

PROVIDER_REFUSALS = {
    "not-a-number": (gettext_noop("A field does not hold a number. Nothing was changed. Write it with digits."),),
    "not-a-day": (gettext_noop("A field does not hold a day. Nothing was changed. Choose the day again."),),
    # Why a caregiver's word cannot stand.
    "ages-out-of-order": (
        gettext_noop(
            "From {from_months} up to {until_months} holds no age of a child. Nothing was changed. "
            "Give a younger and an older age."
        ),
        gettext_noop("These ages hold no child. Nothing was changed. Give a younger and an older age."),
    ),
    "radius-out-of-range": (
        gettext_noop(
            "A caregiver travels more than 0 and at most {most} kilometers. "
            "Nothing was changed. Give a distance between."
        ),
        gettext_noop("That is no distance to travel. Nothing was changed. Give another one."),
    ),
    "check-in-the-future": (
        gettext_noop("A check of {day} has not been done yet. Nothing was written. Give the day on which it was done."),
        gettext_noop("That check has not been done yet. Nothing was written. Give the day on which it was done."),
    ),
    "check-ends-before-it-was-done": (
        gettext_noop("A check done on {day} cannot run out before it. Nothing was written. Look at both days again."),
        gettext_noop("A check cannot run out before it was done. Nothing was written. Look at both days again."),
    ),
    "rate-out-of-range": (
        gettext_noop("A rate is at most {amount} for one child and day. Nothing was changed. Give another one."),
        gettext_noop("That is no rate for one child and day. Nothing was changed. Give another one."),
    ),
    # Why a contract cannot be.
    "guarantees-exceed-the-license": (
        gettext_noop(
            "With this contract {offered} would be guaranteed, and the license allows {licensed}. "
            "Nothing was written. Guarantee fewer."
        ),
        gettext_noop("The license does not allow so many guaranteed spots. Nothing was written. Guarantee fewer."),
    ),
    "contract-ends-before-it-begins": (
        gettext_noop("A contract that begins on {day} cannot end by then. Nothing was written. Give a later end."),
        gettext_noop("A contract cannot end before it has begun. Nothing was written. Give a later end."),
    ),
    "employer-has-a-contract-here": (
        gettext_noop(
            "This employer has a contract with this place in the same time. Nothing was written. End that one first."
        ),
    ),
    "contract-ends-in-the-past": (
        gettext_noop(
            "A contract cannot end before today, {day}: care until now was given under it. Nothing was written. "
            "Give today or a later day."
        ),
        gettext_noop(
            "A contract cannot end before today: care until now was given under it. Nothing was written. "
            "Give today or a later day."
        ),
    ),
    "contract-is-never-rewritten": (
        gettext_noop(
            "A contract with this number is known here and reads otherwise. Nothing was written. "
            "Let that one end, and give the new one a number of its own."
        ),
    ),
    "contract-keeps-nothing": (
        gettext_noop("This contract names neither spots nor a share. Nothing was written. Name at least one."),
    ),
}
"""Why what a provider says of itself, or agrees with an employer, is not written down."""
