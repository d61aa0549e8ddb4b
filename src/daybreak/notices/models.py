"""The outbox: what is to be told to whom, written in the transaction of what happened and sent after it.

A row holds a code and facts; the text is made at the moment of sending. Facts are refs, days, counts, names of sites,
never a child's name.
"""

from django.db import models
from django.db.models import Q

from daybreak.due.models import DueRow
from daybreak.notices.terms import Channel


class Notice(DueRow):
    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=4)
    code = models.CharField(max_length=40)
    about = models.UUIDField(db_index=True)
    """The request, booking or person it speaks of."""
    facts = models.JSONField(default=dict)
    language = models.CharField(max_length=2)
    key = models.CharField(max_length=300, unique=True)
    """What happened, to whom it is told and how, so that it is told once however often it is posted."""
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    """When the other side took it, which is what "told" means in every figure."""
    given_up_at = models.DateTimeField(null=True)
    provider_message_id = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=[channel.value for channel in Channel]), name="a_notice_travels_by_mail_or_sms"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(given_up_at=None), name="a_notice_is_sent_or_given_up_not_both"
            ),
            models.CheckConstraint(
                condition=Q(due_at=None) | Q(sent_at=None, given_up_at=None), name="a_finished_notice_is_not_due"
            ),
        ]


class ContactWish(models.Model):
    """How a person wants to be told; nobody who has said nothing has a row."""

    person = models.OneToOneField("accounts.Person", on_delete=models.PROTECT, primary_key=True, related_name="+")
    by_mail = models.BooleanField(default=True)
    by_text = models.BooleanField(default=True)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    zone = models.CharField(max_length=40)
    """The time zone in which the quiet hours are meant."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(by_mail=True) | Q(by_text=True), name="somebody_can_be_told_by_one_way_at_least"
            ),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_both_ends",
            ),
        ]
