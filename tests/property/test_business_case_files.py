"""A broken input file is refused with its line and the reason, and nothing is written: 1,000 files, each broken."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from daybreak.business_case.queries import start_texts
from daybreak.cli.main import main

FILES = 1_000
NUMBER = re.compile(r"(?<=[ =])-?\d+(?:\.\d+)?(?=[,\s}]|$)")
Broken = tuple[str, int | None] | None
"""The text and the line that must be named; None when this text cannot be broken that way."""


def lines_with(text: str, pattern: str) -> list[int]:
    return [at for at, line in enumerate(text.split("\n")) if re.search(pattern, line)]


def with_line(text: str, at: int, new: str) -> str:
    lines = text.split("\n")
    lines[at] = new
    return "\n".join(lines)


def replaced(text: str, dice: random.Random, pattern: str, change: Callable[[str], str]) -> Broken:
    """Change one line that fits the pattern."""
    found = lines_with(text, pattern)
    if not found:
        return None
    at = dice.choice(found)
    new = change(text.split("\n")[at])
    return (with_line(text, at, new), at + 1) if new != text.split("\n")[at] else None


def misspelled(text: str, dice: random.Random) -> Broken:
    def change(line: str) -> str:
        key, _, rest = line.partition(" =")
        at = dice.randrange(len(key))
        return f"{key[:at]}x{key[at:]} ={rest}"

    return replaced(text, dice, r"^[a-z_]+ = (?!\[$)", change)


def missing(text: str, dice: random.Random) -> Broken:
    key = dice.choice(("year", "employees", "pay", "quits", "turnover_cost", "share", "pay_class", "name"))
    at = dice.choice(lines_with(text, rf"^{key} = "))
    heads = [0, *(line for line in lines_with(text, r"^\[") if line < at)]
    # The line named is that of the table the key is missing from; at the top of the file it is the first.
    return with_line(text, at, ""), (heads[-1] if heads[-1] else 0) + 1


def not_a_number(text: str, dice: random.Random) -> Broken:
    word = dice.choice(
        (f'"{dice.randrange(99)}"', "true", "nan", "inf", '"many"', f"[{dice.random():.3f}]", "1979-05-27")
    )
    return replaced(text, dice, r"^[a-z_]+ = .*\d", lambda line: NUMBER.sub(word, line, count=1))


def out_of_range(text: str, dice: random.Random) -> Broken:
    value = f"{dice.choice((-1, -0.001, 1e18, -1e300)) * dice.uniform(1, 9):g}"
    return replaced(text, dice, r"^(?!year|r =)[a-z_]+ = .*\d", lambda line: NUMBER.sub(value, line, count=1))


def out_of_order(text: str, dice: random.Random) -> Broken:
    def change(line: str) -> str:
        low, high = re.findall(r"(?:low|high|least|most) = [\d.]+", line)[:2]
        first, other = low.split(" = "), high.split(" = ")
        return line.replace(low, f"{first[0]} = {other[1]}").replace(high, f"{other[0]} = {first[1]}")

    return replaced(text, dice, r"(low|least) = ", change)


def half_a_range(text: str, dice: random.Random) -> Broken:
    end = dice.choice((r", high = [\d.]+", r", low = [\d.]+", r"(?:mean|median) = [\d.]+, "))
    return replaced(text, dice, r"(mean|median) = .*low = .*high = ", lambda line: re.sub(end, "", line))


def no_toml(text: str, dice: random.Random) -> Broken:
    garbage = dice.choice(("= 5", "what is this", "[inputs", "price == 3", 'title = "open', "a = {b = 1", "\x01 = 2"))
    at = dice.choice(lines_with(text, r"^[a-z_]+ = [^\[]*$"))
    return with_line(text, at, garbage), at + 1


def said_twice(text: str, dice: random.Random) -> Broken:
    at = dice.choice(lines_with(text, r"^[a-z_]+ = [^\[]*$"))
    return with_line(text, at, text.split("\n")[at] + "\n" + text.split("\n")[at]), at + 2


def shares_that_do_not_add_up(text: str, dice: random.Random) -> Broken:
    at = dice.choice(lines_with(text, r"^share = "))
    last = lines_with(text, r"^share = ")[-1]
    return with_line(text, at, f"share = {dice.uniform(0.76, 1):.4f}"), last + 1


def unknown_word(text: str, dice: random.Random) -> Broken:
    key, word = dice.choice((("pay_class", '"weekly"'), ("basis", '"guessed"'), ("grade", '"E"')))
    return replaced(text, dice, rf"\b{key} = \"", lambda line: re.sub(rf'\b{key} = "\w+"', f"{key} = {word}", line))


def unknown_claim(text: str, dice: random.Random) -> Broken:
    name = f"{dice.choice(('nobody', 'seller', 'bcg', 'thirty'))}-{dice.randrange(999)}"
    if lines_with(text, r"^claims = "):
        return replaced(text, dice, r"^claims = ", lambda _: f'claims = ["{name}"]')
    return replaced(text, dice, r"^year = ", lambda line: f'claims = ["{name}"]\n{line}')


def impossible_correlations(text: str, dice: random.Random) -> Broken:
    r = round(dice.uniform(0.8, 0.95), 4)
    pairs = (("parents", "reach", r), ("reach", "price", r), ("parents", "price", -r))
    added = "".join(f'\n[[correlation]]\none = "{one}"\nother = "{other}"\nr = {r}\n' for one, other, r in pairs)
    whole = text + added
    return whole, lines_with(whole, r"^\[\[correlation\]\]$")[-1] + 1


def correlation_with_itself(text: str, dice: random.Random) -> Broken:
    key = dice.choice(("reach", "price", "fee", "parents", "additionality"))
    whole = text + f'\n[[correlation]]\none = "{key}"\nother = "{key}"\nr = {dice.uniform(-0.9, 0.9):.3f}\n'
    return whole, len(whole.split("\n")) - 2


def a_year_without_law(text: str, dice: random.Random) -> Broken:
    return replaced(
        text,
        dice,
        r"^year = ",
        lambda _: f"year = {dice.choice((dice.randrange(1, 2002), dice.randrange(2101, 10**6)))}",
    )


def not_text(text: str, dice: random.Random) -> Broken:
    at = dice.randrange(len(text))
    return text[:at] + "\0" + text[at:], text[:at].count("\n") + 1


WAYS = (
    *(misspelled, missing, not_a_number, out_of_range, out_of_order, half_a_range, no_toml, said_twice),
    *(shares_that_do_not_add_up, unknown_word, unknown_claim, impossible_correlations, correlation_with_itself),
    *(a_year_without_law, not_text),
)


def broken_files() -> list[tuple[str, str, int | None]]:
    dice = random.Random(20261124)
    texts = list(start_texts().values())
    found: list[tuple[str, str, int | None]] = []
    while len(found) < FILES:
        way = WAYS[len(found) % len(WAYS)]
        broken = way(dice.choice(texts), dice)
        if broken is not None:
            found.append((way.__name__, *broken))
    return found


def test_each_of_1000_broken_files_is_refused_with_its_line_and_nothing_is_written(tmp_path: Path) -> None:
    file, out = tmp_path / "case.toml", tmp_path / "out"
    runner = CliRunner()
    distinct = set()
    for way, text, line in broken_files():
        file.write_text(text)
        result = runner.invoke(main, ["business-case", str(file), "--out", str(out), "--draws", "1000"])
        told = f"{way}, line {line} {text.split(chr(10))[(line or 1) - 1]!r}: {result.stderr}"
        assert result.exit_code == 10, told
        assert result.stdout == ""
        named = [int(number) for number in re.findall(r"case\.toml, line (\d+):", result.stderr)]
        assert line in named, told
        assert re.search(r"line \d+: \S.{8,}", result.stderr), told
        assert "Traceback" not in result.stderr
        assert not out.exists(), told
        distinct.add(text)
    assert len(distinct) > 0.8 * FILES
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.toml"]


@pytest.mark.parametrize("data", [b"\xff\xfe", b'title = "\xe9"\n'])
def test_a_file_that_is_not_utf8_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_bytes(data)
    result = CliRunner().invoke(main, ["business-case", str(tmp_path / "case.toml"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 10
    assert "line 1: the line is not UTF-8 text" in result.stderr
    assert not (tmp_path / "out").exists()


def test_all_problems_are_named_in_one_go(tmp_path: Path) -> None:
    text = (
        start_texts()["a-skeptics-case"].replace("employees = 250000", "employees = 0").replace("cap = 15", "cap = -1")
    )
    (tmp_path / "case.toml").write_text(text.replace("reach = {", "reech = {"))
    result = CliRunner().invoke(main, ["business-case", str(tmp_path / "case.toml"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 10
    for words in ("employees 0 is not from 1 to 5,000,000", "cap -1 is not from 0 to 260", "Did you mean 'reach'?"):
        assert words in result.stderr
    assert "Nothing was worked out and nothing was written." in result.stderr
