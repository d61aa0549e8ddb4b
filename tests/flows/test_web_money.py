"""Before asking, a parent sees what it uses, costs and whether it is taxed; afterwards, her passbook and her W-2."""

from datetime import timedelta

import pytest

from cast import ADA, BEN, DAWN, LUCIA, MARISOL, MONDAY, ROSA, Opened
from cast import household_of as household
from daybreak.accounts.actions import give_role
from daybreak.accounts.terms import RoleKind
from daybreak.care.actions.cancel import cancel_request
from daybreak.demo.cast import made_id
from daybreak.kernel.money import Money
from daybreak.plan.actions.facts import say_tax_facts
from daybreak.plan.models import PlanFile
from daybreak.plan.tax.terms import Filing, Taxpayer
from web_visits import at_dawn, newcomer, seen, visitor

ASKING = f"child={ADA}&child={BEN}&day={MONDAY}&starts=07:00&ends=15:30"
EMPLOYEE = made_id("employee rosa")


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


def set_aside(dollars: int, filing: Filing = Filing.ANYONE_ELSE) -> None:
    taxpayer = Taxpayer(filing=filing, fsa=Money.dollars(dollars))
    say_tax_facts(employee_id=EMPLOYEE, year=2026, taxpayer=taxpayer, at=DAWN)


def test_before_asking_rosa_sees_what_it_uses_and_that_she_pays_nothing(opened: Opened) -> None:
    page = seen(visitor(ROSA).get(f"/ask/check?{ASKING}"))
    assert "Uses 1 day of 10 days left" in page.said
    assert "At a home or center Nothing to pay (Handbook 4.1)" in page.said
    assert "would be added to your pay" not in page.said


def test_marisol_pays_a_copay_after_care_and_reads_it_in_spanish(opened: Opened) -> None:
    page = seen(visitor(MARISOL).get(f"/ask/check?child={LUCIA}&day={MONDAY}&starts=08:00&ends=16:30"))
    assert "Usa 8.5 horas de lo que le queda: 80 horas" in page.said
    assert "$5.00, de su salario, después del cuidado" in page.said


def test_a_booking_that_would_cross_the_limit_is_warned_of_first(opened: Opened) -> None:
    set_aside(7400)
    page = seen(visitor(ROSA).get(f"/ask/check?{ASKING}"))
    assert "what your employer may give you free of tax in a year, $7,500.00" in page.said
    # Two children at 12 dollars an hour for 9 started hours come to 216, which is 116 over.
    assert "up to $116.00 of its value would be added to your pay" in page.said
    assert "26 USC 129(a)(2)(A)" in page.said


def test_who_files_separately_has_half_the_limit(opened: Opened) -> None:
    set_aside(3700, Filing.SEPARATELY)
    assert "$3,750.00" in seen(visitor(ROSA).get(f"/ask/check?{ASKING}")).said


def test_a_co_parent_sees_the_allowance_and_nothing_of_the_others_pay(opened: Opened) -> None:
    set_aside(7500)
    theo = newcomer()
    give_role(person_id=theo, kind=RoleKind.CO_PARENT, scope=household("rosa"), at=DAWN)
    page = seen(visitor(theo).get(f"/ask/check?{ASKING}"))
    assert "Uses 1 day of 10 days left" in page.said
    assert "added to your pay" not in page.said
    assert visitor(theo).get("/money").status_code == 404
    assert "/money" not in [link.get("href") for link in seen(visitor(theo).get("/")).every("a")]


def test_the_money_page_says_what_was_charged_and_given_back(opened: Opened) -> None:
    rosa = visitor(ROSA)
    first = seen(rosa.get("/money"))
    assert "Left in this plan year 10 days To be used by Dec. 31, 2026" in first.said
    assert "Nothing has been used yet." in first.said
    view = opened.asked()
    used = seen(rosa.get("/money"))
    assert "9 days To be used by" in used.said
    assert "2. Care on Monday, March 2 Handbook 4.1 −1 day then 9 days" in used.said
    assert "1. Given by your plan Handbook 3.1 +10 days then 10 days" in used.said
    assert "Box 10 $172.00" in used.said
    assert "Still free of tax this year $7,328.00" in used.said
    assert view.booking is not None
    cancel_request(request_id=view.request_id, actor=ROSA, at=view.booking.arrives_at - timedelta(hours=3))
    back = seen(rosa.get("/money"))
    assert "3. Given back: Monday, March 2 Handbook 4.1 +1 day then 10 days" in back.said
    assert "Box 10 $0.00" in back.said


def test_what_is_over_the_limit_is_said_with_its_reason(opened: Opened) -> None:
    set_aside(7400)
    opened.asked()
    page = seen(visitor(ROSA).get("/money"))
    assert "Set aside from your pay (FSA) $7,400.00 Box 10 $7,572.00" in page.said
    assert "Added to your pay (boxes 1, 3 and 5) $72.00" in page.said
    assert "This is the law's limit for the year." in page.said
    assert "Not tax advice." in page.said


def test_copays_and_their_sum_are_listed(opened: Opened) -> None:
    opened.asked(who=MARISOL, household="marisol", children=[LUCIA])
    page = seen(visitor(MARISOL).get("/money"))
    assert "Copagos de este año Cuidado del lunes 2 de marzo $5.00" in page.said


def test_without_a_plan_the_page_says_so(opened: Opened) -> None:
    PlanFile.objects.all().delete()
    rosa = visitor(ROSA)
    assert "Your employer has no plan here for today" in seen(rosa.get("/money")).said
    assert "What it costs you" not in seen(rosa.get(f"/ask/check?{ASKING}")).said


def test_another_employers_parent_sees_her_own_page_only(opened: Opened) -> None:
    opened.asked()
    page = seen(visitor(MARISOL).get("/money"))
    assert "Lakeshore Logistics" in page.said
    assert "Harbor" not in page.said
