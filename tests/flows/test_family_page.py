"""A family tells once; a home reads what it must know while it needs it; nobody else reads any of it."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from cast import ADA, BEN, DEE, LUCIA, MS_OKAFOR, OKAFOR, ROSA, Opened, clock, household_of
from daybreak.audit.queries import events_of
from daybreak.care.terms import RequestView
from daybreak.people.models import Child, Fetcher, HouseholdAnswer
from daybreak.people.queries import children_of
from daybreak.people.queries import household_of as household_named
from daybreak.people.telling.queries import told_by
from daybreak.people.telling.terms import Question
from web_visits import at_dawn, newcomer, seen, visitor

HOME = household_of("rosa")
PAGES = ("", "/children/new", "/emergency", "/address", "/fetchers", "/care", "/hours")
ZOE = {"name": "Zoe", "born": "2025-12-24", "allergies": "Bee stings.", "care_notes": "Sleeps with her bear."}


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


@pytest.fixture
def rosa(opened: Opened) -> Client:
    return visitor(ROSA)


def test_a_new_child_can_be_asked_for_at_once(rosa: Client, opened: Opened) -> None:
    assert rosa.post("/family/children/new", ZOE)["Location"] == "/family"
    zoe = children_of(HOME)[-1]
    assert (zoe.name, zoe.allergies, zoe.to_know) == ("Zoe", "Bee stings.", "Bee stings. Sleeps with her bear.")
    assert zoe.months_on(opened.day) == 2
    assert "Zoe" in seen(rosa.get("/ask")).said
    row = Child.objects.get(pk=zoe.child_id)
    assert "Zoe" not in row.name_sealed + row.allergies_sealed + row.care_notes_sealed
    (event,) = events_of("child", zoe.child_id)
    assert (event.verb, event.actor, event.facts) == ("add", ROSA, {})


def test_what_is_said_of_a_child_can_be_changed(rosa: Client) -> None:
    page = seen(rosa.get(f"/family/children/{ADA}"))
    assert "About Ada" in page.said
    changed = {**ZOE, "name": "Ada", "special_needs": "1"}
    assert rosa.post(f"/family/children/{ADA}", changed).status_code == 302
    ada = children_of(HOME)[0]
    assert (ada.child_id, ada.name, ada.care_notes, ada.special_needs) == (ADA, "Ada", "Sleeps with her bear.", True)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": " "}, "The child has no name yet."),
        ({"born": "soon"}, "That is not a day."),
        ({"born": "2027-01-01"}, "Friday, January 1 has not come yet."),
        ({"born": "2008-03-01"}, "Backup care is for children under 18."),
        ({"care_notes": "x" * 601}, "That is longer than 600 letters"),
    ],
)
def test_a_child_that_cannot_be_is_not_saved_and_the_page_keeps_what_was_typed(
    rosa: Client, said: dict[str, str], sentence: str
) -> None:
    answer = rosa.post("/family/children/new", {**ZOE, **said})
    assert answer.status_code == 400
    page = seen(answer)
    assert sentence in page.said
    assert "Bee stings." in page.said
    assert len(children_of(HOME)) == 2


def test_a_child_off_the_list_is_no_longer_asked_for_and_its_requests_still_name_it(
    rosa: Client, opened: Opened
) -> None:
    view = opened.asked()
    assert rosa.post(f"/family/children/{ADA}/off")["Location"] == f"/family/children/{ADA}"
    assert len(children_of(HOME)) == 2
    assert rosa.post(f"/family/children/{ADA}/off", {"off": "yes"}).status_code == 302
    assert [child.child_id for child in children_of(HOME)] == [BEN]
    assert "Ada and Ben have a place" in seen(rosa.get(f"/requests/{view.request_id}")).said
    assert "Ada" not in seen(rosa.get("/ask")).said
    refused = opened.ask(children=[ADA], key=str(uuid4()))
    assert [reason.code for reason in refused.reasons] == ["not-allowed"]  # type: ignore[union-attr]


def test_answers_are_sealed_replaced_and_taken_back(rosa: Client) -> None:
    rosa.post("/family/emergency", {"emergency": "Call Theo first."})
    rosa.post("/family/care", {"regular-care": ["center", "relative"], "fails-when": "closed"})
    told = told_by(HOME)
    assert told.emergency == "Call Theo first."
    assert told.chosen(Question.REGULAR_CARE) == ("center", "relative")
    assert all(row.answer_sealed.startswith("v1:") for row in HouseholdAnswer.objects.all())
    assert "A child care center · Grandparents or other relatives" in seen(rosa.get("/family")).said
    rosa.post("/family/emergency", {"emergency": " "})
    assert told_by(HOME).emergency == ""


def test_a_choice_that_is_not_on_the_page_is_refused(rosa: Client) -> None:
    page = seen(rosa.post("/family/care", {"regular-care": "<b>"}, follow=True))
    assert "One of these choices is not on the page. Nothing was saved." in page.said
    assert HouseholdAnswer.objects.count() == 0


def test_who_may_fetch_is_named_and_taken_off(rosa: Client) -> None:
    rosa.post("/family/fetchers", {"name": "Theo Delgado", "tie": "father", "phone": "716 555 0199"})
    (theo,) = told_by(HOME).fetchers
    assert (theo.name, theo.tie, theo.phone) == ("Theo Delgado", "father", "716 555 0199")
    assert "Theo" not in str(Fetcher.objects.values_list())
    answer = rosa.post("/family/fetchers", {"name": ""})
    assert answer.status_code == 400
    assert "There is no name yet." in seen(answer).said
    assert visitor(made_other()).post("/family/fetchers", {"drop": str(theo.fetcher_id)}).status_code == 400
    rosa.post("/family/fetchers", {"drop": str(theo.fetcher_id)})
    assert told_by(HOME).fetchers == ()


def made_other() -> UUID:
    """Marisol, from another employer, with a household of her own."""
    from_cast = household_named(household_of("marisol"))
    assert from_cast is not None
    return Child.objects.get(pk=LUCIA).household.employees.get().person_id


def test_the_usual_day_is_what_the_next_request_starts_from(rosa: Client) -> None:
    rosa.post("/family/hours", {"starts": "06:30", "ends": "14:00", "detour": "45"})
    found = household_named(HOME)
    assert found is not None
    assert (f"{found.usual_starts:%H:%M}", found.max_detour_minutes, found.keep_together) == ("06:30", 45, False)
    answer = rosa.post("/family/hours", {"starts": "6.30", "ends": "14:00", "detour": "45"})
    assert answer.status_code == 400
    assert "That is not a time." in seen(answer).said


def test_the_page_asks_for_one_thing_at_a_time_until_all_is_told(rosa: Client) -> None:
    asked = []
    for path, said in (
        ("/family/emergency", {"emergency": "Call Theo."}),
        ("/family/fetchers", {"name": "Theo"}),
        ("/family/care", {"regular-care": "center"}),
    ):
        page = seen(rosa.get("/family"))
        (next_card,) = [one for one in page.every("a") if "next" in (one.get("class") or "").split()]
        asked.append(next_card["href"])
        rosa.post(path, said)
    assert asked == ["/family/emergency", "/family/fetchers", "/family/care"]
    assert "The rest can wait" not in seen(rosa.get("/family")).said


def test_a_home_reads_it_only_around_the_stay(rosa: Client, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    rosa.post("/family/emergency", {"emergency": "Call Theo first."})
    rosa.post("/family/fetchers", {"name": "Theo Delgado", "tie": "father", "phone": "716 555 0199"})
    view = opened.asked()
    okafor = visitor(MS_OKAFOR)

    def told(moment: object) -> tuple[bool, bool, bool]:
        at_dawn(monkeypatch, moment)  # type: ignore[arg-type]
        said = seen(okafor.get(f"/sites/{OKAFOR}/today?day=2026-03-02")).said
        return "Peanut allergy" in said, "Call Theo first." in said, "Theo Delgado" in said

    assert arrival(view) == clock(6, 49)
    assert told(clock(4, 45)) == (False, False, False)
    assert told(clock(5, 40)) == (True, True, True)
    assert told(clock(16, 0)) == (False, False, False)


def arrival(view: RequestView) -> object:
    assert view.booking is not None
    return view.booking.arrives_at.replace(second=0, microsecond=0)


def test_no_outsider_sees_or_changes_a_family(rosa: Client, opened: Opened) -> None:
    for outsider in (DEE, newcomer()):
        client = visitor(outsider)
        assert [client.get(f"/family{page}").status_code for page in PAGES] == [404] * len(PAGES)
        assert client.post("/family/emergency", {"emergency": "x"}).status_code == 404
    for outsider in (DEE, newcomer(), made_other()):
        client = visitor(outsider)
        assert client.get(f"/family/children/{ADA}").status_code == 404
        assert client.post(f"/family/children/{ADA}", ZOE).status_code == 404
        assert client.post(f"/family/children/{ADA}/off", {"off": "yes"}).status_code == 404
    assert rosa.get(f"/family/children/{uuid4()}").status_code == 404
    assert [child.name for child in children_of(HOME)] == ["Ada", "Ben"]
