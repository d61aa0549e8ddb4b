"""Which keys does this process hold, and what does a sealed value say?"""

from functools import lru_cache
from uuid import UUID

from django.conf import settings

from daybreak.vault import seals
from daybreak.vault.seals import Binding, Keyring


@lru_cache(maxsize=4)
def _parsed(keys: str, index_key: str) -> Keyring:
    return seals.parse_keyring(keys, index_key)


def keyring() -> Keyring:
    """The keys from the settings, read once for each value they have had."""
    return _parsed(settings.VAULT_KEYS, settings.VAULT_INDEX_KEY)


def binding(table: str, column: str, row: UUID, employer: UUID | None = None) -> Binding:
    """Say where a value belongs."""
    return Binding(table, column, str(row), str(employer or ""))


def reveal(sealed: str, where: Binding) -> str:
    """Open a sealed value; an empty one stays empty. Raises seals.CannotOpen."""
    return seals.open_sealed(keyring(), sealed, where) if sealed else ""


def fingerprint(text: str, *, column: str) -> str | None:
    """The blind index of a value, or None for an empty one, so that unique columns allow many empties."""
    return seals.blind_index(keyring(), text, column=column) if text.strip() else None
