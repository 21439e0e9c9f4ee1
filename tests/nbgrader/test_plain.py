"""A course of plain nbgrader's: no configuration of ours, its own kernel, the public checks."""

import shutil

import pytest
from course import Course, hand_in, source

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("nbgrader")]


def test_check_cells_grade_with_a_kernel_and_give_part_of_the_points(course, tmp_path):
    plain = Course.make(tmp_path / "here", config=False)
    shutil.rmtree(plain.folder / "solutions")
    shutil.copytree(course.folder / "source" / "derivatives", plain.folder / "source" / "derivatives")
    plain.nbgrader("generate_assignment", "derivatives")
    released = (plain.folder / "release/derivatives/derivatives.ipynb").read_text()
    right = source(plain)
    hand_in(plain, "right", right)
    hand_in(plain, "stub", released)
    for cell in right["cells"]:
        if "def mse_gradient" in "".join(cell["source"]):
            cell["source"] = (
                "def mse_gradient(X, y, w, b):\n"
                "    error = X @ w + b - y\n"
                "    return X.T @ error / len(y), error.sum()"
            )
    hand_in(plain, "half", right)
    for student in ("right", "stub", "half"):
        place = plain.folder / "submitted" / student / "derivatives"
        release = plain.folder / "release" / "derivatives"
        shutil.copytree(release, place, ignore=shutil.ignore_patterns("*.ipynb"), dirs_exist_ok=True)
    plain.nbgrader("autograde", "derivatives")
    assert plain.scores() == {"right": 45, "stub": 0, "half": 40}  # dw is right: 3 of 8
