"""`autograder grade` on whatever students hand in: everyone gets a row, a report, a page and a reason."""

import csv
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner, Result

from autograder.cli import main
from autograder.sandbox import levels

COURSE = Path(__file__).parents[2]
SOLUTION = (COURSE / "solutions" / "derivatives" / "derivatives.py").read_text()
FULL = 45.0

# Bodies of `mse_gradient` after an otherwise right submission, and what the report must say.
WRONG_FUNCTIONS = {
    "returns_none": ("return None", "None"),
    "returns_a_string": ("return 'dw, db'", "string"),
    "returns_a_wrong_shape": ("return np.ones((2, 2)), 1.0", "shape"),
    "returns_three": ("return 1.0, 2.0, 3.0", "3"),
    "returns_nan": ("return w * np.nan, 0.0", "NaN"),
    "returns_complex": ("return w * 1j, 0.0", "complex"),
    "returns_an_object": ("return object()", "object"),
    "returns_objects": ("return np.array([None] * len(w)), 0.0", "an array with None in it"),
    "returns_a_generator": ("yield 1", "generator"),
    "returns_itself": ("return mse_gradient", "function"),
    "returns_a_giant": ("return np.zeros((2**31, 0)), 0.0", "side of 2147483648"),
    "loops_for_ever": ("while True: pass", "stopped after"),
    "exits": ("__import__('os')._exit(0)", "exit code 0"),
    "crashes": ("__import__('ctypes').string_at(0)", "SIGSEGV"),
    "raises": ("raise KeyError('oops')", "KeyError"),
    "recurses": ("return mse_gradient(X, y, w, b)", "RecursionError"),
    "reads_a_file": ("open('/etc/passwd').read()", "Error"),
    "not_written": ("raise NotImplementedError", "NotImplementedError"),
    "forges_a_reply": ("__import__('os').write(3, b'\\xff' * 99)\n    return 1", "invalid reply"),
}


@dataclass(frozen=True)
class Run:
    result: Result
    out: Path

    def report(self, slug: str) -> dict[str, Any]:
        return dict(json.loads((self.out / "reports" / f"{slug}.json").read_text()))

    def page(self, slug: str) -> str:
        return (self.out / "feedback" / f"{slug}.html").read_text()

    def rows(self) -> dict[str, dict[str, str]]:
        with open(self.out / "grades.csv", newline="") as file:
            return {row["student"]: row for row in csv.DictReader(file)}

    def files(self) -> dict[str, bytes]:
        paths = [
            self.out / "grades.csv",
            *(self.out / "reports").iterdir(),
            *(self.out / "feedback").iterdir(),
        ]
        return {str(path.relative_to(self.out)): path.read_bytes() for path in paths}


def grade(folder: Path, out: Path, *options: str) -> Run:
    arguments = ["--course", str(COURSE), "grade", "derivatives", str(folder), "--out", str(out), *options]
    return Run(CliRunner().invoke(main, arguments), out)


def with_mse_gradient(body: str, signature: str = "X, y, w, b") -> str:
    return f"{SOLUTION}\n\n# %%\ndef mse_gradient({signature}):\n    {body}\n"


def notebook(*cells: str) -> str:
    return str(nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])))


@pytest.fixture(scope="module")
def submissions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("submissions")

    def put(name: str, content: str | bytes) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    put("right.py", SOLUTION)
    put("right_notebook.ipynb", notebook("%matplotlib inline", SOLUTION))
    put("right_in_a_folder/homework/derivatives.py", SOLUTION)
    put("empty.py", "")
    put("empty_notebook.ipynb", "")
    put("picture.py", b"\x89PNG\r\n\x1a\n" + bytes(100))
    put("document.docx", b"PK\x03\x04" + bytes(100))
    put("no_json.ipynb", "{'cells': [")
    put("no_notebook.ipynb", '{"a": 1}')
    put("rubbish.py", bytes(range(256)) * 100)
    put("rubbish_notebook.ipynb", os.urandom(10_000) + b"\0")
    put("two_files.py", SOLUTION.replace("return X @ w + b", "return X @ w - b"))
    put("two_files.ipynb", notebook(SOLUTION))
    put("other_layout/a/b/c/notes.txt", "no code here")
    put("renamed.py", SOLUTION.replace("def mse_gradient(", "def mse_gradients("))
    put("wrong_arity.py", with_mse_gradient("return w, b", "X, y"))
    put(
        "prints.py",
        SOLUTION + "\nprint('x' * 10**7)\n" + with_mse_gradient("print('y' * 10**7)")[len(SOLUTION) :],
    )
    put("syntax_error.py", SOLUTION.replace("def mse_gradient(X, y, w, b):", "def mse_gradient(X, y, w, b:"))
    put("half_python.py", "this is not Python at all\n" * 50)
    put("=cmd|'x'!A1.py", SOLUTION)
    for name, (body, _) in WRONG_FUNCTIONS.items():
        put(f"{name}.py", with_mse_gradient(body))
    with open(folder / "sparse.py", "wb") as file:
        file.truncate(1 << 30)
    (folder / "link.py").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe.py")
    return folder


