"""The interviews' own database. Nothing in it names a person, a moment or an order.

Every key is random or a digest; the only date is a quarter. Answers, texts and tickets that were used share no column
by which one leads to another.
"""

from django.db import models

INTERVIEWS = "interviews"
"""The name of this database in the settings. The employer's processes have none of this name."""


class WaveKey(models.Model):
    """What the trustee accepted from the ticket desk: by this key tickets are verified."""

    name = models.CharField(max_length=40, primary_key=True)
    occasion = models.CharField(max_length=8)
    quarter = models.CharField(max_length=7)
    until = models.DateField()
    public_key = models.TextField()


class Code(models.Model):
    """A code of the sealed pool, for whoever has no browser that can blind."""

    digest = models.CharField(max_length=64, primary_key=True)
    occasion = models.CharField(max_length=8)


class Waiting(models.Model):
    """The mixing room: answers that wait until there are enough of them. They can still be taken back or changed."""

    id = models.UUIDField(primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    """Of the ticket; it leaves this row when the answers are written."""
    room = models.CharField(max_length=40)
    """The question set; only answers to the same questions hide one another."""
    said_sealed = models.TextField()


class Spent(models.Model):
    """Tickets and codes whose answers are written."""

    digest = models.CharField(max_length=64, primary_key=True)


class Answer(models.Model):
    """Closed answers of one person."""

    id = models.UUIDField(primary_key=True)
    question_set = models.CharField(max_length=40)
    quarter = models.CharField(max_length=7)
    said_sealed = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["question_set", "quarter"], name="answers_of_a_wave")]


class Text(models.Model):
    """One answer in somebody's own words, apart from all else they said."""

    id = models.UUIDField(primary_key=True)
    question_set = models.CharField(max_length=40)
    quarter = models.CharField(max_length=7)
    item = models.CharField(max_length=40)
    words_sealed = models.TextField()


class Trustee(models.Model):
    """Who may read texts: known by a key of 256 random bits, of which only the digest is here."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=80, unique=True)
    key_digest = models.CharField(max_length=64, unique=True)
    is_active = models.BooleanField(default=True)


class Coding(models.Model):
    """The themes one trustee found in one text."""

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="codings")
    trustee = models.ForeignKey(Trustee, on_delete=models.PROTECT, related_name="+")
    themes = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "trustee"], name="a_trustee_codes_a_text_once"),
        ]
