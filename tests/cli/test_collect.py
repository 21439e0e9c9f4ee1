"""`autograder collect`, and what `autograder grade` makes of groups, attempts, lateness and a roster."""

import csv
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from autograder import intake
from autograder.cli import main
from autograder.cli.grading import LAYOUTS
from autograder.submission import layouts

COURSE = Path(__file__).parents[2]
KIT = COURSE / "assignments"
WORK = "def sigmoid(z):\n    return 1 / (1 + 2.718281828459045 ** -z)\n"
PREDICT = "def predict(X, w, b):\n    return X @ w + b\n"  # 2 points


def run(*arguments: Any) -> Result:
    return CliRunner().invoke(main, ["--course", str(COURSE), *map(str, arguments)])


def put(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def test_the_options_name_the_layouts_there_are() -> None:
    assert LAYOUTS == layouts.NAMES


CANVAS = {
    "doejane_4711_98765_derivatives.py": WORK,
    "doejane_4711_98766_notes.pdf": "x",
    "roejohn_LATE_4712_98767_derivatives.py": WORK,
    "moormax_4713_98768_derivatives.ipynb": "",
}


def test_it_says_what_was_recognised(tmp_path: Path) -> None:
    put(tmp_path / "in", CANVAS | {"grades.csv": "x"})
    done = run("collect", "derivatives", tmp_path / "in")
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "Canvas download: 3 students, 4 files; 1 late; 1 unreadable",
        "Left out: grades.csv (It is nobody's work)",
        "  moormax_4713: unreadable: moormax_4713_98768_derivatives.ipynb: The file is empty. "
        "Was it saved before it was handed in?",
    ]


def test_a_line_a_student_on_demand(tmp_path: Path) -> None:
    put(tmp_path / "in", CANVAS)
    lines = run("collect", "derivatives", tmp_path / "in", "--list").output.splitlines()
    assert lines[1] == "  doejane_4711: doejane_4711_98765_derivatives.py"
    assert lines[2].startswith("  moormax_4713: unreadable: ")
    assert lines[3] == "  roejohn_4712: roejohn_LATE_4712_98767_derivatives.py; late"
    assert lines[4].startswith("  not read: doejane_4711_98766_notes.pdf: Only .py, .ipynb and .zip files")
    assert len(lines) == 5


def test_the_list_has_every_file(tmp_path: Path) -> None:
    files = {"ada/derivatives.py": WORK, "ada/old.py": WORK, "ada/notes.pdf": "x", "eve/notes.txt": "x",
             "bob/part1.py": WORK, "bob/part2.py": PREDICT, "bob/data/x.csv": "x"}  # fmt: skip
    put(tmp_path / "in", files)
    (tmp_path / "in" / "fay").mkdir()
    zipped(tmp_path / "in" / "fay" / "hw.zip", {"derivatives.py": WORK})
    (tmp_path / "in" / "derivatives.py").write_bytes((KIT / "derivatives" / "derivatives.py").read_bytes())
    output = run("collect", "derivatives", tmp_path / "in", "--list").output
    assert all(name in output for name in files)
    told = [line.strip() for line in output.splitlines() if line.startswith(("  not read", "  left out"))]
    assert told == [
        "not read: ada/notes.pdf: another file is the work",
        "not read: ada/old.py: another file is the work",
        "not read: bob/data/x.csv: another file is the work",
        "not read: eve/notes.txt: it is not the homework",
        "left out: derivatives.py: It is the kit's, as it was handed out.",
    ]


def test_the_list_has_what_is_not_read_in_an_archive(tmp_path: Path) -> None:
    zipped(tmp_path / "in" / "ada.zip", {"/home/me/derivatives.py": WORK})
    zipped(tmp_path / "in" / "bob.zip", {"../old.py": WORK, "derivatives.py": WORK})
    output = run("collect", "derivatives", tmp_path / "in", "--list").output
    assert "ada: unreadable: ada.zip: /home/me/derivatives.py: The name is an absolute path" in output
    assert "not read: ada.zip//home/me/derivatives.py: The name is an absolute path" in output
    assert "not read: bob.zip/../old.py: The name leads out of the archive's folder" in output
    assert "It holds no derivatives.py" not in output


def test_names_that_read_like_notes_are_names(tmp_path: Path) -> None:
    """Which files were read is no text that is taken apart: names may hold commas, colons and full stops."""
    odd = ["a, b.py", "c: d.py", "Read together: e.py", "f. g.py", "h;i.py", "j\u202e.py"]
    first, *others = (f"ada/{name}" for name in odd)
    put(
        tmp_path / "in", {first: WORK, others[0]: PREDICT, **dict.fromkeys(others[1:], WORK), "ada/x.py": "1"}
    )
    output = run("collect", "derivatives", tmp_path / "in", "--list").output
    told = {line.split(": ", 1)[1] for line in output.splitlines() if line.startswith("  not read")}
    assert told == {
        "ada/Read together: e.py: It holds the same code as ada/f. g.py.",
        "ada/h;i.py: It holds the same code as ada/f. g.py.",
        "ada/j\\u202e.py: It holds the same code as ada/f. g.py.",
        "ada/x.py: another file is the work",
    }


