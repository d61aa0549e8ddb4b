"""A rule asked on each day of ten years never has a gap."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.rulebook.load import rule_from
from daybreak.rulebook.queries import packaged
from daybreak.rulebook.ruling import ask, everything
from daybreak.rulebook.terms import Rule, Ruling

TEN_YEARS = 3653


def written(starts: list[date]) -> bytes:
    """A rule whose n-th value is n and starts on the n-th day, with one example for each."""
    parts = ['title = "Days"\nunit = "days"\nreview_by = 2099-12-31\n']
    parts += [
        f'[[value]]\nfrom = {start}\namount = {number}\ncite = "plan, {number}"\nsource = "page {number}"\n'
        'read_on = 2026-11-22\nconfidence = "high"\n'
        for number, start in enumerate(starts)
    ]
    parts += [
        f'[[example]]\nday = {start}\nexpect = {number}\nbecause = "the plan says so"\n'
        for number, start in enumerate(starts)
    ]
    return "\n".join(parts).encode()


def rulings(rule: Rule, first: date) -> list[Ruling]:
    return [everything(rule, first + timedelta(days=number)) for number in range(TEN_YEARS)]


@pytest.mark.parametrize("path", sorted(packaged().rules))
def test_a_packaged_rule_answers_on_each_day_of_ten_years_for_every_choice(path: str) -> None:
    rule = packaged().rule(path)
    last_start = rule.values[-1].since
    first = max(rule.values[0].since, last_start - timedelta(days=TEN_YEARS // 2))
    answers = rulings(rule, first)
    starts = [answer.since for answer in answers]
    assert starts == sorted(starts)
    assert {start for start in starts if start > first} == {v.since for v in rule.values if v.since > first}
    figure = rule.values[-1].figure
    choices: list[dict[str, str]] = [{}]
    if rule.by is not None and isinstance(figure, Mapping):
        choices = [{rule.by: choice} for choice in figure]
    for number in range(0, TEN_YEARS, 97):
        day = first + timedelta(days=number)
        assert all(ask(rule, day, choice).since == starts[number] for choice in choices)


@given(
    st.lists(
        st.dates(min_value=date(2010, 1, 1), max_value=date(2030, 12, 31)), min_size=1, max_size=12, unique=True
    ).map(sorted)
)
def test_any_sound_rule_answers_every_day_after_its_first_with_the_latest_value(starts: list[date]) -> None:
    rule = rule_from("plans/days.toml", written(starts))
    for number, answer in enumerate(rulings(rule, starts[0])):
        day = starts[0] + timedelta(days=number)
        assert answer.since == max(start for start in starts if start <= day)
        assert answer.value == starts.index(answer.since)


@given(
    st.lists(
        st.dates(min_value=date(2010, 1, 1), max_value=date(2030, 12, 31)), min_size=2, max_size=6, unique=True
    ).map(sorted)
)
def test_the_day_before_a_change_still_has_the_old_value(starts: list[date]) -> None:
    rule = rule_from("plans/days.toml", written(starts))
    for earlier, later in pairwise(starts):
        assert ask(rule, later - timedelta(days=1), {}).since == earlier
        assert ask(rule, later, {}).since == later
