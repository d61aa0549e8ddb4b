"""What does a file of contracts say? From TOML text to what an employer agreed with places, each problem with its line.

    employer = "Harbor Health"

    [[contract]]
    site = "oh:100001"               # the place's ref: its list and its number there
    number = "Little Oaks and Harbor Health, 2026"
    from = 2026-01-01
    until = 2027-01-01               # the first day it no longer holds; may be left out
    share = 1                        # weight in the spots nobody is guaranteed; may be left out
    released = 06:30:00              # kept until then
    released_days_before = 0         # of so many days before; may be left out
    rate = 95.00                     # dollars for a child and day; may be left out
    pays_within_days = 14            # may be left out
    spots = { Toddlers = 2 }         # guaranteed, by room; may be left out

What is misspelled is refused: passed over in silence, it would leave a family without what was agreed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from difflib import get_close_matches

from daybreak.kernel.toml_lines import Lines, read
from daybreak.network.contracts.terms import SaidContract, SaidContracts
from daybreak.placement.sheets import Problems, shown

FIX = "No contract was written. Fix the file and run the command again."
TOP = ("employer", "contract")
KEYS = (
    *("site", "number", "from", "until", "share", "released", "released_days_before", "rate", "pays_within_days"),
    "spots",
)
MOST_CONTRACTS, MOST_SPOTS, MOST_SHARE, MOST_DAYS = 5_000, 500, 1_000, 365
MOST_RATE = Decimal(1_000)
LONGEST = 80


def read_contracts(text: str, *, source: str = "contracts") -> SaidContracts:
    """Read the text of a file of contracts. Raises BadInput with every problem found."""
    document, lines = read(text, source=source, do=FIX, parse_float=Decimal)
    reading = _Reading(source, lines)
    reading.only(document, TOP)
    employer = reading.text(document.get("employer"), "employer")
    tables = document.get("contract")
    if not isinstance(tables, list) or not tables or not all(isinstance(table, Mapping) for table in tables):
        reading.wrong("there is no contract; begin each with [[contract]].", "contract")
        tables = []
    elif len(tables) > MOST_CONTRACTS:
        reading.wrong(f"one file holds at most {MOST_CONTRACTS:,} contracts.", "contract", MOST_CONTRACTS)
    contracts = tuple(_contract(reading, table, at) for at, table in enumerate(tables[:MOST_CONTRACTS]))
    _named_twice(reading, contracts)
    reading.problems.stop(do=FIX)
    return SaidContracts(employer, contracts)


def _contract(reading: "_Reading", table: Mapping[str, object], at: int) -> SaidContract:
    reading.only(table, KEYS, "contract", at)
    begins = reading.day(table.get("from"), "contract", at, "from")
    return SaidContract(
        line=reading.lines.of("contract", at),
        site_ref=reading.text(table.get("site"), "contract", at, "site"),
        number=reading.text(table.get("number"), "contract", at, "number"),
        from_day=begins,
        until_day=reading.day(table["until"], "contract", at, "until") if "until" in table else None,
        spots=_spots(reading, table.get("spots", {}), at),
        share=reading.whole(table.get("share", 0), MOST_SHARE, "contract", at, "share"),
        released_clock=reading.clock(table.get("released"), "contract", at, "released"),
        released_days_before=reading.whole(
            table.get("released_days_before", 0), MOST_DAYS, "contract", at, "released_days_before"
        ),
        rate_cents=reading.cents(table["rate"], "contract", at, "rate") if "rate" in table else None,
        pays_within_days=reading.whole(table["pays_within_days"], MOST_DAYS, "contract", at, "pays_within_days")
        if "pays_within_days" in table
        else None,
    )


def _spots(reading: "_Reading", found: object, at: int) -> Mapping[str, int]:
    if not isinstance(found, Mapping):
        reading.wrong("spots is not a table like { Toddlers = 2 }.", "contract", at, "spots")
        return {}
    return {
        str(room): reading.whole(spots, MOST_SPOTS, "contract", at, "spots", str(room)) for room, spots in found.items()
    }


def _named_twice(reading: "_Reading", contracts: tuple[SaidContract, ...]) -> None:
    first: dict[tuple[str, str], int] = {}
    for at, one in enumerate(contracts):
        line = first.setdefault((one.site_ref, one.number), one.line)
        if line != one.line:
            reading.wrong(f"the contract of line {line} has the same site and number.", "contract", at)


@dataclass
class _Reading:
    """One file being read; every reading either returns the value or notes a problem and returns a stand-in."""

    source: str
    lines: Lines
    problems: Problems = field(default_factory=Problems)

    def wrong(self, problem: str, *path: str | int) -> None:
        self.problems.add(self.source, self.lines.of(*path), problem)

    def only(self, table: Mapping[str, object], keys: tuple[str, ...], *path: str | int) -> None:
        for key in table:
            if key not in keys:
                near = get_close_matches(key, keys, n=1)
                more = f"Did you mean {near[0]!r}?" if near else f"Known here: {', '.join(keys)}."
                self.wrong(f"{shown(key)} is not known. {more}", *path, key)

    def text(self, found: object, *path: str | int) -> str:
        if found is None:
            self.wrong(f"{path[-1]} is missing.", *path)
        elif not isinstance(found, str) or not found.strip() or not found.isprintable() or len(found) > LONGEST:
            self.wrong(f"{path[-1]} {shown(str(found))} is not a text of at most {LONGEST} characters.", *path)
        else:
            return found.strip()
        return "?"

    def day(self, found: object, *path: str | int) -> date:
        if found is None:
            self.wrong(f"{path[-1]} is missing.", *path)
        elif not isinstance(found, date) or isinstance(found, datetime):
            self.wrong(f"{path[-1]} {shown(str(found))} is not a day like 2026-01-31, without quotes.", *path)
        else:
            return found
        return date.min

    def clock(self, found: object, *path: str | int) -> time:
        if found is None:
            self.wrong(f"{path[-1]} is missing.", *path)
        elif not isinstance(found, time):
            self.wrong(f"{path[-1]} {shown(str(found))} is not a time like 06:30:00, without quotes.", *path)
        else:
            return found
        return time()

    def whole(self, found: object, most: int, *path: str | int) -> int:
        if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= most:
            self.wrong(f"{path[-1]} {shown(str(found))} is not a whole number from 0 to {most:,}.", *path)
            return 0
        return found

    def cents(self, found: object, *path: str | int) -> int:
        amount = Decimal(found) if isinstance(found, int) and not isinstance(found, bool) else found
        if not isinstance(amount, Decimal) or not 0 <= amount <= MOST_RATE or amount != round(amount, 2):
            most = f"0 to {MOST_RATE:,} with at most two decimals"
            self.wrong(f"{path[-1]} {shown(str(found))} is not an amount of dollars from {most}.", *path)
            return 0
        return int(amount * 100)
