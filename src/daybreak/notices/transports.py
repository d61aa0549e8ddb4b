"""Did the message get through? Mail by SMTP, text messages by a call in Twilio's form.

A transport answers with a value: sent, try again, or never. A message carries the name of its notice, so that one sent
twice, by a worker that died between sending and writing it down, can be recognized.
"""

import smtplib
from typing import Protocol
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from daybreak.notices.terms import Never, Outcome, Sent, TryAgain, Words

TIMEOUT = 10.0
"""Seconds to wait for a gateway."""


class Transport(Protocol):
    """Carries words to an address; `notice` is the notice's own name, the same at each try."""

    def send(self, *, notice: str, to: str, words: Words, language: str) -> Outcome: ...

    def close(self) -> None: ...


class Mail:
    """Mail by whatever backend the settings name; one connection for as long as the transport is used."""

    def __init__(self) -> None:
        self._connection = get_connection()

    def send(self, *, notice: str, to: str, words: Words, language: str) -> Outcome:
        message_id = f"<{notice}@{urlsplit(settings.ADDRESS).hostname or 'localhost'}>"
        message = EmailMessage(
            subject=words.subject,
            body=words.text,
            to=[to],
            headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated", "Content-Language": language},
            connection=self._connection,
        )
        if words.calendar:
            message.attach("hold.ics", words.calendar, "text/calendar")
        try:
            self._connection.open()
            message.send()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            return mail_trouble(error)
        except ValueError:
            # Not an address at all, or one that would forge a header; the error would tell it to the log.
            return Never("mail-no-such-address")
        return Sent(message_id)

    def close(self) -> None:
        self._connection.close()


def mail_trouble(error: smtplib.SMTPException | OSError) -> Outcome:
    """RFC 5321: 500 and more is final, 400 and more is for now. Trouble before the letter shuts the door."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return Never(f"smtp-{max(codes)}") if min(codes) >= 500 else TryAgain(f"smtp-{max(codes)}")
    if isinstance(error, smtplib.SMTPDataError):
        return Never(f"smtp-{error.smtp_code}") if error.smtp_code >= 500 else TryAgain(f"smtp-{error.smtp_code}")
    if isinstance(error, smtplib.SMTPResponseException):
        return TryAgain(f"smtp-{error.smtp_code}", door_shut=True)
    return TryAgain("smtp-unreachable", door_shut=True)


class Sms:
    """Text messages by HTTP in Twilio's form, to Twilio or to anything that speaks like it."""

    def __init__(self) -> None:
        self._client = httpx.Client(
            base_url=settings.SMS_ADDRESS,
            auth=httpx.BasicAuth(settings.SMS_ACCOUNT, settings.SMS_TOKEN),
            timeout=TIMEOUT,
        )

    def send(self, *, notice: str, to: str, words: Words, language: str) -> Outcome:  # noqa: ARG002 — a text has no language mark
        if not settings.SMS_ACCOUNT:
            return TryAgain("sms-not-set-up", door_shut=True)
        try:
            answer = self._client.post(
                f"2010-04-01/Accounts/{settings.SMS_ACCOUNT}/Messages.json",
                data={"To": to, "From": settings.SMS_FROM, "Body": words.sms},
                headers={"Idempotency-Key": notice},
            )
        except httpx.HTTPError:
            return TryAgain("sms-unreachable", door_shut=True)
        return sms_outcome(answer)

    def close(self) -> None:
        self._client.close()


def sms_outcome(answer: httpx.Response) -> Outcome:
    try:
        said = answer.json()
    except ValueError:
        said = None
    fields = said if isinstance(said, dict) else {}
    if answer.is_success and fields.get("sid"):
        return Sent(str(fields["sid"]))
    if answer.status_code == httpx.codes.BAD_REQUEST:
        return Never(f"sms-{fields.get('code', 400)}")
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
        return TryAgain("sms-429")
    # A friendly page without a message's name is no gateway: counting it as sent would hide that nobody was told.
    return TryAgain(f"sms-{fields.get('code') or answer.status_code}", door_shut=True)


class Memory:
    """Keeps what it is given, for tests in which a real gateway would add nothing."""

    def __init__(self, *answers: Outcome) -> None:
        self.sent: list[tuple[str, str, Words]] = []
        self._answers = list(answers)

    def send(self, *, notice: str, to: str, words: Words, language: str) -> Outcome:  # noqa: ARG002
        outcome = self._answers.pop(0) if self._answers else Sent(notice)
        if isinstance(outcome, Sent):
            self.sent.append((notice, to, words))
        return outcome

    def close(self) -> None:
        """Nothing is open."""
