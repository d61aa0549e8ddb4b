"""A file is a rule only when it is dated, cited and worked by hand; otherwise it is refused in words."""

from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from daybreak.kernel.errors import BadRule, DaybreakError, ExampleFailed
from daybreak.rulebook.examples import prove
from daybreak.rulebook.load import rule_from
from daybreak.rulebook.terms import Confidence, Example, Gap, Value

HERE = Path(__file__).parent
BAD_FILES = sorted(path.name for path in (HERE / "bad").iterdir())
KINDS: dict[str, type[DaybreakError]] = {"BadRule": BadRule, "ExampleFailed": ExampleFailed}

GRANT = b"""
title = "Days of backup care in a plan year"
unit = "days per plan year"
review_by = 2027-06-30

[[value]]
from = 2026-01-01
until = 2027-01-01
amount = 10
cite = "Harbor Health plan 2026, 3.1"
source = "Harbor Health plan 2026, page 4"
read_on = 2026-11-22
confidence = "verify"

[[example]]
day = 2026-03-02
expect = 10
because = "the plan grants ten days"

[[example]]
day = 2027-01-01
expect_error = "ended"
because = "the plan of 2026 ended with the year"
"""


def listed_refusals() -> dict[str, tuple[type[DaybreakError], list[str]]]:
    """The kind of error and the exact lines for each file, from refusals.txt."""
    found: dict[str, tuple[type[DaybreakError], list[str]]] = {}
    kind: type[DaybreakError] = DaybreakError
    for line in (HERE / "refusals.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = KINDS[line.strip("[]")]
        elif ".toml" in line and kind is not DaybreakError:
            name = line[: line.index(".toml") + len(".toml")]
            found.setdefault(name, (kind, []))[1].append(line)
    return found


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_broken_file_is_refused_in_the_listed_words(name: str) -> None:
    kind, lines = listed_refusals()[name]
    with pytest.raises(kind) as refusal:
        prove(rule_from(name, (HERE / "bad" / name).read_bytes()))
    assert type(refusal.value) is kind
    assert str(refusal.value).splitlines() == lines


def test_every_listed_refusal_has_its_broken_file() -> None:
    assert sorted(listed_refusals()) == BAD_FILES


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_refusal_is_short_and_polite(name: str) -> None:
    _, lines = listed_refusals()[name]
    for line in lines:
        assert len(line) <= 320
        assert not {"invalid", "please", "oops", "successfully"} & set(line.lower().replace(".", " ").split())


def test_the_sound_file_beside_the_broken_ones_loads() -> None:
    rule = rule_from("plans/grant.toml", GRANT)
    assert rule.path == "plans/grant"
    assert (rule.title, rule.unit, rule.by, rule.digits) == (
        "Days of backup care in a plan year",
        "days per plan year",
        None,
        0,
    )
    assert rule.review_by == date(2027, 6, 30)
    assert rule.values == (
        Value(
            since=date(2026, 1, 1),
            until=date(2027, 1, 1),
            figure=10,
            cite="Harbor Health plan 2026, 3.1",
            source="Harbor Health plan 2026, page 4",
            read_on=date(2026, 11, 22),
            confidence=Confidence.VERIFY,
        ),
    )
    assert rule.examples == (
        Example(date(2026, 3, 2), {}, 10, None, "the plan grants ten days"),
        Example(date(2027, 1, 1), {}, None, Gap.ENDED, "the plan of 2026 ended with the year"),
    )
    assert rule.sha256 == sha256(GRANT).hexdigest()


def test_a_fraction_stays_exact_where_the_file_allows_digits() -> None:
    data = GRANT.replace(b"unit =", b"digits = 2\nunit =").replace(b"= 10\n", b"= 0.35\n")
    assert rule_from("plans/share.toml", data).values[0].figure == Decimal("0.35")


def test_six_digits_after_the_point_are_the_most_a_file_may_allow() -> None:
    data = GRANT.replace(b"unit =", b"digits = 6\nunit =").replace(b"= 10\n", b"= 0.123456\n")
    assert rule_from("plans/share.toml", data).digits == 6


def test_tables_that_nothing_selects_may_differ_from_each_other() -> None:
    bands = b"infant = { most = 7 }\ntoddler = { most = 9, educators = 2 }"
    expect = b"expect = { infant = { most = 7 }, toddler = { most = 9, educators = 2 } }"
    rule = rule_from("plans/bands.toml", GRANT.replace(b"amount = 10", bands).replace(b"expect = 10", expect))
    assert rule.values[0].figure == {"infant": {"most": 7}, "toddler": {"most": 9, "educators": 2}}


def test_a_byte_order_mark_and_windows_line_ends_change_only_the_hash() -> None:
    data = b"\xef\xbb\xbf" + GRANT.replace(b"\n", b"\r\n")
    rule = rule_from("plans/grant.toml", data)
    assert rule.values == rule_from("plans/grant.toml", GRANT).values
    assert rule.sha256 == sha256(data).hexdigest()


def test_bands_in_nested_tables_come_back_as_tables_and_lists_nobody_can_append_to() -> None:
    bands = b"toddler = { months = [15, 33], need = [{ children = 4, educators = 1 }] }"
    data = GRANT.replace(b"amount = 10", bands).replace(b"expect = 10", b"expect." + bands)
    rule = rule_from("plans/bands.toml", data)
    assert rule.values[0].figure == {"toddler": {"months": (15, 33), "need": ({"children": 4, "educators": 1},)}}
    prove(rule)


def test_a_list_a_thousand_deep_is_refused_and_not_a_crash() -> None:
    data = GRANT.replace(b"amount = 10", b"amount = " + b"[" * 3000 + b"]" * 3000)
    with pytest.raises(BadRule, match="too long or a list too deep"):
        rule_from("plans/grant.toml", data)


def test_an_exponent_beyond_all_numbers_is_refused_and_not_a_crash() -> None:
    data = GRANT.replace(b"amount = 10", b"amount = 1e99999999999999999999")
    with pytest.raises(BadRule, match="too long or a list too deep"):
        rule_from("plans/grant.toml", data)


def test_a_file_that_does_not_end_in_toml_is_refused() -> None:
    with pytest.raises(BadRule) as refusal:
        rule_from("plans/grant.json", GRANT)
    assert str(refusal.value).splitlines()[-1] == (
        "plans/grant.json: the file name does not end in .toml. Nothing else is read as a rule. Rename it."
    )
