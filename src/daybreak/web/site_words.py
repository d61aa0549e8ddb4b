"""How are checks, languages and money of a site said on a page?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from daybreak.care.earning import Earned
from daybreak.kernel.money import Money
from daybreak.network.caregivers.terms import Checked, CheckKind, SaidBy
from daybreak.web.templatetags import said


@dataclass(frozen=True)
class CheckLine:
    """One check in words: what, when, who says so, and whether it still holds."""

    what: str
    line: str
    has_run_out: bool


def check_lines(checks: Iterable[Checked], *, day: date) -> tuple[CheckLine, ...]:
    """Every check by itself; nothing sums them up."""
    return tuple(_check_line(check, day) for check in checks)


def check_names() -> dict[str, str]:
    """What can be looked into, by code."""
    return {
        CheckKind.FBI_FINGERPRINTS: gettext("FBI fingerprint check"),
        CheckKind.STATE_CRIMINAL: gettext("State criminal records"),
        CheckKind.STATE_ABUSE: gettext("State child abuse register"),
        CheckKind.SEX_OFFENDER: gettext("Sex offender register"),
        CheckKind.DRIVING: gettext("Driving record"),
        CheckKind.IDENTITY: gettext("Identity document"),
        CheckKind.REFERENCES: gettext("References"),
        CheckKind.FIRST_AID: gettext("First aid and CPR course"),
        CheckKind.VISIT: gettext("Visit on site"),
    }


def _check_line(check: Checked, day: date) -> CheckLine:
    words = {
        "day": said.dated(check.done_on),
        "until": said.dated(check.valid_until) if check.valid_until else "",
        "who": _who(check),
    }
    if check.valid_until:
        line = gettext("Done on %(day)s, holds until %(until)s. %(who)s.") % words
    else:
        line = gettext("Done on %(day)s. %(who)s.") % words
    return CheckLine(check_names()[check.kind], line, not check.holds_on(day))


def _who(check: Checked) -> str:
    if check.said_by is SaidBy.THEMSELVES:
        return gettext("Their own word")
    if check.said_by is SaidBy.STATE:
        return gettext("Says the state: %(source)s") % {"source": check.source}
    return gettext("Says an agency: %(source)s") % {"source": check.source}


def language_names() -> dict[str, str]:
    """Languages by code, each in the page's language."""
    return {
        "en": gettext("English"),
        "es": gettext("Spanish"),
        "ar": gettext("Arabic"),
        "bn": gettext("Bengali"),
        "fr": gettext("French"),
        "ht": gettext("Haitian Creole"),
        "ko": gettext("Korean"),
        "pl": gettext("Polish"),
        "pt": gettext("Portuguese"),
        "ru": gettext("Russian"),
        "so": gettext("Somali"),
        "tl": gettext("Tagalog"),
        "vi": gettext("Vietnamese"),
        "yi": gettext("Yiddish"),
        "zh": gettext("Chinese"),
    }


def spoken_languages(codes: Iterable[str]) -> str:
    """Languages in one line."""
    names = language_names()
    return ", ".join(names[code] for code in codes if code in names)


@dataclass(frozen=True)
class EarnedLine:
    """One booking's earning in words."""

    text: str
    amount: str
    note: str


def earned_lines(lines: Iterable[Earned]) -> tuple[EarnedLine, ...]:
    """Each booking by its day, with where its rate comes from and when it is paid."""
    return tuple(_earned_line(line) for line in lines)


def _earned_line(line: Earned) -> EarnedLine:
    children = said.children(line.children)
    text = f"{said.day(line.day)}: {children}"
    if line.cents is None:
        return EarnedLine(text, "–", gettext("No rate is stated for it."))
    rate = str(Money(line.rate_cents or 0))
    if line.cite:
        note = gettext("%(rate)s for a child and day, by contract: %(cite)s.") % {"rate": rate, "cite": line.cite}
    else:
        note = gettext("%(rate)s for a child and day, by your own rate.") % {"rate": rate}
    if line.paid_by:
        note += " " + gettext("Due by %(day)s.") % {"day": said.day(line.paid_by)}
    else:
        note += " " + gettext("No contract says when it is due.")
    return EarnedLine(text, str(Money(line.cents)), note)
