"""What students receive is fresh, complete, free of solutions, and the same wherever it is made."""

import ast
import importlib.util
import inspect
import json
import os
import shutil
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbgrader.preprocessors import CheckCellMetadata

from autograder import release
from autograder.course import homework_names, load_homework
from autograder.errors import AutograderError
from autograder.questions import WRITE_HERE
from autograder.release.source import BEGIN, END

COURSE = Path(__file__).parents[2]
NAMES = homework_names(COURSE)

RUBRIC = """
import numpy as np
from autograder.rules.values import probes
from autograder.homework import Exercise, Homework
from autograder.rules.values import Values
from symbolic_checks import lecture
from symbolic_checks.reference import partial, value


def exercise(name, reference, **other):
    rule = Values(reference=reference, probes=probes.elementwise())
    other = {"example": (np.array([-2.0, 0.5]),), **other}
    return Exercise(function=name, slide="Neurons", points={"value": 2, "form": 0.5}, rule=rule, **other)


HOMEWORK = Homework(
    name="tiny",
    title="Two functions",
    exercises=(
        exercise("squash", value(lecture.SIGMOID)),
        exercise("squash_slope", partial(lecture.SIGMOID, "z")),
    ),
)
"""

NOTEBOOK = '''\
# %% [markdown]
# # Two functions

# %%
# Given: what the notebook needs
import checks
import numpy as np


# %%
def squash(z):
    """One over one plus exp(-z)."""
    z = np.asarray(z, float)
    ### BEGIN SOLUTION
    squashed = 1 / (1 + np.exp(-z))
    return squashed
    ### END SOLUTION


# %%
def squash_slope(z):
    """Its slope."""
    ### BEGIN SOLUTION
    return squash(z) * squash(-z)
    ### END SOLUTION


# %%
print("the end")
'''


@pytest.fixture
def course(tmp_path):
    """A course with one small homework, which can be spoilt."""
    folder = tmp_path / "course" / "solutions" / "tiny"
    folder.mkdir(parents=True)
    (folder / "rubric.py").write_text(RUBRIC, encoding="utf-8")
    (folder / "tiny.py").write_text(NOTEBOOK, encoding="utf-8")
    return tmp_path / "course"


def generate(course, name="tiny"):
    list(release.generate([load_homework(name, course)], course))
    return release.folder(name, course)


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


# -- what is committed


@pytest.mark.parametrize("name", NAMES)
def test_the_assignments_are_what_the_solutions_make_now(name):
    assert release.stale(name, COURSE) == [], "run: autograder generate"


@pytest.mark.parametrize("name", NAMES)
def test_the_assignments_hold_no_line_of_a_solution(name):
    assert release.leaks(name, COURSE) == []


def test_there_is_no_assignment_without_a_solution():
    assert sorted(path.name for path in (COURSE / "assignments").iterdir()) == NAMES


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_build_in_another_folder_gives_the_same_bytes(name, tmp_path):
    shutil.copytree(COURSE / "solutions", tmp_path / "solutions")
    one = release.build(load_homework(name, COURSE), COURSE)
    for _ in range(2):
        assert release.build(load_homework(name, tmp_path), tmp_path) == one
    assert not [file for file, data in one.items() if str(COURSE).encode() in data]


# -- leaks


def plant(path, line):
    if path.suffix == ".ipynb":
        notebook = json.loads(path.read_text(encoding="utf-8"))
        notebook["cells"][0]["source"] = ["# A title\n", line]
        path.write_text(json.dumps(notebook), encoding="utf-8")
    elif path.suffix == ".json":
        content = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**content, "title": line}, indent=1), encoding="utf-8")
    else:
        path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    "file", ["tiny.ipynb", "tiny.py", "test_tiny.py", "README.md", "checks/examples.json", "checks/trial.py"]
)
@pytest.mark.parametrize(
    "line",
    [
        "    return squash(z) * squash(-z)",
        "return squash(z)*squash( -z )",
        "# squashed = 1 / (1 + np.exp(-z))  that is it",
    ],
)
def test_a_planted_line_of_a_solution_is_found_however_it_is_spaced(course, file, line):
    folder = generate(course)
    assert release.leaks("tiny", course) == []
    plant(folder / file, line)
    (leak,) = release.leaks("tiny", course)
    assert leak.startswith(f"{file}: ")
    assert "".join(line.split()) in "".join(leak.split())


def test_a_line_in_the_output_of_a_cell_is_found_too(course):
    path = generate(course) / "tiny.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    text = ["squashed = 1", " / (1 + np.exp(-z))\n"]
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert release.leaks("tiny", course) == ["tiny.ipynb: squashed = 1 / (1 + np.exp(-z))"]


