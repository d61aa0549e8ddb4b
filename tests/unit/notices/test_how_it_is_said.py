"""The same notice and the same refusal, as an English and as a Spanish reader gets them."""

import pytest

from daybreak.kernel.decisions import Fact, Reason
from daybreak.notices.queries import sentence, worded

BOOKED: dict[str, Fact] = {
    "site": "Ms. Okafor's Family Child Care",
    "city": "Buffalo",
    "day": "2026-03-02",
    "arrives": "2026-03-02T06:41-05:00",
    "leaves": "2026-03-02T15:49-05:00",
    "minutes": 6,
    "children": 2,
    "link": "/requests/1",
}


def test_a_confirmed_place_is_told_with_day_time_and_way() -> None:
    words = worded("care-confirmed", BOOKED, "en")
    assert words.subject == "Confirmed for Monday, March 2"
    assert words.sms == (
        "Confirmed: Ms. Okafor's Family Child Care, Buffalo, Monday, March 2, 2 children. "
        "Drop-off from 6:41 a.m. By our estimate, the way adds 6 minutes. http://localhost:8000/requests/1"
    )


def test_a_confirmed_place_is_told_in_spanish_with_24_hours() -> None:
    words = worded("care-confirmed", BOOKED, "es")
    assert words.subject == "Confirmado para el lunes 2 de marzo"
    assert words.sms == (
        "Confirmado: Ms. Okafor's Family Child Care, Buffalo, lunes 2 de marzo, 2 niños. "
        "Puede llegar desde las 6:41. Según nuestro cálculo, el camino se alarga 6 minutos. http://localhost:8000/requests/1"
    )


@pytest.mark.parametrize(("children", "said"), [(1, "1 child,"), (2, "2 children,")])
def test_one_child_is_not_said_as_many(children: int, said: str) -> None:
    words = worded("provider-new-booking", {**BOOKED, "children": children}, "en")
    assert f"on Monday, March 2: {said} from 6:41 a.m. to 3:49 p.m. It is confirmed." in words.text


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "adds less than a minute to"), (1, "adds 1 minute to"), (1.2, "adds 2 minutes to")]
)
def test_a_place_right_on_the_way_is_not_said_to_add_0_minutes(minutes: float, said: str) -> None:
    assert said in worded("care-confirmed", {**BOOKED, "minutes": minutes}, "en").text


def test_a_time_at_the_end_of_a_sentence_has_one_full_stop() -> None:
    assert "from 6:41 a.m. By our estimate" in worded("care-confirmed", BOOKED, "en").text


@pytest.mark.parametrize(
    ("decide_by", "language", "said"),
    [
        ("2026-03-02T06:10", "en", "keeps looking until 6:10 a.m. and tells you"),
        ("2026-03-01T20:30", "en", "keeps looking until 8:30 p.m. on Sunday, March 1 and tells you"),
        ("2026-03-02T06:10", "es", "sigue buscando hasta las 6:10 y le avisa"),
        ("2026-03-01T20:30", "es", "sigue buscando hasta las 20:30 del domingo 1 de marzo y le avisa"),
    ],
)
def test_a_moment_names_its_day_only_when_it_is_not_the_day_of_care(decide_by: str, language: str, said: str) -> None:
    assert said in worded("care-waiting", {**BOOKED, "decide_by": decide_by}, language).sms


def test_a_missing_fact_is_an_error_and_never_a_gap_in_a_message() -> None:
    with pytest.raises(KeyError, match="site"):
        worded("care-confirmed", {name: fact for name, fact in BOOKED.items() if name != "site"}, "en")


def test_a_misspelled_day_is_an_error() -> None:
    with pytest.raises(ValueError, match="Monday"):
        worded("care-confirmed", {**BOOKED, "day": "Monday"}, "en")


def test_a_line_break_in_a_name_cannot_forge_a_mail_header() -> None:
    words = worded(
        "care-held", {**BOOKED, "until": "2026-03-02T05:52-05:00", "site": "Oaks\nBcc: all@example.org"}, "en"
    )
    assert "Oaks Bcc: all@example.org is asked" in words.text


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"minutes": 30.2, "most": 30}, "The way there adds 31 minutes to your trip, and you allow 30."),
        ({"kilometers": 8.04, "most": 8.0}, "This caregiver lives 8.04 kilometers away and travels at most 8."),
        ({}, "This place is farther from your way than you allow."),
    ],
)
def test_a_refusal_says_as_much_as_its_facts_allow(facts: dict[str, Fact], said: str) -> None:
    assert sentence(Reason("nothing-in-reach", facts), "en") == said


def test_a_refusal_names_the_rule_behind_it() -> None:
    reason = Reason("license-not-in-force", {"day": "2026-03-02"}, cite="18 NYCRR 416.2")
    assert sentence(reason, "en") == (
        "The license of this place is not in force on Monday, March 2. Nothing was changed. The rule: 18 NYCRR 416.2."
    )
    assert sentence(reason, "es") == (
        "La licencia de este lugar no está vigente el lunes 2 de marzo. No se cambió nada. La regla: 18 NYCRR 416.2."
    )


def test_a_reason_without_words_is_a_bug() -> None:
    with pytest.raises(KeyError, match="the-moon"):
        sentence(Reason("the-moon"), "en")
