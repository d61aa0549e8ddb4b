"""A parent asks in three screens; whatever is typed, the answer is a sentence and never a broken page."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cast import ADA, BEN, DAWN, LUCIA, MONDAY, ROSA, Opened, close_all_but
from daybreak.care.models import CareRequest
from daybreak.people.models import Household
from daybreak.web.pacing import ASK
from web_visits import at_dawn, seen, visitor


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


@pytest.fixture
def rosa(opened: Opened) -> Client:
    return visitor(ROSA)


def wish(**changes: object) -> dict[str, object]:
    """What the last screen sends."""
    said: dict[str, object] = {
        "child": [str(ADA), str(BEN)],
        "day": MONDAY.isoformat(),
        "starts": "07:00",
        "ends": "15:30",
        "decide_by": (DAWN + timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%MZ"),
        "key": str(uuid4()),
    }
    return {name: value for name, value in (said | changes).items() if value is not None}


def test_three_screens_lead_from_the_first_page_to_a_confirmed_place(rosa: Client) -> None:
    first = rosa.get("/")
    assert "Ask for care" in seen(first).said

    who = seen(rosa.get("/ask"))
    assert ("child", str(ADA)) in who.hidden()
    assert ("day", MONDAY.isoformat()) in who.hidden()

    hours = seen(rosa.get("/ask/hours", who.hidden_query()))
    assert ("starts", "07:00") in hours.hidden()
    assert ("ends", "15:30") in hours.hidden()
    assert "Care for Ada and Ben on Monday, March 2." in hours.said

    check = seen(rosa.get("/ask/check", hours.hidden_query()))
    assert "Together in one place, or not at all." in check.said
    answer = rosa.post("/ask/check", check.hidden_query())

    request = CareRequest.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/requests/{request.pk}"
    page = seen(rosa.get(answer["Location"]))
    assert "Ada and Ben have a place at Ms. Okafor's family child care home" in page.said
    assert "6:49 a.m." in page.said


def test_two_identical_taps_are_one_request(rosa: Client) -> None:
    said = wish()
    first, second = rosa.post("/ask/check", said), rosa.post("/ask/check", said)
    assert first["Location"] == second["Location"]
    assert CareRequest.objects.count() == 1


def test_back_shows_what_was_said_before(rosa: Client) -> None:
    page = seen(rosa.get("/ask", {"child": str(BEN), "ill": str(BEN), "day": (MONDAY + timedelta(days=1)).isoformat()}))
    assert [pair for pair in page.hidden() if pair[0] in ("child", "ill")] == [("child", str(BEN)), ("ill", str(BEN))]
    assert ("day", (MONDAY + timedelta(days=1)).isoformat()) in page.hidden()


def test_a_shift_past_midnight_is_said_in_words(rosa: Client) -> None:
    said = wish(starts="19:00", ends="07:00")
    page = seen(rosa.get("/ask/check", said))
    assert "7:00 p.m. to 7:00 a.m. the next day, Tuesday, March 3" in page.said


REFUSED = {
    "no child": ({"child": None}, "No child is chosen. Choose at least one."),
    "a child of another family": ({"child": [str(LUCIA)]}, "One of these children is not in your family's list."),
    "a child that is no ref": ({"child": ["Ada"]}, "One of these children is not in your family's list."),
    "no day": ({"day": None}, "That is not a day."),
    "a day that is none": ({"day": "2026-02-30"}, "That is not a day."),
    "a day in the past": ({"day": "2026-02-20"}, "That day has passed."),
    "the last day there is": ({"day": "9999-12-31"}, "That day is more than a year ahead."),
    "half a year ahead": ({"day": "2026-09-01"}, "is more than 90 days ahead."),
    "no start": ({"starts": None}, "That is not a time."),
    "a time that is none": ({"ends": "25:99"}, "That is not a time."),
    "a shift of twenty hours": ({"starts": "07:00", "ends": "03:00"}, "One request covers at most 16 hours."),
    "no decide-by": ({"decide_by": None}, "Nothing was asked yet."),
    "a decide-by that is none": ({"decide_by": "soon"}, "Nothing was asked yet."),
    "a decide-by in the past": ({"decide_by": "2026-03-01T10:00Z"}, "Your decide-by time has passed."),
    "a decide-by after care": ({"decide_by": "2026-03-04T10:00Z"}, "Your decide-by time comes after the care itself."),
    "no key": ({"key": None}, "Nothing was asked yet."),
    "a key that is none": ({"key": "1"}, "Nothing was asked yet."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_asked_is_a_sentence_and_nothing_is_written(rosa: Client, case: str) -> None:
    change, sentence = REFUSED[case]
    answer = rosa.post("/ask/check", wish(**change))
    assert answer.status_code == 400
    assert sentence in seen(answer).said
    assert CareRequest.objects.count() == 0


def test_bad_values_on_the_way_stay_on_their_screen(rosa: Client) -> None:
    who = rosa.get("/ask/hours", {"day": MONDAY.isoformat()})
    assert who.status_code == 400
    assert seen(who).said.startswith("Who needs care?")
    hours = rosa.get("/ask/check", wish(starts="x"))
    assert hours.status_code == 400
    assert "When is your shift?" in seen(hours).said


def test_a_mild_illness_is_asked_with_the_child(rosa: Client) -> None:
    close_all_but("allentown")
    rosa.post("/ask/check", wish(ill=[str(ADA)]))
    ill = CareRequest.objects.get().children.filter(mildly_ill=True)
    assert [child.child_id for child in ill] == [ADA]


def test_asking_too_often_is_answered_with_when_to_try_again(rosa: Client) -> None:
    answers = [rosa.post("/ask/check", wish(decide_by="2026-03-01T10:00Z")) for _ in range(ASK.burst + 1)]
    assert [answer.status_code for answer in answers] == [400] * ASK.burst + [429]
    assert answers[-1]["Retry-After"] == "60"
    assert "Try again in 1 minute." in seen(answers[-1]).said


words = st.one_of(
    st.text(max_size=30),
    st.sampled_from([str(ADA), str(BEN), str(UUID(int=0)), MONDAY.isoformat(), "other", "07:00", "00:00", "24:00"]),
    st.sampled_from(["9999-12-31", "0001-01-01", "2026-03-02T10:10Z", "9999-12-31T23:59Z", "\x00", "٠٧:٠٠", "-1"]),
)
paths = st.sampled_from(["/ask", "/ask/hours", "/ask/check"])
names = st.sampled_from(["child", "ill", "day", "other_day", "starts", "ends", "decide_by", "key"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(names, st.lists(words, min_size=1, max_size=3)),
    st.sampled_from(["/ask", "/ask/hours", "/ask/check"]),
)
def test_garbage_never_breaks_the_ask(rosa: Client, said: dict[str, list[str]], path: str) -> None:
    assert rosa.get(path, said).status_code in (200, 400)
    if path == "/ask/check":
        assert rosa.post(path, said).status_code in (200, 302, 400, 429)


def test_the_family_of_one_employer_is_not_moved_by_anothers_wish(rosa: Client) -> None:
    households = list(Household.objects.order_by("pk").values())
    rosa.post("/ask/check", wish(child=[str(LUCIA)]))
    assert list(Household.objects.order_by("pk").values()) == households
