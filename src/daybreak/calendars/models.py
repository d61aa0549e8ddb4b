"""Which secret address is whose calendar feed? The secret is sealed, and found by a blind index."""

from django.db import models
from django.db.models import Q

from daybreak.calendars.terms import FeedKind


class Feed(models.Model):
    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    secret_sealed = models.TextField()
    secret_index = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="a_person_has_one_feed_of_a_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in FeedKind]), name="a_feed_kind_is_known"
            ),
        ]
