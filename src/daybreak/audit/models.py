"""Who did what to what, when and why. Rows are added, never changed: triggers in the first migration see to it.

The hash chain stands in a table of its own and is written by the worker in batches: written inline, it would make every
booking of an employer wait for the one before.
"""

from django.db import models


class AuditEvent(models.Model):
    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    """The person who acted; empty when the clock or an import did."""
    verb = models.CharField(max_length=60)
    thing = models.CharField(max_length=40)
    thing_id = models.CharField(max_length=64)
    because = models.CharField(max_length=60)
    """The purpose, as a code: never free text, never a name."""
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["thing", "thing_id"]), models.Index(fields=["at", "id"])]


class AuditLink(models.Model):
    number = models.PositiveBigIntegerField(primary_key=True)
    event = models.OneToOneField(AuditEvent, on_delete=models.PROTECT, related_name="link")
    digest = models.CharField(max_length=64)
