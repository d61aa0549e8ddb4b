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
}
