"""What the demo's phones and mailboxes have received: nobody real, and nothing the product itself reads."""

from django.db import models


class PhoneMessage(models.Model):
    id = models.UUIDField(primary_key=True)
    key = models.CharField(max_length=64, unique=True)
    """The sender's own name for the message, so that one sent twice arrives once."""
    to = models.CharField(max_length=16)
    sender = models.CharField(max_length=32)
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["to", "at"])]


class Letter(models.Model):
    message_id = models.CharField(max_length=200, primary_key=True)
    to = models.CharField(max_length=254)
    sender = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    at = models.DateTimeField()
