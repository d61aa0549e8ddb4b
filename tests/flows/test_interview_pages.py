"""An interview page by page: one form for everybody, nothing kept before it was seen, no cookie, no trace."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from daybreak.config import interview_urls
from daybreak.interviews import queries
from daybreak.interviews.actions import add_trustee, dismiss_trustee, make_codes
from daybreak.interviews.models import Answer, Coding, Text, Waiting
from daybreak.interviews.queries import SETS, question_set
from daybreak.tickets.terms import Occasion
from daybreak.web.interviews import urls
from daybreak.web.interviews.access import PAGES, Opens
from daybreak.web.interviews.form import questions
from interviewed import answer, anybody, invited, new_wave, said, ticket_of
from web_visits import at_dawn, seen

pytestmark = [
    pytest.mark.django_db(databases=["default", "interviews"]),
    pytest.mark.usefixtures("interviews_web"),
]


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


def send(client: Client, occasion: str, *, language: str = "en", **fields: object) -> HttpResponse:
    answered: HttpResponse = client.post(f"/{language}/interview/{occasion}", fields)  # type: ignore[assignment]
    return answered


def test_every_address_is_in_the_table_and_every_line_of_it_has_an_address() -> None:
    patterns = [*urls.urlpatterns, interview_urls.urlpatterns[0]]
    assert {pattern.name for pattern in patterns} == set(PAGES)
    for pattern in patterns:
        assert isinstance(pattern, URLPattern)
        assert getattr(pattern.callback, "opens", None) is PAGES[pattern.name or ""]


ADDRESSES: dict[str, list[str]] = {
    "begin": ["pulse-x"],
    "interview": ["pulse"],
    "take-back": ["pulse"],
    "trustee-code": ["00000000-0000-0000-0000-000000000001"],
}


def test_nobody_comes_to_a_trustee_s_page_without_a_key() -> None:
    client = Client()
    for name, opens in PAGES.items():
        for method in (client.get, client.post):
            response = method(reverse(name, args=ADDRESSES.get(name, [])))
            to_sign_in = response.status_code == 302 and response["Location"].endswith("/trustee/sign-in")
            assert to_sign_in == (opens is Opens.TRUSTEE), name


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_reads_in_both_languages_and_sets_no_cookie(language: str) -> None:
    wave = new_wave()
    client = Client()
    paths = ["", "promise", f"begin/{wave}", "back", *(f"interview/{occasion}" for occasion in SETS)]
    for path in paths:
        response = client.get(f"/{language}/{path}")
        assert response.status_code == 200, path
        page = seen(response)
        (html,) = page.every("html")
        assert html["lang"] == language
        assert len(list(page.every("h1"))) >= 1
        assert response["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response["Cache-Control"]
    assert not client.cookies


def test_the_same_questions_in_the_same_number_whoever_asks() -> None:
    first, second = (seen(Client().get("/en/interview/exit")) for _ in range(2))
    assert sorted(first.said.split()) == sorted(second.said.split())
    assert len(list(first.every("fieldset"))) == len(question_set("exit-1").closed)


def test_reasons_come_in_another_order_each_time_and_what_rules_out_the_rest_stays_last() -> None:
    asked = question_set("exit-1")
    orders = set()
    for _ in range(12):
        (reasons,) = [one for one in questions(asked, {}, "en") if one.name == "leaving_reasons/1"]
        codes = tuple(choice.code for choice in reasons.choices)
        assert codes[-2:] == ("other", "prefer_not")
        orders.add(codes)
    assert len(orders) > 1


def test_an_interview_in_spanish_is_looked_at_once_more_and_kept() -> None:
    wave = new_wave()
    ticket, client = ticket_of(wave, invited(wave)), Client()
    first = send(
        client, "pulse", language="es", ticket=ticket, **{"sex/1": "woman", "one_day/1": "Llámame al 317-555-0134."}
    )
    page = seen(first)
    assert "Esto es lo que se guardaría" in page.said
    assert "[número]" in page.said
    assert not Waiting.objects.exists()
    kept = send(client, "pulse", language="es", step="keep", **dict(page.hidden()), **{"one_day/1": "Llámame."})
    assert "Sus respuestas están guardadas" in seen(kept).said
    assert Waiting.objects.count() == 1
    assert not client.cookies


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "This ticket or code opens nothing."),
        ({"ticket": "pulse.AAAA.BBBB"}, "This ticket or code opens nothing."),
        ({"ticket": "CODE", "sex/1": "robot"}, "An answer was none of those on offer."),
        ({"ticket": "CODE", "one_day/1": "x" * 1501}, "A text is longer than half a page."),
    ],
)
def test_what_cannot_be_kept_is_said_and_what_was_chosen_stays(fields: dict[str, str], says: str) -> None:
    (code, *_) = make_codes(occasion="pulse", count=20)
    fields = {name: value.replace("CODE", code) for name, value in fields.items()}
    page = send(Client(), "pulse", **fields, **{"care_for/1": "older_adult"})
    assert page.status_code == 400
    assert says in seen(page).said
    chosen = [one["value"] for one in seen(page).every("input") if one.get("name") == "care_for/1" and "checked" in one]
    assert chosen == ["older_adult"]
    assert not Waiting.objects.exists()


def test_a_ticket_opens_no_other_interview() -> None:
    wave = new_wave(Occasion.EXIT)
    page = send(Client(), "pulse", ticket=ticket_of(wave, invited(wave)), step="keep")
    assert "This ticket is for another interview." in seen(page).said
    assert not Waiting.objects.exists()


def test_answers_are_taken_back_by_the_same_ticket_and_not_after_the_batch() -> None:
    (code, *_) = make_codes(occasion="pulse", count=20)
    client = Client()
    send(client, "pulse", ticket=code, step="keep")
    assert "Your answers are deleted" in seen(client.post("/en/interview/pulse/take-back", {"ticket": code})).said
    send(client, "pulse", ticket=code, step="keep")
    for number in range(19):
        answer(anybody(number), said(number))
    assert Answer.objects.count() == 20
    refused = client.post("/en/interview/pulse/take-back", {"ticket": code})
    assert (refused.status_code, "nobody can find them again" in seen(refused).said) == (409, True)
    again = send(client, "pulse", ticket=code, step="keep")
    assert again.status_code == 409
    assert Answer.objects.count() == 20


def test_a_wave_that_is_not_known_or_over_has_no_page() -> None:
    assert Client().get("/en/begin/pulse-2026-q1-000000").status_code == 404
    assert Client().get("/en/interview/wedding").status_code == 404


def trustee(name: str) -> Client:
    client = Client()
    answered = client.post("/en/trustee/sign-in", {"key": add_trustee(name)})
    assert answered["Location"] == "/en/trustee"
    return client


def code_all(client: Client, themes: Callable[[str], list[str]]) -> int:
    """Code every text as `themes` says; returns how many."""
    for count in range(100):
        page = client.get("/en/trustee/texts")
        if page.status_code == 302:
            return count
        text = page.content.decode()
        found = re.search(r'action="(/en/trustee/texts/[0-9a-f-]+)"', text)
        assert found
        client.post(found[1], {"theme": themes(text)})
    raise AssertionError("the texts never end")


def test_two_trustees_code_texts_and_see_how_well_they_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "is_shared", lambda text_id: text_id.int % 2 == 0)
    for number in range(60):
        answer(anybody(number), said(number, text="forty dollars" if number % 2 else "snow"))
    one, other = trustee("Ines"), trustee("Ruth")

    def reads(text: str) -> list[str]:
        return ["cost"] if "forty dollars" in text else ["closure"]

    assert code_all(one, reads) == code_all(other, reads) == 60
    assert Coding.objects.count() == 120
    page = seen(one.get("/en/trustee")).said
    assert "The yearly pulse, 2026-Q1: 60 answers" in page
    assert re.search(r"Cost 1\.00", page)
    assert "too few to tell" in page
    assert Text.objects.count() == 60


def test_a_wrong_key_opens_nothing_and_a_dismissed_trustee_is_out_at_once() -> None:
    assert Client().post("/en/trustee/sign-in", {"key": "guess"}).status_code == 400
    client = trustee("Ines")
    assert client.get("/en/trustee").status_code == 200
    assert dismiss_trustee("Ines")
    assert client.get("/en/trustee")["Location"] == "/en/trustee/sign-in"


def test_the_resolver_of_this_process_knows_no_page_of_the_employer_s() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert names <= set(PAGES)