def test_a_solution_with_quotes_is_found_inside_json(course):
    line = "raise ValueError(\"z is 'odd'\")"
    replace(course / "solutions" / "tiny" / "tiny.py", "    return squashed\n", f"    {line}\n")
    path = generate(course) / "checks" / "examples.json"
    assert release.leaks("tiny", course) == []
    plant(path, line)
    assert release.leaks("tiny", course) == [f"checks/examples.json: {line}"]


def test_a_notebook_that_was_left_in_a_subfolder_is_searched_too(course):
    folder = generate(course)
    (folder / ".ipynb_checkpoints").mkdir()
    shutil.copy(course / "solutions" / "tiny" / "tiny.py", folder / ".ipynb_checkpoints")
    leaks = release.leaks("tiny", course)
    assert leaks
    assert all(leak.startswith(".ipynb_checkpoints") for leak in leaks)


def test_lines_that_students_are_given_do_not_count_as_leaks(course):
    path = course / "solutions" / "tiny" / "tiny.py"
    given = "    z = np.asarray(z, float)\n"
    path.write_text(
        NOTEBOOK.replace("    return squash(z)", given + "    return squash(z)"), encoding="utf-8"
    )
    generate(course)
    assert release.leaks("tiny", course) == []


# -- the notebook


def notebook_of(name):
    return nbformat.read(COURSE / "assignments" / name / f"{name}.ipynb", as_version=4)


@pytest.mark.parametrize("name", NAMES)
def test_the_notebook_is_valid_for_jupyter_and_for_nbgrader(name):
    notebook = notebook_of(name)
    nbformat.validate(notebook)
    CheckCellMetadata().preprocess(notebook, {})
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    assert not [cell for cell in notebook.cells if cell.get("outputs") or cell.get("execution_count")]


@pytest.mark.parametrize("name", NAMES)
def test_every_exercise_has_its_cell_and_below_it_a_locked_check_worth_its_points(name):
    homework, cells = load_homework(name, COURSE), notebook_of(name).cells
    code = [(k, cell) for k, cell in enumerate(cells) if cell.cell_type == "code"]
    graded = [k for k, cell in code if cell.metadata.get("nbgrader", {}).get("grade")]
    written = [k for k, cell in code if cell.metadata.get("nbgrader", {}).get("solution")]
    assert graded == [k + 1 for k in written]
    assert len(written) == len(homework.exercises)
    for exercise, k in zip(homework.exercises, written, strict=True):
        (function,) = ast.parse(cells[k].source).body
        assert isinstance(function, ast.FunctionDef)
        assert function.name == exercise.function
        assert not cells[k].metadata.nbgrader.locked
        check = cells[k + 1]
        assert exercise.function in check.source
        assert check.metadata.nbgrader.locked
        assert check.metadata.nbgrader.points == exercise.max_score
        assert not check.metadata.nbgrader.solution


@pytest.mark.parametrize("name", NAMES)
def test_below_each_question_in_words_is_a_cell_that_a_person_grades(name):
    homework, cells = load_homework(name, COURSE), notebook_of(name).cells
    texts = [(k, cell) for k, cell in enumerate(cells) if cell.cell_type == "markdown"]
    places = [k for k, cell in texts if cell.metadata.get("nbgrader", {}).get("grade")]
    assert len(places) == len(homework.written)
    for written, k in zip(homework.written, places, strict=True):
        about = cells[k].metadata.nbgrader
        assert (about.grade_id, about.points) == (f"written_{written.name}", written.points)
        assert about.solution
        assert not about.locked
        assert cells[k].source == WRITE_HERE
        assert cells[k - 1].source == homework.questions[written.name]
        assert written.answer not in json.dumps(cells)


@pytest.mark.parametrize("name", NAMES)
def test_the_notebook_says_nothing_of_the_markers(name):
    for data in contents(COURSE / "assignments" / name).values():
        assert BEGIN.encode() not in data
        assert END.encode() not in data


# -- the module and the other files


@pytest.mark.parametrize("name", NAMES)
def test_the_module_imports_in_silence_and_each_function_says_that_it_is_not_written(
    name, capfd, monkeypatch
):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # nothing is left beside what is handed out
    path = COURSE / "assignments" / name / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"stub_of_{name}", path)
    module = importlib.util.module_from_spec(spec)
    before, state = set(sys.modules), np.random.get_state(legacy=False)
    spec.loader.exec_module(module)
    assert set(sys.modules) == before
    assert str(np.random.get_state(legacy=False)) == str(state)
    assert capfd.readouterr() == ("", "")
    for exercise in load_homework(name, COURSE).exercises:
        function = getattr(module, exercise.function)
        assert ">>> " in inspect.getdoc(function)
        with pytest.raises(NotImplementedError, match="not written yet"):
            function(*inspect.signature(function).parameters)


