"""Whatever is wrong with a command or with what it is given, one sentence says so."""

import ast
import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.ledger.tables import APPLICATION, VERSION
from symbolic_checks.errors import ProofError

COURSE = Path(__file__).parents[2]


@pytest.mark.parametrize("command", ["generate", "handbook", "audit"])
def test_outside_a_course_nothing_is_made_and_the_command_says_why(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, [command])
    assert result.exit_code == 2
    assert "No homework was found" in result.output
    assert "--course" in result.output
    assert not list(tmp_path.iterdir())


GRADE = ["--course", str(COURSE), "grade", "derivatives"]
EXPORT = ["--course", str(COURSE), "export", "derivatives", "--to", "nbgrader"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one submission, a file, and much that is damaged; the commands run there."""
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in", "ada.py").write_text("x = 1\n")
    Path("empty").mkdir()
    Path("file").touch()
    Path("damaged.zip").write_bytes(b"PK\x03\x04" + bytes(range(200)))
    for name, text in (
        ("foreign", "CREATE TABLE marks (a)"),
        ("newer", f"PRAGMA user_version = {VERSION + 1}"),
    ):
        Path(name).mkdir()
        with contextlib.closing(sqlite3.connect(Path(name, "ledger.sqlite"))) as connection:
            connection.executescript(f"{text}; PRAGMA application_id = {APPLICATION * (name == 'newer')}")
    Path("damaged").mkdir()
    Path("damaged", "ledger.sqlite").write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 30)
    Path("broken", "solutions", "one").mkdir(parents=True)
    Path("broken", "solutions", "one", "rubric.py").write_text("import nothing_of_that_name\n")
    for name in ("no_secret", "no_place"):
        shutil.copytree(COURSE / "solutions" / "sgd", Path(name, "solutions", "sgd"))
        shutil.copytree(COURSE / "solutions" / "data", Path(name, "solutions", "data"))
    Path("no_secret", ".autograder", "secret").mkdir(parents=True)
    Path("no_place", "assignments").touch()
    return tmp_path


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            [*GRADE, "in", "--out", "file/out", "--workers", "1", "--sandbox", "none"],
            "name another output folder",
        ),
        ([*GRADE, "missing"], "There is no folder missing"),
        ([*GRADE, "file"], "file is not a folder"),
        ([*GRADE, "empty"], "holds no submission"),
        ([*GRADE, "damaged.zip"], "damaged.zip: The archive cannot be read"),
        (["--course", str(COURSE), "grade", "../sgd", "in"], "There is no homework '../sgd'"),
        (["--course", "empty", "grade", "derivatives", "in"], "No homework was found in empty/solutions"),
        (["--course", "file", "generate"], "Directory 'file' is a file"),
        (["--course", "broken", "generate"], "cannot be imported: ModuleNotFoundError"),
        ([*GRADE, "in", "--workers", "0"], "not in the range"),
        ([*GRADE, "in", "--timeout", "-1"], "not in the range"),
        ([*GRADE, "in", "--timeout", "nan"], "'nan' is not a number"),
        ([*GRADE, "in", "--wall", "nan"], "'nan' is not a number"),
        ([*GRADE, "in", "--wall", "1"], "--wall 1 is less than --timeout 2"),
        ([*GRADE, "in", "--total", "-3"], "not in the range"),
        ([*GRADE, "in", "--memory", "-5"], "not in the range"),
        (["--course", "no_secret", "grade", "sgd", "in"], "secret cannot be read or made"),
        (["--course", "no_place", "generate", "sgd"], "sgd cannot be written"),
        (["--course", str(COURSE), "handbook", "sgd", "--out", "file/out"], "name another folder with --out"),
        ([*EXPORT, "--graded", "foreign"], "not a ledger of this program: name another output"),
        (
            [*EXPORT, "--graded", "newer"],
            f"is of version {VERSION + 1}, and this program reads version {VERSION}",
        ),
        ([*EXPORT, "--graded", "damaged"], "is damaged"),
        ([*EXPORT, "--graded", "empty"], "There is no ledger.sqlite in empty"),
        ([*EXPORT, "--graded", "file"], "Directory 'file' is a file"),
    ],
)
def test_a_sentence_tells_what_is_wrong(arguments: list[str], words: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (1, 2)
    assert words in " ".join(result.output.split())


def test_an_error_of_the_derivations_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_: object) -> None:
        raise ProofError("The derivative by w could not be proved.", is_wrong=False)

    monkeypatch.setattr("autograder.release.generate", wrong)
    result = CliRunner().invoke(main, ["--course", str(COURSE), "generate"])
    assert result.exit_code == 1
    assert result.output == "Error: The derivative by w could not be proved.\n"


@pytest.mark.parametrize("path", sorted((COURSE / "autograder").rglob("*.py")), ids=lambda path: path.stem)
def test_errors_for_users_have_one_base(path: Path) -> None:
    inside = {
        "answering.py",
        "child.py",
        "decoding.py",
        "opening.py",
        "slimming.py",
        "trial.py",
    }  # caught where they are raised
    if path.name in inside or {"inside", "kit"} & set(path.parts) or path.name == "errors.py":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef) and any(ast.unparse(b) == "Exception" for b in node.bases):
            pytest.fail(f"{node.name} derives from Exception: take AutograderError")


@pytest.mark.parametrize(
    "words", [("runs",), ("set", "ada", "predict", "1", "--why", "x"), ("explain", "ada")]
)
def test_a_course_that_is_not_there_is_told_by_commands_that_only_need_marks(tmp_path, words):
    done = CliRunner().invoke(main, ["--course", str(tmp_path / "typo"), *words])
    assert done.exit_code == 2
    assert "typo' does not exist" in done.output


def test_marks_are_found_in_the_course_from_a_folder_of_it(tmp_path, monkeypatch):
    (tmp_path / "solutions" / "derivatives").mkdir(parents=True)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ada.py").write_text("def predict(X, w, b):\n    return X @ w + b\n", encoding="utf-8")
    out = tmp_path / "graded" / "derivatives"
    asked = ["grade", "derivatives", str(tmp_path / "in"), "--out", str(out), "--workers", "1"]
    assert CliRunner().invoke(main, ["--course", str(COURSE), *asked]).exit_code == 0
    monkeypatch.chdir(tmp_path / "solutions" / "derivatives")
    done = CliRunner().invoke(main, ["runs"])
    assert (done.exit_code, "derivatives" in done.output) == (0, True), done.output
    assert "ada" in CliRunner().invoke(main, ["explain", "ada"]).output
