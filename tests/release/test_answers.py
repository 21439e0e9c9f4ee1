"""Model answers: the solved notebook, run, without a trace of grading; never where releases lie."""

import shutil
from pathlib import Path

import commands
import nbformat
import pytest

from autograder.course import load_homework
from autograder.release.answers import solved, write_answers
from autograder.release.source import ReleaseError, read_source

COURSE = Path(__file__).parents[2]


def course_with(tmp_path, name="sgd"):
    for folder in (name, "data"):
        shutil.copytree(COURSE / "solutions" / folder, tmp_path / "solutions" / folder)
    return tmp_path


def test_solutions_stand_in_the_notebook_and_neither_markers_nor_nbgraders_metadata():
    homework = load_homework("sgd", COURSE)
    source = read_source(homework, COURSE)
    notebook = solved(homework, source)
    nbformat.validate(notebook)
    text = "\n".join(cell.source for cell in notebook.cells)
    lines = [line for cell in source.cells for line in cell.solution_lines]
    assert lines
    assert all(line in text for line in lines)
    assert "SOLUTION" not in text
    assert "NotImplementedError" not in text
    assert not any(cell.metadata for cell in notebook.cells)
    for exercise in homework.exercises:
        assert f"checks.check({exercise.function}, " in text
    for guess in homework.guesses:
        assert f'checks.guess("{guess.name}", "{guess.right}")' in text


@pytest.mark.parametrize("place", ["assignments", "assignments/sgd"])
def test_answers_are_never_written_to_where_releases_lie(tmp_path, place):
    course = course_with(tmp_path)
    with pytest.raises(ReleaseError, match="name another folder with --out"):
        write_answers([load_homework("sgd", course)], course, course / place)
    assert not (course / "assignments").exists()


def test_a_notebook_that_is_somebody_elses_is_left_alone(tmp_path):
    theirs = tmp_path / "sgd_answers.ipynb"
    nbformat.write(nbformat.v4.new_notebook(), theirs)
    before = theirs.read_bytes()
    with pytest.raises(ReleaseError, match="was not made by this command"):
        write_answers([load_homework("sgd", COURSE)], COURSE, tmp_path)
    assert theirs.read_bytes() == before


def test_a_folder_for_a_release_is_refused_in_a_sentence(tmp_path):
    done = commands.run("autograder", "--course", COURSE, "generate", "sgd", "--out", tmp_path)
    assert done.returncode != 0
    assert "--out goes with --answers" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_command_runs_every_cell_in_a_kernel_and_keeps_outputs_and_figures(tmp_path):
    words = ("--course", COURSE, "generate", "derivatives", "--answers", "--out", tmp_path / "out")
    for _ in range(2):  # its own file may be replaced
        done = commands.run("autograder", *words, cwd=tmp_path, timeout=600)
        assert (done.returncode, done.stderr) == (0, "")
    (path,) = (tmp_path / "out").iterdir()
    assert done.stdout.strip() == str(path)
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell.outputs]
    assert not [each for each in outputs if each.output_type == "error" or each.get("name") == "stderr"]
    assert [each for each in outputs if "image/png" in each.get("data", {})]
    printed = "".join(each.get("text", "") for each in outputs)
    for exercise in load_homework("derivatives", COURSE).exercises:
        assert f"{exercise.function}: everything is right" in printed
    for told in ("(c)", "9.1 kg²", "(b)"):
        assert f"Noted: {told}. Now run the experiment" in printed
    assert "Commit before you run" not in printed


@pytest.mark.slow
def test_a_cell_that_fails_is_named_and_nothing_is_written(tmp_path):
    course = course_with(tmp_path)
    path = course / "solutions" / "sgd" / "sgd.py"
    with path.open("a", encoding="utf-8") as file:
        file.write("\n# %%\nsteps = 1 / 0\n")
    with pytest.raises(ReleaseError, match=r"begins with 'steps = 1 / 0' fails: ZeroDivisionError: division"):
        write_answers([load_homework("sgd", course)], course, tmp_path / "out")
    assert not (tmp_path / "out").exists()
