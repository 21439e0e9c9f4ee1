"""Downloads of every platform, as data: who is in them, and which files are read. See downloads/README.md."""

import functools
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from making import tarred, zipped

from autograder.course import load_homework
from autograder.grader import Grader, Job, Work
from autograder.submission import SubmissionError, Wanted, opened, wanted_of

ROOT = Path(__file__).parents[2]
KIT = ROOT / "assignments"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['case']}")
    for path in sorted((Path(__file__).parent / "downloads").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]

FUNCTIONS = {
    "predict": "def predict(X, w, b):\n    return X @ w + b\n",
    "dL_dw1": "def dL_dw1(x1, x2, y, w1, w2, b):\n    return 2 * x1 * (x1 * w1 + x2 * w2 + b - y)\n",
    "dL_dw2": "def dL_dw2(x1, x2, y, w1, w2, b):\n    return 2 * x2 * (x1 * w1 + x2 * w2 + b - y)\n",
    "dL_db": "def dL_db(x1, x2, y, w1, w2, b):\n    return 2 * (x1 * w1 + x2 * w2 + b - y)\n",
    "mse_loss": "def mse_loss(X, y, w, b):\n    return 0.5 * np.mean((predict(X, w, b) - y) ** 2)\n",
    "mse_gradient": (
        "def mse_gradient(X, y, w, b):\n    e = predict(X, w, b) - y\n    return X.T @ e / len(e), e.mean()\n"
    ),
    "sigmoid": "def sigmoid(z):\n    return np.exp(-np.logaddexp(0, -np.asarray(z)))\n",
    "sigmoid_derivative": "def sigmoid_derivative(z):\n    return sigmoid(z) * sigmoid(-np.asarray(z))\n",
    "neuron_gradient": (
        "def neuron_gradient(X, y, w, b):\n    z = X @ w + b\n"
        "    e = (sigmoid(z) - y) * sigmoid_derivative(z)\n"
        "    return X.T @ e / len(e), e.mean()\n"
    ),
}


def code(name: str, parts: list[str]) -> str:
    """The parts as a notebook, or as a module, by the file's name."""
    cells = ["import numpy as np\n", *parts]
    if ".ipynb" not in name and name != "derivatives":
        return "\n\n".join(cells)
    return json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": cell} for cell in cells]})


def content(path: str, told: Any) -> bytes:
    name, whole = path.split("/")[-1], list(FUNCTIONS.values())
    if isinstance(told, dict):
        return zipped(*((inner, content(inner, each)) for inner, each in told.items()))
    if told in ("stub", "kit", "other"):
        source = (
            KIT / "neural_network" / "neural_network.ipynb" if told == "other"
            else next((KIT / "derivatives").rglob(name)) if told == "kit"
            else KIT / "derivatives" / f"derivatives.{path.rpartition('.')[2]}"
        )  # fmt: skip
        return source.read_bytes()
    made = {
        "work": lambda: code(name, whole),
        "wrong": lambda: code(name, [*whole[:-1], "def neuron_gradient(X, y, w, b):\n    return w, b\n"]),
        "first": lambda: code(name, whole[:4]),
        "second": lambda: code(name, whole[4:]),
    }.get(told, lambda: str(told))
    return made().encode()


def download(case: dict[str, Any], form: str, place: Path) -> Path:
    """The case as a zip, or as a folder."""
    if form == "zip":
        path = place / case.get("as", "x1.zip")
        path.write_bytes(zipped(*((name, content(name, told)) for name, told in case["files"].items())))
        return path
    if form == "tar.gz":
        path = place / case.get("as", "x1.zip").replace(".zip", ".tar.gz")
        path.write_bytes(tarred(*((name, content(name, told)) for name, told in case["files"].items())))
        return path
    for name, told in case["files"].items():
        path = place / "x1" / name
        if name.endswith("/"):
            path.mkdir(parents=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content(name, told))
    return place / "x1"


@functools.cache
def derivatives() -> Wanted:
    return wanted_of(load_homework("derivatives", ROOT), ROOT)


