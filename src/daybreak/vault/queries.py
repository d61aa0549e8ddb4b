"""Which keys does this process hold, what does a sealed value say, and which columns of which tables are sealed?"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, models, router
from django.db.models.functions import Left

from daybreak.kernel.errors import BadInput
from daybreak.vault import seals
from daybreak.vault.seals import VERSION, Binding, Keyring

SEALED = "_sealed"
"""What the name of a sealed column ends with; before it stands the word its values are bound to."""


@lru_cache(maxsize=4)
def _parsed(keys: str, index_key: str) -> Keyring:
    return seals.parse_keyring(keys, index_key)


def keyring() -> Keyring:
    """The keys from the settings, read once for each value they have had. Raises BadInput where they are none."""
    try:
        return _parsed(settings.VAULT_KEYS, settings.VAULT_INDEX_KEY)
    except ValueError as error:
        do = "Set DAYBREAK_VAULT_KEYS and DAYBREAK_VAULT_INDEX_KEY as every process of this Daybreak has them."
        raise BadInput(f"The keys of private values cannot be read. {error}", do=do) from error


def binding(table: str, column: str, row: UUID, employer: UUID | None = None) -> Binding:
    """Say where a value belongs."""
    return Binding(table, column, str(row), str(employer or ""))


def reveal(sealed: str, where: Binding) -> str:
    """Open a sealed value; an empty one stays empty. Raises seals.CannotOpen."""
    return seals.open_sealed(keyring(), sealed, where) if sealed else ""


def fingerprint(text: str, *, column: str) -> str | None:
    """The blind index of a value, or None for an empty one, so that unique columns allow many empties."""
    return seals.blind_index(keyring(), text, column=column) if text.strip() else None


@dataclass(frozen=True)
class SealedColumn:
    """One sealed column of one table, whoever owns it. Its values are bound to both names and to the row."""

    model: type[models.Model]
    field: str

    @property
    def column(self) -> str:
        """The word the values are bound to."""
        return self.field.removesuffix(SEALED)

    @property
    def table(self) -> str:
        """The word for the table they are bound to."""
        return str(self.model._meta.model_name)

    def __str__(self) -> str:
        return f"{self.table}.{self.column}"

    def where(self, row: UUID) -> Binding:
        """Where the value of a row belongs."""
        return binding(self.table, self.column, row)

    def by_other_keys(self, key_id: str) -> models.QuerySet[models.Model]:
        """The rows whose value another key than this one has sealed, in the order of their ids."""
        prefix = f"{VERSION}:{key_id}:"
        # Not by LIKE, for which SQLite takes A and a, two keys, to be one.
        filled: models.QuerySet[models.Model] = self.model._default_manager.exclude(**{self.field: ""})
        others: models.QuerySet[models.Model] = filled.alias(sealed_by=Left(self.field, len(prefix)))
        return others.exclude(sealed_by=prefix).order_by("pk")


def sealed_columns() -> Iterator[SealedColumn]:
    """Every sealed column of this process's database, found by its name, so that none can be forgotten in a list."""
    for model in apps.get_models():
        if router.db_for_write(model) == DEFAULT_DB_ALIAS:
            fields = [field.name for field in model._meta.concrete_fields if field.name.endswith(SEALED)]
            yield from (SealedColumn(model, name) for name in fields)


def sealed_by_other_keys() -> int:
    """How many values another key has sealed than the one that seals now."""
    return sum(column.by_other_keys(keyring().sealing).count() for column in sealed_columns())
