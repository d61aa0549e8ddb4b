"""What an employer's plan says no to, in words: who may use it, how much of it is left, what it covers."""

from daybreak.notices.facts import gettext_noop

PLAN_REFUSALS = {
    # Who may use the plan.
    "pay-class-not-covered": (
        gettext_noop("Your employer's plan does not cover your pay class. Nothing was asked. Ask your benefits clerk."),
    ),
    "not-eligible-yet": (
        gettext_noop(
            "Under your employer's plan you may use backup care from {since}. Nothing was asked. Choose a later day."
        ),
        gettext_noop(
            "Under your employer's plan you may not use backup care yet on that day. "
            "Nothing was asked. Choose a later day."
        ),
    ),
    "employment-ended": (
        gettext_noop(
            "Your employer has told us that you no longer work there on that day. Nothing was asked. "
            "If that is wrong, ask your benefits clerk."
        ),
    ),
    "start-not-known": (
        gettext_noop(
            "Your employer's plan begins after {days} days of work, and your first day of work is not known here. "
            "Nothing was asked. Ask your benefits clerk to add it."
        ),
        gettext_noop(
            "Your employer's plan begins after some days of work, and your first day is not known here. "
            "Nothing was asked. Ask your benefits clerk to add it."
        ),
    ),
    "too-few-weekly-hours": (
        gettext_noop(
            "Your employer's plan is for {hours} hours of work a week or more, and you are listed with {number}. "
            "Nothing was asked. If that is wrong, ask your benefits clerk."
        ),
        gettext_noop(
            "Your employer's plan is for those who work more hours a week. "
            "Nothing was asked. If that is wrong, ask your benefits clerk."
        ),
    ),
    "hours-not-known": (
        gettext_noop(
            "Your employer's plan is for {hours} hours of work a week or more, and your hours are not known here. "
            "Nothing was asked. Ask your benefits clerk to add them."
        ),
        gettext_noop(
            "Your employer's plan depends on your weekly hours, and they are not known here. "
            "Nothing was asked. Ask your benefits clerk to add them."
        ),
    ),
    # What the plan gives.
    "allowance-spent": (
        gettext_noop(
            "This would use {wanted} of your backup care days, and {left} are left in this plan year. "
            "Nothing was booked. Your benefits clerk may be able to give more."
        ),
        gettext_noop(
            "Too few of your backup care days are left in this plan year. "
            "Nothing was booked. Your benefits clerk may be able to give more."
        ),
    ),
    "allowance-hours-spent": (
        gettext_noop(
            "This would use {wanted} of your backup care hours, and {left} are left in this plan year. "
            "Nothing was booked. Your benefits clerk may be able to give more."
        ),
        gettext_noop(
            "Too few of your backup care hours are left in this plan year. "
            "Nothing was booked. Your benefits clerk may be able to give more."
        ),
    ),
    "budget-spent": (
        gettext_noop(
            "What your employer set aside for backup care at your work site in this quarter is used up. "
            "Nothing was booked. Your benefits clerk can say when there is more."
        ),
    ),
    "hardship-spent": (
        gettext_noop(
            "The plan lets a clerk add {left} more, and {wanted} was asked for. Nothing was changed. Ask for less."
        ),
        gettext_noop("The plan lets a clerk add less than that. Nothing was changed. Ask for less."),
    ),
    # Closing a month.
    "month-not-over": (
        gettext_noop("This month is not over before {day}. Nothing was closed. Close it then."),
        gettext_noop("This month is not over yet. Nothing was closed. Close it when it is."),
    ),
    "months-in-order": (
        gettext_noop("The month that begins on {day} is still open. Nothing was closed. Close that one first."),
        gettext_noop("An earlier month is still open. Nothing was closed. Close that one first."),
    ),
    "route-not-covered": (
        gettext_noop("Your employer's plan does not cover care of this kind. Nothing was booked. See what it covers."),
    ),
}
"""Why a plan does not cover a booking: the sentences for a reason's code."""
