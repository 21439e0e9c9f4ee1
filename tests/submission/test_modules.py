"""What a student hands in beside the homework goes along as text, by the path that an import would take."""

from pathlib import Path

from making import NOTEBOOK, put, zipped

from autograder.submission import collect
from autograder.submission.modules import MAX_MODULES, MAX_TEXT


def modules(folder: Path) -> dict[str, dict[str, str]]:
    (found,) = collect(folder, "sgd", ("penguins.py",))
    return {submission.source: dict(submission.modules) for submission in found.submissions}


def test_other_files_go_along_by_their_path_from_the_homework(tmp_path: Path) -> None:
    put(tmp_path, "ada/hw/sgd.ipynb", NOTEBOOK)
    put(tmp_path, "ada/hw/lib/act.py", "a = 1")
    put(tmp_path, "ada/hw/helper.ipynb", NOTEBOOK)
    put(tmp_path, "ada/above.py", "b = 2")
    put(tmp_path, "ada/hw/picture.png", "no")
    put(tmp_path, "ada/hw/broken.py", b"\0")
    put(tmp_path, "ada/hw/penguins.py", "the kit's")
    put(tmp_path, "ada/hw/checks/judging.py", "the kit's")
    assert modules(tmp_path) == {
        "ada/hw/sgd.ipynb": {"lib/act.py": "a = 1", "helper.ipynb": "# %%\nx = 1\n", "../above.py": "b = 2"}
    }


def test_an_archive_is_no_part_of_a_path(tmp_path: Path) -> None:
    put(tmp_path, "ada/hand in.zip", zipped(("sgd.py", "x = 1"), ("lib/act.py", "a = 1")))
    put(tmp_path, "ada/helper.py", "b = 2")
    assert modules(tmp_path) == {"ada/hand in.zip/sgd.py": {"helper.py": "b = 2", "lib/act.py": "a = 1"}}


def test_of_two_files_that_may_be_the_homework_each_is_the_other_s_module(tmp_path: Path) -> None:
    put(tmp_path, "ada/sgd.ipynb", NOTEBOOK)
    put(tmp_path, "ada/sgd.py", "y = 2")
    assert modules(tmp_path) == {
        "ada/sgd.ipynb": {"sgd.py": "y = 2"},
        "ada/sgd.py": {"sgd.ipynb": "# %%\nx = 1\n"},
    }


def test_there_are_not_too_many_and_not_too_much(tmp_path: Path) -> None:
    put(tmp_path, "ada/sgd.py", "x = 1")
    for k in range(MAX_MODULES + 10):
        put(tmp_path, f"ada/m{k:02}.py", f"x = {k}")
    (found,) = modules(tmp_path).values()
    assert len(found) == MAX_MODULES
    large = "#" * (MAX_TEXT * 2 // 5)
    for k in range(5):
        put(tmp_path, f"bob/{k}.py", large + str(k))
    put(tmp_path, "bob/sgd.py", "x = 1")
    _, bob = collect(tmp_path, "sgd")
    assert [path for path, _ in bob.submissions[0].modules] == ["0.py", "1.py"]
