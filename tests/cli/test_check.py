"""`autograder check`: the kit's own checks on one file, in the sandbox, for a terminal and for scripts."""

import importlib.util
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.cli.checking import savings
from autograder.public_checks import CheckError, kit_at
from autograder.sandbox.levels import SandboxError, choose

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "docs" / "demo"
STUB = ROOT / "assignments" / "derivatives" / "derivatives.ipynb"


def level() -> str:
    try:
        return choose("auto")
    except SandboxError:
        return "none"


def check(*words: object, status: int) -> str:
    done = CliRunner().invoke(main, ["--course", str(ROOT), "check", *map(str, words), "--sandbox", level()])
    assert done.exit_code == status, done.output
    assert "Traceback" not in done.output
    return done.output


def write(folder: Path, text: str) -> Path:
    path = folder / "mine.py"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    return path


def test_what_is_right_is_said_and_the_status_is_0() -> None:
    said = check("derivatives", DEMO / "derivatives" / "ada.py", status=0)
    assert said.count("✓") == 9
    assert "9 of 9 right as far as can be seen here. The grade also uses other inputs." in said
    assert said.index("predict") < said.index("dL_dw1")  # in the notebook's order


def test_a_stub_is_not_written_yet_and_the_status_is_1() -> None:
    said = check("derivatives", STUB, status=1)
    assert said.count("○") == 9
    assert "✗" not in said


def test_a_mistake_is_shown_with_numbers() -> None:
    said = check("derivatives", DEMO / "derivatives" / "chen.py", "--exercise", "dL_dw1", status=1)
    assert "✗ dL_dw1 is not right yet" in said
    assert "likely    It is exactly half what it should be" in said
    assert "predict" not in said


@pytest.mark.slow
@pytest.mark.parametrize("name", ["chen.py", "emil.py", "gus.py", "jun.py"])
def test_it_says_of_each_exercise_what_the_kit_says(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "kit"
    shutil.copytree(ROOT / "assignments" / "derivatives", folder)
    shutil.copy(DEMO / "derivatives" / name, folder / "derivatives.py")
    (folder / "derivatives.ipynb").unlink()
    spec = importlib.util.spec_from_file_location(f"kit_of_{name[:-3]}", folder / "checks" / "__init__.py")
    kit = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(kit)
    edition = kit.edition(folder / "derivatives")
    right = {exercise for exercise in kit.exercises() if not edition.problem(exercise)}
    said = check("derivatives", DEMO / "derivatives" / name, status=1)
    shown = {line[2:].split(":")[0] for line in said.splitlines() if line.startswith("✓")}
    assert shown == right


def test_the_folder_that_students_have_is_enough(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "assignments" / "sgd", tmp_path / "sgd")
    said = CliRunner().invoke(
        main,
        [
            "--course",
            str(tmp_path),
            "check",
            str(tmp_path / "sgd"),
            str(DEMO / "sgd" / "ada.py"),
            "--sandbox",
            level(),
        ],
    )
    assert said.exit_code == 0, said.output


def test_a_homework_without_a_kit_is_told(tmp_path: Path) -> None:
    said = check("nothing", STUB, status=1)
    assert "autograder generate nothing" in said
    shutil.copytree(ROOT / "assignments" / "sgd", tmp_path / "sgd")
    (tmp_path / "sgd" / "checks" / "examples.json").write_text("{")
    with pytest.raises(CheckError, match="is damaged"):
        kit_at(str(tmp_path / "sgd"), ROOT)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert "cannot be read: No such file" in check("derivatives", tmp_path / "no.py", status=1)
    (tmp_path / "bad.ipynb").write_text("{")
    assert "cannot be read" in check("derivatives", tmp_path / "bad.ipynb", status=1)
    assert "There is no exercise fly" in check("derivatives", STUB, "--exercise", "fly", status=2)


def test_a_file_that_breaks_is_told_where(tmp_path: Path) -> None:
    path = write(tmp_path, "import nowhere\n\n\ndef predict(X, w, b):\n    return X @ w + b\n")
    said = check("derivatives", path, "--exercise", "predict", status=0)
    assert "! Line 1: " in said
    assert "✓ predict" in said


HOSTILE = """
import os
def predict(X, w, b):
    print("\\x1b[2J\\x1b[31mall right")
    try:
        open("/etc/passwd").read()
        os.system("touch {mark}")
    except Exception as error:
        raise RuntimeError("\\x1b[31m" + type(error).__name__) from None
    return X @ w + b
"""


@pytest.mark.skipif(level() == "none", reason="no sandbox on this machine")
def test_a_hostile_file_reaches_nothing_and_steers_no_terminal(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    said = check("derivatives", write(tmp_path, HOSTILE.format(mark=mark)), "--exercise", "predict", status=1)
    assert not mark.exists()
    assert "\x1b[2J" not in said
    assert "\x1b[31m" not in said
    assert "✗ predict" in said


@pytest.mark.slow
def test_a_loop_that_never_ends_costs_one_exercise(tmp_path: Path) -> None:
    text = "def predict(X, w, b):\n    while True: pass\n\ndef sigmoid(z):\n    raise NotImplementedError\n"
    said = check(
        "derivatives", write(tmp_path, text), "--exercise", "predict", "--exercise", "sigmoid", status=1
    )
    assert "✗ predict: it was stopped" in said
    assert "○ sigmoid" in said


def test_a_file_that_is_watched_is_checked_whenever_it_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text("one")
    steps = iter(
        [lambda: None, lambda: path.write_text("another"), path.unlink, lambda: path.write_text("a third")]
    )

    def wait(_: float) -> None:
        try:
            next(steps)()
        except StopIteration:
            raise KeyboardInterrupt from None

    assert len([*savings(path, wait)]) == 3  # at first, and after each of two savings


def test_a_file_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "later.py"
    steps = iter([lambda: None, lambda: path.write_text("here")])

    def wait(_: float) -> None:
        try:
            next(steps)()
        except StopIteration:
            raise KeyboardInterrupt from None

    assert len([*savings(path, wait)]) == 2