# A tar is read by what reads a zip, once it is listed: some of each platform are enough.
FORMS = [
    pytest.param(*param.values, form, id=f"{param.id}-{form}")
    for number, param in enumerate(CASES)
    for form in ("zip", "folder", *(("tar.gz",) if number % 5 == 0 else ()))
]


@pytest.mark.parametrize(("case", "form"), FORMS)
def test_a_download_is_what_a_person_sees_in_it(case: dict[str, Any], form: str, tmp_path: Path) -> None:
    if case.get("only", form) != form and (form == "folder" or case["only"] == "folder"):
        pytest.skip(f"such names are not possible in a {form}")
    place = download(case, form, tmp_path)
    asked = dict(case.get("asked", {}))
    policy = asked.pop("policy", None)
    if "error" in case:
        with pytest.raises(SubmissionError) as refused, opened(place, derivatives(), **asked):
            pass
        assert case["error"] in str(refused.value)
        return
    with opened(place, derivatives(), **asked) as found:
        read = list(found.read(policy))
        assert found.layout.name == case.get("layout", found.layout.name)
        assert case.get("note", "") in " ".join(found.notes)
        assert bool(found.notes) == ("note" in case)
        told = {student.name: student for student in found.students}
    got = {each.student: [s.source for s in each.submissions if not s.problem] for each in read}
    assert got == {
        str(name): [source.replace(" & ", ", ") for source in sources]
        for name, sources in case["students"].items()
    }
    problems = {each.student: str(each.submissions[0].problem) for each in read}
    assert {k: v for k, v in problems.items() if k in case.get("problems", {})} == case.get("problems", {})
    assert [name for name, each in told.items() if any(t.attempt.late for t in each.times)] == case.get(
        "late", []
    )
    assert {
        name: [member.student for member in each.members] for name, each in told.items() if each.members
    } == case.get("members", {name: [m.student for m in e.members] for name, e in told.items() if e.members})
    times = {name: each.times[-1].attempt.when for name, each in told.items()}
    if "when" in case:
        known = {name: when.isoformat() for name, when in times.items() if when}
        assert known == {
            name: when if isinstance(when, str) else when.isoformat() for name, when in case["when"].items()
        }
    for each in read:
        assert all(s.problem is None or s.cells == () for s in each.submissions)
        if each.student in case.get("quiet", []):
            assert [s.notes for s in each.submissions] == [()]


@pytest.mark.slow
def test_the_work_gets_full_marks_wherever_it_lies(tmp_path: Path) -> None:
    """From a download to marks, without a sandbox: these are our own functions."""
    homework = load_homework("derivatives", ROOT)
    chosen = ("two halves", "names, late", "a list, a group", "other suffixes", "the work under another name")
    cases = [case for param in CASES for case in param.values if case["case"].startswith(chosen)]
    each = {f"ada/{name}.py": f"import numpy as np\n{text}" for name, text in FUNCTIONS.items()}
    cases.append({"files": each, "students": {"ada": [""]}})
    assert len(cases) == 6
    grader = Grader(Job("derivatives", ROOT, "none"))
    try:
        for number, case in enumerate(cases):
            (tmp_path / str(number)).mkdir()
            with opened(download(case, "zip", tmp_path / str(number)), derivatives()) as found:
                scores = {
                    c.student: max(
                        report.score for report in grader.grade(Work(c.slug, c.submissions, b"of the tests"))
                    )
                    for c in found.read()
                }
            assert scores == {
                name: homework.max_score if files else 0.0 for name, files in case["students"].items()
            }
    finally:
        grader.close()


def test_the_stub_is_known_without_what_was_released(tmp_path: Path) -> None:
    (tmp_path / "solutions" / "derivatives").mkdir(parents=True)
    for name in ("derivatives.py", "rubric.py"):
        data = (ROOT / "solutions" / "derivatives" / name).read_bytes()
        (tmp_path / "solutions" / "derivatives" / name).write_bytes(data)
    alone = wanted_of(load_homework("derivatives", ROOT), tmp_path)
    case = {"files": {"ada/derivatives.ipynb": "stub", "ada/final.py": "work"}}
    with opened(download(case, "folder", tmp_path), alone) as found:
        (ada,) = found.read()
    assert [submission.source for submission in ada.submissions] == ["ada/final.py"]