def test_of_attempts_the_list_has_those_that_do_not_count(tmp_path: Path) -> None:
    first, last = (f"HW_ada_attempt_2026-11-{day}-20-00-00_derivatives.py" for day in (29, 30))
    put(tmp_path / "in", {first: WORK, last: WORK})
    output = run("collect", "derivatives", tmp_path / "in", "--list").output
    assert f"  not read: {first}: another attempt counts" in output
    assert f"not read: {last}" not in output


def test_the_homework_is_guessed_where_the_files_tell(tmp_path: Path) -> None:
    put(tmp_path / "in", {"ada.py": WORK, "bob.py": "def mse_gradient(X, y, w, b):\n    return w, b\n"})
    assert run("collect", tmp_path / "in").output.splitlines()[0] == "Homework: derivatives"
    put(tmp_path / "other", {"ada.py": "x = 1"})
    done = run("collect", tmp_path / "other")
    assert done.exit_code == 1
    assert "name it before the submissions, one of derivatives, gradient_descent" in " ".join(
        done.output.split()
    )
    assert run("collect", "a", "b", "c").exit_code == 2


def test_two_layouts_that_fit_are_both_shown(tmp_path: Path) -> None:
    put(tmp_path / "in", {"A_1_2222_assignsubmission_file_derivatives.py": WORK})
    said = " ".join(run("collect", "derivatives", tmp_path / "in").output.split())
    assert "Moodle download with 1 student (A_1_2222); Canvas download with 1 student (A_1)" in said
    assert "Say which: --layout moodle or --layout canvas." in said
    assert run("collect", "derivatives", tmp_path / "in", "--layout", "canvas").exit_code == 0


SHRUNK = {
    "a class in a folder of no name": {f"CS229/student{k}/derivatives.py": WORK for k in range(5)},
    "sections of no name": {
        f"{day}/student{k}/derivatives.py": WORK for day in ("Mo", "Tu", "We", "Th") for k in range(3)
    },
    "flat files that all seem to be one's": {f"x_7_{4000 + k}_derivatives_{k}.py": WORK for k in range(5)},
    "what is left out": {
        "submitted/ada/derivatives/derivatives.py": WORK,
        **{f"submitted/ada/sgd/{k}.py": WORK for k in range(5)},
    },
}


@pytest.mark.parametrize("case", SHRUNK)
@pytest.mark.parametrize("command", ["collect", "grade"])
def test_a_class_that_shrinks_is_asked_about(tmp_path: Path, case: str, command: str) -> None:
    put(tmp_path / "in", SHRUNK[case])
    done = run(command, "derivatives", tmp_path / "in", *["--out", tmp_path / "out"] * (command == "grade"))
    assert done.exit_code == 1
    assert "or `--yes` if it is right" in " ".join(done.output.split())
    assert not (tmp_path / "out").exists()
    assert run("collect", "derivatives", tmp_path / "in", "--yes").exit_code == 0


def test_a_class_in_a_folder_can_be_named(tmp_path: Path) -> None:
    put(tmp_path / "in", SHRUNK["a class in a folder of no name"])
    assert "--inside 'CS229'" in run("collect", "derivatives", tmp_path / "in").output
    done = run("collect", "derivatives", tmp_path / "in", "--inside", "CS229")
    assert done.output.startswith("Files and folders named after students: 5 students, 5 files\n")


def zipped(path: Path, files: dict[str, str | bytes]) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path.read_bytes()


PEOPLE = ("jdoe", "mroe", "ana", "bob", "eve")
FLAT = {f"{name}_{4711 + k}_{98765 + k}_hw.py": WORK for k, name in enumerate(PEOPLE)}
DATED = {f"HW_{name}_attempt_2026-11-30-20-00-00_hw.py": WORK for name in PEOPLE}
MOODLE = {f"{name}_{k}_assignsubmission_file/hw.py": WORK for k, name in enumerate(PEOPLE, 33018)}
NAMED = {f"{name}.py": WORK for name in PEOPLE}


def below(folder: str, files: dict[str, str]) -> dict[str, str]:
    return {f"{folder}/{name}": text for name, text in files.items()}


