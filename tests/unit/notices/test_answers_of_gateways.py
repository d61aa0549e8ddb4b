"""Which answer means sent, which try again, which never."""

import smtplib

import httpx
import pytest

from daybreak.notices.terms import Never, Outcome, Sent, TryAgain
from daybreak.notices.transports import mail_trouble, sms_outcome

ROSA = "rosa@harborhealth.example"


@pytest.mark.parametrize(
    ("status", "said", "outcome"),
    [
        (201, {"sid": "SM1", "status": "queued"}, Sent("SM1")),
        (200, "<h1>Welcome to our hotel's network</h1>", TryAgain("sms-200", door_shut=True)),
        (201, {"status": "queued"}, TryAgain("sms-201", door_shut=True)),
        (201, ["SM1"], TryAgain("sms-201", door_shut=True)),
        (302, "", TryAgain("sms-302", door_shut=True)),
        (400, {"code": 21211, "status": 400}, Never("sms-21211")),
        (400, {"code": 21610, "status": 400}, Never("sms-21610")),
        (400, "", Never("sms-400")),
        (401, {"code": 20003, "status": 401}, TryAgain("sms-20003", door_shut=True)),
        (404, "", TryAgain("sms-404", door_shut=True)),
        (429, {"code": 20429}, TryAgain("sms-429")),
        (503, "", TryAgain("sms-503", door_shut=True)),
    ],
)
def test_a_gateways_answer_is_read_as(status: int, said: object, outcome: Outcome) -> None:
    answer = httpx.Response(status, text=said) if isinstance(said, str) else httpx.Response(status, json=said)
    assert sms_outcome(answer) == outcome


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (smtplib.SMTPRecipientsRefused({ROSA: (550, b"no such user")}), Never("smtp-550")),
        (smtplib.SMTPRecipientsRefused({ROSA: (451, b"greylisted")}), TryAgain("smtp-451")),
        (smtplib.SMTPDataError(554, b"rejected"), Never("smtp-554")),
        (smtplib.SMTPDataError(452, b"no space"), TryAgain("smtp-452")),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), TryAgain("smtp-535", door_shut=True)),
        (smtplib.SMTPSenderRefused(553, b"not yours", "care@localhost"), TryAgain("smtp-553", door_shut=True)),
        (smtplib.SMTPServerDisconnected("gone"), TryAgain("smtp-unreachable", door_shut=True)),
        (ConnectionRefusedError(), TryAgain("smtp-unreachable", door_shut=True)),
        (TimeoutError(), TryAgain("smtp-unreachable", door_shut=True)),
    ],
)
def test_trouble_with_mail_is_read_as(error: smtplib.SMTPException | OSError, outcome: Outcome) -> None:
    assert mail_trouble(error) == outcome
