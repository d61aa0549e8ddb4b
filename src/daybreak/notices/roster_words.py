"""What employees are told when a roster, or the clerk, has said whether the benefit is theirs."""

from daybreak.notices.facts import gettext_noop
from daybreak.notices.terms import NoticeWords

ROSTER_NOTICES = {
    "care-benefit-ended": NoticeWords(
        subject=gettext_noop("No longer booked: {day}"),
        text=gettext_noop(
            "Your employer's list of employees no longer names you, so backup care through it has ended. "
            "What was asked for {day} does not stand, and whoever expected you has been told. "
            "You are charged nothing for it.\n\n"
            "If this is a mistake, tell your employer's benefits office; a corrected list opens your page again."
        ),
        sms=gettext_noop(
            "Your employer's list no longer names you, so your care request for {day} has ended; nothing is charged. "
            "If this is a mistake, tell your benefits office."
        ),
    ),
    "newcomer-matched": NoticeWords(
        subject=gettext_noop("Settled: you are on your employer's list"),
        text=gettext_noop(
            "Your employer's benefits office has found you on its list. "
            "From now on its plan says what you may use, and you may have more than one request at a time.\n\n{link}"
        ),
        sms=gettext_noop("Settled: your employer has found you on its list. Everything its plan gives is open: {link}"),
    ),
    "newcomer-refused": NoticeWords(
        subject=gettext_noop("Your employer did not find you on its list"),
        text=gettext_noop(
            "Your employer's benefits office did not find you among its employees, so your page here is closed. "
            "Requests for days ahead have ended, and whoever expected you has been told. You are charged nothing for "
            "them.\n\nIf this is a mistake, speak to the benefits office: once its list names you, you are in again."
        ),
        sms=gettext_noop(
            "Your employer did not find you among its employees, so your page is closed and requests ahead have "
            "ended, without charge. If this is a mistake, speak to the benefits office."
        ),
    ),
}
"""What is told to a person."""

ROSTER_REFUSALS = {
    "one-until-settled": (
        gettext_noop(
            "Your employer has not yet found you on its list, and until then you may have one request at a time. "
            "Nothing was asked. Cancel the other one, or wait until your benefits office has settled it."
        ),
    ),
    "settled-already": (gettext_noop("This was settled in the meantime. Nothing was changed. Go back to the list."),),
    "number-not-on-roster": (
        gettext_noop(
            "No employee on the roster has this number now. Nothing was changed. "
            "Check the number, or wait for the next roster."
        ),
    ),
    "number-is-somebody-elses": (
        gettext_noop(
            "Somebody has come in under this number already. Nothing was changed. "
            "If that is the same person, refuse this one and let them sign in as before."
        ),
    ),
}
"""Why a newcomer cannot be settled so, or may not ask for more."""
