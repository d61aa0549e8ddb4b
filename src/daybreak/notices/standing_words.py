"""How is it said that hours in two parts, a standing request or the closing of a school district cannot stand?"""

from daybreak.notices.facts import gettext_noop

STANDING_REFUSALS = {
    "session-asked-for": (
        gettext_noop(
            "One of these children has a request for the same part of the day, and takes one spot in it. "
            "Nothing was asked. Cancel that one, then ask once, from {starts} to {ends}."
        ),
        gettext_noop(
            "One of these children has a request for the same part of the day. Nothing was asked. "
            "Cancel that one, then ask once for all the hours."
        ),
    ),
    "standing-ends-before-it-begins": (
        gettext_noop(
            "That is a last day before the first one, or it has passed. Nothing was kept. Choose a later one."
        ),
    ),
    "standing-too-long": (
        gettext_noop("A standing request lasts at most {days} days. Nothing was kept. Choose an earlier last day."),
        gettext_noop("A standing request lasts at most a year. Nothing was kept. Choose an earlier last day."),
    ),
    "unknown-district": (
        gettext_noop("There is no such school district. Nothing was changed. Choose one from the list."),
    ),
    "closure-without-its-hour": (
        gettext_noop(
            "A day that opens late or ends early needs its hour, and a closed day has none. Nothing was changed. "
            "Give the hour, or choose closed."
        ),
    ),
}
"""Why what a family wants beside what it asked for, or on days without school, is not written down."""
