"""How are the parts of a family's page, and the choices on it, said?"""

from collections.abc import Iterable
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext

from daybreak.people.telling.hearing import Part
from daybreak.people.telling.terms import CHOICES, FailsWhen, HouseholdTold, Question, RegularCare

PARTS = len(Part)


def name_of(choice: StrEnum) -> str:
    """A choice in words."""
    return {
        RegularCare.CENTER: gettext("A child care center"),
        RegularCare.FAMILY_HOME: gettext("A family child care home"),
        RegularCare.CAREGIVER: gettext("A caregiver who comes to us"),
        RegularCare.RELATIVE: gettext("Grandparents or other relatives"),
        RegularCare.SCHOOL: gettext("School and what comes after it"),
        RegularCare.OURSELVES: gettext("We take turns ourselves"),
        FailsWhen.CHILD_ILL: gettext("A child is ill"),
        FailsWhen.CAREGIVER_ILL: gettext("Whoever cares for them is ill"),
        FailsWhen.CLOSED: gettext("School or the center is closed"),
        FailsWhen.EARLY: gettext("Early in the morning"),
        FailsWhen.EVENING: gettext("In the evening or at night"),
        FailsWhen.WEEKEND: gettext("On the weekend"),
        FailsWhen.WEATHER: gettext("Snow or a storm"),
    }[choice]


def choices(kind: type[StrEnum], chosen: Iterable[str]) -> list[dict[str, object]]:
    """Every choice of a question, as cards."""
    on = set(chosen)
    return [{"value": one.value, "name": name_of(one), "on": one.value in on} for one in kind]


def chosen(question: Question, told: HouseholdTold) -> list[str]:
    """What a household chose, in words, in the order of the page."""
    said = told.chosen(question)
    return [name_of(one) for one in CHOICES[question] if one.value in said]


def next_part(part: Part) -> dict[str, str]:
    """The part to tell next: its question, why it is worth a minute, and where."""
    title, line, name = {
        Part.CHILDREN: (
            gettext("Who are your children?"),
            gettext("Names, birthdays, allergies: then asking takes three taps."),
            "family-child-new",
        ),
        Part.EMERGENCY: (
            gettext("What if something happens?"),
            gettext("Whom to call first, and which doctor knows your children."),
            "family-emergency",
        ),
        Part.FETCHERS: (
            gettext("Who else may fetch your children?"),
            gettext("A home is told to hand them to you and to whom you name here, nobody else."),
            "family-fetchers",
        ),
        Part.CARE: (
            gettext("What do ordinary days look like?"),
            gettext("Who cares for your children, and when it falls through most."),
            "family-care",
        ),
    }[part]
    return {"title": title, "line": line, "href": reverse(name)}
