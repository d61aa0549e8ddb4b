"""How far is a place from a family's home and work, in a drawing and in words?"""

from django.utils.translation import gettext

from daybreak.network.terms import SiteCard
from daybreak.network.ways.routing import SERVICES
from daybreak.network.ways.terms import FORMULA, Legs
from daybreak.notices.phrases import shortened
from daybreak.people.terms import HouseholdProfile
from daybreak.web import map as maps
from daybreak.web.templatetags import said


def way_map(card: SiteCard, household: HouseholdProfile, legs: Legs) -> maps.Map:
    """Home, the place and work, with the minutes between, and whether they are measured or estimated."""
    words = {
        "site": card.name,
        "work": household.work_name,
        "to_site": said.minutes(legs.to_site),
        "to_work": said.minutes(legs.to_work),
        "direct": said.minutes(legs.direct),
    }
    told = gettext(
        "From home to %(site)s: %(to_site)s. From there to %(work)s: %(to_work)s. Straight to work: %(direct)s."
    )
    stops = (
        maps.Stop("home", household.home, gettext("Home")),
        maps.Stop("site", card.point, shortened(card.name, 44)),
        maps.Stop("work", household.work, shortened(household.work_name, 44)),
    )
    minutes = [gettext("%(count)d min") % {"count": round(way)} for way in (legs.to_site, legs.to_work)]
    title = gettext("The way from home by %(site)s to work") % words
    return maps.draw(stops, minutes, title=title, said=f"{told % words} {measured_by(legs)}")


def measured_by(legs: Legs) -> str:
    """Who says how long it takes."""
    if legs.by == FORMULA:
        return gettext("These are estimates from the distance, without traffic.")
    words = {"service": SERVICES[legs.by]}
    return gettext("These are driving times by road, measured by %(service)s, without traffic.") % words