IN_A_CELL = json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": f"import math\n{WORK}"}]})
INSIDE = {
    "Canvas's files in a course's folder": (below("CS229", FLAT), "a Canvas download of 5 people", "CS229"),
    "in a folder of whoever grades": (below("Prof Smith", FLAT), "a Canvas download of 5", "Prof Smith"),
    "in a new folder": (below("Untitled Folder", FLAT), "a Canvas download of 5 people", "Untitled Folder"),
    "Blackboard's files": (below("To grade", DATED), "a Blackboard download of 5 people", "To grade"),
    "two levels down": (below("a/b", MOODLE), "a Moodle download of 5 people", "a/b"),
    "three levels down": (below("x/y/z", FLAT), "a Canvas download of 5 people", "x/y/z"),
    "with a file that is nobody's": (
        below("spring26", FLAT | {"todo.py": "x = 1"}), "a Canvas download of 5 people", "spring26"
    ),
    "files named after people": (
        below("CS229", NAMED), "5 files of the whole work under different names", "CS229"
    ),
    "notebooks whose cells are one string": (
        below("CS229", {name.replace(".py", ".ipynb"): IN_A_CELL for name in NAMED}),
        "5 files of the whole work under different names",
        "CS229",
    ),
    "with the course before each name": (
        below("w", {f"cs229_hw1_{name}": WORK for name in NAMED}), "5 files of the whole work", "w"
    ),
    "ILIAS's folders": (
        {f"Bob/Doe_{name}_{name}_{300 + k}/x.py": WORK for k, name in enumerate(PEOPLE)},
        "an ILIAS download of 5 people",
        "Bob",
    ),
    "two levels of names": (below("p/q", NAMED), "5 files of the whole work", "p/q"),
    "in folders of two who grade": (
        below("ta1", dict(list(FLAT.items())[:3])) | below("ta2", dict(list(FLAT.items())[3:])),
        "a Canvas download of 3 people",
        "*",
    ),
    "in folders of five who grade": (
        {f"ta{k}/{name}": text for k in range(5) for name, text in FLAT.items()},
        "a Canvas download of 5 people",
        "*",
    ),
}  # fmt: skip


# Inside is a file of which it is not clear whose it is.
UNCLEAR = ("with a file that is nobody's",)


@pytest.mark.parametrize("case", INSIDE)
def test_a_class_inside_of_a_student_is_asked_about(tmp_path: Path, case: str) -> None:
    files, looks, inside = INSIDE[case]
    put(tmp_path / "in", files)
    done = run("collect", "derivatives", tmp_path / "in")
    said = " ".join(done.output.split())
    assert done.exit_code == 1
    assert f"looks like {looks}" in said
    assert "`--yes` if it is right" in said
    assert f"`--inside '{inside}'`" in said
    below_it = run("collect", "derivatives", tmp_path / "in", "--inside", inside)
    assert below_it.exit_code == (case in UNCLEAR), below_it.output
    assert run("collect", "derivatives", tmp_path / "in", "--yes").exit_code == 0


@pytest.mark.parametrize("files", [FLAT, MOODLE, NAMED, DATED])
def test_a_class_in_a_zip_in_a_zip_is_asked_about(tmp_path: Path, files: dict[str, str]) -> None:
    inner = zipped(tmp_path / "inner.zip", dict(files))
    zipped(tmp_path / "all.zip", {"submissions.zip": inner})
    zipped(tmp_path / "two.zip", {"a.zip": inner, "b.zip": inner})
    zipped(tmp_path / "folder.zip", {"ada/submissions.zip": inner})
    for name, zip_of_it in (("all", "submissions.zip"), ("two", "a.zip"), ("folder", "ada/submissions.zip")):
        done = run("collect", "derivatives", tmp_path / f"{name}.zip")
        assert done.exit_code == 1
        assert f"Unpack {zip_of_it} first" in " ".join(done.output.split())
        assert run("collect", "derivatives", tmp_path / f"{name}.zip", "--yes").exit_code == 0


def test_archives_in_a_folder_of_no_name_are_asked_about(tmp_path: Path) -> None:
    for k, name in enumerate(PEOPLE):
        zipped(tmp_path / "in" / "CS229" / f"{name}.zip", {"hw/derivatives.py": f"# {k}\n{WORK}"})
    done = run("collect", "derivatives", tmp_path / "in")
    assert done.exit_code == 1
    said = " ".join(done.output.split())
    assert "looks like 5 files of the whole work under different names. Say `--inside 'CS229'`" in said
    inside = run("collect", "derivatives", tmp_path / "in", "--inside", "CS229")
    assert inside.output.startswith("Files and folders named after students: 5 students, 5 files\n")
    zipped(tmp_path / "one" / "ada" / "hw.zip", {"derivatives.py": WORK})
    zipped(tmp_path / "one" / "ada" / "hw (old).zip", {"derivatives.py": WORK})
    zipped(tmp_path / "one" / "ada" / "data.zip", {"x.csv": "1"})
    zipped(tmp_path / "one" / "ada" / "plots.zip", {"x.png": "1"})
    assert run("collect", "derivatives", tmp_path / "one").exit_code == 0


