"""How is it said to this reader, and what has been told about a thing?"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from math import ceil
from string import Formatter
from uuid import UUID

from django.conf import settings
from django.utils import translation

from daybreak.kernel.decisions import Fact, Reason
from daybreak.kernel.money import Money
from daybreak.notices import phrases
from daybreak.notices.catalogue import CITED, HEADINGS, NOTICES, REFUSALS
from daybreak.notices.facts import COUNTED, FACTS, NONE, YEARS
from daybreak.notices.family_words import FAMILY_LINES
from daybreak.notices.models import ContactWish, Notice
from daybreak.notices.terms import Channel, Contact, Kind, Words
from daybreak.notices.text_words import LINES
from daybreak.notices.voice_words import VOICE, VOICE_LINES

ALL_LINES = {**LINES, **FAMILY_LINES}
"""One line of a list in a text message."""


@dataclass(frozen=True)
class Told:
    """One message about a thing, as its history shows it."""

    code: str
    channel: Channel
    person_id: UUID
    created_at: datetime
    sent_at: datetime | None
    given_up_at: datetime | None


def told_about(thing_id: UUID) -> list[Told]:
    """Every message about one thing, oldest first."""
    rows = Notice.objects.filter(about=thing_id).order_by("created_at", "pk")
    return [
        Told(row.code, Channel(row.channel), row.person_id, row.created_at, row.sent_at, row.given_up_at)
        for row in rows
    ]


def held_about(person_id: UUID) -> list[dict[str, object]]:
    """Every message to a person, for a copy of their data, in the words in which it was told; newest first."""
    rows = Notice.objects.filter(person=person_id).order_by("-created_at", "pk")
    return [
        {
            "way": row.channel,
            "at": row.created_at.isoformat(),
            "sent_at": row.sent_at.isoformat() if row.sent_at else None,
            "code": row.code,
            "subject": _subject(row),
        }
        for row in rows
    ]


def _subject(row: Notice) -> str:
    """What a message was about. One of an older version may miss a fact of today's words."""
    try:
        return worded(row.code, row.facts, row.language).subject
    except KeyError:
        return ""


def contact_of(person_id: UUID) -> Contact:
    """How a person wants to be told; by every way and at every hour until they say otherwise."""
    row = ContactWish.objects.filter(pk=person_id).first()
    if row is None:
        return Contact()
    return Contact(row.by_mail, row.by_text, row.quiet_from, row.quiet_until, row.zone)


def undelivered(*, overdue_at: datetime, given_up_since: datetime) -> tuple[int, int]:
    """How many notices should have been sent before a moment, and how many were given up since another."""
    overdue = Notice.objects.filter(due_at__lt=overdue_at).count()
    return overdue, Notice.objects.filter(given_up_at__gte=given_up_since).count()


def worded(code: str, facts: Mapping[str, Fact], language: str) -> Words:
    """A notice in the reader's language. Raises KeyError for an unknown code or a fact that is missing."""
    words = NOTICES[code]
    with translation.override(language):
        return Words(
            subject=_filled(words.subject, facts, language),
            text=_filled(words.text, facts, language),
            sms=_filled(words.sms, facts, language, name=phrases.shortened),
            calendar=str(facts.get("calendar", "")),
        )


def spoken_aloud(code: str, facts: Mapping[str, Fact], language: str) -> str:
    """An answer as a phone call says it. Raises KeyError for a code without words for the ear."""
    with translation.override(language):
        return _filled(VOICE[code], facts, language, name=phrases.shortened, lines_by=VOICE_LINES)


def sentence(reason: Reason, language: str) -> str:
    """A refusal in the reader's language, with the rule behind it where there is one.

    It is said with as many facts as the reason gives. Raises KeyError for a code without words.
    """
    template = _fullest(REFUSALS[reason.code], reason.facts)
    with translation.override(language):
        said = _filled(template, reason.facts, language)
        return _filled(CITED, {"cite": reason.cite}, language, sentence=said) if reason.cite else said


def heading(code: str, language: str) -> str:
    """The short words for why places do not fit, to stand beside how many they are."""
    with translation.override(language):
        return translation.gettext(HEADINGS[code])


def needed(template: str) -> frozenset[str]:
    """The facts a sentence needs."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def _fullest(templates: tuple[str, ...], facts: Mapping[str, Fact]) -> str:
    """The first sentence whose facts are all known, else the last, which asks for the fewest."""
    known = {name for name, value in facts.items() if value is not None}
    return next((template for template in templates if needed(template) <= known), templates[-1])


def _filled(
    template: str,
    facts: Mapping[str, Fact],
    language: str,
    *,
    name: Callable[[str], str] = str,
    lines_by: Mapping[str, str] = ALL_LINES,
    **ready: str,
) -> str:
    wanted = needed(template) - ready.keys()
    shown = {fact: _shown(fact, facts, language, name) for fact in wanted if FACTS[fact] is not Kind.LINES}
    for fact in wanted - shown.keys():
        joined = " " if lines_by is VOICE_LINES else "\n"
        lines = json.loads(str(facts[fact]))
        shown[fact] = joined.join(
            _filled(lines_by[code], {**facts, **line}, language, name=name) for code, line in lines
        )
    return phrases.tidy(translation.gettext(template).format(**shown, **ready))


def _shown(fact: str, facts: Mapping[str, Fact], language: str, name: Callable[[str], str]) -> str:
    kind, value = FACTS[fact], facts[fact]
    if kind in COUNTED:
        return _counted(kind, value)
    if kind is Kind.REASON:
        stored = json.loads(str(value))
        return sentence(Reason(stored["code"], stored["facts"], stored["cite"]), language)
    return _shown_alone(kind, value, facts, language, name)


def _shown_alone(kind: Kind, value: Fact, facts: Mapping[str, Fact], language: str, name: Callable[[str], str]) -> str:
    match kind:
        case Kind.AGE if isinstance(value, int):
            return (
                _counted(Kind.MONTHS, value)
                if value < 24
                else translation.ngettext(*YEARS, value // 12).format(count=value // 12)
            )
        case Kind.NUMBER if isinstance(value, int | float):
            return f"{round(value, 2):g}"
        case Kind.MONEY if isinstance(value, int):
            return str(Money(value))
        case Kind.DAY:
            return phrases.say_day(date.fromisoformat(str(value)), language)
        case Kind.CLOCK:
            clock = datetime.fromisoformat(str(value)).time() if "T" in str(value) else time.fromisoformat(str(value))
            return phrases.say_clock_within(clock, language)
        case Kind.MOMENT:
            moment = datetime.fromisoformat(str(value))
            # The day of care is named in the same message; saying it twice would only make it longer.
            is_same_day = moment.date().isoformat() == facts.get("day")
            if is_same_day:
                return phrases.say_clock_within(moment.time(), language)
            return phrases.say_moment(moment, language)
        case Kind.SIGN_IN_CODE:
            return str(value)
        case Kind.PAGE | Kind.SIGN_IN:
            return f"{settings.ADDRESS.rstrip('/')}{value}"
        case _:
            return name(phrases.one_line(str(value)))


def _counted(kind: Kind, value: Fact) -> str:
    if not isinstance(value, int | float):
        raise ValueError(f"{value!r} does not count {kind.value}.")
    # Upward: a way of 30.2 minutes is refused to a family that allows 30, and must not be told as 30.
    count = ceil(value)
    if count == 0 and kind in NONE:
        return translation.gettext(NONE[kind])
    one, many = COUNTED[kind]
    return translation.ngettext(one, many, count).format(count=count)
