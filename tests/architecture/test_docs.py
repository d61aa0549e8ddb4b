"""What the pages say is so: commands exist, links lead somewhere, names and outputs are those of today's code."""

import hashlib
import re
import shlex
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cast import DAWN
from daybreak.cli.main import main
from daybreak.cli.words import collected
from daybreak.demo.people import people
from daybreak.people.roster.actions.arrivals import arrive
from daybreak.people.roster.mapping import parse_mapping
from rosters import row, written

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "daybreak"
DOCS = ROOT / "docs"
README = ROOT / "README.md"
ROSTERS = DOCS / "reference" / "roster.md"
PRODUCTION = DOCS / "howto" / "run-in-production.md"
TUTORIAL = DOCS / "start" / "a-morning-in-the-demo.md"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *SOURCE.rglob("*.md"), *(ROOT / "requirements").glob("*.md")])
TRUE_TO_THE_CODE = [ROOT / f"{name}.md" for name in ("README", "ARCHITECTURE", "SECURITY", "CONTRIBUTING")] + [
    PRODUCTION,
    DOCS / "explain" / "privacy.md",
]


def of(pages: list[Path]) -> list[str]:
    return [str(page.relative_to(ROOT)) for page in pages]


def blocks(page: Path, language: str = r"\w*") -> list[str]:
    """The fenced blocks of a page."""
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(), re.MULTILINE | re.DOTALL)


def typed(page: Path) -> Iterator[list[str]]:
    """Every command that a page shows after a dollar sign, as words."""
    for block in blocks(page):
        for line in re.findall(r"^\$ (.*)$", block, re.MULTILINE):
            yield shlex.split(line.split(" > ")[0])


def prose(page: Path) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"^```.*?^```", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)


def named(page: Path) -> list[str]:
    """What stands in backquotes inside sentences and tables."""
    return [" ".join(name.split()) for name in re.findall(r"`([^`]+)`", prose(page))]


def shown() -> Iterator[tuple[str, list[str], bool]]:
    """Every `daybreak` command of every page: the page, its words, and whether it is there to be typed whole."""
    for page in PAGES:
        for words in typed(page):
            if words[0].endswith("daybreak"):
                yield str(page.relative_to(ROOT)), words[1:], True
        for name in named(page):
            if re.match(r"(\.venv/bin/)?daybreak ", name):
                yield str(page.relative_to(ROOT)), name.split()[1:], False


SHOWN = [*shown()]


@pytest.fixture
def demo_mode_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking at the demo's command sets the mode for what follows; afterwards it is as before."""
    monkeypatch.setenv("DAYBREAK_MODE", "test")


@pytest.mark.parametrize(("page", "words", "is_whole"), SHOWN, ids=[f"{page}: {' '.join(w)}" for page, w, _ in SHOWN])
def test_a_command_exists_with_its_options(
    page: str, words: list[str], is_whole: bool, demo_mode_forgotten: None
) -> None:
    command: click.Command = main
    context = click.Context(main, info_name="daybreak")
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        assert found is not None, f"{page} shows {words[0]!r}, which daybreak does not know"
        command, words = found, words[1:]
        context = click.Context(command, parent=context, info_name=command.name)
    given, _, _ = command.make_parser(context).parse_args(list(words))
    for param in command.params:
        if isinstance(param.type, click.Choice) and isinstance(given.get(param.name), str):
            param.type.convert(given[param.name], param, context)
        assert given.get(param.name) or not param.required or not is_whole, f"{page} leaves out {param.name}"


@pytest.mark.parametrize("page", PAGES, ids=of(PAGES))
def test_what_is_made_or_run_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for words in typed(page):
        if words[0] == "make":
            assert {word for word in words[1:] if "=" not in word} <= targets
        elif words[0] == "sh":
            assert (ROOT / words[1]).exists()
    assert {name.split()[1] for name in named(page) if re.match(r"make [a-z]", name)} <= targets


@pytest.mark.parametrize("page", PAGES, ids=of(PAGES))
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", prose(page))
    relative = [target.partition("#")[0] for target in targets if not re.match(r"https?:|mailto:|#", target)]
    assert [target for target in relative if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=of(PAGES))
def test_is_american_english(page: Path) -> None:
    # The address of a source is spelled as its owner spells it.
    written = re.sub(r"https?://\S+", "", page.read_text())
    british = re.findall(r"\b\w*(?:colour|behaviour|favour|licence|cancelled|organis|centre)\w*\b", written)
    assert british == []


@pytest.mark.parametrize("page", TRUE_TO_THE_CODE, ids=of(TRUE_TO_THE_CODE))
def test_names_of_code_are_there(page: Path) -> None:
    packages = {folder.name for folder in SOURCE.iterdir() if folder.is_dir()}
    for name in named(page):
        dotted = name.removeprefix("daybreak.")
        if re.fullmatch(r"\w+(\.\w+)+", dotted) and dotted.split(".")[0] in packages:
            module, _, attribute = f"daybreak.{dotted}".rpartition(".")
            assert hasattr(import_module(module), attribute), name
        elif re.fullmatch(r"[\w-]+(/[\w.-]+)*/[\w-]+\.(py|toml|po|html)", name):
            assert any((folder / name).exists() for folder in (ROOT, SOURCE, SOURCE / "web")), name
        elif re.fullmatch(r"[a-z]+(_[a-z]+){3,}", name):
            assert any(name in file.read_text() for file in SOURCE.rglob("*.py")), name


def test_architecture_lists_the_folders_there_are() -> None:
    table = re.findall(r"^\| `(\w+)/` \|", (ROOT / "ARCHITECTURE.md").read_text(), re.MULTILINE)
    folders = [folder.name for folder in SOURCE.iterdir() if folder.is_dir() and folder.name != "__pycache__"]
    assert sorted(table) == sorted(folders)


