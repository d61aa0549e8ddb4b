"""What trustees and operators type, and what they are told."""

import gzip
import json
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from cast import DAWN
from daybreak.accounts.actions import add_person
from daybreak.cli.main import main
from daybreak.interviews.models import Answer, Code, WaveKey
from daybreak.interviews.queries import admission_by_code
from daybreak.people.actions import add_employer
from daybreak.tickets.models import Invited, Wave
from interviewed import new_wave

pytestmark = pytest.mark.django_db(databases=["default", "interviews"])
DETE = Path(__file__).resolve().parents[2] / "docs" / "howto" / "surveys" / "dete.toml"


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.mark.real_data
def test_agreement_prints_the_published_figures(real_data: Path) -> None:
    file = str(real_data / "coder_agreement" / "krippendorff_example.csv")
    found = json.loads(typed("interviews", "agreement", file, "--json").stdout)
    alphas = {level: round(alpha, 3) for level, alpha in found["krippendorff_alpha"].items()}
    assert alphas == {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849, "ratio": 0.797}
    assert (found["units"], found["coders"]) == (12, 4)
    assert "Krippendorff's alpha, nominal   0.743" in typed("interviews", "agreement", file).stdout


def test_agreement_of_themes_in_words_is_nominal_only(tmp_path: Path) -> None:
    file = tmp_path / "coded.csv"
    file.write_text("text,Ines,Ruth\n1,cost,cost\n2,closure,cost\n3,closure,closure\n")
    found = json.loads(typed("interviews", "agreement", str(file), "--json").stdout)
    assert found["krippendorff_alpha"]["ordinal"] is None
    assert round(found["fleiss_kappa"], 3) == 0.333
    file.write_text("text\n1\n")
    assert typed("interviews", "agreement", str(file)).exit_code == 10


@pytest.mark.real_data
def test_the_dete_survey_comes_in_whole_by_its_mapping(real_data: Path) -> None:
    survey = str(real_data / "hr_exit_survey_dete" / "dete_survey.csv.gz")
    dry = json.loads(typed("interviews", "import-survey", survey, "--mapping", str(DETE), "--dry-run", "--json").stdout)
    assert (dry["read"], dry["imported"], Answer.objects.count()) == (822, 0, 0)
    done = json.loads(typed("interviews", "import-survey", survey, "--mapping", str(DETE), "--json").stdout)
    assert (done["imported"], done["totals"]) == (822, {"resignations": 311})
    assert Answer.objects.count() == 822
    assert Answer.objects.filter(said_sealed__contains="Queensland").count() == 0


def test_a_survey_without_the_columns_of_its_mapping_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "exit.csv"
    file.write_text("Reason\nCare\n")
    refused = typed("interviews", "import-survey", str(file), "--mapping", str(DETE))
    assert refused.exit_code == 10
    assert "It has no column SeparationType" in refused.stderr
    assert Answer.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("survey.csv", b"\x7fELF\xd0\x00"),
        ("survey.csv.gz", b"no gzip"),
        ("survey.csv.gz", gzip.compress(b"\xff\xfe")[:-6]),
    ],
    ids=["no text", "not packed", "cut off"],
)
def test_what_is_no_survey_is_refused_and_nothing_is_imported(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    answer = typed("interviews", "import-survey", str(tmp_path / name), "--mapping", str(DETE))
    assert answer.exit_code == 10, answer.output
    assert f"daybreak: {name}" in answer.stderr
    assert Answer.objects.count() == 0


def test_a_mapping_or_a_coded_file_that_is_no_text_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "noise").write_bytes(b"ok\n\xd0\x00")
    noise = str(tmp_path / "noise")
    for command in (["import-survey", noise, "--mapping", noise], ["agreement", noise]):
        answer = typed("interviews", *command)
        assert (answer.exit_code, "noise, line 2" in answer.stderr) == (10, True), answer.output
    (tmp_path / "ragged.csv").write_text("text,Ines,Ruth\n1,cost,cost\n2,cost\n")
    for command in (["tickets", "invite", noise, "--wave", new_wave()], ["interviews", "restore", noise]):
        answer = typed(*command)
        assert (answer.exit_code, "noise" in answer.stderr) == (10, True), answer.output
    answer = typed("interviews", "agreement", str(tmp_path / "ragged.csv"))
    assert (answer.exit_code, "line 3: the line has 2 cells" in answer.stderr) == (10, True)


def test_a_wave_is_opened_by_the_desk_and_its_key_accepted_by_the_trustee(tmp_path: Path) -> None:
    employer = new_wave_s_employer()
    file = tmp_path / "pulse.json"
    opened = typed(
        *("tickets", "open", "--employer", employer, "--occasion", "exit", "--quarter", "2026-Q1"),
        *("--closes", "2099-06-01", "--to", str(file)),
    )
    assert opened.exit_code == 0, opened.output
    wave = Wave.objects.get(occasion="exit")
    assert "PRIVATE" not in file.read_text()
    assert typed("interviews", "accept-key", str(file)).stdout == f"{wave.name} is accepted, until 2099-06-01.\n"
    assert WaveKey.objects.filter(name=wave.name).exists()
    early = typed("tickets", "report", "--wave", wave.name, "--answered", "20")
    assert early.exit_code == 10
    assert "The wave is not over." in early.stderr


def new_wave_s_employer() -> str:
    add_employer(employer_id=uuid4(), name="Harbor Health", at=DAWN)
    return "Harbor Health"


def test_everybody_on_the_list_is_invited_or_nobody(tmp_path: Path) -> None:
    wave = new_wave()
    add_person(person_id=uuid4(), name="Mei", email="mei@example.org", at=DAWN)
    file = tmp_path / "people.csv"
    file.write_text("address,day\nmei@example.org,2026-03-02\nnobody@example.org,2026-03-02\n")
    refused = typed("tickets", "invite", str(file), "--wave", wave)
    assert refused.exit_code == 10
    assert "line 3: Nobody has the address" in refused.stderr
    assert not Invited.objects.exists()
    file.write_text("address,day\nmei@example.org,2026-03-02\n")
    assert typed("tickets", "invite", str(file), "--wave", wave).exit_code == 0
    assert Invited.objects.count() == 1


def test_a_pool_of_codes_is_written_once_and_kept_as_digests(tmp_path: Path) -> None:
    file = tmp_path / "codes.txt"
    assert typed("interviews", "codes", "--occasion", "declined", "--count", "20", "--to", str(file)).exit_code == 0
    lines = file.read_text().split()
    assert len(set(lines)) == 20 == Code.objects.count()
    assert all(admission_by_code(line) is not None for line in lines)
    assert not Code.objects.filter(digest__in=lines).exists()


def test_a_trustee_s_key_is_shown_once_and_taken_away_by_name() -> None:
    shown = typed("interviews", "add-trustee", "Ines").stdout
    assert len(shown.splitlines()[1]) >= 43
    assert typed("interviews", "add-trustee", "Ines").exit_code == 10
    assert typed("interviews", "dismiss-trustee", "Ines").exit_code == 0
    assert typed("interviews", "dismiss-trustee", "Ines").exit_code == 10


def test_waves_are_counted_for_the_report() -> None:
    assert json.loads(typed("interviews", "waves", "--json").stdout) == {"waves": []}
    assert typed("interviews", "check").stdout.startswith("well")
    assert "0 answers from before" in typed("interviews", "forget").stdout
