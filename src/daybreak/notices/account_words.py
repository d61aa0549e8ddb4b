"""Which words go out about signing in and about sharing a family? No name travels, not even of who invites."""

from datetime import timedelta

from daybreak.notices.facts import gettext_noop
from daybreak.notices.terms import NoticeWords

ACCOUNTS = {
    "sign-in-link": NoticeWords(
        subject=gettext_noop("Your sign-in link"),
        text=gettext_noop(
            "Open this link within 15 minutes to sign in to Daybreak. It works once.\n\n{sign_in}\n\n"
            "Or type {sign_in_code} on the page where you asked for it, and nowhere else.\n\n"
            "If you did not ask, leave the link unopened and tell nobody the code: "
            "without one of them nobody is signed in."
        ),
        sms=gettext_noop(
            "Daybreak sign-in, once, within 15 minutes: {sign_in} "
            "Or type {sign_in_code} on the page where you asked, nowhere else."
        ),
        patience=timedelta(hours=1),
        everywhere=True,
    ),
    "way-in-added": NoticeWords(
        subject=gettext_noop("A new way to sign in"),
        text=gettext_noop(
            "A passkey or an app for codes was just added to your Daybreak account, "
            "and can be used to sign in as you.\n\n"
            "If it was you, there is nothing to do. "
            "If not, open this page, take it away and sign out everywhere.\n\n{link}"
        ),
        sms=gettext_noop(
            "A passkey or code app was just added to your Daybreak account. "
            "If it was not you, take it away here: {link}"
        ),
        everywhere=True,
    ),
    "family-invitation": NoticeWords(
        subject=gettext_noop("An invitation to Daybreak"),
        text=gettext_noop(
            "A parent has invited you to share a family's care requests on Daybreak, "
            "where families find backup child care. Sign in to see who it was, then accept or decline. "
            "Without your answer nothing is shared with you.\n\n{sign_in}\n\n"
            "The link works once, for 15 minutes. After that, sign in with the address this came to."
        ),
        sms=gettext_noop(
            "A parent invites you to share a family's care requests on Daybreak. "
            "Sign in to see who, and answer: {sign_in}"
        ),
        patience=timedelta(hours=12),
    ),
}
