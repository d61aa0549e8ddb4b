"""The book finds a rule by its path, lists what changed between two days, and what somebody should look at again."""

from datetime import date

import pytest

from daybreak.kernel.errors import BadInput, BadRule, ExampleFailed
from daybreak.rulebook.book import Book
from daybreak.rulebook.terms import Change, Confidence


def rule_file(
    *amounts: tuple[str, int], ends: str = "", review_by: str = "2027-06-30", expect: int | None = None
) -> bytes:
    """A rule with one value and one example for each (first day, amount); `ends` closes the last value."""
    parts = [f'title = "Days of backup care"\nunit = "days"\nreview_by = {review_by}\n']
    for number, (since, amount) in enumerate(amounts, start=1):
        until = f"until = {ends}\n" if ends and number == len(amounts) else ""
        parts.append(
            f'[[value]]\nfrom = {since}\n{until}amount = {amount}\ncite = "plan {since}"\nsource = "page 4"\n'
            'read_on = 2026-11-22\nconfidence = "high"\n'
        )
    for since, amount in amounts:
        parts.append(f'[[example]]\nday = {since}\nexpect = {expect or amount}\nbecause = "the plan says so"\n')
    if ends:
        parts.append(f'[[example]]\nday = {ends}\nexpect_error = "ended"\nbecause = "the plan ended"\n')
    return "\n".join(parts).encode()


@pytest.fixture
def book() -> Book:
    return Book.of(
        {
            "plans/grant.toml": rule_file(("2025-01-01", 8), ("2026-01-01", 10), review_by="2026-01-31"),
            "plans/night.toml": rule_file(("2025-07-01", 2), ends="2026-07-01", review_by="2025-12-31"),
        }
    )


def test_a_rule_is_found_by_its_path_and_asked_about_a_day(book: Book) -> None:
    ruling = book.value("plans/grant", date(2026, 3, 2))
    assert (ruling.value, ruling.cite, ruling.since, ruling.path) == (
        10,
        "plan 2026-01-01",
        date(2026, 1, 1),
        "plans/grant",
    )


def test_a_rule_that_does_not_exist_is_an_error_with_the_nearest_name(book: Book) -> None:
    with pytest.raises(BadInput) as error:
        book.value("plans/grants", date(2026, 3, 2))
    assert str(error.value) == "There is no rule plans/grants, so nothing was answered. Did you mean plans/grant?"
    with pytest.raises(BadInput) as error:
        book.value("zebra", date(2026, 3, 2))
    assert str(error.value) == (
        "There is no rule zebra, so nothing was answered. `daybreak rules index` lists all there are."
    )


def test_one_bad_file_keeps_the_whole_book_shut() -> None:
    with pytest.raises(BadRule):
        Book.of({"plans/grant.toml": rule_file(("2026-01-01", 10)), "plans/night.toml": b""})


def test_one_failed_example_keeps_the_whole_book_shut() -> None:
    with pytest.raises(ExampleFailed) as error:
        Book.of({"plans/grant.toml": rule_file(("2026-01-01", 10), expect=11)})
    assert str(error.value) == (
        "plans/grant.toml: example 1 (2026-01-01) expects 11, and the rule answers 10 (plan 2026-01-01). "
        "Nothing was answered from this file. Correct whichever of the two the source contradicts."
    )


def test_changes_are_listed_in_order_of_day_with_what_was_and_what_became(book: Book) -> None:
    grant = ("plans/grant", "Days of backup care")
    night = ("plans/night", "Days of backup care")
    assert book.changes(after=date(2025, 1, 1), upto=date(2026, 7, 1)) == (
        Change(*night, date(2025, 7, 1), None, 2, "plan 2025-07-01", Confidence.HIGH),
        Change(*grant, date(2026, 1, 1), 8, 10, "plan 2026-01-01", Confidence.HIGH),
        Change(*night, date(2026, 7, 1), 2, None, "plan 2025-07-01", Confidence.HIGH),
    )


def test_a_change_on_the_first_day_is_not_listed_and_on_the_last_day_is(book: Book) -> None:
    assert book.changes(after=date(2026, 1, 1), upto=date(2026, 6, 30)) == ()
    assert [step.day for step in book.changes(after=date(2025, 12, 31), upto=date(2026, 1, 1))] == [date(2026, 1, 1)]


def test_a_rule_is_due_the_day_after_its_review_day_and_the_oldest_comes_first(book: Book) -> None:
    assert book.due(date(2025, 12, 31)) == ()
    assert [rule.path for rule in book.due(date(2026, 1, 31))] == ["plans/night"]
    assert [rule.path for rule in book.due(date(2026, 2, 1))] == ["plans/night", "plans/grant"]
