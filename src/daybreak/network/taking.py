"""May these children have these spots, as things stand? The rule behind taking a spot, without a database.

On SQLite the action asks this rule under the writer lock; on PostgreSQL a function in the database keeps the same rule
in one round trip. Both give the same reasons in the same order, and the same tests hold them to it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from daybreak.kernel.decisions import Decision, Fact, No, Reason, Yes
from daybreak.network.contracts.sharing import Keeping, short_of_a_room, short_of_the_license
from daybreak.network.terms import SpotWanted
from daybreak.placement.ratios import fits
from daybreak.placement.sessions import Session
from daybreak.placement.terms import AgeLimit

OLDEST_MONTHS = 18 * 12
"""Nobody older is a child."""

ORDER = (
    "license-not-in-force",
    "unknown-room",
    "age",
    "child-already-placed",
    "serves-another-household",
    "spots-gone",
    "kept-by-contract",
    "shared-by-contract",
    "too-many-young-children",
    "fewer-spots-with-a-young-child",
    "more-than-the-room-may-have",
)
"""The order in which reasons are given."""

When = tuple[date, Session]


@dataclass(frozen=True)
class Ask:
    """One child in one room for one session of one day: the unit a spot is counted in."""

    child_id: UUID
    months: int
    room_id: UUID
    when: When


@dataclass(frozen=True)
class OpenRoom:
    """A room's offer in one session with the ages of the children in it, the site's own too; ages are needed only
    where limits are."""

    spots: int
    taken: int
    limits: tuple[AgeLimit, ...] = ()
    present_months: tuple[int, ...] = ()
    room_session_id: UUID | None = None


@dataclass(frozen=True)
class OpenSite:
    """A site's licensed total in one session less its own children, and the household it is bound to (in-home
    caregivers only)."""

    spots: int
    taken: int
    household_id: UUID | None = None
    site_session_id: UUID | None = None


@dataclass(frozen=True)
class Standing:
    """Everything about a site that the rule needs, as it stands while nobody else may change it."""

    licensed_days: frozenset[date]
    ages: Mapping[UUID, tuple[int, int]]
    """The ages each room of this site holds, in months, half-open."""
    rooms: Mapping[tuple[UUID, When], OpenRoom] = field(default_factory=dict)
    site: Mapping[When, OpenSite] = field(default_factory=dict)
    already_placed: frozenset[tuple[UUID, When]] = frozenset()
    serves_one_household: bool = False
    keeping: Mapping[tuple[UUID, When], Keeping] = field(default_factory=dict)
    """Every room of the site, asked for or not, in which contracts keep spots."""
    at: datetime | None = None
    """The moment as of which contracts keep them."""


def readable(wanted: Sequence[SpotWanted]) -> Decision:
    """Refuse a wish that cannot be counted: nothing wanted, no session, no plausible age, one child twice at a time.

    >>> readable([]).reasons[0].code
    'nothing-wanted'
    """
    reasons = [] if wanted else [Reason("nothing-wanted")]
    for one in wanted:
        if not one.sessions:
            reasons.append(Reason("nothing-wanted", {"child_id": str(one.child_id)}))
        if not 0 <= one.months < OLDEST_MONTHS:
            reasons.append(Reason("age", {"months": one.months, "from_months": 0, "until_months": OLDEST_MONTHS}))
    wishes = Counter((one.child_id, when) for one in wanted for when in one.sessions)
    twice = sorted({str(child_id) for (child_id, _), times in wishes.items() if times > 1})
    reasons.extend(Reason("child-wanted-twice", {"child_id": child_id}) for child_id in twice)
    return No(tuple(reasons)) if reasons else Yes()


def decide(asks: Sequence[Ask], standing: Standing, *, household_id: UUID, employer_id: UUID | None = None) -> Decision:
    """Say whether a site takes all of these together; a refusal gives every reason, in ORDER.

    The employer is the one whose family it is, for spots that contracts keep.

    >>> day = (date(2026, 3, 2), Session.MORNING)
    >>> ada, oaks = UUID(int=1), UUID(int=2)
    >>> standing = Standing(frozenset({day[0]}), {oaks: (0, 36)}, {(oaks, day): OpenRoom(4, 4)}, {day: OpenSite(9, 4)})
    >>> decide([Ask(ada, 14, oaks, day)], standing, household_id=UUID(int=3)).reasons[0].facts["left"]
    0
    """
    reasons = [
        *_unlicensed(asks, standing),
        *_wrong_rooms(asks, standing),
        *_twice(asks, standing),
        *_bound_elsewhere(asks, standing, household_id),
        *_short(asks, standing),
        *_kept(asks, standing, employer_id),
        *_too_young(asks, standing),
    ]
    return No(ordered(reasons)) if reasons else Yes()


def ordered(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Sort reasons by kind and then by their facts, so that both databases tell them alike; none is told twice.

    Of two that differ in their citation alone, one that has a citation is told.
    """

    def key(reason: Reason) -> tuple[int, str]:
        return ORDER.index(reason.code), str(sorted((name, str(fact)) for name, fact in reason.facts.items()))

    in_order = sorted(reasons, key=lambda reason: (key(reason), reason.cite))
    return tuple({key(reason): reason for reason in in_order}.values())


