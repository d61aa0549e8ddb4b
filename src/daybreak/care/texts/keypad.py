"""What do keys mean that somebody presses in a call? The same words and answers that others text.

While nothing is asked, the first key chooses from a menu and what follows is its number: 4 2 0 comes 20 minutes later.
While something is asked, keys are its answer, and 0 lets it be.
"""

from collections.abc import Mapping

from daybreak.care.texts.terms import Act, FamilyStanding, Heard, Part, Question, Standing, Word

FAMILY_MENU: Mapping[str, Word] = {"1": Word.CARE, "2": Word.STATUS, "3": Word.NO, "4": Word.LATE, "9": Word.HELP}
PROVIDER_MENU: Mapping[str, Word] = {
    "1": Word.TODAY,
    "2": Word.YES,
    "3": Word.NO,
    "4": Word.IN,
    "5": Word.OUT,
    "6": Word.ILL,
    "7": Word.SPOTS,
    "8": Word.EARNED,
    "9": Word.HELP,
}
MOST_KEYS = 8


def press(keys: str, asked: Question | None, side: Standing | FamilyStanding) -> Heard:
    """Read the keys pressed.

    >>> from daybreak.care.texts.terms import Draft
    >>> from datetime import date
    >>> oaks = Standing("Little Oaks", date(2026, 3, 2), "/sites")
    >>> press("72", None, oaks)
    Heard(word=<Word.SPOTS: 'spots'>, number=2, rest='')
    >>> press("1", Question(Act.ASK, part=Part.SURE), oaks).word.value
    'yes'
    """
    digits = "".join(key for key in keys if key.isdecimal())[:MOST_KEYS]
    if not digits:
        return Heard(None)
    if asked is None:
        menu = FAMILY_MENU if isinstance(side, FamilyStanding) else PROVIDER_MENU
        return Heard(menu.get(digits[0]), int(digits[1:5]) if digits[1:] else None)
    if lets_be(digits, asked):
        return Heard(Word.NO)
    if is_yes_or_no(asked):
        return Heard({"1": Word.YES}.get(digits))
    if asked.part is Part.WHO:
        # Several children are several keys: no family has ten.
        return Heard(None, int(digits[0]), said=" ".join(digits))
    if asked.part is Part.DAY and len(digits) == 4:
        return Heard(None, said=f"{digits[:2]}/{digits[2:]}")
    return Heard(None, int(digits) if len(digits) < 5 else None, said=digits)


def lets_be(keys: str, asked: Question | None) -> bool:
    """Say whether a key leaves everything as it is: 0, and 2 where there is a yes or no."""
    return asked is not None and (keys == "0" or (keys == "2" and is_yes_or_no(asked)))


def is_yes_or_no(asked: Question) -> bool:
    """Say whether there is one thing to say yes to."""
    if asked.part is not None:
        return asked.part is Part.SURE
    return len(asked.choices) == 1 and asked.act is not Act.SAY_LATE


def keys_wanted(asked: Question | None) -> int | None:
    """How many keys answer at once; None where as many come as somebody likes, ended by the pound key."""
    if asked is None or asked.act is Act.SAY_LATE or asked.part in (Part.WHO, Part.DAY, Part.HOURS):
        return None
    return 1