GROUPS: dict[str, tuple[str, ...]] = {
    "Group 0": ("ann", "bob"),
    "Group 1": ("cat", "dan"),
    "Group 2": ("eve", "fay"),
}


def in_groups(form: str, groups: Mapping[str, tuple[str, ...]] = GROUPS) -> dict[str, str]:
    """A right work of each, which is nobody else's, in a folder of each group."""
    return {
        f"{group}/{form.format(name)}": f"# {name}\n{WORK}{PREDICT}    # {name}\n"
        for group, names in groups.items()
        for name in names
    }


TWO_IN_EACH = {
    "files": in_groups("{}.py"),
    "folders": in_groups("{}/derivatives.py"),
    "files with the homework's name": in_groups("{}_derivatives.py"),
    "folders of a weekday, and numbers": in_groups(
        "{}1.py", {f"Friday 10am {k}": names for k, names in enumerate(GROUPS.values())}
    ),
    "with the teams' names": in_groups("{}.py", {"_".join(names): names for names in GROUPS.values()}),
    "one who works alone": in_groups("{}.py", GROUPS | {"Group 3": ("gil",)}),
    "a first name twice": in_groups("{}.py", GROUPS | {"Group 3": ("ann", "ian")}),
    "one folder's in three": in_groups("{}.py", GROUPS | {"Group 0": ("ann", "bob", "gil")}),
    "in a folder around them": below("submissions", in_groups("{}.py")),
    "two groups": in_groups("{}.py", dict(list(GROUPS.items())[:2])),
    "many groups": in_groups("{}.py", {f"G {k}": (f"p{'xyz'[k % 3]}{a}n", f"q{a}e") for k, a in
                                       enumerate("abcdefghijklmnopqrstuvwxy")}),
}  # fmt: skip


@pytest.mark.parametrize("case", TWO_IN_EACH)
def test_two_people_in_each_folder_are_asked_about(tmp_path: Path, case: str) -> None:
    put(tmp_path / "in", TWO_IN_EACH[case])
    done = run("grade", "derivatives", tmp_path / "in", "--out", tmp_path / "out")
    said = " ".join(done.output.split())
    assert done.exit_code == 1, said
    many = "3" if case == "one folder's in three" else "2"
    what = "folders" if case == "folders" else "files"
    assert f"looks like {many} {what} of the whole work under different names. Say `--inside '" in said
    assert "*'` for a class in there, or `--yes` if it is right" in said
    assert not (tmp_path / "out").exists()
    inside = "submissions/*" if "around" in case else "*"
    assert f"`--inside '{inside}'`" in said
    there = run("collect", "derivatives", tmp_path / "in", "--inside", inside)
    assert there.exit_code == 0, there.output
    count = len(TWO_IN_EACH[case])
    assert there.output.startswith(
        f"Files and folders named after students: {count} students, {count} files\n"
    )
    assert run("collect", "derivatives", tmp_path / "in", "--yes").exit_code == 0


@pytest.mark.parametrize("form", ["{}.py", "{}/derivatives.py", "{}_derivatives.py"])
@pytest.mark.parametrize("around", ["", "submissions"])
def test_two_people_in_a_lone_folder_are_asked_about(tmp_path: Path, around: str, form: str) -> None:
    put(tmp_path / "in" / around, in_groups(form, {"ws 7": ("ann", "bob")}))
    done = run("collect", "derivatives", tmp_path / "in")
    said = " ".join(done.output.split())
    inside = "/".join(filter(None, (around, "ws 7")))
    assert done.exit_code == 1, said
    assert f"Say `--inside '{inside}'` for a class in there" in said
    there = run("collect", "derivatives", tmp_path / "in", "--inside", inside)
    assert there.output.startswith("Files and folders named after students: 2 students, 2 files\n")


@pytest.mark.parametrize("kind", ["archives", "notebooks"])
def test_two_archives_or_notebooks_in_each_folder_are_asked_about(tmp_path: Path, kind: str) -> None:
    for group, names in GROUPS.items():
        for name in names:
            work = f"{WORK}{PREDICT}    # {name}\n"
            if kind == "archives":
                zipped(tmp_path / "in" / group / f"{name}.zip", {"derivatives.py": work})
            else:
                cells = [{"cell_type": "code", "source": work}]
                text = json.dumps({"nbformat": 4, "cells": cells})
                put(tmp_path / "in" / group, {f"{name}_derivatives.ipynb": text})
    done = run("collect", "derivatives", tmp_path / "in")
    assert done.exit_code == 1, done.output
    assert "looks like 2 files of the whole work under different names" in " ".join(done.output.split())


