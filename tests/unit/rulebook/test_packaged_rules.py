"""The rules that come with the product can be trusted, and the page about them is up to date."""

from pathlib import Path

from daybreak.rulebook.examples import prove
from daybreak.rulebook.index import page
from daybreak.rulebook.load import rule_from
from daybreak.rulebook.queries import packaged, packaged_files
from daybreak.rulebook.schema import EXAMPLE, TOP, VALUE

ROOT = Path(__file__).parents[3]


def test_every_rule_file_in_the_tree_is_packaged_and_in_the_book() -> None:
    folder = ROOT / "src" / "daybreak" / "rules"
    names = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.toml"))
    assert sorted(packaged_files()) == names
    assert sorted(packaged().rules) == [name.removesuffix(".toml") for name in names]


def test_nothing_but_rule_files_lies_in_the_folder_of_rules() -> None:
    folder = ROOT / "src" / "daybreak" / "rules"
    assert [file.name for file in folder.rglob("*") if file.is_file() and file.suffix != ".toml"] == []


def test_the_committed_page_of_rules_is_the_generated_one() -> None:
    committed = (ROOT / "docs" / "reference" / "rules.md").read_text(encoding="utf-8")
    assert committed == page(packaged().rules.values())


def test_every_rule_file_says_what_it_does_not_model() -> None:
    for path, data in packaged_files().items():
        assert "not modeled" in data.decode("utf-8").lower(), path


def test_a_bar_in_a_citation_does_not_break_the_table() -> None:
    rules = list(packaged().rules.values())
    assert all(line.count("|") in (6, 7) for line in page(rules).splitlines() if line.startswith("|"))


def test_the_example_in_the_how_to_is_a_sound_rule() -> None:
    guide = (ROOT / "docs" / "howto" / "add-a-rule.md").read_text(encoding="utf-8")
    rule = rule_from("us/ny/example.toml", guide.split("```toml\n")[1].split("```")[0].encode())
    prove(rule)
    assert rule.by == "age"


def test_the_how_to_explains_every_key_a_rule_file_may_have() -> None:
    guide = (ROOT / "docs" / "howto" / "add-a-rule.md").read_text(encoding="utf-8")
    assert [key for key in {**TOP, **VALUE, **EXAMPLE} if f"`{key}`" not in guide and f"`[[{key}]]`" not in guide] == []
