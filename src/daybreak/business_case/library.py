"""What does the packaged library say? Inputs with their priors, sources, claims, and what is known from elsewhere.

Pure: the texts are handed in. Every text stands in both languages, and every source that is named exists.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from daybreak.business_case.quantity_text import Reading
from daybreak.business_case.terms import Basis, Grade, Kind, Quantity, Said
from daybreak.kernel.errors import BadRule


@dataclass(frozen=True)
class Source:
    """Where a figure was read: who says so, and an address when there is one."""

    ref: str
    title: str
    address: str
    grade: Grade


@dataclass(frozen=True)
class Check:
    """A published sum worked out again: its parts, what was printed, and how they belong together."""

    what: Said
    how: str
    parts: tuple[float, ...]
    published: float
    unit: str


@dataclass(frozen=True)
class Claim:
    """A published claim: who says what, how good it is, its weakness, and what it would put into the model."""

    name: str
    who: Said
    year: int
    said: Said
    weakness: Said
    grade: Grade
    sources: tuple[str, ...]
    sets: Mapping[str, Quantity]
    takes_credit: bool
    checks: tuple[Check, ...]
    figures: Mapping[str, float]
    """Figures of the claim that are no inputs of this model."""

    @property
    def can_be_loaded(self) -> bool:
        """Whether it says anything that this model can take as an input."""
        return bool(self.sets)


@dataclass(frozen=True)
class Fact:
    """One finding from elsewhere, in words, with its grade and sources."""

    topic: str
    said: Said
    grade: Grade
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Peer:
    """An employer that offers it, or did: what, to whom, and when that was read."""

    name: str
    said: Said
    since: str
    read_on: str
    grade: Grade
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Library:
    """Everything that comes with the product."""

    kinds: Mapping[str, Kind]
    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    facts: tuple[Fact, ...]
    peers: tuple[Peer, ...]

    def facts_on(self, topic: str) -> tuple[Fact, ...]:
        """The facts of one topic, in the order of the file."""
        return tuple(fact for fact in self.facts if fact.topic == topic)


def library_from(files: Mapping[str, str]) -> Library:
    """Read the library's files by name; raises BadRule when one cannot be trusted."""
    documents = {name: tomllib.loads(text) for name, text in files.items()}
    kinds = {key: _kind(key, table) for key, table in documents["inputs.toml"].items()}
    library = Library(
        kinds=kinds,
        sources={ref: _source(ref, table) for ref, table in documents["sources.toml"].items()},
        claims={name: _claim(name, table, kinds) for name, table in documents["claims.toml"].items()},
        facts=tuple(_fact(table) for table in documents["facts.toml"]["fact"]),
        peers=tuple(_peer(table) for table in documents["peers.toml"]["peer"]),
    )
    _every_source_exists(library)
    return library


def _kind(key: str, table: Mapping[str, object]) -> Kind:
    least, most = float(str(table["least"])), float(str(table["most"]))
    return Kind(
        key=key,
        part=str(table["part"]),
        unit=str(table["unit"]),
        least=least,
        most=most,
        title=_said(table["title"], key),
        note=_said(table["note"], key),
        prior=_quantity(table["prior"], least, most, key, Basis.PRIOR, Grade(str(table["grade"]))),
        sources=_refs(table),
        learned_by=str(table["learned_by"]),
    )


def _quantity(found: object, least: float, most: float, key: str, basis: Basis, grade: Grade) -> Quantity:
    reading = Reading("library")
    quantity = reading.quantity(found, least, most, key)
    if reading.problems.found:
        raise BadRule(f"The library's {key} cannot be used: {reading.problems.found[0][2]} Correct the file.")
    return replace(quantity, basis=basis, grade=grade)


def _source(ref: str, table: Mapping[str, object]) -> Source:
    return Source(ref, str(table["title"]), str(table.get("address", "")), Grade(str(table["grade"])))


def _claim(name: str, table: Mapping[str, object], kinds: Mapping[str, Kind]) -> Claim:
    grade = Grade(str(table["grade"]))
    sets = table.get("sets", {})
    checks = table.get("check", [])
    assert isinstance(sets, Mapping)
    assert isinstance(checks, list)
    figures = table.get("figures", {})
    assert isinstance(figures, Mapping)
    return Claim(
        name=name,
        who=_said(table["who"], name),
        year=int(str(table["year"])),
        said=_said(table["said"], name),
        weakness=_said(table["weakness"], name),
        grade=grade,
        sources=_refs(table),
        sets={
            key: _quantity(value, kinds[key].least, kinds[key].most, key, Basis.CLAIMED, grade)
            for key, value in sets.items()
        },
        takes_credit=bool(table.get("takes_credit", True)),
        checks=tuple(_check(check, name) for check in checks),
        figures={key: float(str(value)) for key, value in figures.items()},
    )


def _check(table: Mapping[str, object], name: str) -> Check:
    parts = table["parts"]
    assert isinstance(parts, list)
    return Check(
        what=_said(table["what"], name),
        how=str(table["how"]),
        parts=tuple(float(part) for part in parts),
        published=float(str(table["published"])),
        unit=str(table["unit"]),
    )


def _fact(table: Mapping[str, object]) -> Fact:
    topic = str(table["topic"])
    return Fact(topic, _said(table["said"], topic), Grade(str(table["grade"])), _refs(table))


def _peer(table: Mapping[str, object]) -> Peer:
    name = str(table["name"])
    return Peer(
        name,
        _said(table["said"], name),
        str(table["since"]),
        str(table["read_on"]),
        Grade(str(table["grade"])),
        _refs(table),
    )


def _said(found: object, where: str) -> Said:
    if not isinstance(found, Mapping) or set(found) != {"en", "es"} or not all(found.values()):
        raise BadRule(f"The library's {where} is not said in English and in Spanish. Write both.")
    return Said(str(found["en"]), str(found["es"]))


def _refs(table: Mapping[str, object]) -> tuple[str, ...]:
    refs = table["sources"]
    assert isinstance(refs, list)
    return tuple(str(ref) for ref in refs)


def _every_source_exists(library: Library) -> None:
    named = {ref for kind in library.kinds.values() for ref in kind.sources}
    named |= {ref for claim in library.claims.values() for ref in claim.sources}
    named |= {ref for fact in library.facts for ref in fact.sources}
    named |= {ref for peer in library.peers for ref in peer.sources}
    missing = sorted(named - set(library.sources))
    if missing:
        raise BadRule(f"The library names the source {missing[0]}, which is not in sources.toml. Add it there.")
    unnamed = sorted(set(library.sources) - named)
    if unnamed:
        raise BadRule(f"Nothing in the library names the source {unnamed[0]}. Take it out of sources.toml.")
