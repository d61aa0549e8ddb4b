"""`daybreak words`: collect what the product says, check that every language says it, compile it for the program.

No other program is needed: templates are read by Django's own reader, Python by its own parser, gettext files by polib.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import click
import polib
from django.utils.translation.template import templatize

from daybreak.kernel.errors import BadInput

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "web" / "locale"

CALLS = {
    "_": (0,),
    "gettext": (0,),
    "gettext_lazy": (0,),
    "gettext_noop": (0,),
    "ngettext": (0, 1),
    "ngettext_lazy": (0, 1),
    "ngettext_noop": (0, 1),
}
"""Functions that mark words, and which of their arguments are the words, the plural last."""

_LITERAL = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
_IN_TEMPLATE = re.compile(rf"(?<!\w)(n?gettext|_)\({_LITERAL}(?:,\s*{_LITERAL})?")
_UNREAD = re.compile(r"(?<!\w)n?pgettext\(")
_PERCENT = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Phrase:
    """Words of the program: in English, with the plural where a count decides."""

    one: str
    many: str = ""


@click.group()
def words() -> None:
    """Collect, check and compile what Daybreak says in each language."""


@words.command(name="compile")
def compile_words() -> None:
    """Compile every .po file to the .mo file beside it."""
    for path in _po_files():
        fresh = path.with_suffix(".mo.new")
        polib.pofile(str(path)).save_as_mofile(str(fresh))
        # A process that starts meanwhile reads the old file or the new one, never half of one.
        fresh.replace(path.with_suffix(".mo"))
        click.echo(f"{path.parent.parent.name}: compiled")


@words.command()
def check() -> None:
    """Say what is missing, unused, doubtful or spelled with other facts than the English; nothing is changed."""
    said = collected(PACKAGE)
    findings = [f"{path.parent.parent.name}: {line}" for path in _po_files() for line in problems(path, said)]
    if findings:
        raise BadInput(
            f"{len(findings)} of the words are not ready.\n  " + "\n  ".join(findings),
            do="\nRun `daybreak words collect`, write what is missing into the .po file, and check again.",
        )
    click.echo(f"{len(said)} phrases, all of them in every language.")


@words.command()
def collect() -> None:
    """Bring the .po files up to date: new words come in untranslated, words nobody says any more go."""
    said = collected(PACKAGE)
    for path in _po_files():
        added, dropped = bring_up_to_date(path, said)
        click.echo(f"{path.parent.parent.name}: {added} to be written, {dropped} no longer said")


def collected(package: Path) -> dict[Phrase, str]:
    """Every phrase of the program with the first file that says it."""
    found: dict[Phrase, str] = {}
    for path in sorted(package.rglob("*.py")):
        for phrase in in_python(path.read_text(encoding="utf-8")):
            found.setdefault(phrase, path.relative_to(package).as_posix())
    for path in sorted([*package.rglob("*.html"), *package.rglob("*.txt")]):
        if "templates" in path.parts:
            for phrase in in_template(path.read_text(encoding="utf-8"), str(path)):
                found.setdefault(phrase, path.relative_to(package).as_posix())
    return found


def in_python(source: str) -> Iterator[Phrase]:
    """The words a Python file marks.

    >>> list(in_python('label = gettext_noop("Too far" " from your way")'))
    [Phrase(one='Too far from your way', many='')]
    """
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        places = CALLS.get(name, ())
        texts = [argument.value for argument in node.args[: len(places)] if isinstance(argument, ast.Constant)]
        if places and len(texts) == len(places):
            yield Phrase(*(str(text) for text in texts))


def in_template(source: str, name: str) -> Iterator[Phrase]:
    """The words a template marks. Raises BadInput for words with a context, which this collector does not read.

    >>> list(in_template("{% translate 'Ask' %}{% blocktranslate count n=n %}{{ n }} child{% plural %}children"
    ...                  "{% endblocktranslate %}", "ask.html"))
    [Phrase(one='Ask', many=''), Phrase(one='%(n)s child', many='children')]
    """
    marked = templatize(source, origin=name)
    if _UNREAD.search(marked):
        raise BadInput("words with a context are not collected.", source=name, do="Word them so that none is needed.")
    for match in _IN_TEMPLATE.finditer(marked):
        function, one, many = match.groups()
        yield Phrase(ast.literal_eval(one), ast.literal_eval(many) if many and function == "ngettext" else "")


def problems(path: Path, said: dict[Phrase, str]) -> Iterator[str]:
    """What keeps one .po file from being complete, a line for each."""
    written = {
        Phrase(entry.msgid, entry.msgid_plural): entry for entry in polib.pofile(str(path)) if not entry.obsolete
    }
    for phrase, where in said.items():
        if phrase not in written:
            yield f"not there: {phrase.one!r} ({where})"
    for phrase, entry in written.items():
        if phrase not in said:
            yield f"nobody says: {phrase.one!r}"
        elif entry.fuzzy or not entry.translated():
            yield f"{'doubtful' if entry.fuzzy else 'not written'}: {phrase.one!r}"
        else:
            yield from _other_facts(phrase, entry)


def _other_facts(phrase: Phrase, entry: polib.POEntry) -> Iterator[str]:
    translations = list(entry.msgstr_plural.values()) if phrase.many else [entry.msgstr]
    # "1 child" may be said without its count, so a plural is held to the facts of its many form or its one form.
    allowed = {facts_in(phrase.one), facts_in(phrase.many or phrase.one)}
    for text in translations:
        if facts_in(text) not in allowed:
            yield f"other facts than the English: {phrase.one!r}"


def facts_in(text: str) -> frozenset[str]:
    """The named facts of a phrase, in braces as Python writes them or with percent signs as templates do.

    >>> sorted(facts_in("{site} on {day}")), sorted(facts_in("%(count)s spots"))
    (['{day}', '{site}'], ['%(count)s'])
    """
    percent = {f"%({name})s" for name in _PERCENT.findall(text)}
    try:
        braces = {f"{{{name}}}" for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        braces = {"unreadable"}
    return frozenset(percent | braces)


def _po_files() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def bring_up_to_date(path: Path, said: dict[Phrase, str]) -> tuple[int, int]:
    old = polib.pofile(str(path))
    known = {Phrase(entry.msgid, entry.msgid_plural): entry for entry in old if not entry.obsolete}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata, fresh.header = old.metadata, old.header
    for phrase, where in sorted(said.items(), key=lambda pair: pair[1]):
        entry = known.get(phrase) or polib.POEntry(
            msgid=phrase.one, msgid_plural=phrase.many, msgstr_plural={0: "", 1: ""} if phrase.many else {}
        )
        entry.occurrences, entry.flags = [(where, "")], _flags(phrase, entry.flags)
        fresh.append(entry)
    fresh.save(str(path))
    return len(said.keys() - known.keys()), len(known.keys() - said.keys())


def _flags(phrase: Phrase, flags: list[str]) -> list[str]:
    facts = facts_in(phrase.one) | facts_in(phrase.many)
    spelling = {"{": "python-brace-format", "%": "python-format"}
    formats = {spelling[fact[0]] for fact in facts if fact[0] in spelling}
    return sorted(formats | {flag for flag in flags if flag == "fuzzy"})