ONES = {
    "versions": ["derivatives.py", "derivatives_old.py"],
    "a helper": ["derivatives.py", "helper.py"],
    "tries": ["final.py", "backup.py", "copy.py"],
    "what all have": ["mine.py", "theirs.py"],
    "what all have, in folders": ["src/derivatives.py", "build/derivatives.py"],
    "the own name": ["{0}.py", "jax {0} attempt.py"],
    "the own name, and another": ["{0}.py", "{1}.py"],
}


@pytest.mark.parametrize("case", ONES)
def test_students_with_two_files_each_are_one_each(tmp_path: Path, case: str) -> None:
    people = zip(PEOPLE, ("red", "green", "blue", "gold", "grey"), strict=True)
    put(
        tmp_path / "in",
        {
            f"{who}/{name.format(who, word)}": f"{WORK}# {name}\n{PREDICT}    # {name}\n"
            for who, word in people
            for name in ONES[case]
        },
    )
    done = run("collect", "derivatives", tmp_path / "in")
    assert done.exit_code == 0, done.output
    assert "students: 5 students, " in done.output


def test_a_second_file_of_some_students_under_any_name_is_theirs(tmp_path: Path) -> None:
    same = {f"{who}/derivatives.py": f"{WORK}{PREDICT}" for who in PEOPLE}
    odd = {f"{who}/x{who[::-1]}{k}.py": f"{WORK}# 2\n{PREDICT}    # 2\n" for who in PEOPLE[:2] for k in "ab"}
    put(tmp_path / "in", same | odd)
    assert run("collect", "derivatives", tmp_path / "in").exit_code == 0
    parts = {f"{who}/{k}{who[::-1]}q.py": text for who in PEOPLE for k, text in (("x", WORK), ("y", PREDICT))}
    put(tmp_path / "parts", parts)
    assert run("collect", "derivatives", tmp_path / "parts").exit_code == 0
    twins = {f"{who}/{k}{who[::-1]}q.py": WORK for who in PEOPLE for k in "xy"}
    put(tmp_path / "twins", twins)
    assert run("collect", "derivatives", tmp_path / "twins").exit_code == 0


LONE = {
    "tries": ["derivatives.py", "derivatives_v2.py", "old/derivatives.py"],
    "tries of other names": ["final.py", "final_v2.py", "try3.py", "mine_fixed.py", "backup/old.py"],
    "parts": ["part1.py", "part2.py", "part3.py"],
    "the name before each try": ["ada_v1.py", "ada_v2.py", "ada_final.py", "ada_final2.py"],
    "the own name and another": ["ada.py", "hopper.py"],
    "the own name, and a try": ["ada_a.py", "ada_with_loops.py"],
    "two of no name": ["derivatives_1.py", "my_solution.py"],
    "one's name and the kit": ["ada.py", "checks/a.py", "checks/b.py", "checks/c.py", "test_derivatives.py"],
}


@pytest.mark.parametrize("case", LONE)
def test_a_lone_student_with_many_files_is_one(tmp_path: Path, case: str) -> None:
    put(tmp_path / "in", {f"ada/{name}": WORK for name in LONE[case]})
    done = run("collect", "derivatives", tmp_path / "in")
    assert done.exit_code == 0, done.output
    assert "students: 1 student" in done.output


def test_a_lone_student_with_a_file_for_each_function_is_one(tmp_path: Path) -> None:
    put(tmp_path / "in", {f"ada/{name}.py": f"def {name}(z):\n    return z\n" for name in
                          ("sigmoid", "predict", "dL_db", "mse_loss")})  # fmt: skip
    assert run("collect", "derivatives", tmp_path / "in").exit_code == 0


ROSTERS = {
    "nobody": ("Name,ID\nA,1\nB,2\nC,3\n", 1),
    "one of five": ("ID\njdoe\n2\n3\n", 1),
    "two of five": ("ID\njdoe\nana\n3\n", 0),
    "a roster of two": ("ID\n1\n2\n", 0),
    "all, and many who handed in nothing": ("ID\n" + "".join(f"{n}\n" for n in (*PEOPLE, *range(60))), 0),
    "other numbers": ("Name,ID\n" + "".join(f"P{n},{n}\n" for n in range(60)), 1),
}


@pytest.mark.parametrize("case", ROSTERS)
def test_another_class_s_roster_is_asked_about(tmp_path: Path, case: str) -> None:
    table, code = ROSTERS[case]
    put(tmp_path / "in", NAMED)
    roster = put(tmp_path, {"r.csv": table}) / "r.csv"
    done = run("collect", "derivatives", tmp_path / "in", "--roster", roster)
    assert done.exit_code == code, done.output
    assert ("of the 5 people who handed in" in " ".join(done.output.split())) == bool(code)
    assert run("collect", "derivatives", tmp_path / "in", "--roster", roster, "--yes").exit_code == 0


