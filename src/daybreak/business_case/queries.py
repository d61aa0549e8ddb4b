"""What comes with the product? The library of priors and claims, the law of a year, the cases to start from."""

from functools import cache
from importlib.resources import files

from daybreak.business_case.input_file import Known, read_inputs
from daybreak.business_case.law import law_of
from daybreak.business_case.library import Library, library_from
from daybreak.business_case.terms import Inputs, Law
from daybreak.rulebook.queries import packaged

LIBRARY = ("inputs.toml", "sources.toml", "claims.toml", "facts.toml", "peers.toml")


@cache
def library() -> Library:
    """Return the packaged library, read once per process. Raises BadRule when a file of it cannot be trusted."""
    folder = files("daybreak") / "business_case" / "library"
    return library_from({name: (folder / name).read_text(encoding="utf-8") for name in LIBRARY})


def known() -> Known:
    """Return what an input file may name."""
    found = library()
    return Known(found.kinds, tuple(name for name, claim in found.claims.items() if claim.can_be_loaded))


@cache
def law(year: int, *, is_small_business: bool = False) -> Law:
    """Return the law of a year; raises BadInput for a year that a rule does not cover."""
    return law_of(packaged(), year, is_small_business=is_small_business)


@cache
def start_texts() -> dict[str, str]:
    """Return the packaged input files by name, as they are."""
    folder = files("daybreak") / "business_case" / "starts"
    found = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return {
        entry.name.removesuffix(".toml"): entry.read_text(encoding="utf-8")
        for entry in found
        if entry.name.endswith(".toml")
    }


@cache
def start(name: str) -> Inputs:
    """Return the inputs of a packaged case. Raises KeyError for a name there is none of."""
    return read_inputs(start_texts()[name], known(), source=f"{name}.toml")
