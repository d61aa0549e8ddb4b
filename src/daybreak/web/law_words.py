"""How does a reader hear what a rule decides, what its figures are called, and how sure they are?

Rule files are in English, as the law is; these are the page's own words for them. What has none yet is shown as the
file spells it, so that a new rule is never left out.
"""

from django.utils.translation import gettext, gettext_noop

from daybreak.rulebook.figures import words
from daybreak.rulebook.terms import Confidence, Figure, Rule

PLACES = {
    "us": ("us/federal", gettext_noop("The whole United States")),
    "ca": ("us/ca", gettext_noop("California")),
    "in": ("us/in", gettext_noop("Indiana")),
    "ky": ("us/ky", gettext_noop("Kentucky")),
    "ny": ("us/ny", gettext_noop("New York State")),
    "nyc": ("us/ny/nyc", gettext_noop("New York City")),
    "oh": ("us/oh", gettext_noop("Ohio")),
    "tn": ("us/tn", gettext_noop("Tennessee")),
    "tx": ("us/tx", gettext_noop("Texas")),
    "va": ("us/va", gettext_noop("Virginia")),
    "wa": ("us/wa", gettext_noop("Washington")),
}
"""By the last part of the page's address: the folder of rules, and the name."""

DECIDES = {
    "center_ratios": gettext_noop("How many children each adult may have at a center"),
    "center_staffing": gettext_noop("Mixed ages and staff at a center"),
    "drop_in_ratios": gettext_noop("How many children each adult may have at a drop-in center"),
    "drop_in_staffing": gettext_noop("Mixed ages and staff at a drop-in center"),
    "family_home_capacity": gettext_noop("How many children a family home may have"),
    "age_groups": gettext_noop("What the ages of a license mean"),
    "central_counties": gettext_noop("Counties on Central time"),
    "background_check_interval": gettext_noop("After how many years a background check must be done again"),
    "background_check_kinds": gettext_noop("What a background check is made of"),
    "background_check_deadlines": gettext_noop("Days that matter for a background check"),
    "exclusion_limit": gettext_noop("Most child care help that stays out of an employee's pay in a year"),
    "income_of_a_spouse": gettext_noop(
        "What a husband or wife who studies, or cannot care for themselves, counts as earning"
    ),
    "kinds_of_help": gettext_noop("Which help is child care help for the tax"),
    "opt_out_words": gettext_noop("Words that end text messages"),
    "fairness_tests": gettext_noop("Tests that keep child care help from favoring the highly paid"),
    "highly_paid": gettext_noop("Pay of the year before from which an employee counts as highly paid"),
    "percent": gettext_noop("Part of child care spending that comes off an employer's tax"),
    "limit": gettext_noop("Most that comes off an employer's tax for child care in a year"),
    "what_counts": gettext_noop("Payments that count toward the employer's tax credit"),
}
"""By the last part of a rule's path."""

FIGURES = {
    "amount": gettext_noop("Figure"),
    "counties": gettext_noop("Counties"),
    "mixed_ages": gettext_noop("In a room of mixed ages"),
    "second_adult_above": gettext_noop("Children one adult alone on the site may have"),
    "opening_minutes": gettext_noop("Minutes after opening with an eased ratio"),
    "closing_minutes": gettext_noop("Minutes before closing with an eased ratio"),
    "eased_from_months": gettext_noop("Youngest age, in months, for which it is eased"),
    "eased_per_adult": gettext_noop("Children for each adult meanwhile"),
    "per_adult": gettext_noop("For each adult"),
    "group_most": gettext_noop("In one group"),
    "from_months": gettext_noop("From months"),
    "until_months": gettext_noop("Up to months"),
    "most_children": gettext_noop("Children at one time"),
    "most_children_per_adult": gettext_noop("Children for each adult"),
    "under_two_per_adult": gettext_noop("Of those, under 2 for each adult"),
    "under_two_per_caregiver": gettext_noop("Under 2 for each caregiver"),
    "additional_school_age": gettext_noop("School-age children on top of these"),
    "most_without_assistant": gettext_noop("While no assistant is there"),
    "additional_without_assistant": gettext_noop("School-age children on top of these, without an assistant"),
    "most_under_two": gettext_noop("Of those, under 2"),
    "with_school_age": gettext_noop("With 2 of school age among them"),
    "with_school_age_under_two": gettext_noop("Of those, under 2, when 2 are of school age"),
    "only_infants": gettext_noop("When all are under 2"),
    "most_in_all": gettext_noop("Children in all, the provider's own included"),
    "most_unrelated": gettext_noop("Children who are not related to the provider"),
    "most_related": gettext_noop("Related children on top of these"),
    "most_under_six": gettext_noop("Of those, under 6"),
    "infants_without_assistant": gettext_noop("Infants while no assistant is there"),
    "kinds": gettext_noop("Parts"),
    "days_to_answer": gettext_noop("Days the state has to answer"),
    "days_of_break": gettext_noop("Days out of child care that end a check"),
    "percent_of_care": gettext_noop("Percent of child care spending"),
    "percent_of_referral": gettext_noop("Percent of referral spending"),
    "licensed_facility": gettext_noop("A contract with a licensed center or home"),
    "intermediary": gettext_noop("A contract through an intermediary"),
    "referral": gettext_noop("Resource and referral"),
    "own_caregiver": gettext_noop("A caregiver of the employee's own"),
    "least_average_percent": gettext_noop(
        "Average help of all others, in percent of that of the highly paid, at least"
    ),
    "most_to_owners_percent": gettext_noop("Percent of all help that may go to owners, at most"),
    "owner_above_percent": gettext_noop("Who owns more than this percent is an owner"),
    "married_filing_separately": gettext_noop("Married, filing separately"),
    "anyone_else": gettext_noop("Anyone else"),
    "one": gettext_noop("One person cared for"),
    "two_or_more": gettext_noop("Two or more"),
    "eligible_small_business": gettext_noop("Small business"),
    "family_day_care_home": gettext_noop("Family day care home"),
    "group_family_day_care_home": gettext_noop("Group family day care home"),
    "type_a": gettext_noop("Type A home"),
    "type_b": gettext_noop("Type B home"),
    "small": gettext_noop("Small home"),
    "large": gettext_noop("Large home"),
    "registered": gettext_noop("Registered home"),
    "licensed": gettext_noop("Licensed home"),
    "infant": gettext_noop("Infant"),
    "toddler": gettext_noop("Toddler"),
    "preschool": gettext_noop("Preschool age"),
    "school_age": gettext_noop("School age"),
    "mixed": gettext_noop("Mixed ages"),
}
"""By the key of a figure, or the choice that selects it."""

