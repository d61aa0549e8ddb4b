"""Seal a value before it is written. The row's id must exist first, because the seal is bound to it."""

import secrets

from daybreak.vault import seals
from daybreak.vault.queries import keyring
from daybreak.vault.seals import Binding


def seal(text: str, where: Binding) -> str:
    """Encrypt for one row and column with a fresh nonce; an empty text stays empty."""
    return seals.seal(keyring(), text, where, nonce=secrets.token_bytes(seals.NONCE_BYTES)) if text else ""
