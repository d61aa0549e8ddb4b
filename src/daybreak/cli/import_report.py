"""How is an import told? What was read, what differs, whom it touches, and each reason a row was set aside for."""

from collections.abc import Iterable, Iterator, Sequence

from daybreak.care.terms import Touched
from daybreak.network.license_lists import generic, indiana, new_york_state
from daybreak.network.license_lists.terms import Imported, Listing

SENTENCES = {
    "new-york-state": new_york_state.SENTENCES,
    "indiana": indiana.SENTENCES,
    "generic": generic.SENTENCES,
}
SHOWN = 20
"""How many bookings are named one by one."""
HOW = {"joins": "joins", "changes": "changes", "lapses": "lost its license", "gone": "is gone"}


def figures_of(listing: Listing) -> dict[str, object]:
    """The JSON of an import, as the formats promise it."""
    return {
        "read": listing.read,
        "imported": listing.imported,
        "set_aside": dict(listing.reasons),
        "spots_by_age": dict(listing.spots_by_age),
    }


def differences_of(imported: Imported, touched: Sequence[Touched]) -> dict[str, object]:
    """What a dry run adds to that JSON."""
    return {
        "joins": imported.added,
        "changes": imported.changed,
        "lapses": imported.ended,
        "gone": imported.gone,
        "looks_cut_off": imported.looks_cut_off,
        "bookings": [one.line for one in touched],
        "first": [
            {"how": one.how, "ref": one.ref, "name": one.name, "what": list(one.what)} for one in imported.differences
        ],
    }


def summary_of(imported: Imported, touched: Sequence[Touched], format_: str, *, dry_run: bool) -> str:
    """The same for people."""
    listing = imported.listing
    would = f"{listing.imported:,} would be imported; nothing was." if dry_run else f"{listing.imported:,} imported."
    return "\n".join(
        [
            f"{listing.source}: {listing.read:,} rows read, {would}",
            *_differences(imported, dry_run=dry_run),
            *_touched(touched, dry_run=dry_run),
            *_capacity(listing),
            *_aside(listing, format_),
        ]
    )


def _differences(imported: Imported, *, dry_run: bool) -> Iterator[str]:
    yield (
        f"  Beside {imported.known:,} sites known from this state's lists: {imported.added:,} join, "
        f"{imported.changed:,} change, {imported.ended:,} lose their license, {imported.gone:,} are gone."
    )
    if dry_run and imported.looks_cut_off:
        yield "  So many sites in use are gone that the file looks cut off; importing it takes --accept-gone."
    if not imported.known:
        return
    counts = {"joins": imported.added, "changes": imported.changed, "lapses": imported.ended, "gone": imported.gone}
    for how, count in counts.items():
        shown = [one for one in imported.differences if one.how == how]
        for one in shown:
            what = f" ({'; '.join(one.what)})" if one.what else ""
            yield f"    {one.ref} {one.name} {HOW[how]}{what}"
        if count > len(shown):
            yield f"    and {count - len(shown):,} more of these"


def _touched(touched: Sequence[Touched], *, dry_run: bool) -> Iterator[str]:
    if not touched:
        return
    would = "would be" if dry_run else "were"
    yield f"  {len(touched):,} bookings {would} taken back, and the families told; their requests look on:"
    yield from _first(f"    {one.line}" for one in touched)


def _first(lines: Iterable[str]) -> Iterator[str]:
    every = list(lines)
    yield from every[:SHOWN]
    if len(every) > SHOWN:
        yield f"    and {len(every) - SHOWN:,} more"


def _capacity(listing: Listing) -> Iterator[str]:
    by_age = ", ".join(f"{age.replace('_', ' ')} {spots:,}" for age, spots in listing.spots_by_age.items())
    yield f"  Licensed capacity by age: {by_age}. None of it is offered until a site says so."
    yield f"  {listing.by_zip_code:,} sites have no coordinates and were placed in the middle of their ZIP code."
    yield f"  {listing.with_hours:,} sites come with opening hours."
    if listing.beyond_the_rule:
        yield (
            f"  {listing.beyond_the_rule:,} homes are licensed for more than {new_york_state.RULE} allows; "
            "the license was kept."
        )
    if listing.caution:
        yield f"  Ages were read by {indiana.AGES_RULE}. {listing.caution}"


def _aside(listing: Listing, format_: str) -> Iterator[str]:
    for code, rows in listing.reasons.items():
        yield f"  {rows:,} set aside, {code}: {SENTENCES[format_][code]}"
    for row in listing.set_aside:
        facts = ", ".join(f"{name} {fact}" for name, fact in row.facts.items())
        yield f"    line {row.line}: {row.ref} {row.code}{f' ({facts})' if facts else ''}"
    rest = sum(listing.reasons.values()) - len(listing.set_aside)
    if rest > 0:
        yield f"    and {rest:,} more"
