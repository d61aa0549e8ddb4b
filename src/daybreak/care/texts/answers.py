"""What does a bare number or YES answer, and how is a list written that can be answered so? Alike for every side."""

import json
from collections.abc import Iterable, Mapping

from daybreak.care.texts.terms import Act, Deed, Heard, Question, Word
from daybreak.kernel.decisions import Fact

_WORD_OF = {Act.ACCEPT: Word.YES, Act.DECLINE: Word.NO, Act.WITHDRAW: Word.NO, Act.GIVE_UP: Word.NO}


def answered(heard: Heard, asked: Question) -> Deed | None:
    """The deed that a text chooses: by its number, or by YES where there was one thing to say yes to."""
    if heard.word in (None, Word.YES, Word.NO) and heard.number is not None and not heard.rest:
        if heard.word in (None, _WORD_OF.get(asked.act)) and 1 <= heard.number <= len(asked.choices):
            return Deed(asked.act, asked.choices[heard.number - 1], asked.number, asked.because)
        return None
    if heard.word is Word.YES and len(asked.choices) == 1:
        return Deed(asked.act, asked.choices[0], asked.number, asked.because)
    return None


def listed(items: Iterable[tuple[str, Mapping[str, Fact]]]) -> str:
    """A numbered list as a notice's fact holds it: the code of each line and its facts.

    >>> listed([("room", {"open": 3})])
    '[["room", {"number": 1, "open": 3}]]'
    """
    return json.dumps([[kind, {"number": number, **facts}] for number, (kind, facts) in enumerate(items, 1)])
