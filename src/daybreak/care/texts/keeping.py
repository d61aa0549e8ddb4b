"""How is an open question kept between two texts? As plain values, read back to the same question."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from daybreak.care.texts.terms import Act, Draft, Part, Question
from daybreak.kernel.decisions import Reason


def as_kept(asks: Question) -> dict[str, object]:
    """A question as its column holds it.

    >>> question = Question(Act.ASK, part=Part.DAY, options=("2026-03-02",), draft=Draft((UUID(int=7),), ill=True))
    >>> as_question(as_kept(question)) == question
    True
    """
    draft, because = asks.draft, asks.because
    return {
        "act": asks.act.value,
        "choices": [str(choice) for choice in asks.choices],
        "number": asks.number,
        "because": {"code": because.code, "facts": dict(because.facts), "cite": because.cite} if because else None,
        "part": asks.part.value if asks.part else None,
        "options": list(asks.options),
        "draft": {
            "children": [str(child) for child in draft.children],
            "ill": draft.ill,
            "day": _text(draft.day),
            "starts": _text(draft.starts),
            "ends": _text(draft.ends),
            "by": _text(draft.by),
            "decide_by_at": _text(draft.decide_by_at),
        },
    }


def as_question(kept: Mapping[str, Any]) -> Question:
    """The question of a column; one of an earlier version has no wish in it."""
    because, draft = kept["because"], kept.get("draft") or {}
    return Question(
        act=Act(kept["act"]),
        choices=tuple(UUID(one) for one in kept["choices"]),
        number=kept["number"],
        because=Reason(because["code"], because["facts"], because["cite"]) if because else None,
        part=Part(kept["part"]) if kept.get("part") else None,
        options=tuple(kept.get("options", ())),
        draft=Draft(
            children=tuple(UUID(one) for one in draft.get("children", ())),
            ill=draft.get("ill", False),
            day=date.fromisoformat(draft["day"]) if draft.get("day") else None,
            starts=_clock(draft.get("starts")),
            ends=_clock(draft.get("ends")),
            by=_clock(draft.get("by")),
            decide_by_at=datetime.fromisoformat(draft["decide_by_at"]) if draft.get("decide_by_at") else None,
        ),
    )


def _text(value: date | time | datetime | None) -> str | None:
    return value.isoformat() if value is not None else None


def _clock(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