def test_another_homework_is_asked_about(tmp_path: Path) -> None:
    put(tmp_path / "in", {"ada.py": WORK, "bob.py": "x = 1"})
    said = " ".join(run("grade", "sgd", tmp_path / "in", "--out", tmp_path / "out").output.split())
    assert "No hand-in of the 2 that were looked at defines a function of sgd, and 1 define some of" in said
    assert "Did you mean derivatives?" in said or "Did you mean neural_network?" in said
    assert not (tmp_path / "out").exists()
    put(tmp_path / "nothing", {f"{name}.py": "x = 1" for name in ("ada", "bob", "eve")})
    assert "Are these the right submissions?" in " ".join(
        run("collect", "sgd", tmp_path / "nothing").output.split()
    )
    put(tmp_path / "one", {"ada.py": "x = 1"})
    assert run("collect", "sgd", tmp_path / "one").exit_code == 0


# -------------------------------------------------------------------------------------- graded


def grade(folder: Path, *options: Any) -> tuple[dict[str, dict[str, str]], Path, str]:
    out = folder.parent / "out"
    done = run(
        "grade", "derivatives", folder, "--out", out, "--workers", 1, "--sandbox", "none", "--yes", *options
    )
    assert done.exit_code == 0, done.output
    with open(out / "grades.csv", newline="", encoding="utf-8") as file:
        return {row["student"]: row for row in csv.DictReader(file)}, out, done.output


GROUP = """submission_1:
  :submitters:
  - :name: Ada
    :sid: 0471
  - :name: Bob
    :sid: 0472
  :created_at: 2026-12-02 00:59:00 Z
submission_2:
  :submitters:
  - :name: Eve
    :sid: 0473
  :created_at: 2026-11-30 22:00:00 Z
"""


def test_a_group_gets_a_row_a_report_and_a_page_each_and_what_lateness_costs_is_kept_apart(
    tmp_path: Path,
) -> None:
    files = {f"submission_{k}/derivatives.py": PREDICT for k in (1, 2)}
    put(tmp_path / "in", {**files, "submission_metadata.yml": GROUP})
    roster = (
        put(tmp_path, {"roster.csv": "Name,SID\nAda,0471\nBob,0472\nEve,0473\nMax,0474\n"}) / "roster.csv"
    )
    rows, out, said = grade(
        tmp_path / "in",
        "--due",
        "2026-11-30T23:59+00:00",
        "--late",
        "20% a day, grace 5m",
        "--roster",
        roster,
    )
    assert list(rows) == ["Ada_0471", "Bob_0472", "Eve_0473", "Max_0474"]
    full = float(rows["Eve_0473"]["score"])
    assert full > 0
    assert [float(row["score"]) for row in rows.values()] == pytest.approx([0.6 * full, 0.6 * full, full, 0])
    assert rows["Bob_0472"]["late"] == "1 day 1 hour"
    assert said.count("│ 1 day 1 hour │") == 2
    assert [row["status"] for row in rows.values()] == ["graded", "graded", "graded", "nothing handed in"]
    report = json.loads((out / "reports" / "Bob_0472.json").read_text())
    assert report["student"] == "Bob_0472"
    assert report["handed_in"] == {
        "layout": "gradescope",
        "name": "Bob",
        "ids": ["0472"],
        "when": "2026-12-02T00:59:00+00:00",
        "late": True,
        "late_seconds": 90_000.0,
        "raw_score": full,
        "penalty": pytest.approx(0.4 * full),
        "note": report["handed_in"]["note"],
    }
    page = (out / "feedback" / "Bob_0472.html").read_text()
    assert "It was handed in 1 day 1 hour after it was due" in page
    assert sorted(path.stem for path in (out / "reports").iterdir()) == ["Ada_0471", "Bob_0472", "Eve_0473"]
    assert "Roster: 3 of 4 handed in; nothing from Max_0474" in said
    assert "Max_0474: nothing handed in" in said


def test_of_attempts_the_best_counts_after_what_lateness_costs(tmp_path: Path) -> None:
    put(
        tmp_path / "in",
        {
            "HW_ada_attempt_2026-11-30-20-00-00_derivatives.py": PREDICT,
            "HW_ada_attempt_2026-12-01-20-00-00_derivatives.py": PREDICT + WORK,
            "HW_bob_attempt_2026-11-30-20-00-00_derivatives.py": WORK,
        },
    )
    rule = ("--due", "2026-11-30T23:59", "--late", "100%")
    latest, _, _ = grade(tmp_path / "in", *rule)
    best, out, _ = grade(tmp_path / "in", *rule, "--attempt", "best")
    assert (latest["ada"]["score"], latest["ada"]["attempt"]) == ("0", "2 of 2")
    assert float(best["ada"]["score"]) > 0
    assert best["ada"]["attempt"] == "1 of 2"
    assert latest["bob"]["attempt"] == ""
    assert "attempt 1 of 2" in (out / "feedback" / "ada.html").read_text()
    without, _, _ = grade(tmp_path / "in")
    assert float(without["ada"]["score"]) > float(best["ada"]["score"])


