"""Anybody reads the law of a place on a day: figures, who says so, how sure that is, and what changed."""

import html
import re
from datetime import date

import pytest
from django.test import Client

from daybreak.rulebook.queries import packaged
from daybreak.rulebook.ruling import everything
from daybreak.web import law_words
from daybreak.web.law_sheet import rules_of
from web_visits import at_dawn

OURS = ("/licensing/", "us/federal/child_care/", "us/federal/dependent_care", "us/federal/employer_child_care")


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    at_dawn(monkeypatch)


def said(path: str, language: str = "en") -> str:
    response = Client(headers={"accept-language": language}).get(path)
    assert response.status_code == 200, path
    text = re.sub(r"<[^>]+>", " ", html.unescape(response.content.decode()))
    return re.sub(r"\s+", " ", text)


def test_every_rule_is_on_the_page_of_one_place() -> None:
    shown = [rule.path for place in law_words.PLACES for rule in rules_of(packaged(), place)]
    assert sorted(shown) == sorted(packaged().rules)


@pytest.mark.parametrize("place", law_words.PLACES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_place_can_be_read_in_both_languages(place: str, language: str) -> None:
    page = said(f"/law/{place}?day=2026-03-02", language)
    for rule in rules_of(packaged(), place):
        assert everything(rule, date(2026, 3, 2)).cite in page
        if rule.path.startswith("us/") and any(part in rule.path for part in OURS):
            last = rule.path.rpartition("/")[2]
            assert last in law_words.DECIDES, rule.path
    assert ("Esto no es asesoría legal" in page) == (language == "es")


def test_ohios_page_says_the_figures_their_source_and_how_sure_they_are() -> None:
    page = said("/law/oh?day=2026-03-02")
    assert "18 months up to 30 months 7 14" in page
    assert "0 months up to 12 months 5 12 1 adult: 5; 2 adults: 12" in page
    assert "The youngest child decides" in page
    assert "Ohio Revised Code 5104.033" in page
    assert "Read in the law's own words" in page
    assert "Not confirmed" not in page


def test_what_is_not_confirmed_says_so() -> None:
    assert "Not confirmed" in said("/law/nyc?day=2026-03-02")


def test_a_change_between_two_days_is_told_with_before_and_after() -> None:
    page = said("/law/us?day=2026-01-01&since=2025-12-31")
    assert "Anyone else: 5,000 before, 7,500 now" in page
    assert "Anyone else – Percent of child care spending: 25 before, 40 now" in page
    assert "Nothing that the rulebook knows of." in said("/law/us?day=2026-03-02&since=2026-03-01")


def test_a_day_before_the_first_value_is_said_and_not_guessed() -> None:
    page = said("/law/oh?day=2020-03-02")
    assert "Not known for this day" in page
    assert "the rulebook answers from Wednesday, January 1, 2025" in page
    assert "18 months up to 30 months" not in page


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [("day=02/30/2026", "That is not a day."), ("since=1066-10-14", "That day is too far away.")],
)
def test_a_day_that_cannot_be_read_is_a_sentence_and_today_is_shown(asked: str, sentence: str) -> None:
    response = Client().get(f"/law/oh?{asked}")
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert "March 2, 2026" in response.content.decode()


def test_a_place_that_is_none_is_not_found() -> None:
    assert Client().get("/law/atlantis").status_code == 404


def test_the_first_page_leads_to_every_place() -> None:
    page = Client().get("/law").content.decode()
    assert [slug for slug in law_words.PLACES if f'href="/law/{slug}"' not in page] == []
