"""What is answered to a text message of a provider? Short enough for a phone, and it says what to text next.

Words to type stand in capitals. They are understood in both languages, whichever is shown.
"""

from daybreak.notices.facts import gettext_noop
from daybreak.notices.terms import NoticeWords

SUBJECT = gettext_noop("Your text message")


def _text(words: str) -> NoticeWords:
    return NoticeWords(subject=SUBJECT, text=words, sms=words)


TEXTS = {
    "text-today": _text(gettext_noop("{site}, {day}:\n{lines}\nText IN, OUT, YES or NO. Names and notes: {link}")),
    "text-today-nobody": _text(gettext_noop("{site}, {day}: nobody is expected. To offer spots, text SPOTS. {link}")),
    "text-nothing-to-answer": _text(
        gettext_noop("No family waits for your answer and none is expected. For your day, text TODAY. {link}")
    ),
    "text-which-accept": _text(gettext_noop("Which family do you accept? Text its number.\n{lines}\n{link}")),
    "text-which-decline": _text(gettext_noop("Which family do you say no to? Text its number.\n{lines}\n{link}")),
    "text-which-cancel": _text(
        gettext_noop("These are confirmed. Which one can you not take? Text its number, or nothing.\n{lines}\n{link}")
    ),
    "text-sure-to-cancel": _text(
        gettext_noop("This is confirmed. To cancel it, text YES.\n{lines}\nNothing is changed yet. {link}")
    ),
    "text-which-in": _text(gettext_noop("Who came? Text the number.\n{lines}\n{link}")),
    "text-which-out": _text(gettext_noop("Who was fetched? Text the number.\n{lines}\n{link}")),
    "text-which-ill": _text(gettext_noop("Who is ill? Text the number, or ILL and the first name.\n{lines}\n{link}")),
    "text-which-room": _text(gettext_noop("In which room? Text its number.\n{lines}\n{link}")),
    "text-nobody-to-come": _text(gettext_noop("Nobody is expected who has not come. For your day, text TODAY. {link}")),
    "text-nobody-there": _text(gettext_noop("Nobody is there who was not fetched. For your day, text TODAY. {link}")),
    "text-no-staff-said": _text(
        gettext_noop(
            "Daybreak does not know who is on duty today, so nothing was changed. "
            "To offer no more spots, text SPOTS 0. To say who is on duty: {link}"
        )
    ),
    "text-no-rooms": _text(gettext_noop("You are not open any more today, so no spots can be offered. {link}")),
    "text-spots": _text(gettext_noop("Open for the rest of {day}:\n{lines}\nTo change it, text SPOTS 2. {link}")),
    "text-offered": _text(gettext_noop("Saved. Open for the rest of {day}:\n{lines}\n{link}")),
    "text-gone": _text(
        gettext_noop("Written down: gone for today. No family loses its place. For spots, text SPOTS. {link}")
    ),
    "text-too-many": _text(
        gettext_noop(
            "With the staff on duty there are too many: {over}. Which family can you not take? Text its number; "
            "it is told why and helped at once.\n{lines}\n{link}"
        )
    ),
    "text-accepted": _text(gettext_noop("Accepted: {children}, {comes}. The family has been told. {link}")),
    "text-ended": _text(
        gettext_noop("Canceled: {children}, {comes}. The family has been told, and Daybreak helps it on. {link}")
    ),
    "text-came": _text(gettext_noop("Written down: {children} came. When they are fetched, text OUT. {link}")),
    "text-fetched": _text(gettext_noop("Written down: {children} fetched. {link}")),
    "text-earned": _text(
        gettext_noop("Earned this week at the rates stated: {amount}. Daybreak pays nothing out yet. Details: {link}")
    ),
    "text-refused": _text(gettext_noop("{why} {link}")),
    "text-unclear": _text(
        gettext_noop("That was not clear, and nothing was changed. Text TODAY, YES, NO, IN, OUT, ILL or SPOTS. {link}")
    ),
    "text-help": _text(
        gettext_noop(
            "TODAY who comes. YES or NO to a family. IN came, OUT fetched. ILL educator. SPOTS 2 open spots. "
            "EARNED. STOP ends texts. {link}"
        )
    ),
    "text-stopped": _text(
        gettext_noop("Daybreak sends no more text messages to this phone. To have them again, text START. {link}")
    ),
    "text-started": _text(gettext_noop("Text messages come again. For what you can text, text HELP. {link}")),
    "text-for-providers-only": _text(
        gettext_noop("By text, Daybreak answers homes and centers so far. Your page has the rest: {link}")
    ),
}
"""Answers to a text, by text only."""

LINES = {
    "family": gettext_noop("{number}) {children} at {comes}"),
    "educator": gettext_noop("{number}) {room}, {starts} – {ends}"),
    "room": gettext_noop("{number}) {room}: {open}"),
}
"""One line of a list."""