@pytest.mark.parametrize(
    ("table", "missing"),
    [
        ("Name,Login\nJane,j_doe\nBob,bob\n", "The roster has no login that is surely that of j_roe,"),
        ("Name\nJane\nBob\n", "The roster has no column with logins"),
        ("Name,Login\nJane,j_doe\nBob,j_roe\n", ""),
    ],
)
def test_where_a_roster_is_given_the_note_says_what_is_missing_in_it(
    tmp_path: Path, table: str, missing: str
) -> None:
    names = ("Homework 1_j_doe", "Homework 1_j_roe")
    put(tmp_path / "in", {f"{each}_attempt_2026-12-01-20-00-00_derivatives.py": PREDICT for each in names})
    without = " ".join(run("collect", "derivatives", tmp_path / "in").output.split())
    assert "or give --roster with the logins" in without
    roster = put(tmp_path, {"roster.csv": table}) / "roster.csv"
    said = run("collect", "derivatives", tmp_path / "in", "--roster", roster, "--yes").output
    told = " ".join(said.split())
    assert "give --roster" not in told
    assert missing in told
    assert ("add " in told) == bool(missing)


def test_groups_of_a_roster_and_extensions(tmp_path: Path) -> None:
    put(tmp_path / "in", {"HW_Group A_attempt_2026-12-01-20-00-00_derivatives.py": PREDICT,
                          "HW_zoe_attempt_2026-12-01-20-00-00_derivatives.py": PREDICT})  # fmt: skip
    table = "Name,ID,Group,Extension\nAda,1,Group A,\nBob,2,Group A,2d\nEve,3,,\n"
    roster = put(tmp_path, {"roster.csv": table}) / "roster.csv"
    rows, _, said = grade(tmp_path / "in", "--roster", roster, "--due", "2026-11-30T23:59", "--late", "50%")
    assert {name: (row["status"], row["late"]) for name, row in rows.items()} == {
        "Ada_1": ("graded", ""),
        "Bob_2": ("graded", ""),
        "Eve_3": ("nothing handed in", ""),
        "zoe": ("graded", "20 hours 1 minute"),
    }
    assert float(rows["Ada_1"]["score"]) == 2 * float(rows["zoe"]["score"]) > 0
    assert "Not on the roster: zoe." in said


def test_a_roster_s_sections_stand_in_the_list_and_in_the_table(tmp_path: Path) -> None:
    files = {f"{name}.py": PREDICT for name in ("ada", "bob", "zoe")}
    put(tmp_path / "in", {**files, "Group A/derivatives.py": PREDICT})
    table = "Name,Login,Group,Section\nA,ada,,=1+1\nB,bob,,\nC,c,Group A,Mo\nD,d,Group A,Tu\nE,e,,Mo\nF,f,,\n"
    roster = put(tmp_path, {"roster.csv": table}) / "roster.csv"
    rows, _, _ = grade(tmp_path / "in", "--roster", roster)
    assert {name: row["section"] for name, row in rows.items()} == {
        "ada": "'=1+1", "bob": "", "C_c": "Mo", "D_d": "Tu", "E_e": "Mo", "F_f": "", "zoe": "",
    }  # fmt: skip
    listed = run("collect", "derivatives", tmp_path / "in", "--roster", roster, "--list").output.splitlines()
    assert "  C_c & D_d: Group A/derivatives.py; section Mo and Tu" in listed
    assert "  ada: ada.py; section =1+1" in listed
    assert "  bob: bob.py" in listed
    assert "  E_e: nothing handed in; section Mo" in listed
    assert "  F_f: nothing handed in" in listed


def test_one_file_is_graded(tmp_path: Path) -> None:
    put(tmp_path / "in", {"ada.py": PREDICT, "bob.py": PREDICT})
    rows, _, said = grade(tmp_path / "in" / "ada.py")
    assert list(rows) == ["ada"]
    assert said.startswith("Files and folders named after students: 1 student, 1 file\n")


