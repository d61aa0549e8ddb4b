"""What is answered to a text message of a provider? Short enough for a phone, and it says what to text next.

Words to type stand in capitals. They are understood in both languages, whichever is shown.
"""

from daybreak.notices.facts import gettext_noop
from daybreak.notices.terms import NoticeWords

SUBJECT = gettext_noop("Your text message")


def text_only(words: str) -> NoticeWords:
    """Words that travel by text only."""
    return NoticeWords(subject=SUBJECT, text=words, sms=words)


TEXTS = {
    "text-today": text_only(gettext_noop("{site}, {day}:\n{lines}\nText IN, OUT, YES or NO. Names and notes: {link}")),
    "text-today-nobody": text_only(
        gettext_noop("{site}, {day}: nobody is expected. To offer spots, text SPOTS. {link}")
    ),
    "text-nothing-to-answer": text_only(
        gettext_noop("No family waits for your answer and none is expected. For your day, text TODAY. {link}")
    ),
    "text-which-accept": text_only(gettext_noop("Which family do you accept? Text its number.\n{lines}\n{link}")),
    "text-which-decline": text_only(gettext_noop("Which family do you say no to? Text its number.\n{lines}\n{link}")),
    "text-which-cancel": text_only(
        gettext_noop("These are confirmed. Which one can you not take? Text its number, or nothing.\n{lines}\n{link}")
    ),
    "text-sure-to-cancel": text_only(
        gettext_noop("This is confirmed. To cancel it, text YES.\n{lines}\nNothing is changed yet. {link}")
    ),
    "text-which-in": text_only(gettext_noop("Who came? Text the number.\n{lines}\n{link}")),
    "text-which-out": text_only(gettext_noop("Who was fetched? Text the number.\n{lines}\n{link}")),
    "text-which-ill": text_only(
        gettext_noop("Who is ill? Text the number, or ILL and the first name.\n{lines}\n{link}")
    ),
    "text-which-room": text_only(gettext_noop("In which room? Text its number.\n{lines}\n{link}")),
    "text-nobody-to-come": text_only(
        gettext_noop("Nobody is expected who has not come. For your day, text TODAY. {link}")
    ),
    "text-nobody-there": text_only(
        gettext_noop("Nobody is there who was not fetched. For your day, text TODAY. {link}")
    ),
    "text-no-staff-said": text_only(
        gettext_noop(
            "Daybreak does not know who is on duty today, so nothing was changed. "
            "To offer no more spots, text SPOTS 0. To say who is on duty: {link}"
        )
    ),
    "text-no-rooms": text_only(gettext_noop("You are not open any more today, so no spots can be offered. {link}")),
    "text-spots": text_only(gettext_noop("Open for the rest of {day}:\n{lines}\nTo change it, text SPOTS 2. {link}")),
    "text-offered": text_only(gettext_noop("Saved. Open for the rest of {day}:\n{lines}\n{link}")),
    "text-gone": text_only(
        gettext_noop("Written down: gone for today. No family loses its place. For spots, text SPOTS. {link}")
    ),
    "text-too-many": text_only(
        gettext_noop(
            "With the staff on duty there are too many: {over}. Which family can you not take? Text its number; "
            "it is told why and helped at once.\n{lines}\n{link}"
        )
    ),
    "text-accepted": text_only(gettext_noop("Accepted: {children}, {comes}. The family has been told. {link}")),
    "text-ended": text_only(
        gettext_noop("Canceled: {children}, {comes}. The family has been told, and Daybreak helps it on. {link}")
    ),
    "text-came": text_only(gettext_noop("Written down: {children} came. When they are fetched, text OUT. {link}")),
    "text-fetched": text_only(gettext_noop("Written down: {children} fetched. {link}")),
    "text-earned": text_only(
        gettext_noop("Earned this week at the rates stated: {amount}. Daybreak pays nothing out yet. Details: {link}")
    ),
    "text-refused": text_only(gettext_noop("{why} {link}")),
    "text-unclear": text_only(
        gettext_noop("That was not clear, and nothing was changed. Text TODAY, YES, NO, IN, OUT, ILL or SPOTS. {link}")
    ),
    "text-help": text_only(
        gettext_noop(
            "TODAY who comes. YES or NO to a family. IN came, OUT fetched. ILL educator. SPOTS 2 open spots. "
            "EARNED. STOP ends texts. {link}"
        )
    ),
    "text-stopped": text_only(
        gettext_noop("Daybreak sends no more text messages to this phone. To have them again, text START. {link}")
    ),
    "text-started": text_only(gettext_noop("Text messages come again. For what you can text, text HELP. {link}")),
    "text-for-others": text_only(
        gettext_noop("By text, Daybreak answers families, homes and centers. Your page has the rest: {link}")
    ),
}
"""Answers to a text, by text only."""

LINES = {
    "family": gettext_noop("{number}) {children} at {comes}"),
    "educator": gettext_noop("{number}) {room}, {starts} – {ends}"),
    "room": gettext_noop("{number}) {room}: {open}"),
}
"""One line of a list."""