@pytest.mark.parametrize("name", NAMES)
def test_module_and_notebook_hold_the_same_stubs(name):
    module = (COURSE / "assignments" / name / f"{name}.py").read_text(encoding="utf-8")
    code = [cell for cell in notebook_of(name).cells if cell.cell_type == "code"]
    stubs = [cell.source for cell in code if cell.metadata.get("nbgrader", {}).get("solution")]
    assert all(stub.strip() in module for stub in stubs)


@pytest.mark.parametrize("name", NAMES)
def test_the_first_example_of_an_exercise_is_the_rubrics_and_no_number_is_missing(name):
    path = COURSE / "assignments" / name / "checks" / "examples.json"
    found = json.loads(path.read_text(encoding="utf-8"), parse_constant=pytest.fail)["exercises"]
    homework = load_homework(name, COURSE)
    assert list(found) == sorted(exercise.function for exercise in homework.exercises)
    for exercise in homework.exercises:
        examples = found[exercise.function].get("examples", [])
        assert found[exercise.function]["hint"] == exercise.hint
        assert bool(examples) == bool(exercise.example)
        if examples:
            for mine, theirs in zip(exercise.example, examples[0]["arguments"], strict=True):
                assert np.array_equal(mine, theirs)
            assert len(examples) >= 4


# -- what cannot be released


def notebook(old, new):
    return lambda folder: replace(folder / "tiny.py", old, new)


def rubric(old, new):
    return lambda folder: replace(folder / "rubric.py", old, new)


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


