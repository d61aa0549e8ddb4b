"""A changed, dropped, added or swapped event breaks the chain at the first link it touches."""

import pytest

from daybreak.audit.chain import GENESIS, digest, first_break

Link = tuple[int, str, dict[str, object]]


def chain(*verbs: str) -> list[Link]:
    links, previous = [], GENESIS
    for number, verb in enumerate(verbs, 1):
        event: dict[str, object] = {"verb": verb, "facts": {"n": number}}
        previous = digest(previous, event)
        links.append((number, previous, event))
    return links


WHOLE = chain("ask", "hold", "confirm", "attend")


def test_a_whole_chain_has_no_break() -> None:
    assert first_break(WHOLE) is None
    assert first_break([]) is None


def without(number: int) -> list[Link]:
    return [link for link in WHOLE if link[0] != number]


def replaced(number: int, **change: object) -> list[Link]:
    return [(n, stated, {**event, **change}) if n == number else (n, stated, event) for n, stated, event in WHOLE]


@pytest.mark.parametrize(
    ("links", "broken"),
    [
        (replaced(1, verb="cancel"), 1),
        (replaced(3, facts={"n": 4}), 3),
        (replaced(4, more=""), 4),
        (without(1), 1),
        (without(2), 2),
        ([WHOLE[1], WHOLE[0], *WHOLE[2:]], 1),
        ([*WHOLE[:2], (3, WHOLE[2][1], WHOLE[3][2]), (4, WHOLE[3][1], WHOLE[2][2])], 3),
        ([*WHOLE, (5, "f" * 64, {"verb": "ask"})], 5),
        ([*WHOLE, WHOLE[3]], 5),
    ],
    ids=["first", "facts", "a word more", "first gone", "one gone", "order", "events swapped", "added", "twice"],
)
def test_a_break_is_found_at_its_link(links: list[Link], broken: int) -> None:
    assert first_break(links) == broken


def test_how_facts_were_ordered_when_written_does_not_matter() -> None:
    assert digest(GENESIS, {"a": 1, "b": {"c": 2, "d": 3}}) == digest(GENESIS, {"b": {"d": 3, "c": 2}, "a": 1})


def test_the_same_event_twice_has_two_digests() -> None:
    first = digest(GENESIS, {"verb": "ask"})
    assert digest(first, {"verb": "ask"}) != first
