"""The clerk's month: what is due to payroll, what changed since last time, what looks wrong, one button for each file.

Counts and sums, no names: who it is stands in the files by reference, and payroll knows whose that is.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from daybreak.accounts.terms import RoleKind
from daybreak.care.queries import nobody_said_who_came
from daybreak.kernel.money import Money
from daybreak.plan.actions.books import number_waiting
from daybreak.plan.actions.months import close_month
from daybreak.plan.books import files
from daybreak.plan.books.months import Month, month_of, total
from daybreak.plan.books.queries import (
    Closed,
    book_lines,
    budgets_of,
    charged_twice,
    closed_months,
    deductions_for,
    fairness_in,
    imputed_in,
    near_the_limit,
)
from daybreak.plan.queries import plan_on
from daybreak.web.access import Purpose
from daybreak.web.doors import Visit, for_anybody
from daybreak.web.failures import tell_decision

SHOWN = 6
"""Months shown, this one among them."""

Make = Callable[[UUID, Month, datetime], str]
FILES: Mapping[str, Make] = {
    "deductions.csv": lambda employer_id, month, at: files.deductions_csv(deductions_for(employer_id, month, at=at)),
    "box-10.csv": lambda employer_id, month, _: files.imputed_csv(imputed_in(employer_id, month.since.year)),
    "general-ledger.csv": lambda employer_id, _, __: files.general_ledger_csv(book_lines(employer_id)),
    "books.csv": lambda employer_id, _, __: files.lines_csv(book_lines(employer_id)),
}
"""The files of a month, by the name they are saved under."""


@for_anybody(Purpose.DO_PAYROLL)
@never_cache
@require_safe
def payroll_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The newest months, and which of them are closed."""
    employer_id, today = _employer(visit), visit.at.date()
    closed = {one.since: one for one in closed_months(employer_id)}
    months = [month_of(today)]
    while len(months) < SHOWN:
        months.append(month_of(months[-1].since - timedelta(days=1)))
    lines = [
        {
            "since": month.since,
            "ref": f"{month.since:%Y-%m}",
            "closed": closed.get(month.since),
            "total": str(total(deductions_for(employer_id, month, at=visit.at))),
        }
        for month in months
    ]
    return render(request, "web/payroll.html", {"months": lines})


@for_anybody(Purpose.DO_PAYROLL)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def month_page(request: HttpRequest, visit: Visit, month: str) -> HttpResponse:
    """One month: due, changed, wrong; its files; and the button that closes it."""
    employer_id, asked = _employer(visit), _month(month)
    if request.method == "POST":
        decision = close_month(employer_id=employer_id, month=asked, at=visit.at, actor=visit.me.person_id)
        tell_decision(request, decision, gettext("Closed. What changes from now on stands in the next month's file."))
        return redirect("payroll-month", month)
    # The files say numbers and balances, which the worker fills in; a clerk need not wait for it.
    number_waiting()
    found = deductions_for(employer_id, asked, at=visit.at)
    closed = next((one for one in closed_months(employer_id) if one.since == asked.since), None)
    stored = plan_on(employer_id, asked.since)
    within = stored.plan.tax.warn_within if stored else Money(0)
    fairness = fairness_in(employer_id, asked.since.year)
    corrections = [one for one in found if one.is_correction]
    context = {
        "since": asked.since,
        "ref": month,
        "closed": closed,
        "is_over": visit.at.date() >= asked.until,
        "due": str(total(found)),
        "people": len({one.employee_id for one in found}),
        "changed": str(total(corrections)),
        "corrections": len(corrections),
        "unchecked": len(nobody_said_who_came(employer_id, asked.since, asked.until, at=visit.at)),
        "twice": charged_twice(employer_id, asked),
        "near": len(near_the_limit(employer_id, asked.since.year, within)),
        "within": str(within),
        "files": _file_lines(asked, closed),
        "fairness": fairness,
        "average": _percent(fairness.average_share),
        "owners": _percent(fairness.owners_share),
        "budgets": [
            {"site": name, "quarter": quarter, "spent": str(spent), "most": str(most)}
            for name, quarter, spent, most in (budgets_of(employer_id, stored.plan.year.since) if stored else ())
        ],
    }
    return render(request, "web/payroll_month.html", context)


@for_anybody(Purpose.DO_PAYROLL)
@never_cache
@require_safe
def month_file(request: HttpRequest, visit: Visit, month: str, file: str) -> HttpResponse:  # noqa: ARG001
    """One file, made anew from the books: a closed month's deductions are the same to the byte each time."""
    employer_id, asked = _employer(visit), _month(month)
    make = FILES.get(file)
    if make is None:
        raise Http404
    number_waiting()
    response = HttpResponse(make(employer_id, asked, visit.at), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{month}-{file}"'
    return response


def _employer(visit: Visit) -> UUID:
    return visit.me.scopes(RoleKind.CLERK)[0]


def _month(text: str) -> Month:
    try:
        return month_of(date.fromisoformat(f"{text}-01"))
    except ValueError as error:
        raise Http404 from error


def _file_lines(month: Month, closed: Closed | None) -> list[dict[str, str]]:
    year = month.since.year
    words = {
        "deductions.csv": gettext("Copays for payroll to take"),
        "box-10.csv": gettext("Box 10 and imputed income, %(year)s so far") % {"year": year},
        "general-ledger.csv": gettext("General ledger by month"),
        "books.csv": gettext("Every line of the books"),
    }
    digest = closed.sha256[:12] if closed else ""
    return [
        {"name": name, "text": text, "digest": digest if name == "deductions.csv" else ""}
        for name, text in words.items()
    ]


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f}%"