def test_everybody_of_whom_nothing_is_seen_is_named_with_the_reason(tmp_path: Path) -> None:
    put(tmp_path / "in", {"ada.py": PREDICT, "bob.pdf": "x", "eve/notes.txt": "x", "max.py": "x = 1"})
    rows, _, said = grade(tmp_path / "in")
    told = " ".join(said.split())
    assert "Nothing to grade of 3: bob: unreadable. Only .py, .ipynb and .zip files are accepted" in told
    assert "eve: unreadable. It holds no derivatives.py" in told
    assert "  max: no functions." in said.splitlines()
    assert {name: row["status"] for name, row in rows.items()} == {
        "ada": "graded", "bob": "unreadable", "eve": "unreadable", "max": "no functions",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--due", "soon"], "'soon' is not a date"),
        (["--late", "much"], "'much' in the rule"),
        (["--late", "10% a day"], "it needs --due"),
        (["--roster", "missing.csv"], "cannot be read"),
        (["--layout", "moodle"], "is no Moodle download"),
        (["--inside", "zoe"], "There is no folder 'zoe' in it"),
        (["--attempt", "worst"], "is not one of"),
    ],
)
def test_an_option_that_cannot_be_used_is_told(tmp_path: Path, options: list[str], words: str) -> None:
    put(tmp_path / "in", {"ada.py": PREDICT})
    done = run("grade", "derivatives", tmp_path / "in", "--out", tmp_path / "out", *options)
    assert done.exit_code in (1, 2)
    assert words in " ".join(done.output.split())
    assert not (tmp_path / "out").exists()


def test_a_download_that_changes_while_it_is_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("ada", "bob", "eve"):
            archive.writestr(f"{name}.py", PREDICT)
    read = intake.Download.read_one

    def slow(self: Any, student: Any, *others: Any) -> Any:
        if student.name == "bob":
            with zipfile.ZipFile(path, "a") as archive:
                archive.writestr("mallory.py", PREDICT)
        return read(self, student, *others)

    monkeypatch.setattr(intake.Download, "read_one", slow)
    done = run("collect", "derivatives", path)
    assert done.exit_code == 1
    assert "was written to while it was read: run the command again" in " ".join(done.output.split())


def test_the_deadline_is_told_as_it_was_understood(tmp_path: Path) -> None:
    put(tmp_path / "in", CANVAS)
    day = run("collect", "derivatives", tmp_path / "in", "--due", "2026-11-30").output.splitlines()
    assert "Due until 2026-11-30 24:00, by the platform's clock" in day
    exact = run("collect", "derivatives", tmp_path / "in", "--due", "2026-11-30T23:59+01:00").output
    assert "Due until 2026-11-30 23:59+01:00\n" in exact


def test_what_lateness_cannot_cost_is_told(tmp_path: Path) -> None:
    put(tmp_path / "canvas", CANVAS)
    put(tmp_path / "plain", {"ada.py": WORK, "bo.py": WORK})

    def notes(place: str, *more: str) -> list[str]:
        asked = ("--due", "2026-11-30", *more, "--workers", 1, "--out", tmp_path / f"out{place}")
        done = run("grade", "derivatives", tmp_path / place, *asked)
        assert done.exit_code == 0, done.output
        return [line for line in done.output.splitlines() if line.startswith("Note: The download")]

    assert notes("canvas", "--late", "10% a day") == [
        "Note: The download does not say when anything came; 1 marked as late lose nothing by --late "
        "'10% a day', which counts time."
    ]
    assert notes("canvas", "--late", "20%") == []
    assert notes("plain", "--late", "20%", "--attempt", "latest") == [
        "Note: The download does not say when anything came: --due changes nothing there.",
        "Note: The download does not tell attempts apart: --attempt latest changes nothing.",
    ]


def test_who_hands_in_another_homework_is_told_so(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    right = (root / "docs" / "demo" / "derivatives" / "ada.py").read_text("utf-8")
    other = (root / "solutions" / "gradient_descent" / "gradient_descent.py").read_text("utf-8")
    made = {
        "ada": right,
        "bo": right + "# of bo\n",
        "cy": other,
        "dee": "def gradient_descent(x):\n    return x\n",  # one function alone says nothing
        "eve": other + right,
    }
    (tmp_path / "in").mkdir()
    for name, text in made.items():
        (tmp_path / "in" / f"{name}.py").write_text(text, encoding="utf-8")
    done = run("grade", "derivatives", tmp_path / "in", "--out", tmp_path / "out", "--sandbox", "none").output
    told = "This is gradient_descent, and nothing of derivatives: hand in derivatives."
    assert f"  cy: no functions. {told}" in done.splitlines()
    assert told in (tmp_path / "out" / "feedback" / "cy.html").read_text("utf-8")
    assert done.count("This is") == 1
    with open(tmp_path / "out" / "grades.csv", newline="", encoding="utf-8") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert rows["cy"]["note"] == told
    assert rows["eve"]["status"] == "graded"
