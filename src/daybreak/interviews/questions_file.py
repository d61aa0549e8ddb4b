"""What do the files of questions say? Every text in both languages, every item with its source.

Pure: the texts are handed in. An item that was released never changes; other words make another item with the next
number.
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from daybreak.interviews.terms import Asked, Item, Option, QuestionSet, Said
from daybreak.kernel.errors import BadInput

PREFER_NOT = Option("prefer_not", Said("Prefer not to say", "Prefiero no decirlo"), last=True)
_ID = re.compile(r"[a-z][a-z_]*/[1-9][0-9]*")
_CODE = re.compile(r"[a-z0-9][a-z0-9_]*")


def items_in(text: str) -> dict[str, Item]:
    """Every item of the file by its id. Raises BadInput for one without both languages, a source or a proper id."""
    return {raw["id"]: _item(raw) for raw in tomllib.loads(text)["item"]}


def _item(raw: Mapping[str, Any]) -> Item:
    name = str(raw.get("id", ""))
    if not _ID.fullmatch(name):
        raise BadInput(f"'{name}' is no id of an item.", source="items.toml", do="Write one like care_for/1.")
    if not raw.get("source"):
        raise BadInput(f"{name} has no source.", source="items.toml", do="Say which survey asks it so, or 'own words'.")
    asked = Asked(raw["asked"])
    options = tuple(_option(name, option) for option in raw.get("option", ()))
    if (asked is Asked.TEXT) != (not options):
        raise BadInput(f"{name} has the wrong options.", source="items.toml", do="Only open questions have none.")
    if options:
        options = (*sorted(options, key=lambda option: option.last), PREFER_NOT)
    if len({option.code for option in options}) != len(options):
        raise BadInput(f"{name} has a code twice.", source="items.toml", do="Give each option a code of its own.")
    return Item(name, asked, _said(name, raw), str(raw["source"]), options, bool(raw.get("shuffled", False)))


def _option(item: str, raw: Mapping[str, Any]) -> Option:
    if not _CODE.fullmatch(str(raw.get("code", ""))):
        raise BadInput(f"An option of {item} has no code.", source="items.toml", do="Write one like sick_child.")
    return Option(raw["code"], _said(f"{item} {raw['code']}", raw), bool(raw.get("last", False)))


def _said(what: str, raw: Mapping[str, Any]) -> Said:
    english, spanish = str(raw.get("en", "")).strip(), str(raw.get("es", "")).strip()
    if not english or not spanish:
        raise BadInput(f"{what} lacks a language.", source="items.toml", do="Write both en and es.")
    return Said(english, spanish)


def set_in(text: str, items: Mapping[str, Item], *, name: str) -> QuestionSet:
    """One question set. Raises BadInput when it asks for an item that is not there, or for one twice."""
    raw = tomllib.loads(text)
    wanted = list(raw["items"])
    missing = [item for item in wanted if item not in items]
    if missing or len(set(wanted)) != len(wanted):
        wrong = ", ".join(missing) or "an item twice"
        raise BadInput(f"It asks for {wrong}.", source=f"{name}.toml", do="Name each item of items.toml once.")
    asked = tuple(items[item] for item in wanted)
    return QuestionSet(name, raw["occasion"], _said(name, raw["title"]), _said(name, raw["lead"]), asked)


def comparable(first: QuestionSet, second: QuestionSet) -> tuple[Item, ...]:
    """The items that both sets ask in the same words: the only ones whose answers may stand side by side."""
    theirs = {item.id: item for item in second.items}
    return tuple(item for item in first.items if theirs.get(item.id) == item)


def imprint(item: Item) -> str:
    """A short digest of everything a respondent sees of an item; releases.toml keeps it."""
    parts = [item.id, item.asked, item.said.en, item.said.es, str(item.shuffled)]
    parts += [f"{one.code}|{one.said.en}|{one.said.es}|{one.last}" for one in item.options]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def changed_since_release(items: Mapping[str, Item], releases: str) -> list[str]:
    """Ids of items that do not read as they were released, or were never released at all."""
    released = tomllib.loads(releases)["released"]
    return sorted(name for name, item in items.items() if released.get(name) != imprint(item))
