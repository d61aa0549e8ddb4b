"""How is a private value kept? AES-256-GCM, bound to the very row and column it was written for.

A sealed value reads `v1:key-id:base64(nonce + ciphertext)`. The binding (table, column, row, employer) is
authenticated but not stored, so a value copied to another row or employer does not open. Method: NIST SP 800-38D, by
the `cryptography` library.
"""

import base64
import binascii
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from daybreak.kernel.errors import DaybreakError

NONCE_BYTES = 12
VERSION = "v1"


class CannotOpen(DaybreakError):
    """A sealed value was changed, moved to another row, or sealed with a key this process does not have."""


@dataclass(frozen=True)
class Binding:
    """Where a sealed value belongs; the same four words are needed to open it."""

    table: str
    column: str
    row: str
    employer: str = ""

    def to_bytes(self) -> bytes:
        return "\x1f".join((self.table, self.column, self.row, self.employer)).encode()


@dataclass(frozen=True)
class Keyring:
    """Keys by id; `sealing` names the one new values are sealed with. `index_key` is another key, for blind indexes."""

    keys: Mapping[str, bytes]
    sealing: str
    index_key: bytes

    def __repr__(self) -> str:
        return f"Keyring({', '.join(self.keys)}; sealing={self.sealing})"


def parse_keyring(text: str, index_key: str) -> Keyring:
    """Read `id:base64,id:base64`; the first key seals. Keys are 32 bytes; raises ValueError otherwise.

    >>> parse_keyring("a:" + base64.b64encode(bytes(32)).decode(), base64.b64encode(bytes(32)).decode())
    Keyring(a; sealing=a)
    """
    keys: dict[str, bytes] = {}
    for entry in text.split(","):
        key_id, _, encoded = entry.strip().partition(":")
        if not key_id or not encoded or key_id in keys:
            raise ValueError("Each key needs an id of its own: id:base64,id:base64.")
        keys[key_id] = _key(encoded, key_id)
    return Keyring(keys, next(iter(keys)), _key(index_key, "index"))


def _key(encoded: str, name: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise ValueError(f"The key {name} is not base64.") from error
    if len(key) != 32:
        raise ValueError(f"The key {name} holds {len(key)} bytes; AES-256 needs 32.")
    return key


def seal(ring: Keyring, text: str, binding: Binding, *, nonce: bytes) -> str:
    """Encrypt `text` for one row and column; `nonce` is 12 fresh random bytes from the caller."""
    sealed = AESGCM(ring.keys[ring.sealing]).encrypt(nonce, text.encode(), binding.to_bytes())
    return f"{VERSION}:{ring.sealing}:{base64.b64encode(nonce + sealed).decode()}"


def open_sealed(ring: Keyring, sealed: str, binding: Binding) -> str:
    """Decrypt what `seal` made for the same binding; raises CannotOpen for anything else."""
    version, _, rest = sealed.partition(":")
    key_id, _, encoded = rest.partition(":")
    if version != VERSION or key_id not in ring.keys:
        raise CannotOpen(
            f"A value in {binding.table}.{binding.column} is sealed with a key this process does not have."
        )
    try:
        blob = base64.b64decode(encoded, validate=True)
        return AESGCM(ring.keys[key_id]).decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], binding.to_bytes()).decode()
    except (InvalidTag, ValueError) as error:
        raise CannotOpen(
            f"A value in {binding.table}.{binding.column} was changed or moved; it does not open."
        ) from error


def key_of(sealed: str) -> str:
    """The id of the key a value was sealed with.

    >>> key_of("v1:2026a:AAAA")
    '2026a'
    """
    return sealed.split(":", 2)[1]


def blind_index(ring: Keyring, text: str, *, column: str) -> str:
    """A keyed fingerprint for exact look-up of a sealed value; case and outer spaces do not count.

    The column is part of it, so that equal values in two columns cannot be matched without the key.
    """
    return hmac.digest(ring.index_key, f"{column}\x1f{text.strip().casefold()}".encode(), "sha256").hex()
