"""Did the text gateway itself send this? Twilio signs each call with the account's token.

Method: HMAC-SHA1 over the whole address and every posted field, name and value, in order of names, in base64 (Twilio's
documentation, "Webhooks security"). SHA-1 is what the gateway offers; as a keyed digest it still holds.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable


def signature(token: str, address: str, fields: Iterable[tuple[str, str]]) -> str:
    """Sign one call.

    >>> signature("12345", "https://example.org/texts", [("To", "+1"), ("Body", "TODAY")])
    '3XWGLCnZbT3DuodAkVJForOMXwE='
    """
    spelled = address + "".join(f"{name}{value}" for name, value in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), spelled.encode(), hashlib.sha1).digest()).decode()


def is_signed(token: str, address: str, fields: Iterable[tuple[str, str]], said: str) -> bool:
    """Say whether a call carries the right signature; never without a token."""
    return bool(token) and hmac.compare_digest(signature(token, address, fields).encode(), said.encode())
