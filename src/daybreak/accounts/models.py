"""Who can sign in, and as what. Names and addresses are sealed; a person is found by blind indexes only."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from daybreak.accounts.terms import RoleKind, Way
from daybreak.due.models import DueRow


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


class SignInAsk(DueRow):
    """Somebody asked to be let in at an address. A row stands for known and unknown addresses alike.

    Whose address it is, and whether it is anybody's, is looked up by the worker: nothing that the asking browser waits
    for depends on it.
    """

    id = models.UUIDField(primary_key=True)
    """Known to the browser that asked and to nobody else: the code works in that browser only."""
    column = models.CharField(max_length=5)
    address_index = models.CharField(max_length=64)
    secret_sealed = models.TextField()
    """What the code is made of, by RFC 4226."""
    asked_at = models.DateTimeField()
    wrong = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(column__in=["email", "phone"]), name="an_ask_is_at_an_address"),
        ]


class Passkey(models.Model):
    """A key that lives in a person's phone or computer; here is its public half."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="passkeys")
    credential = models.CharField(max_length=1400, unique=True)
    public_key = models.TextField()
    uses = models.PositiveBigIntegerField(default=0)
    """How often the device says it was used; a copy of it would count differently."""
    device = models.CharField(max_length=60)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Authenticator(models.Model):
    """An app that shows a new code every half minute, by RFC 6238: the second step of whoever has a post."""

    id = models.UUIDField(primary_key=True)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="authenticator")
    secret_sealed = models.TextField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)
    """The half minute of the last code that was taken: no code works twice."""


class SpareCode(models.Model):
    """A code on paper for the day the phone is lost; it works once and only its fingerprint is kept."""

    authenticator = models.ForeignKey(Authenticator, on_delete=models.CASCADE, related_name="spares")
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authenticator", "fingerprint"], name="a_spare_code_is_there_once"),
        ]


class Device(models.Model):
    """Where a person is signed in just now. Ending it ends its session; a row is gone when its session is."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    way = models.CharField(max_length=8)
    name = models.CharField(max_length=60)
    """Such as "Chrome, Android": what the browser says of itself, and no network address."""
    since_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(way__in=[way.value for way in Way]), name="a_way_in_is_known"),
        ]


class Token(models.Model):
    """A key of the API: one person's, for one hat and some scopes, until a day. Only its fingerprint is kept."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    fingerprint = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=60)
    hat = models.CharField(max_length=60)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    until_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
