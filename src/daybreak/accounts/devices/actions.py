"""Remember where a person is signed in, and end it: one device, or all of them at once."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.contrib.sessions.models import Session
from django.db import transaction

from daybreak.accounts import models
from daybreak.accounts.terms import Way
from daybreak.audit.actions import record

SEEN_EVERY = timedelta(hours=1)
"""A page that is only read must not write; once an hour is fine enough for "last seen"."""


@transaction.atomic
def remember_device(*, person_id: UUID, session_key: str, way: Way, name: str, at: datetime) -> UUID:
    """Write down a device that was just signed in; a session is one device."""
    row, _ = models.Device.objects.update_or_create(
        session_key=session_key,
        defaults={"person_id": person_id, "way": way.value, "name": name[:60], "since_at": at, "seen_at": at},
        create_defaults={
            "id": uuid4(),
            "person_id": person_id,
            "way": way.value,
            "name": name[:60],
            "since_at": at,
            "seen_at": at,
        },
    )
    return row.pk


def seen_again(*, session_key: str, at: datetime) -> None:
    """Note that a device was used."""
    models.Device.objects.filter(session_key=session_key).update(seen_at=at)


def forget_device(*, session_key: str) -> None:
    """A device that signed itself out is no longer in the list."""
    models.Device.objects.filter(session_key=session_key).delete()


@transaction.atomic
def end_device(*, person_id: UUID, device_id: UUID, at: datetime) -> bool:
    """Sign one device of one's own out."""
    row = models.Device.objects.filter(pk=device_id, person=person_id).first()
    if row is None:
        return False
    Session.objects.filter(session_key=row.session_key).delete()
    row.delete()
    record(actor=person_id, verb="end-device", thing="person", thing_id=person_id, because="own-choice", at=at)
    return True


@transaction.atomic
def end_everywhere(*, person_id: UUID, at: datetime, actor: UUID | None = None) -> int:
    """Sign a person out everywhere, known devices or not, and end every link that was sent and every token they made.

    Sessions and links are both bound to the row's unusable password: with a new one, none of the old ones holds.
    """
    person = models.Person.objects.select_for_update().get(pk=person_id)
    person.set_unusable_password()
    models.Person.objects.filter(pk=person_id).update(password=person.password)
    keys = list(models.Device.objects.filter(person=person_id).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    models.Device.objects.filter(person=person_id).delete()
    models.Token.objects.filter(person=person_id).delete()
    because = "own-choice" if actor in (None, person_id) else "access-ended"
    record(actor=actor or person_id, verb="end-everywhere", thing="person", thing_id=person_id, because=because, at=at)
    return len(keys)


def forget_devices() -> int:
    """Forget devices whose sessions have run out."""
    open_ = Session.objects.values("session_key")
    return models.Device.objects.exclude(session_key__in=open_).delete()[0]