@pytest.fixture(scope="module")
def run(submissions: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    try:
        levels.choose("auto")
    except levels.SandboxError as error:
        pytest.skip(f"no sandbox on this machine: {error}")
    return grade(submissions, tmp_path_factory.mktemp("out"), "--workers", "1", "--timeout", "0.3")


@pytest.mark.slow
def test_the_run_succeeds_without_a_traceback(run: Run) -> None:
    assert run.result.exit_code == 0, run.result.output
    assert "Traceback" not in run.result.output
    assert "fault of the grader" not in run.result.output


@pytest.mark.slow
def test_everyone_gets_a_row_a_report_and_a_page(run: Run, submissions: Path) -> None:
    handed_in = {
        path.stem if path.is_file() or path.is_fifo() else path.name for path in submissions.iterdir()
    }
    rows = run.rows()
    assert {name.removeprefix("'") for name in rows} == handed_in
    assert all(not name.startswith("=") for name in rows)
    reports = sorted(path.stem for path in (run.out / "reports").iterdir())
    assert reports == sorted(path.stem for path in (run.out / "feedback").iterdir())
    assert len(reports) == len(handed_in)


@pytest.mark.slow
def test_every_report_has_the_documented_keys(run: Run) -> None:
    for path in (run.out / "reports").iterdir():
        report = json.loads(path.read_text())
        assert report["schema"] == 1
        assert report["homework"] == "derivatives"
        assert report["student"]
        assert report["max_score"] == FULL
        assert report["sandbox"] in ("namespaces", "landlock")
        assert report["score"] == sum(exercise["score"] for exercise in report["exercises"])
        assert len(report["exercises"]) == 9
        for exercise in report["exercises"]:
            assert {"name", "score", "max_score", "status", "verdicts"} <= set(exercise)
            assert exercise["score"] == sum(verdict["score"] for verdict in exercise["verdicts"])
            assert exercise["max_score"] == sum(verdict["max_score"] for verdict in exercise["verdicts"])
            for verdict in exercise["verdicts"]:
                assert {"check", "score", "max_score", "message"} <= set(verdict)
                assert verdict["message"].strip()
        assert len(path.read_bytes()) < 300_000


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["right", "right_notebook", "right_in_a_folder", "two_files"])
def test_right_submissions_keep_full_marks(run: Run, slug: str) -> None:
    assert run.report(slug)["score"] == FULL
    assert run.rows()[slug]["score"] == "45"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("empty", "empty"),
        ("empty_notebook", "empty"),
        ("picture", "a picture"),
        ("document", "Only .py, .ipynb and .zip"),
        ("no_json", "damaged"),
        ("no_notebook", "not a notebook"),
        ("rubbish", "not text"),
        ("rubbish_notebook", "file"),
        ("other_layout", "holds no derivatives.py"),
        ("half_python", "could not be loaded"),
        ("sparse", "at most 256 MB"),
        ("link", "symbolic link"),
        ("pipe", "not an ordinary file"),
    ],
)
def test_a_file_that_is_no_submission_gets_nothing_and_the_reason(run: Run, slug: str, words: str) -> None:
    report = run.report(slug)
    assert report["score"] == 0
    assert words in report["exercises"][0]["verdicts"][0]["message"]
    assert report["student"] in run.page(slug)


@pytest.mark.slow
@pytest.mark.parametrize("slug", [*WRONG_FUNCTIONS, "renamed", "wrong_arity", "prints", "syntax_error"])
def test_one_wrong_function_costs_its_own_points_and_is_explained(run: Run, slug: str) -> None:
    words = {
        "renamed": "There is a function 'mse_gradients': if you mean that one, rename it.",
        "wrong_arity": "cannot be called as the exercise asks",
        "prints": "None",
        "syntax_error": "no Python",
    }
    report = run.report(slug)
    exercises = {exercise["name"]: exercise for exercise in report["exercises"]}
    wrong = exercises.pop("mse_gradient")
    assert wrong["score"] == 0
    assert words.get(slug) or WRONG_FUNCTIONS[slug][1] in " ".join(v["message"] for v in wrong["verdicts"])
    assert {e["status"] for e in exercises.values()} == {"passed"}
    assert wrong["verdicts"][0]["message"][:20] in run.page(slug) or "&#" in run.page(slug)


@pytest.mark.slow
def test_two_workers_give_the_same_bytes_as_one(run: Run, submissions: Path, tmp_path: Path) -> None:
    again = grade(submissions, tmp_path, "--workers", "2", "--timeout", "0.3")
    assert again.result.exit_code == 0
    assert again.files() == run.files()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense", "{here}"], "There is no homework 'nonsense'"),
        (["derivatives", "{here}/missing"], "There is no folder"),
        (["derivatives", "{here}/file.pdf"], "is not a folder"),
        (["derivatives", "{here}/nothing"], "holds no submission"),
        (["derivatives"], "Missing argument"),
        (["derivatives", "{here}", "--sandbox", "docker"], "is not one of"),
        (["derivatives", "{here}", "--workers", "0"], "not in the range"),
    ],
)
def test_a_wrong_command_is_told_in_a_sentence(tmp_path: Path, arguments: list[str], words: str) -> None:
    (tmp_path / "nothing").mkdir()
    (tmp_path / "file.pdf").touch()
    command = ["--course", str(COURSE), "grade", *(a.format(here=tmp_path) for a in arguments)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code != 0
    assert words in " ".join(result.output.split())
    assert "Traceback" not in result.output


def test_without_walls_nobody_is_graded_unless_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gone = tuple(levels.Layer(name, False, "is not there") for name in ("seccomp", "Landlock", "bubblewrap"))
    monkeypatch.setattr(levels, "layers", lambda: gone)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ada.py").write_text(SOLUTION)
    refused = grade(tmp_path / "in", tmp_path / "out", "--workers", "1")
    assert refused.result.exit_code != 0
    assert "seccomp is not there" in refused.result.output
    assert not (tmp_path / "out").exists()
    own = grade(tmp_path / "in", tmp_path / "out", "--workers", "1", "--sandbox", "none")
    assert own.result.exit_code == 0
    assert "No sandbox was used" in own.result.output
    assert own.report("ada")["score"] == FULL
    assert own.report("ada")["sandbox"] == "none"
