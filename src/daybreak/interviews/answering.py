"""What did somebody answer, and how is it packed so that its size says nothing?"""

import json
from collections.abc import Mapping, Sequence

from daybreak.interviews.terms import TEXT_BYTES, Answers, Asked, Item, QuestionSet
from daybreak.kernel.decisions import No, Reason

ROOM = 8192
"""Bytes of everything one person says, packed: the longest texts and all options of every item fit."""
TEXT_ROOM = 3200
"""Bytes of one packed text."""
CLOSED_ROOM = 3072
"""Bytes of the packed closed answers."""


def read_answers(asked: QuestionSet, sent: Mapping[str, Sequence[str]]) -> Answers | No:
    """Read a form by item id. Nothing is required; a code nobody was offered, or too long a text, is refused.

    An option that rules out the rest, such as none of these, counts only when it is alone: the others say more.
    """
    closed: dict[str, tuple[str, ...]] = {}
    texts: dict[str, str] = {}
    wrong: list[Reason] = []
    for item in asked.items:
        values = [value for value in sent.get(item.id, ()) if value.strip()]
        if not values:
            continue
        if item.asked is Asked.TEXT:
            # Letters and line breaks only: a sign that has no shape takes six bytes when it is packed.
            lines = ("".join(filter(str.isprintable, line)) for line in values[0].strip().splitlines())
            text = "\n".join(lines)
            if len(text.encode()) > TEXT_BYTES:
                wrong.append(Reason("text-too-long", {"item": item.id}))
            texts[item.id] = text
        elif any(item.option(value) is None for value in values) or (item.asked is Asked.ONE and len(values) > 1):
            wrong.append(Reason("not-an-option", {"item": item.id}))
        else:
            closed[item.id] = _said_together(item, values)
    return No(tuple(wrong)) if wrong else Answers(closed, texts)


def _said_together(item: Item, values: Sequence[str]) -> tuple[str, ...]:
    chosen = [option for option in item.options if option.code in values]
    saying = [option for option in chosen if not option.last]
    # In the order of the file and not of the form: the random order a person saw is nobody's business.
    return tuple(option.code for option in (saying or chosen[:1]))


def pack(answers: Answers, room: int = ROOM) -> str:
    """One person's answers in exactly `room` bytes."""
    return _padded(
        {"closed": {key: list(codes) for key, codes in answers.closed.items()}, "texts": dict(answers.texts)}, room
    )


def unpack(packed: str) -> Answers:
    """What `pack` packed."""
    raw = json.loads(packed)
    return Answers({key: tuple(codes) for key, codes in raw["closed"].items()}, raw["texts"])


def pack_closed(closed: Mapping[str, tuple[str, ...]]) -> str:
    """Closed answers in exactly CLOSED_ROOM bytes."""
    return _padded({key: list(codes) for key, codes in closed.items()}, CLOSED_ROOM)


def unpack_closed(packed: str) -> dict[str, tuple[str, ...]]:
    """What `pack_closed` packed."""
    return {key: tuple(codes) for key, codes in json.loads(packed).items()}


def pack_text(text: str) -> str:
    """A text in exactly TEXT_ROOM bytes."""
    return _padded({"text": text}, TEXT_ROOM)


def unpack_text(packed: str) -> str:
    """What `pack_text` packed."""
    return str(json.loads(packed)["text"])


def _padded(value: Mapping[str, object], room: int) -> str:
    """JSON and spaces, which JSON does not mind, in exactly so many bytes. Raises ValueError when it does not fit.

    >>> len(_padded({"text": "ñ"}, 40).encode())
    40
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    missing = room - len(text.encode())
    if missing < 0:
        raise ValueError(f"What was said takes {-missing} bytes more than there is room for.")
    return text + " " * missing
