"""What is answered to a text message of a parent? It asks for one thing at a time and shows how an answer may look.

Words to type stand in capitals. They are understood in both languages, whichever is shown. No child is named.
"""

from daybreak.notices.facts import gettext_noop
from daybreak.notices.terms import NoticeWords
from daybreak.notices.text_words import text_only

FAMILY_TEXTS = {
    "text-ask-who": text_only(
        gettext_noop(
            "Who needs care? Text the numbers, such as 1 2. With a mild illness, add ILL.\n{lines}\n"
            "To ask on a page: {link}"
        )
    ),
    "text-again-who": text_only(
        gettext_noop("Nobody on the list goes by that. Text numbers of the list, or a first name.\n{lines}\n{link}")
    ),
    "text-ask-day": text_only(gettext_noop("For which day? Text a number, or a date such as 3/14.\n{lines}\n{link}")),
    "text-again-day": text_only(
        gettext_noop("That names no day. Text a number of the list, or a date such as 3/14.\n{lines}\n{link}")
    ),
    "text-ask-hours": text_only(
        gettext_noop("{day}: when is work? Text OK for {starts} to {ends}, or other hours, such as 10pm-6am. {link}")
    ),
    "text-again-hours": text_only(
        gettext_noop("Those are no two times. Text OK for {starts} to {ends}, or both times, such as 10pm-6am. {link}")
    ),
    "text-ask-by": text_only(
        gettext_noop(
            "{children}, {ill}: {day}, {starts} to {ends}. By when must you know? A number asks for it.\n"
            "{lines}\nNO: not at all. {link}"
        )
    ),
    "text-again-by": text_only(
        gettext_noop(
            "That is no time to know by. Text a number of the list, or a time such as 6:15am.\n{lines}\n{link}"
        )
    ),
    "text-ask-sure": text_only(
        gettext_noop(
            "{children}, {ill}: {day}, {starts} to {ends}; you know by {decide_by}. "
            "Text YES to ask for it. Nothing is asked yet. {link}"
        )
    ),
    "text-dropped": text_only(
        gettext_noop("Nothing was asked, and nothing of it is kept. To begin anew, text CARE. {link}")
    ),
    "text-asked-before": text_only(gettext_noop("That is asked for already:\n{lines}\n{link}")),
    "text-care-status": text_only(
        gettext_noop("{lines}\nText NO if you no longer need it, LATE 20 if you come later. {link}")
    ),
    "text-no-care": text_only(
        gettext_noop("Nothing is asked for. To ask, text CARE, or all at once: CARE tomorrow 7-3:30. {link}")
    ),
    "text-no-children": text_only(
        gettext_noop(
            "No child is in your family's list yet, so nothing was asked. Your employer's benefits desk adds them. "
            "{link}"
        )
    ),
    "text-sure-to-give-up": text_only(
        gettext_noop("To no longer need this, text YES.\n{lines}\nNothing is changed yet. {link}")
    ),
    "text-which-to-give-up": text_only(
        gettext_noop("Which one do you no longer need? Text its number, or nothing.\n{lines}\n{link}")
    ),
    "text-left-as-it-is": text_only(gettext_noop("It stays as it is. For how it stands, text STATUS. {link}")),
    "text-given-up": text_only(
        gettext_noop("Canceled, as you asked: {day}. Whoever expected you has been told. {link}")
    ),
    "text-how-late": text_only(
        gettext_noop("How many minutes later? Text a number, such as 20; {site} is told. {link}")
    ),
    "text-too-late": text_only(
        gettext_noop("That is more than 3 hours, so nobody was told. Text fewer minutes, or NO and ask anew. {link}")
    ),
    "text-said-late": text_only(gettext_noop("{site} has been told that you come {minutes} later. {link}")),
    "text-nobody-waits": text_only(
        gettext_noop(
            "No home expects you in the next hours, so nobody was told. For how it stands, text STATUS. {link}"
        )
    ),
    "text-family-help": text_only(
        gettext_noop(
            "Daybreak, your employer's backup care. CARE asks for it. STATUS: how it stands. "
            "NO: no longer needed. LATE 20: you come later. STOP ends texts. {link}"
        )
    ),
    "text-family-unclear": text_only(
        gettext_noop("That was not clear, and nothing was changed. Text CARE, STATUS, NO, LATE or HELP. {link}")
    ),
    "text-family-stopped": text_only(
        gettext_noop(
            "Daybreak sends no more text messages to this phone. What you asked for stands; "
            "answers are on your page. To have texts again, text START. {link}"
        )
    ),
    "text-start-first": text_only(
        gettext_noop("Text messages to this phone are stopped, so nothing was done. To have them, text START. {link}")
    ),
}
"""Answers to a parent's text, by text only."""

FAMILY_LINES = {
    "child": gettext_noop("{number}) {age} old"),
    "everybody": gettext_noop("{number}) all of them"),
    "day": gettext_noop("{number}) {day}"),
    "moment": gettext_noop("{number}) by {decide_by}"),
    "wish-looking": gettext_noop("{number}) {day}: nothing is sure yet; you know by {decide_by}."),
    "wish-asked": gettext_noop("{number}) {day}: {site} is asked and answers by {until}."),
    "wish-sure": gettext_noop("{number}) {day}: confirmed, {site}, {comes} to {leaves}."),
}
"""One line of a list for a family."""

LATE_NOTICES = {
    "provider-family-late": NoticeWords(
        subject=gettext_noop("Coming later: {day}"),
        text=gettext_noop(
            "The family of the booking at {site} on {day} ({children}) comes later than agreed, "
            "at about {comes}. The booking stands. There is nothing you need to do.\n\n{link}"
        ),
        sms=gettext_noop("Later than agreed: the family of {children} comes to {site} at about {comes}. {link}"),
    ),
    "provider-fetched-late": NoticeWords(
        subject=gettext_noop("Fetched later: {day}"),
        text=gettext_noop(
            "The children at {site} on {day} ({children}) are fetched later than agreed, at about {comes}. "
            "If you close before that, call the family now.\n\n{link}"
        ),
        sms=gettext_noop(
            "Later than agreed: {children} at {site}, fetched at about {comes}. If you close before, call them. {link}"
        ),
    ),
}
"""What a home is told when a family comes later than agreed."""
