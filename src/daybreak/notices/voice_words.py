"""What is said in a phone call? The same answers as by text, for the ear: keys to press and no address to open.

Each call begins at a menu. Where something is asked, what to press stands beside each choice.
"""

from daybreak.notices.facts import gettext_noop

VOICE = {
    # For everybody.
    "call-hello": gettext_noop("This is Daybreak."),
    "call-unknown": gettext_noop("This is Daybreak. This number answers people it knows. Goodbye."),
    "call-goodbye": gettext_noop("Goodbye."),
    "call-family-menu": gettext_noop(
        "To ask for care, press 1. To hear how it stands, press 2. If you no longer need care, press 3. "
        "If you come later, press 4 and the minutes, then pound."
    ),
    "call-provider-menu": gettext_noop(
        "To hear who comes today, press 1. To accept a family, press 2. To say no, press 3. Children came, 4. "
        "Children were fetched, 5. An educator is ill, 6. For open spots, press 7 and how many, then pound. "
        "What was earned, 8."
    ),
    "text-refused": gettext_noop("{why}"),
    "text-stopped": gettext_noop("Daybreak sends no more text messages to this phone."),
    "text-family-stopped": gettext_noop("Daybreak sends no more text messages to this phone."),
    "text-started": gettext_noop("Text messages come again."),
    # For families.
    "text-ask-who": gettext_noop("Who needs care? {lines} Press every key that applies, then pound."),
    "text-again-who": gettext_noop("Nobody has that key. {lines} Press every key that applies, then pound."),
    "text-ask-day": gettext_noop(
        "For which day? {lines} For another day, press 2 digits for the month and 2 for the day, then pound."
    ),
    "text-again-day": gettext_noop(
        "That is no day. {lines} For another day, press 2 digits for the month and 2 for the day, then pound."
    ),
    "text-ask-hours": gettext_noop(
        "When is work? For {starts} to {ends}, press 1 and pound. For other hours, press 4 digits for the start and 4 "
        "for the end, on a 24-hour clock."
    ),
    "text-again-hours": gettext_noop(
        "Those are no two times. For {starts} to {ends}, press 1 and pound. For other hours, press 8 digits, such as "
        "2 2 0 0 0 6 3 0."
    ),
    "text-ask-by": gettext_noop(
        "Care for {children}, {ill}, on {day}, from {starts} to {ends}. By when must you know? {lines} "
        "To ask for nothing, press 0."
    ),
    "text-again-by": gettext_noop("Nothing has that key. By when must you know? {lines} To ask for nothing, press 0."),
    "text-ask-sure": gettext_noop(
        "Care for {children}, {ill}, on {day}, from {starts} to {ends}; you know by {decide_by}. "
        "To ask for it, press 1. To ask for nothing, press 2."
    ),
    "text-dropped": gettext_noop("Nothing was asked."),
    "text-asked-before": gettext_noop("That is asked for already. {lines}"),
    "text-care-status": gettext_noop("{lines}"),
    "text-no-care": gettext_noop("Nothing is asked for."),
    "text-no-children": gettext_noop("No child is in your family's list yet. Your employer's benefits desk adds them."),
    "text-sure-to-give-up": gettext_noop("{lines} To no longer need this, press 1. To leave it as it is, press 2."),
    "text-which-to-give-up": gettext_noop(
        "Which one do you no longer need? Press its number. {lines} To leave all as it is, press 0."
    ),
    "text-left-as-it-is": gettext_noop("It stays as it is."),
    "text-given-up": gettext_noop("Canceled, as you asked: {day}. Whoever expected you is told."),
    "text-how-late": gettext_noop("How many minutes later? Press the number, then pound; {site} is told."),
    "text-too-late": gettext_noop("That is more than 3 hours, so nobody was told. Press fewer minutes, then pound."),
    "text-said-late": gettext_noop("{site} is told that you come {minutes} later."),
    "text-nobody-waits": gettext_noop("No home expects you in the next hours, so nobody was told."),
    "text-family-help": gettext_noop("Daybreak is your employer's backup care."),
    "text-family-unclear": gettext_noop("Nothing has that key, and nothing was changed."),
    "text-start-first": gettext_noop(
        "Text messages to this phone are stopped, so nothing was done. To have them again, send the word START."
    ),
    # For providers.
    "text-today": gettext_noop("{site}, {day}. {lines}"),
    "text-today-nobody": gettext_noop("{site}, {day}: nobody is expected."),
    "text-nothing-to-answer": gettext_noop("No family waits for your answer."),
    "text-which-accept": gettext_noop("Which family do you accept? Press its number. {lines}"),
    "text-which-decline": gettext_noop("Which family do you say no to? Press its number. {lines}"),
    "text-which-cancel": gettext_noop(
        "These are confirmed. Which one can you not take? Press its number, or 0 for none. {lines}"
    ),
    "text-sure-to-cancel": gettext_noop("This is confirmed. {lines} To cancel it, press 1. To leave it, press 2."),
    "text-which-in": gettext_noop("Who came? Press the number. {lines}"),
    "text-which-out": gettext_noop("Who was fetched? Press the number. {lines}"),
    "text-which-ill": gettext_noop("Who is ill? Press the number. {lines}"),
    "text-which-room": gettext_noop("In which room? Press its number. {lines}"),
    "text-nobody-to-come": gettext_noop("Nobody is expected who has not come."),
    "text-nobody-there": gettext_noop("Nobody is there who was not fetched."),
    "text-no-staff-said": gettext_noop("Daybreak does not know who is on duty today, so nothing was changed."),
    "text-no-rooms": gettext_noop("You are not open any more today, so no spots can be offered."),
    "text-spots": gettext_noop("Open for the rest of {day}: {lines}"),
    "text-offered": gettext_noop("Saved. Open for the rest of {day}: {lines}"),
    "text-gone": gettext_noop("Written down: gone for today. No family loses its place."),
    "text-too-many": gettext_noop(
        "With the staff on duty there are too many: {over}. Which family can you not take? Press its number; it is "
        "told why and helped at once. {lines}"
    ),
    "text-accepted": gettext_noop("Accepted: {children}, {comes}. The family is told."),
    "text-ended": gettext_noop("Canceled: {children}, {comes}. The family is told, and Daybreak helps it on."),
    "text-came": gettext_noop("Written down: {children} came."),
    "text-fetched": gettext_noop("Written down: {children} fetched."),
    "text-earned": gettext_noop("Earned this week at the rates stated: {amount}. Daybreak pays nothing out yet."),
    "text-unclear": gettext_noop("Nothing has that key, and nothing was changed."),
    "text-help": gettext_noop("Daybreak tells families of your spots and you of families."),
}
"""What is said in a call, by the code of the answer; `call-` codes are said in calls only."""

VOICE_LINES = {
    "family": gettext_noop("Number {number}: {children} at {comes}."),
    "educator": gettext_noop("Number {number}: {room}, {starts} to {ends}."),
    "room": gettext_noop("Number {number}: {room}, {open}."),
    "child": gettext_noop("For the child of {age}, press {number}."),
    "everybody": gettext_noop("For all of them, press {number}."),
    "day": gettext_noop("For {day}, press {number}."),
    "moment": gettext_noop("By {decide_by}, press {number}."),
    "wish-looking": gettext_noop("Number {number}, {day}: nothing is sure yet; you know by {decide_by}."),
    "wish-asked": gettext_noop("Number {number}, {day}: {site} is asked and answers by {until}."),
    "wish-sure": gettext_noop("Number {number}, {day}: confirmed, {site}, {comes} to {leaves}."),
}
"""One line of a list, for the ear."""
