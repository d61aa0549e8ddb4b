"""Somebody texts or presses keys: what comes of it? One engine for families and providers, by text and by phone call.

It knows what is the same for everybody: a bare number answers the last question, STOP, START and HELP mean what the law
wants them to mean, and what is not clear does nothing. What else may be said is a rule of each side.
"""

from daybreak.care.texts import families, providers
from daybreak.care.texts.hearing import FAMILY_VOCABULARY, VOCABULARY, hear, knows
from daybreak.care.texts.terms import Act, Deed, FamilyStanding, Heard, Question, Say, Standing, Turn, Word

Side = Standing | FamilyStanding

FAMILYS_ACTS = frozenset({Act.ASK, Act.GIVE_UP, Act.SAY_LATE})


def heard_by(text: str, side: Side) -> Heard:
    """Read a text by the words of whoever sent it."""
    return hear(text, FAMILY_VOCABULARY if isinstance(side, FamilyStanding) else VOCABULARY)


def speaks_as_family(text: str, asked: Question | None) -> bool:
    """Of somebody who is both a parent and a provider: does this text speak of the own family?

    >>> speaks_as_family("CARE tomorrow", None), speaks_as_family("TODAY", None), speaks_as_family("YES", None)
    (True, False, False)
    """
    if asked is not None:
        return asked.act in FAMILYS_ACTS
    return knows(text, FAMILY_VOCABULARY) and not knows(text, VOCABULARY)


def step(heard: Heard, asked: Question | None, side: Side) -> Turn:
    """Decide what comes of one text: at most one deed, else an answer, and what is asked now.

    >>> from datetime import date
    >>> step(Heard(Word.STOP), None, Standing("Little Oaks", date(2026, 3, 2), "/sites")).deed.act.value
    'stop'
    """
    if heard.word in (Word.STOP, Word.START):
        return Turn(deed=Deed(Act.STOP if heard.word is Word.STOP else Act.START))
    if heard.word is Word.HELP:
        return Turn(say=_say("text-help", "text-family-help", side), asks=asked)
    if isinstance(side, FamilyStanding):
        return families.step(heard, asked, side)
    return providers.step(heard, asked, side)


def done(deed: Deed, now: Side, before: Side) -> Say:
    """What is said of a deed that is done, with the day as it stands now."""
    if deed.act is Act.STOP:
        return _say("text-stopped", "text-family-stopped", now)
    if deed.act is Act.START:
        return _say("text-started", "text-started", now)
    if isinstance(now, FamilyStanding) and isinstance(before, FamilyStanding):
        return families.done(deed, now, before)
    if isinstance(now, Standing) and isinstance(before, Standing):
        return providers.done(deed, now, before)
    raise TypeError("A conversation does not change sides while a deed is done.")


def _say(providers_code: str, familys_code: str, side: Side) -> Say:
    if isinstance(side, FamilyStanding):
        return families.say(familys_code, side)
    return providers.say(providers_code, side)