def test_architecture_shows_the_layers_as_the_contract_has_them() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    assert "\n".join(layers) + "\n" in blocks(ROOT / "ARCHITECTURE.md")


def first_screen() -> str:
    return README.read_text().split("\n## ")[0]


def test_the_first_screen_has_its_five_parts_and_fits() -> None:
    screen = first_screen()
    assert len(screen.splitlines()) <= 45
    assert re.match(r"# Daybreak\n\n[^\n#!|`][^`]*?\.\n\n```\n\$ make demo\n", screen)
    assert len(re.findall(r"^!\[", screen, re.MULTILINE)) == 1
    assert "\n**Not yet.** Software does not create supply" in screen
    opened = re.findall(r"\]\(([^)]+)\)", screen.split("**Open first:**")[1])
    assert len(opened) == 5
    assert [file for file in opened if not (ROOT / file).is_file()] == []


def test_the_first_screen_shows_whom_one_can_be() -> None:
    lines = first_screen().split("You can be:\n")[1].split("Every person")[0].splitlines()
    assert lines == [f"  {person.name:<18} {person.line}" for person in people()]


def test_the_first_screen_shows_what_the_demo_prints() -> None:
    said = (SOURCE / "demo" / "command.py").read_text()
    output = blocks(README)[0].splitlines()
    assert f'"{output[-1]}"' in said
    assert re.fullmatch(
        r"Daybreak is open: http://localhost:8000   \(\w+day, \w+ \d+, 05:4\d at Harbor Health\)", output[1]
    )
    assert 'f"Daybreak is open: {address}   (' in said


def test_the_readme_shows_what_placing_a_morning_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    block = next(block for block in blocks(README) if "daybreak place" in block)
    (tmp_path / "docs").symlink_to(DOCS)
    monkeypatch.chdir(tmp_path)
    commands = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    assert len(commands) == 2
    for command in commands:
        line, _, output = command.partition("\n")
        result = CliRunner().invoke(main, shlex.split(line)[1:])
        assert (result.exit_code, result.stdout) == (0, output)


def test_the_tutorial_names_buttons_and_people_as_they_are_called() -> None:
    called = {phrase.one for phrase in collected(SOURCE)}
    called |= {name for person in people() for name in (person.name, person.name.split()[0])}
    in_bold = {" ".join(text.split()) for text in re.findall(r"\*\*([^*]+)\*\*", prose(TUTORIAL))}
    assert len(in_bold) > 10
    assert in_bold - called == set()


def test_the_newest_change_is_of_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest
    assert newest.group(1) == version


@pytest.mark.parametrize(
    ("readers", "page", "beside"),
    [
        (("config/settings.py", "cli/cluster.py"), PRODUCTION, set()),
        # The mode is read by the settings that both processes share.
        (("config/interview_settings.py",), DOCS / "howto" / "run-the-interviews.md", {"DAYBREAK_MODE"}),
    ],
)
def test_every_setting_is_explained_and_no_other(readers: tuple[str, ...], page: Path, beside: set[str]) -> None:
    asked = {name for file in readers for name in re.findall(r'environ\.get\(\s*"(\w+)"', (SOURCE / file).read_text())}
    rows = re.findall(r"^\| (`[A-Z_`, ]+`) \|", page.read_text(), re.MULTILINE)
    explained = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert explained == asked | beside


@pytest.mark.django_db
def test_bringing_in_people_works_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, [row(1, email="rosa@example.org")], "employees.csv")
    (tmp_path / "mapping.toml").write_text('[values.work_site]\n"BUF-01" = "Main hospital"\n')
    commands = [words[1:] for words in typed(PRODUCTION) if words[0] == "daybreak"]
    shown = [words for words in commands if words[0] == "employer" or words[:2] == ["import", "roster"]]
    assert len(shown) == 4
    for words in shown:
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 0, result.output
    assert arrive(email="Rosa@Example.org", at=DAWN) is not None


def test_the_mapping_that_is_shown_can_be_used() -> None:
    (shown,) = blocks(ROSTERS, "toml")
    mapping = parse_mapping(shown, source="mapping.toml")
    assert (mapping.column("employee_id"), mapping.delimiter) == ("Worker ID", ";")


def test_the_license_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert text.split()[:4] == ["Apache", "License", "Version", "2.0,"]
    assert "END OF TERMS AND CONDITIONS" in text
    assert len(text) > 11_000


def test_what_others_made_lies_beside_its_license() -> None:
    notice = (ROOT / "NOTICE").read_text()
    vendored = [*(SOURCE / "web" / "static" / "web" / "vendor").iterdir(), SOURCE / "network" / "zip_centroids"]
    folders = [folder for folder in vendored if folder.is_dir()]
    assert len(folders) >= 4
    for folder in folders:
        assert (folder / "LICENSE").is_file()
        assert str(folder.relative_to(ROOT)) in notice


def test_what_a_respondents_browser_runs_is_what_its_makers_built() -> None:
    vendored = SOURCE / "web" / "static" / "web" / "vendor"
    told = dict(
        re.findall(r"^\| (blindrsa/[\w/.]+) \| ([0-9a-f]{64}) \|", (vendored / "README.md").read_text(), re.MULTILINE)
    )
    scripts = {str(file.relative_to(vendored)) for file in (vendored / "blindrsa").rglob("*.js")}
    assert set(told) == scripts
    assert {name: hashlib.sha256((vendored / name).read_bytes()).hexdigest() for name in scripts} == told
