"""Does this ticket or code let somebody in, without saying who it is?

A ticket is a message that the respondent's own browser drew, and the wave's signature on it, taken through RFC 9474
(RSABSSA-SHA384-PSS-Randomized): the desk stamped it blindly, so that nothing the desk has kept tells whose it is. Here
it is only verified, with the public key.
"""

import hashlib
from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from daybreak.interviews.terms import Admission, WaveKey
from daybreak.kernel.decisions import No, Reason

MESSAGE_BYTES = 64
"""RFC 9474 puts 32 random bytes before a message; the message is 32 more of them."""
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's letters: none that is read for another."""
CODE_LENGTH = 16


def admit_by_ticket(ticket: str, keys: Mapping[str, WaveKey], *, day: str) -> Admission | No:
    """Verify `wave.message.signature` (the last two in base64url) for a day in ISO spelling."""
    name, _, rest = ticket.strip().partition(".")
    message, signature = (_bytes(part) for part in (rest.partition(".")[0], rest.partition(".")[2]))
    key = keys.get(name)
    if key is None or len(message) != MESSAGE_BYTES:
        return No((Reason("not-a-ticket"),))
    if not is_signed(key.public_key.encode(), message, signature):
        return No((Reason("not-a-ticket"),))
    if day >= key.until:
        return No((Reason("wave-over"),))
    return Admission(hashlib.sha256(f"{name}.".encode() + message).hexdigest(), key.occasion)


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """RSASSA-PSS with SHA-384 and a salt of 48 bytes, as RFC 9474 has it."""
    key = load_pem_public_key(public_key)
    assert isinstance(key, RSAPublicKey)
    try:
        key.verify(signature, message, PSS(MGF1(SHA384()), salt_length=48), SHA384())
    except InvalidSignature:
        return False
    return True


def spelled_code(written: str) -> str:
    """A code as it is kept: capitals without dashes; what is read for 1 or 0 is one.

    >>> spelled_code(" 7f3k-q2mn o1il 0000 ")
    '7F3KQ2MN01110000'
    """
    plain = written.upper().replace("O", "0").replace("I", "1").replace("L", "1")
    return "".join(letter for letter in plain if letter in CODE_LETTERS)


def code_digest(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(f"code.{spelled_code(code)}".encode()).hexdigest()


def _bytes(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (NotBase64, ValueError):
        return b""
