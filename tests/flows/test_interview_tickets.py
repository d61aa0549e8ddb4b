"""One ticket for each person: stamped once, unseen, and taken once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from blinding import Blinded
from cast import DAWN
from daybreak.audit.models import AuditEvent
from daybreak.interviews.actions import accept_key
from daybreak.interviews.admitting import admit_by_ticket
from daybreak.interviews.queries import wave_keys
from daybreak.kernel.decisions import No
from daybreak.kernel.errors import BadInput
from daybreak.notices.models import Notice
from daybreak.tickets import actions
from daybreak.tickets.actions import forget_invitations, invite, open_wave, stamp
from daybreak.tickets.models import Invited, Wave
from daybreak.tickets.queries import invitations_of
from daybreak.tickets.terms import Milestone, Occasion
from interviewed import CLOSES, MONDAY, QUARTER, admitted, covered, invited, key_of, new_wave, ticket_of

pytestmark = pytest.mark.django_db(databases=["default", "interviews"])


def refused(answer: object) -> str:
    assert isinstance(answer, No), answer
    return answer.reasons[0].code


def test_a_ticket_opens_the_interview_of_its_wave_and_says_nothing_else() -> None:
    wave = new_wave()
    admission = admitted(ticket_of(wave, invited(wave)))
    assert admission.occasion == "pulse"


def test_a_person_gets_one_ticket() -> None:
    wave = new_wave()
    person = invited(wave)
    ticket_of(wave, person)
    assert refused(stamp(wave=wave, person_id=person, blinded=covered(wave).sent, day=MONDAY)) == "ticket-taken"


def test_a_lost_answer_is_not_a_lost_ticket() -> None:
    wave = new_wave()
    person, mine = invited(wave), covered(wave)
    first, again = (stamp(wave=wave, person_id=person, blinded=mine.sent, day=MONDAY) for _ in range(2))
    assert first == again
    assert not isinstance(again, No)
    admitted(mine.ticket(again))


def test_a_desk_that_forgets_to_look_hands_out_two_and_this_test_sees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    wave = new_wave()
    person = invited(wave)
    ticket_of(wave, person)
    Invited.objects.update(stamped_digest="")
    assert not isinstance(stamp(wave=wave, person_id=person, blinded=covered(wave).sent, day=MONDAY), No)


@pytest.mark.django_db(transaction=True, databases=["default", "interviews"])
def test_two_at_the_same_moment_get_one_ticket_between_them() -> None:
    wave = new_wave()
    person = invited(wave)
    covers = [covered(wave) for _ in range(6)]

    def ask(mine: Blinded) -> bytes | No:
        try:
            return stamp(wave=wave, person_id=person, blinded=mine.sent, day=MONDAY)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        stamps = list(pool.map(ask, covers))
    assert sum(not isinstance(one, No) for one in stamps) == 1


def test_nobody_who_was_not_invited_gets_one_and_nobody_outside_the_days() -> None:
    wave = new_wave()
    person, outsider = invited(wave), invited(new_wave(Occasion.EXIT))
    sent = covered(wave).sent
    assert refused(stamp(wave=wave, person_id=outsider, blinded=sent, day=MONDAY)) == "not-invited"
    for day in (MONDAY - timedelta(days=1), MONDAY + timedelta(days=60)):
        assert refused(stamp(wave=wave, person_id=person, blinded=sent, day=day)) == "interview-not-open"
    assert refused(stamp(wave=wave, person_id=person, blinded=b"x" * 256 * 2, day=MONDAY)) == "not-a-blinded-message"
    assert set(Invited.objects.values_list("stamped_digest", flat=True)) == {""}


def test_nobody_is_invited_before_an_offer_is_accepted() -> None:
    wave = new_wave(Occasion.ENTRY)
    person = invited(new_wave())
    told = Notice.objects.count()
    answer = invite(wave=wave, person_id=person, milestone=Milestone(Occasion.ENTRY, MONDAY, accepted=False), at=DAWN)
    assert refused(answer) == "offer-not-accepted"
    assert not Invited.objects.filter(wave__name=wave).exists()
    assert Notice.objects.count() == told


def test_an_invitation_is_for_the_occasion_of_its_wave_and_is_told_once() -> None:
    wave = new_wave(Occasion.EXIT)
    person = invited(wave)
    told = Notice.objects.filter(person_id=person).count()
    invite(wave=wave, person_id=person, milestone=Milestone(Occasion.EXIT, MONDAY), at=DAWN)
    assert Notice.objects.filter(person_id=person).count() == told == 1
    other = invite(wave=wave, person_id=person, milestone=Milestone(Occasion.PULSE, MONDAY), at=DAWN)
    assert refused(other) == "wave-is-for-another-occasion"


def test_an_entry_interview_is_open_from_day_30() -> None:
    wave = new_wave(Occasion.ENTRY)
    (invitation,) = invitations_of(invited(wave))
    assert invitation.window.opens_on == MONDAY + timedelta(days=30)


def test_a_forged_ticket_and_one_of_another_wave_open_nothing() -> None:
    wave, other = new_wave(), new_wave(Occasion.EXIT)
    ticket = ticket_of(wave, invited(wave))
    name, message, signature = ticket.split(".")
    forged = (f"{other}.{message}.{signature}", f"{name}.{'A' * 86}.{signature}", f"{name}.{message}.{'A' * 342}")
    for ticket in forged:
        assert refused(admit_by_ticket(ticket, wave_keys(), day=MONDAY.isoformat())) == "not-a-ticket"


def test_a_ticket_ends_with_its_wave() -> None:
    wave = new_wave()
    ticket = ticket_of(wave, invited(wave))
    assert refused(admit_by_ticket(ticket, wave_keys(), day=CLOSES.isoformat())) == "wave-over"


def test_one_wave_has_one_key_for_everybody() -> None:
    wave = new_wave()
    assert accept_key(key_of(wave)) is False
    employer = Wave.objects.get(name=wave).employer_id
    Wave.objects.filter(name=wave).update(occasion="exit")
    second = open_wave(employer_id=employer, occasion=Occasion.PULSE, quarter=QUARTER, closes_on=CLOSES, at=DAWN)
    with pytest.raises(BadInput, match="has a key already"):
        accept_key(key_of(second))


def test_stamping_leaves_no_moment_behind() -> None:
    wave = new_wave()
    person = invited(wave)
    before = AuditEvent.objects.count()
    ticket_of(wave, person)
    assert AuditEvent.objects.count() == before
    kinds = {field.get_internal_type() for field in Invited._meta.get_fields()}
    assert "DateTimeField" not in kinds


def test_who_was_invited_is_forgotten_and_the_key_with_it() -> None:
    wave = new_wave()
    invited(wave)
    assert forget_invitations(day=CLOSES + actions.KEPT_AFTER) == 0
    assert forget_invitations(day=CLOSES + actions.KEPT_AFTER + timedelta(days=1)) == 1
    assert Wave.objects.get(name=wave).private_key_sealed == ""