def told(code: str, facts: Mapping[str, Fact], cite: str = "") -> Reason:
    """A reason as the database tells it: the citation of an age limit stands among the facts.

    >>> told("age", {"months": 3, "cite": "the law"})
    Reason(code='age', facts={'months': 3}, cite='the law')
    """
    kept = {name: fact for name, fact in facts.items() if name != "cite"}
    return Reason(code, kept, cite or str(facts.get("cite") or ""))


def gone(room_id: UUID | None, when: When, *, left: int, wanted: int) -> Reason:
    """Somebody else was first, or nothing was offered; without a room, the license of the whole site is used up."""
    day, session = when
    facts: dict[str, Fact] = {"day": day.isoformat(), "session": str(session), "left": left, "wanted": wanted}
    return Reason("spots-gone", {"room_id": str(room_id) if room_id else None, **facts})


def _unlicensed(asks: Sequence[Ask], standing: Standing) -> list[Reason]:
    days = {ask.when[0] for ask in asks} - standing.licensed_days
    return [Reason("license-not-in-force", {"day": day.isoformat()}) for day in days]


def _wrong_rooms(asks: Sequence[Ask], standing: Standing) -> list[Reason]:
    reasons = []
    for ask in asks:
        ages = standing.ages.get(ask.room_id)
        if ages is None:
            reasons.append(Reason("unknown-room", {"room_id": str(ask.room_id)}))
        elif not ages[0] <= ask.months < ages[1]:
            facts = {"months": ask.months, "from_months": ages[0], "until_months": ages[1]}
            reasons.append(Reason("age", facts))
    return reasons


def _twice(asks: Sequence[Ask], standing: Standing) -> list[Reason]:
    return [
        already_placed(ask.child_id, ask.when) for ask in asks if (ask.child_id, ask.when) in standing.already_placed
    ]


def already_placed(child_id: UUID, when: When) -> Reason:
    """A child can be in one place at a time."""
    return Reason(
        "child-already-placed", {"child_id": str(child_id), "day": when[0].isoformat(), "session": str(when[1])}
    )


def _bound_elsewhere(asks: Sequence[Ask], standing: Standing, household_id: UUID) -> list[Reason]:
    reasons = []
    for when in {ask.when for ask in asks}:
        site = standing.site.get(when)
        if site and site.household_id not in (None, household_id):
            facts = {"day": when[0].isoformat(), "session": str(when[1])}
            reasons.append(Reason("serves-another-household", facts))
    return reasons


def _short(asks: Sequence[Ask], standing: Standing) -> list[Reason]:
    reasons = []
    for (room_id, when), wanted in Counter((ask.room_id, ask.when) for ask in asks).items():
        room = standing.rooms.get((room_id, when), OpenRoom(0, 0))
        if wanted > room.spots - room.taken:
            reasons.append(gone(room_id, when, left=room.spots - room.taken, wanted=wanted))
    for when, wanted in Counter(ask.when for ask in asks).items():
        site = standing.site.get(when, OpenSite(0, 0))
        if wanted > site.spots - site.taken:
            reasons.append(gone(None, when, left=max(0, site.spots - site.taken), wanted=wanted))
    return reasons


def _kept(asks: Sequence[Ask], standing: Standing, employer_id: UUID | None) -> list[Reason]:
    if not standing.keeping or standing.at is None:
        return []
    at = standing.at
    wanted: dict[When, Counter[UUID]] = {}
    for ask in asks:
        wanted.setdefault(ask.when, Counter())[ask.room_id] += 1
    found: list[Reason | None] = []
    for when, by_room in wanted.items():
        facts: dict[str, Fact] = {"day": when[0].isoformat(), "session": str(when[1])}
        rooms = {room_id: one for (room_id, then), one in standing.keeping.items() if then == when}
        for room_id, count in by_room.items():
            if room := rooms.get(room_id):
                in_room = {"room_id": str(room_id), **facts}
                found.append(short_of_a_room(room, employer_id, wanted=count, at=at, facts=in_room))
        site = standing.site.get(when, OpenSite(0, 0))
        at_site: dict[str, Fact] = {"room_id": None, **facts}
        left = site.spots - site.taken
        found.append(short_of_the_license(rooms, employer_id, left=left, wanted=by_room, at=at, facts=at_site))
    return [reason for reason in found if reason]


def _too_young(asks: Sequence[Ask], standing: Standing) -> list[Reason]:
    new_months: dict[tuple[UUID, When], list[int]] = {}
    for ask in asks:
        new_months.setdefault((ask.room_id, ask.when), []).append(ask.months)
    reasons: list[Reason] = []
    for key, months in new_months.items():
        if room := standing.rooms.get(key):
            # Spots are counted apart, against what is offered; here only the ages decide.
            everybody = len(room.present_months) + len(months)
            decision = fits(everybody, room.limits, room.present_months, months)
            reasons.extend(decision.reasons if isinstance(decision, No) else ())
    return reasons
