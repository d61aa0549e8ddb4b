"""How are times, days, ages and reasons said in a template? As the notices say them, in the language of the page.

Moments are shown as they come: the view has already moved them to the place's time zone.
"""

from datetime import date, datetime, time

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from daybreak.kernel.decisions import Reason
from daybreak.kernel.spans import clock_of
from daybreak.notices import phrases, queries
from daybreak.placement.sessions import CLOCK, Session

register = template.Library()


def language() -> str:
    """The page's language, as the notices name it."""
    return "es" if (get_language() or "en").startswith("es") else "en"


@register.filter
def clock(moment: datetime | time) -> str:
    """A time that stands alone: 7:00 a.m. or 7:00."""
    return phrases.say_clock(_clock_of(moment), language())


@register.filter
def clock_within(moment: datetime | time) -> str:
    """A time inside a sentence: 7:00 a.m. or las 7:00."""
    return phrases.say_clock_within(_clock_of(moment), language())


@register.filter
def day(moment: date) -> str:
    """Monday, March 2 or lunes 2 de marzo."""
    return phrases.say_day(moment, language())


def children(count: int) -> str:
    """1 child, 2 children."""
    return ngettext("%(count)d child", "%(count)d children", count) % {"count": count}


@register.filter
def dated(day: date) -> str:
    """A day that may be years ago: March 2, 2026 or 2 de marzo de 2026."""
    return date_format(day, "DATE_FORMAT", use_l10n=True)


@register.filter
def moment_within(moment: datetime) -> str:
    """6:45 a.m. on Monday, March 2, inside a sentence."""
    return phrases.say_moment(moment, language())


@register.filter
def age(months: int) -> str:
    """14 months, or 4 years from the second birthday on.

    >>> age(14), age(50)
    ('14 months', '4 years')
    """
    if months < 24:
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    return ngettext("%(count)d year", "%(count)d years", months // 12) % {"count": months // 12}


@register.filter
def phone(number: str) -> str:
    """A phone number as people read it; one from elsewhere stays as it is stored.

    >>> phone("+17165550102"), phone("+442079460958")
    ('716 555 0102', '+442079460958')
    """
    is_ours = number.startswith("+1") and len(number) == 12
    return f"{number[2:5]} {number[5:8]} {number[8:]}" if is_ours else number


@register.filter
def minutes(count: float) -> str:
    """Whole minutes with their word."""
    whole = round(count)
    return ngettext("%(count)d minute", "%(count)d minutes", whole) % {"count": whole}


@register.filter
def tidy(text: str) -> str:
    """One full stop where a time that ends in one closes the sentence."""
    return phrases.tidy(str(text))


@register.filter
def sentence(reason: Reason) -> str:
    """A refusal in words."""
    return queries.sentence(reason, language())


@register.filter
def session(part: Session) -> str:
    """A part of the day by name."""
    return {
        Session.EARLY: gettext("Early"),
        Session.MORNING: gettext("Morning"),
        Session.AFTERNOON: gettext("Afternoon"),
        Session.EVENING: gettext("Evening"),
        Session.NIGHT: gettext("Night"),
    }[part]


@register.filter
def session_hours(part: Session) -> str:
    """When a part of the day begins and ends."""
    starts, ends = CLOCK[part]
    return f"{clock(clock_of(starts))} – {clock(clock_of(ends))}"


def _clock_of(moment: datetime | time) -> time:
    return moment.timetz() if isinstance(moment, datetime) else moment
