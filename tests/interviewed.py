"""People who are interviewed: a wave, invitations, tickets, and answers that can be told apart when a test must."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from blinding import Blinded, blind
from cast import DAWN
from daybreak.accounts.actions import add_person
from daybreak.interviews.actions import Taken, accept_key, take_answers
from daybreak.interviews.admitting import admit_by_ticket
from daybreak.interviews.models import Text
from daybreak.interviews.queries import asked_on, wave_keys, words_of
from daybreak.interviews.terms import Admission, Answers, WaveKey
from daybreak.kernel.decisions import No
from daybreak.people.actions import add_employer
from daybreak.tickets.actions import invite, open_wave, stamp
from daybreak.tickets.queries import published_key, wave_named
from daybreak.tickets.terms import Milestone, Occasion, Window

MONDAY = DAWN.date()
CLOSES = date(2026, 6, 1)
QUARTER = "2026-Q1"


def new_wave(occasion: Occasion = Occasion.PULSE, *, employer: UUID | None = None) -> str:
    """A wave of an employer, whose key the trustee has accepted."""
    if employer is None:
        employer = uuid4()
        add_employer(employer_id=employer, name=f"Employer {employer}", at=DAWN)
    name = open_wave(employer_id=employer, occasion=occasion, quarter=QUARTER, closes_on=CLOSES, at=DAWN)
    accept_key(key_of(name))
    return name


def key_of(wave: str) -> WaveKey:
    """What the desk publishes of a wave."""
    published = published_key(wave)
    assert published is not None
    return WaveKey(**published)


def invited(wave: str, *, day: date = MONDAY) -> UUID:
    """A new person, invited on the day itself."""
    person = uuid4()
    add_person(person_id=person, name="Mei", email=f"{person}@example.org", at=DAWN)
    card = wave_named(wave)
    assert card is not None
    assert isinstance(invite(wave=wave, person_id=person, milestone=Milestone(card.occasion, day), at=DAWN), Window)
    return person


def covered(wave: str) -> Blinded:
    """A ticket drawn and covered in somebody's browser."""
    return blind(wave, key_of(wave).public_key)


def ticket_of(wave: str, person: UUID, *, day: date = MONDAY) -> str:
    """The ticket that a person gets at the desk."""
    mine = covered(wave)
    stamped = stamp(wave=wave, person_id=person, blinded=mine.sent, day=day)
    assert not isinstance(stamped, No), stamped
    return mine.ticket(stamped)


def admitted(ticket: str, *, day: date = MONDAY) -> Admission:
    """Whoever has this ticket, at the interviews' door."""
    admission = admit_by_ticket(ticket, wave_keys(), day=day.isoformat())
    assert isinstance(admission, Admission), admission
    return admission


def anybody(number: int, occasion: str = "pulse") -> Admission:
    """An admission as a ticket gives one, without the second that drawing and stamping a ticket takes."""
    return Admission(f"{uuid4().hex}{number:032x}", occasion)


def said(number: int = 0, *, text: str = "", closed: Sequence[tuple[str, tuple[str, ...]]] = ()) -> Answers:
    """Answers to the pulse; `number` goes into what was written, so that a test can count."""
    chosen = dict(closed) or {"disruptions/1": ("2_3",), "care_for/1": ("child_under_6",)}
    return Answers(chosen, {"one_day/1": text or f"person {number}"})


def answer(admission: Admission, answers: Answers, *, quarter: str = QUARTER) -> Taken | No:
    """Answer on an occasion."""
    asked = asked_on(admission.occasion)
    assert asked is not None
    return take_answers(admission=admission, question_set=asked.name, answers=answers, quarter=quarter)


def written_words() -> dict[str, str]:
    """Every text by the id of its row, as a trustee reads it."""
    reader = uuid4()
    found = (words_of(ref, reader) for ref in Text.objects.values_list("id", flat=True))
    return {words.ref: words.text for words in found if words is not None}