SLOPE = "    ### BEGIN SOLUTION\n    return squash(z) * squash(-z)\n    ### END SOLUTION\n"
BROKEN = {
    "an exercise without a cell": (
        notebook("def squash_slope(", "def slope("),
        ["tiny.py", "squash_slope", "add one"],
        # its markers would be reported first
        [SLOPE],
    ),
    "two cells of one exercise": (
        notebook('print("the end")', 'def squash(z):\n    """Again."""\n' + SLOPE),
        ["tiny.py", "squash", "leave one"],
        [],
    ),
    "a cell with more than the function": (
        notebook("def squash_slope(", "import math\n\n\ndef squash_slope("),
        ["tiny.py", "squash_slope", "its own cell"],
        [],
    ),
    "no markers": (
        notebook(SLOPE, "    return squash(z) * squash(-z)\n"),
        ["tiny.py", "squash_slope", BEGIN, END, "none"],
        [],
    ),
    "an unclosed marker": (
        notebook("squash(-z)\n    ### END SOLUTION", "squash(-z)"),
        ["tiny.py", "squash_slope", BEGIN, END],
        [],
    ),
    "a marker that only closes": (
        notebook("    ### BEGIN SOLUTION\n    return squash(z)", "    return squash(z)"),
        ["tiny.py", "squash_slope", BEGIN, END],
        [],
    ),
    "nested markers": (
        notebook(SLOPE, "    ### BEGIN SOLUTION\n" + SLOPE + "    ### END SOLUTION\n"),
        ["tiny.py", "squash_slope", BEGIN, END],
        [],
    ),
    "misspelt markers": (
        notebook("squash(-z)\n    ### END SOLUTION", "squash(-z)\n    ### End solution"),
        ["tiny.py", "squash_slope", BEGIN, END],
        [],
    ),
    "markers outside an exercise": (
        notebook('print("the end")', f'{BEGIN}\nprint("the end")\n{END}'),
        ["tiny.py", "no exercise", "markers"],
        [],
    ),
    "markers in a text": (
        notebook("# # Two functions", f"# # Two functions\n# {BEGIN}\n# secret\n# {END}"),
        ["tiny.py", "no exercise", "markers"],
        [],
    ),
    "no notebook": (lambda folder: (folder / "tiny.py").unlink(), ["tiny.py", "cannot be read"], []),
    "a notebook in another encoding": (
        lambda folder: (folder / "tiny.py").write_bytes("# %% [markdown]\n# Lösung".encode("latin-1")),
        ["tiny.py", "UTF-8"],
        [],
    ),
    "a syntax error": (
        notebook("return squashed", "return squashed)"),
        ["tiny.py", "line 6", "def squash"],
        [],
    ),
    "no worked example": (
        rubric("value(lecture.SIGMOID))", "value(lecture.SIGMOID), example=())"),
        ["squash", "rubric.py", "example=(z)"],
        [],
    ),
    "a worked example that does not fit": (
        rubric("value(lecture.SIGMOID))", 'value(lecture.SIGMOID), example=("seven",))'),
        ["squash", "rubric.py", "(z)"],
        [],
    ),
    "a missing data file": (
        rubric('title="Two functions",', 'title="Two functions", data=("whales.csv",),'),
        ["tiny", "whales.csv"],
        [],
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_released_is_said_and_the_old_release_stays(course, case):
    spoil, said, dropped = BROKEN[case]
    folder = generate(course)
    before = contents(folder)
    spoil(course / "solutions" / "tiny")
    for part in dropped:
        replace(course / "solutions" / "tiny" / "tiny.py", part, "    return 0\n")
    with pytest.raises(AutograderError) as failure:
        generate(course)
    for word in said:
        assert word in str(failure.value)
    assert "\n" not in str(failure.value)
    assert str(failure.value).endswith(".")
    assert contents(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == ["tiny"]


def test_a_failed_first_build_leaves_nothing_behind(course):
    notebook("return squashed", "return squashed)")(course / "solutions" / "tiny")
    with pytest.raises(AutograderError):
        generate(course)
    assert not (course / "assignments").exists()


def test_a_folder_that_cannot_be_written_is_said(course):
    (course / "assignments").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(AutograderError, match="cannot be written"):
        generate(course)


def test_a_new_release_that_cannot_take_its_place_leaves_the_old_one(course, monkeypatch):
    folder = generate(course)
    before = contents(folder)
    move = os.replace

    def full(source, target):
        if Path(source).name == "new":
            raise OSError(28, "No space left on device")
        move(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(AutograderError, match="because the disk is full"):
        generate(course)
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("by", "stays"), [(1 + 4e-16, True), (1 - 4e-16, True), (1 + 1e-9, False), (-1, False), (None, False)]
)
def test_last_digits_that_another_processor_gave_to_examples_are_no_change(course, by, stays):
    folder = generate(course)
    path = folder / "checks" / "examples.json"
    fresh, known = path.read_bytes(), json.loads(path.read_bytes())
    changed = []

    def change(value):
        if isinstance(value, float) and value and not changed:
            changed.append(value)
            return str(value) if by is None else value * by
        if isinstance(value, dict):
            return {key: change(each) for key, each in value.items()}
        return [change(each) for each in value] if isinstance(value, list) else value

    path.write_text(json.dumps(change(known), indent=1), encoding="utf-8")
    there = path.read_bytes()
    assert changed
    assert release.stale("tiny", course) == ([] if stays else ["checks/examples.json is out of date"])
    generate(course)
    assert path.read_bytes() == (there if stays else fresh)


def test_what_is_no_part_of_the_release_is_named_and_kept(course):
    folder = generate(course)
    fresh = contents(folder)
    (folder / "notes.md").write_text("Mine.", encoding="utf-8")
    (folder / "checks" / "trial.py").unlink()
    (folder / "README.md").write_text("Read me!", encoding="utf-8")
    assert release.stale("tiny", course) == [
        "notes.md is not part of the release",
        "README.md is out of date",
        "checks/trial.py is missing",
    ]
    (made,) = release.generate([load_homework("tiny", course)], course)
    assert made.kept == ("notes.md",)
    assert contents(folder) == fresh | {"notes.md": b"Mine."}


def test_a_homework_that_was_never_released_is_stale_in_every_file(course):
    problems = release.stale("tiny", course)
    assert len(problems) == len(contents(generate(course)))
    assert all(problem.endswith(" is missing") for problem in problems)


def test_what_an_older_release_held_and_this_one_does_not_is_removed(course):
    (course / "solutions" / "tiny" / "old.csv").write_text("1\n", encoding="utf-8")
    rubric_with_data = RUBRIC.replace('title="Two functions",', 'title="Two functions", data=("old.csv",),')
    path = course / "solutions" / "tiny" / "rubric.py"
    path.write_text(rubric_with_data, encoding="utf-8")
    folder = generate(course)
    assert (folder / "old.csv").is_file()
    path.write_text(RUBRIC, encoding="utf-8")
    generate(course)
    assert not (folder / "old.csv").exists()


def test_nothing_that_generate_did_not_write_is_lost(course):
    folder = generate(course)
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("ref", encoding="utf-8")
    (folder / "checks" / "mine.py").write_text("a = 1\n", encoding="utf-8")
    (folder / "link").symlink_to("README.md")
    for damage in (None, "{", '{"files": 3}', "[]"):
        if damage is not None:
            (folder / "checks" / "examples.json").write_text(damage, encoding="utf-8")
        (made,) = release.generate([load_homework("tiny", course)], course)
        assert made.kept == (".git/HEAD", "checks/mine.py", "link")
        assert (folder / "link").is_symlink()
        assert (folder / ".git" / "HEAD").read_text(encoding="utf-8") == "ref"
