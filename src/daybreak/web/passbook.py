"""An employee's money page: days left, what was charged and given back, what will be on the W-2 and why."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from daybreak.kernel.money import Money
from daybreak.plan import ledger
from daybreak.plan.books.queries import lines_of
from daybreak.plan.queries import standing_of
from daybreak.plan.tax.queries import SoFar
from daybreak.plan.terms import PassbookKind, Passed, Standing
from daybreak.web.access import Purpose
from daybreak.web.doors import Visit, for_anybody
from daybreak.web.money import amount_words, tax_of
from daybreak.web.parents import household_at
from daybreak.web.templatetags.said import day as said_day


@for_anybody(Purpose.SEE_MONEY)
@never_cache
@require_safe
def money_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Days left, what was charged and given back, and what will be on the W-2 and why."""
    household = household_at(visit)
    today = visit.at.astimezone(ZoneInfo(household.zone)).date()
    children = {child.child_id: child.name for child in household.children}
    standing = standing_of(visit.me.person_id, household.household_id, children, today)
    if standing is None:
        return render(request, "web/money.html", {"has_plan": False})
    plan, employed = standing.stored.plan, standing.employed
    unit = plan.allowance.unit
    tax = tax_of(standing, today)
    copays = ledger.of_year(PassbookKind.COPAYS, employed.employee_id, employed.employer_id, today)
    owed = lines_of(copays)
    context = {
        "has_plan": True,
        "plan": plan.title,
        "until": plan.year.until - timedelta(days=1),
        "allowances": [
            {"name": children.get(owner, ""), "left": amount_words(unit, left)} for owner, left in standing.left.items()
        ],
        "lines": [{"name": children.get(owner, ""), "rows": list(_rows(standing, owner))} for owner in standing.left],
        "copays": [_copay_row(line) for line in owed],
        "owed": str(Money(sum(line.amount for line in owed))),
        "tax": _tax_words(tax) if tax else None,
    }
    return render(request, "web/money.html", context)


def _rows(standing: Standing, owner: UUID) -> Iterator[dict[str, str]]:
    passbook = ledger.allowance_of(standing.stored.plan, standing.stored.employer_id, owner)
    unit = standing.stored.plan.allowance.unit
    for line in lines_of(passbook):
        sign = "+" if line.amount > 0 else "−"
        yield {
            "number": str(line.number),
            "text": _deed(line),
            "cite": line.cite,
            "amount": f"{sign}{amount_words(unit, abs(line.amount))}",
            "balance": amount_words(unit, line.balance or 0),
            "request": str(line.request_id or ""),
        }


def _copay_row(line: Passed) -> dict[str, str]:
    return {"text": _deed(line), "amount": str(Money(line.amount)), "request": str(line.request_id or "")}


def _deed(line: Passed) -> str:
    """What a line is for, in words."""
    words = {
        "grant": gettext("Given by your plan"),
        "carry-over": gettext("Taken along from last year"),
        "hardship": gettext("Given by your benefits clerk"),
        "end-year": gettext("The plan year ended"),
    }
    if line.verb in words:
        return words[line.verb]
    if line.verb == "give-back":
        return gettext("Given back: %(day)s") % {"day": said_day(line.day)}
    return gettext("Care on %(day)s") % {"day": said_day(line.day)}


def _tax_words(tax: SoFar) -> dict[str, object]:
    why = {
        "law": gettext("This is the law's limit for the year."),
        "plan": gettext("Your plan has a lower limit for highly paid employees."),
        "earned-income": gettext("It cannot be more than you earn in the year."),
        "spouse-income": gettext("It cannot be more than your husband or wife earns in the year."),
    }
    return {
        "year": tax.year,
        "tallied": str(tax.tallied),
        "fsa": str(tax.fsa) if tax.fsa > Money(0) else "",
        "total": str(tax.total),
        "limit": str(tax.limit.most),
        "why": why[tax.limit.because],
        "imputed": str(tax.imputed) if tax.imputed > Money(0) else "",
        "left": str(max(tax.limit.most - tax.total, Money(0))),
        "is_known": tax.is_known,
        "cite": tax.law.cites[0],
        "caution": bool(tax.law.cautions),
    }
