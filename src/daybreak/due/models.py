"""What is due is a row. No queue: a lost worker's lease runs out and another takes the row."""

from django.db import models
from django.db.models import Q


class DueRow(models.Model):
    """The columns of anything a worker does when its time comes. Tables that are due inherit them."""

    due_at = models.DateTimeField(null=True, db_index=True)
    """When it should next be worked on; empty when nothing more is due."""
    leased_until = models.DateTimeField(null=True)
    lease_holder = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class IdempotencyKey(models.Model):
    """A write somebody may send twice: the second time the first answer is given again."""

    scope = models.UUIDField()
    """Whose key it is: the employer, provider or person who chose it."""
    key = models.CharField(max_length=100)
    body = models.CharField(max_length=64)
    """A fingerprint of what was asked, so that one key cannot stand for two things."""
    answer = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "key"], name="one_write_for_each_key"),
            models.CheckConstraint(condition=~Q(key=""), name="an_idempotency_key_is_not_empty"),
        ]