VALUES = {
    "youngest": gettext_noop("The youngest child decides"),
    "predominant": gettext_noop(
        "The age most of the children have decides; Daybreak counts by the youngest, which is never more"
    ),
    "chart": gettext_noop("Only the mixes that the table names; Daybreak does not answer for others"),
    "unknown": gettext_noop("Not found; Daybreak does not answer for mixed rooms"),
    "fbi_fingerprint": gettext_noop("FBI fingerprints"),
    "national_sex_offender_registry": gettext_noop("National sex offender registry"),
    "state_criminal_record": gettext_noop("Criminal record in the state"),
    "state_sex_offender_registry": gettext_noop("Sex offender registry of the state"),
    "state_child_abuse_registry": gettext_noop("Child abuse registry of the state"),
    "former_state_criminal_record": gettext_noop("Criminal record in each state of the last 5 years"),
    "former_state_sex_offender_registry": gettext_noop("Sex offender registry of each state of the last 5 years"),
    "former_state_child_abuse_registry": gettext_noop("Child abuse registry of each state of the last 5 years"),
}
"""What a figure may say in words."""

UNITS = {
    "USD per calendar year": gettext_noop("In dollars for a calendar year"),
    "USD per month": gettext_noop("In dollars for a month"),
    "USD per taxable year": gettext_noop("In dollars for a tax year"),
    "USD of pay in the year before": gettext_noop("In dollars of pay in the year before"),
    "years": gettext_noop("In years"),
    "days": gettext_noop("In days"),
    "percent": gettext_noop("In percent"),
    "percent of the spending": gettext_noop("In percent of the spending"),
    "yes or no": gettext_noop("Counts, or does not"),
    "children": gettext_noop("Children"),
}
"""What the figures of a rule count, over their table."""

SURE = {
    Confidence.HIGH: gettext_noop("Read in the law's own words, or in several sources that agree"),
    Confidence.MEDIUM: gettext_noop("Read in few or short sources, or its first day is inferred"),
    Confidence.VERIFY: gettext_noop("Not confirmed: a figure or a date could not be checked against its source"),
}
MARKS = {Confidence.HIGH: "good", Confidence.MEDIUM: "wait", Confidence.VERIFY: "stop"}


def decides(rule: Rule) -> str:
    """What a rule decides, as a heading."""
    last = rule.path.rpartition("/")[2]
    return gettext(DECIDES[last]) if last in DECIDES else rule.title


def unit(rule: Rule) -> str:
    """What the figures of a rule count."""
    return gettext(UNITS[rule.unit]) if rule.unit in UNITS else gettext("Figures")


def key(name: str) -> str:
    """The name of a figure or a choice; of a nested one the last part, after the choice it belongs to."""
    return " – ".join(gettext(FIGURES[part]) if part in FIGURES else part.replace("_", " ") for part in name.split("."))


def value(figure: Figure | None) -> str:
    """A figure as a reader sees it."""
    if isinstance(figure, bool):
        return gettext("yes") if figure else gettext("no")
    if isinstance(figure, int):
        return f"{figure:,}"
    if isinstance(figure, tuple):
        return ", ".join(value(part) for part in figure)
    said = words(figure)
    return gettext(VALUES[said]) if said in VALUES else said
