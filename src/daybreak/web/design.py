"""How does every part look, in all its states? A page for whoever builds and whoever judges; demo and tests only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from daybreak.business_case.briefing.drawing import NARROW, svg
from daybreak.business_case.briefing.terms import IntervalPicture, Mark, StripPicture, Swing, TornadoPicture
from daybreak.placement.terms import Point
from daybreak.web import charts
from daybreak.web import map as maps
from daybreak.web.access import Purpose
from daybreak.web.case_form import Field
from daybreak.web.context import ZONE
from daybreak.web.doors import Visit, for_anybody

COLORS = ("paper", "sheet", "ink", "muted", "primary", "good", "stop", "wait", "dawn")

MAP = maps.draw(
    (
        maps.Stop("home", Point(42.912, -78.877), "Home"),
        maps.Stop("site", Point(42.936, -78.861), "Ms. Okafor"),
        maps.Stop("work", Point(42.899, -78.839), "Harbor Health"),
    ),
    ("9 min", "14 min"),
    title="The way from home by Ms. Okafor to work",
    said="From home to Ms. Okafor: 9 minutes. From there to work: 14 minutes. Straight to work: 12 minutes.",
)
CHART = charts.bars(
    (
        charts.Figure("Monday", 31, "31", is_now=True),
        charts.Figure("Tuesday", 18, "18"),
        charts.Figure("Wednesday", 12, "12"),
        charts.Figure("Thursday", 15, "15"),
        charts.Figure("Friday", 26, "26"),
    ),
    title="Most families ask on Mondays",
    what="Day",
    unit="Care requests",
)
INTERVAL = charts.interval(
    0.71,
    0.79,
    0.86,
    scale=(0, 1),
    title="About 4 of 5 requests find a place",
    said="79 percent, most likely between 71 and 86.",
    ends=("0 percent", "100 percent"),
)
STRIP = StripPicture(
    title="43 of 100 draws pay",
    said="Hollow bars lose money, solid ones pay.",
    edges=tuple(range(-4, 9)),
    counts=(2, 6, 12, 18, 15, 10, 7, 5, 3, 2, 1, 1),
    line=0,
    below_label="loses money",
    above_label="pays",
    ticks=((-2, "−$2 million"), (0, "$0"), (4, "$4 million")),
)
RETURNS = IntervalPicture(
    title="The return may lie on either side of zero",
    said="The bar holds 90 of 100 draws, the dot is the middle one.",
    marks=(
        Mark("As evidenced", -0.65, -0.09, 1.06, "−9% (−65% to 106%)", is_main=True),
        Mark("As claimed", 0.5, 2.3, 5.5, "230% (50% to 550%)"),
    ),
    line=0,
    ticks=((0, "0%"), (2, "200%"), (4, "400%")),
)
TORNADO = TornadoPicture(
    title="The fee moves the answer most",
    said="Hollow at the low end of the input, solid at the high end.",
    swings=(Swing("Yearly fee", 0.8, -1.9, "$6", "$24"), Swing("Price of a day", 0.6, -1.2, "$90", "$180")),
    middle=-0.4,
    ticks=((-1, "−$1 million"), (0, "$0")),
)
LOOKS = (
    {"kind": "good", "title": "Families are answered in time"},
    {"kind": "stop", "title": "Messages go out", "line": "2 messages are late.", "command": "daybreak worker"},
    {"kind": "wait", "title": "Every private value is sealed with the newest key", "line": "31 values are not yet."},
    {"kind": "off", "title": "Nobody looks at this just now"},
)
COLUMNS = (charts.Column("Room", False), charts.Column("Offered", True), charts.Column("Taken", True))
ROWS = (
    charts.Row("Acorns", (charts.Cell("Offered", "4"), charts.Cell("Taken", "2"))),
    charts.Row("Saplings", (charts.Cell("Offered", "6"), charts.Cell("Taken", "6"))),
)
RECEIPT = ({"text": "Care for 2 children", "amount": "$20.00"}, {"text": "Given back", "amount": "-$5.00"})
MESSAGES = (
    {"text": "Care for Ada and Ben tomorrow, 7 to 3?", "at": "5:40 a.m.", "mine": True},
    {"text": "Confirmed: Ms. Okafor, Monday, March 2. Drop-off from 6:32 a.m.", "at": "5:41 a.m."},
)


@for_anybody(Purpose.SEE_DESIGN)
@require_safe
def design(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every part once, with made-up words and figures."""
    now = visit.at.astimezone(ZONE)
    context = {
        "colors": COLORS,
        "map": MAP,
        "chart": CHART,
        "interval": INTERVAL,
        "range": Field("price", "Price of a day", "In dollars.", "dollars", "90", "125", "180", is_wrong=False),
        "drawn": [
            {"title": picture.title, "said": picture.said, "svg": mark_safe(svg(picture, width=NARROW))}
            for picture in (RETURNS, STRIP, TORNADO)
        ],
        "steps": (
            {"kind": "off", "title": "You asked", "at": now},
            {"kind": "stop", "title": "Little Oaks: said no", "line": "No spot for a child of 14 months.", "at": now},
            {"kind": "wait", "title": "Ms. Okafor: asked, not answered yet", "at": now},
            {"kind": "good", "title": "Ms. Okafor: confirmed", "at": now},
        ),
        "looks": LOOKS,
        "columns": COLUMNS,
        "rows": ROWS,
        "receipt_lines": RECEIPT,
        "receipt_sum": {"text": "Copay", "amount": "$15.00"},
        "messages_shown": MESSAGES,
        "consent_lines": ("Your words, as you see them here.", "On the campaign's page, until you take them back."),
        "also": {"name": "ill", "value": "1", "text": "Ada has a mild illness, such as a cold"},
    }
    return render(request, "web/design.html", context)
