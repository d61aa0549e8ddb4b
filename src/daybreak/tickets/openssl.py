"""How is a ticket stamped without being seen? RSA on whatever number is handed in, by OpenSSL, and by nothing else.

A blind signature (RFC 9474, section 4.3) is the private-key operation without padding. Python's `cryptography` offers
none, on purpose, and arithmetic on a private key in Python would leak it by its timing. So the system's libcrypto does
it, with its own blinding and constant time; here are only the seven functions of its EVP interface that this takes,
which have been the same since OpenSSL 1.0.
"""

import ctypes
import ctypes.util
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from daybreak.kernel.errors import BadInput, DaybreakError

_POINTER, _INT, _SIZE = ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(ctypes.c_size_t)
_FUNCTIONS: tuple[tuple[str, Any, tuple[Any, ...]], ...] = (
    ("d2i_AutoPrivateKey", _POINTER, (_POINTER, ctypes.POINTER(ctypes.c_char_p), ctypes.c_long)),
    ("EVP_PKEY_CTX_new", _POINTER, (_POINTER, _POINTER)),
    ("EVP_PKEY_decrypt_init", _INT, (_POINTER,)),
    ("EVP_PKEY_CTX_ctrl_str", _INT, (_POINTER, ctypes.c_char_p, ctypes.c_char_p)),
    ("EVP_PKEY_decrypt", _INT, (_POINTER, ctypes.c_char_p, _SIZE, ctypes.c_char_p, ctypes.c_size_t)),
    ("EVP_PKEY_CTX_free", None, (_POINTER,)),
    ("EVP_PKEY_free", None, (_POINTER,)),
)


class CannotSign(DaybreakError):
    """What was to be stamped is not a number below the modulus, or OpenSSL's answer does not check."""


@lru_cache(maxsize=1)
def _libcrypto() -> Any:
    """The system's OpenSSL. Raises BadInput where there is none."""
    name = ctypes.util.find_library("crypto")
    if name is None:
        raise BadInput(
            "This machine has no OpenSSL library, which stamps tickets.",
            do="Install it (on Debian and Ubuntu: apt install libssl3) and start again.",
        )
    library = ctypes.CDLL(name)
    for function, gives, takes in _FUNCTIONS:
        bound = getattr(library, function)
        bound.restype, bound.argtypes = gives, takes
    return library


def blind_sign(private_key: bytes, public_key: bytes, blinded: bytes) -> bytes:
    """Stamp a blinded message: RFC 9474's BlindSign. `private_key` is DER, `public_key` PEM.

    Raises CannotSign when the message is as large as the modulus or of another length, or when the stamp does not
    check: a faulty signature could give the key away, so it is verified with the public key before anybody sees it.
    """
    key = load_pem_public_key(public_key)
    assert isinstance(key, RSAPublicKey)
    numbers, size = key.public_numbers(), (key.key_size + 7) // 8
    if len(blinded) != size or int.from_bytes(blinded) >= numbers.n:
        raise CannotSign("What was sent is no blinded message for this key.")
    signed = _raw_rsa(private_key, blinded, size)
    if pow(int.from_bytes(signed), numbers.e, numbers.n) != int.from_bytes(blinded):
        raise CannotSign("The stamp does not check; nothing was handed out.")
    return signed


def _raw_rsa(private_key: bytes, message: bytes, size: int) -> bytes:
    """The private-key operation, which OpenSSL calls decryption without padding."""
    library = _libcrypto()
    place = ctypes.c_char_p(private_key)
    key = library.d2i_AutoPrivateKey(None, ctypes.byref(place), len(private_key))
    context = library.EVP_PKEY_CTX_new(key, None) if key else None
    try:
        length, signed = ctypes.c_size_t(size), ctypes.create_string_buffer(size)
        done = (
            context
            and library.EVP_PKEY_decrypt_init(context) == 1
            and library.EVP_PKEY_CTX_ctrl_str(context, b"rsa_padding_mode", b"none") == 1
            and library.EVP_PKEY_decrypt(context, signed, ctypes.byref(length), message, len(message)) == 1
        )
        if not done or length.value != size:
            raise CannotSign("OpenSSL refused the key or the message.")
        return signed.raw
    finally:
        library.EVP_PKEY_CTX_free(context)
        library.EVP_PKEY_free(key)
