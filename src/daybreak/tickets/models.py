"""Waves and invitations. That somebody has a ticket is known here; which ticket, when and what was said is not."""

from django.db import models
from django.db.models import Q

from daybreak.tickets.terms import Occasion


class Wave(models.Model):
    """One occasion in one quarter. A key of its own keeps a ticket for one interview from opening another."""

    id = models.UUIDField(primary_key=True)
    employer_id = models.UUIDField()
    name = models.CharField(max_length=40, unique=True)
    occasion = models.CharField(max_length=8)
    quarter = models.CharField(max_length=7)
    closes_on = models.DateField()
    """The first day on which the interviews take none of its tickets any more."""
    public_key = models.TextField()
    private_key_sealed = models.TextField()
    answered = models.PositiveIntegerField(null=True)
    """How many answers the trustee reported after the wave; the desk itself cannot know."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employer_id", "occasion", "quarter"], name="a_wave_is_opened_once"),
            models.CheckConstraint(
                condition=Q(occasion__in=[one.value for one in Occasion]), name="an_occasion_is_known"
            ),
        ]


class Invited(models.Model):
    """One person may take one ticket of one wave. No moment is kept: it could be laid beside the order of answers."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    opens_on = models.DateField()
    closes_on = models.DateField()
    stamped_digest = models.CharField(max_length=64, default="")
    """Digest of the blinded message that was stamped, empty before. It fits every ticket of the wave equally well."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "person"], name="a_person_is_invited_once_to_a_wave"),
        ]
