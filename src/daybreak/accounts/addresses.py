"""Is this an e-mail address or a phone number, and how is it spelled where it is kept?"""

import re

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def is_mail(text: str) -> bool:
    """Say whether a text can be an e-mail address; whether somebody reads it shows when they follow a link.

    >>> is_mail("rosa@example.org"), is_mail("rosa at example.org")
    (True, False)
    """
    return _MAIL.fullmatch(text) is not None


def spelled_phone(text: str) -> str:
    """A phone number as it is stored, +1 and ten digits, or nothing when the text is not one.

    >>> spelled_phone("(317) 555-0134"), spelled_phone("+1 317 555 0134"), spelled_phone("hello")
    ('+13175550134', '+13175550134', '')
    """
    digits = re.sub(r"[\s().-]", "", text)
    if not re.fullmatch(r"\+?[0-9]{10,15}", digits):
        return ""
    if digits.startswith("+"):
        return digits
    return f"+1{digits}" if len(digits) == 10 else f"+{digits}"
