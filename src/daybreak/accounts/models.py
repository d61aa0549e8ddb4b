"""Who can sign in, and as what. Names and addresses are sealed; a person is found by blind indexes only."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from daybreak.accounts.terms import RoleKind


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(pk=username or "")


class Person(AbstractBaseUser):
    id = models.UUIDField(primary_key=True)
    name_sealed = models.TextField(blank=True)
    email_sealed = models.TextField(blank=True)
    email_index = models.CharField(max_length=64, null=True, unique=True)
    phone_sealed = models.TextField(blank=True)
    phone_index = models.CharField(max_length=64, null=True, unique=True)
    language = models.CharField(max_length=2, default="en")
    texts_stopped = models.BooleanField(default=False)
    """Said STOP: no text message goes to this phone until it says START."""
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "id"
    objects = PersonManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(language__in=["en", "es"]), name="a_person_reads_english_or_spanish")
        ]


class Role(models.Model):
    """What a person is to one household, provider or employer. There is no manager role."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=12)
    scope = models.UUIDField()
    """The household of a parent, the provider of a provider, the employer of staff."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "scope"], name="a_role_is_held_once"),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in RoleKind]), name="a_role_is_known"),
        ]


class Pace(models.Model):
    """How often somebody may knock: one bucket of tokens for each purpose and knocker."""

    bucket = models.CharField(max_length=120, primary_key=True)
    tokens = models.FloatField()
    at = models.DateTimeField()
