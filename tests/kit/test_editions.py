"""Of notebook and module the one is tested that was edited; whatever it holds, the answer is short."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from autograder.kit import editions, running

COURSE = Path(__file__).parents[2]
RIGHT = "def predict(X, w, b):\n    return X @ w + b\n"
WRONG = "def predict(X, w, b):\n    return X @ w - b\n"
FUTURE = "from __future__ import annotations"
DATA = "def predict(X, w, b):\n    return X @ w + b * len(U) / len(v)\n"
NOT_WRITTEN = "predict: not written yet (when it is, delete the line that raises NotImplementedError)."


@pytest.fixture
def kit(tmp_path, monkeypatch):
    """The kit of `derivatives`, with the checks that it holds."""
    folder = Path(shutil.copytree(COURSE / "assignments" / "derivatives", tmp_path / "kit"))
    published = json.loads((folder / "checks" / "examples.json").read_text(encoding="utf-8"))
    monkeypatch.setattr("autograder.kit.published._content", lambda: published)
    monkeypatch.setattr("autograder.kit.judging._PACKAGE", "autograder.rules")
    return folder


def edition(kit):
    return editions.edition(kit / "derivatives")


def problem(kit, name="predict"):
    return edition(kit).problem(name)


def notebook(kit):
    return json.loads((kit / "derivatives.ipynb").read_text(encoding="utf-8"))


def save(kit, content, **how):
    text = json.dumps(content, **how)
    (kit / "derivatives.ipynb").write_text(text, encoding="utf-8")


def cell(source):
    return {
        "cell_type": "code",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": source,
    }


def write_module(kit, text, seconds=0):
    path = kit / "derivatives.py"
    path.write_text(text, encoding="utf-8", newline="")
    os.utime(path, (2e9 + seconds,) * 2)


def write_notebook(kit, *cells, seconds=0):
    """The notebook with these cells in the place of the one that defines predict."""
    content = notebook(kit)
    (place,) = (k for k, c in enumerate(content["cells"]) if "def predict" in "".join(c["source"]))
    content["cells"][place : place + 1] = [cell(text) for text in cells]
    save(kit, content)
    os.utime(kit / "derivatives.ipynb", (2e9 + seconds,) * 2)


# -- which edition


def test_as_handed_out_the_module_is_tested_and_nothing_is_written(kit):
    assert str(edition(kit)) == "derivatives.py"
    assert problem(kit) == NOT_WRITTEN


def test_an_edited_module_is_tested(kit):
    write_module(kit, RIGHT, seconds=-1e9)
    assert str(edition(kit)) == "derivatives.py"
    assert problem(kit) == ""


def test_an_edited_notebook_is_tested(kit):
    write_notebook(kit, RIGHT, seconds=-1e9)
    assert str(edition(kit)) == "derivatives.ipynb"
    assert problem(kit) == ""
    assert problem(kit, "mse_loss").startswith("mse_loss: not written yet")


@pytest.mark.parametrize(
    ("last", "other"),
    [("derivatives.py", "derivatives.ipynb"), ("derivatives.ipynb", "derivatives.py")],
)
def test_of_two_the_one_saved_last_is_tested_and_the_message_says_so(kit, last, other):
    write_module(kit, WRONG, seconds=last.endswith(".py"))
    write_notebook(kit, WRONG, seconds=last.endswith(".ipynb"))
    assert str(edition(kit)) == f"{last}, saved last"
    assert problem(kit).splitlines()[-1] == (
        f"Tested is {last}, saved last. You have edited {other} too: it is not tested."
    )


def test_running_or_saving_a_notebook_elsewhere_is_no_edit(kit):
    content = notebook(kit)
    for k, each in enumerate(content["cells"]):
        each["source"] = "".join(each["source"])  # as some editors store it
        each["metadata"] = {"collapsed": False, "id": "colab", "vscode": {"languageId": "python"}}
        if each["cell_type"] == "code":
            each |= {
                "execution_count": k,
                "outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}],
            }
    content["cells"].append(cell(""))  # JupyterLab adds one below the last
    content["metadata"]["colab"] = {"provenance": []}
    save(kit, content, indent=2, ensure_ascii=False)
    assert str(edition(kit)) == "derivatives.py"


def test_other_line_ends_a_byte_order_mark_and_blanks_at_line_ends_are_no_edit(kit):
    path = kit / "derivatives.py"
    text = path.read_text(encoding="utf-8").replace("\n", " \r\n") + "\r\n"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    content = notebook(kit)
    for each in content["cells"]:
        each["source"] = [line.replace("\n", "\r\n") for line in each["source"]]
    (kit / "derivatives.ipynb").write_bytes(b"\xef\xbb\xbf" + json.dumps(content).encode())
    assert not editions._is_edited(path)
    assert not editions._is_edited(kit / "derivatives.ipynb")


def test_with_one_file_alone_that_one_is_tested_and_with_none_a_sentence_says_so(kit):
    (kit / "derivatives.py").unlink()
    assert str(edition(kit)) == "derivatives.ipynb"
    assert problem(kit) == NOT_WRITTEN
    (kit / "derivatives.ipynb").unlink()
    assert problem(kit) == f"There is no derivatives.py and no derivatives.ipynb in {kit}."


# -- what it holds

CELLS = {
    "a magic": ["%matplotlib inline\n!pip install seaborn\n" + RIGHT],
    "a timed cell": ["%%time\n" + RIGHT],
    "a cell of another language": ["%%bash\nls", RIGHT],
    "a syntax error in another cell": ["print(1", RIGHT],
    "an unfinished function in the same cell": ["def other(:\n    pass\n\n" + RIGHT],
    "cells that raise": ["1 / 0", "import no_such_module", "exit()", RIGHT],
    "Windows line ends": [RIGHT.replace("\n", "\r\n")],
    "a helper": ["def times(X, w):\n    return X @ w", RIGHT.replace("X @ w", "times(X, w)")],
    "a helper that comes later": [RIGHT.replace("X @ w", "times(X, w)"), "times = lambda X, w: X @ w"],
    "a constant": ["ONE = np.float64(1)", RIGHT.replace("w + b", "w + ONE * b")],
    "a second version that is right": [WRONG, RIGHT],
    "a lambda": ["predict = lambda X, w, b: X @ w + b"],
    "annotations from the future": [FUTURE, RIGHT.replace("w, b)", "w: No, b)")],
    "an own use of the checks": [RIGHT, "checks.check(predict)"],
    "own data": ["import penguins\nU, v = penguins.load_body_mass()", DATA],
    "a class": [
        f"{FUTURE}\nfrom dataclasses import dataclass\n"
        "@dataclass\nclass Line:\n    w: float\n    b: float\n",
        "def predict(X, w, b):\n    line = Line(w, b)\n    return X @ line.w + line.b",
    ],
    "a guard": ["if __name__ == '__main__':\n    ONE = 1.0", RIGHT.replace("w + b", "w + ONE * b")],
    "an export of a timed cell": [f"get_ipython().run_cell_magic('time', '', {RIGHT!r})"],
    "magics inside a cell": ["%matplotlib inline\n!ls\nnp.dot?\nfiles = !ls\n%time import numpy\n" + RIGHT],
    "settings for the whole process": ["np.seterr(all='raise')", RIGHT],
}  # fmt: skip


@pytest.mark.parametrize("what", CELLS)
def test_a_right_function_passes_whatever_else_the_notebook_holds(kit, what, capfd):
    write_notebook(kit, *CELLS[what])
    assert problem(kit) == ""
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("line", ["%run own.py", "%run 'own.ipynb'", "%run own", "from own import predict"])
def test_own_files_are_run_as_in_grading(kit, line):
    (kit / "own.py").write_text(RIGHT)
    (kit / "own.ipynb").write_text(json.dumps({"cells": [{"cell_type": "code", "source": [RIGHT]}]}))
    write_notebook(kit, line)
    assert problem(kit) == ""


@pytest.mark.parametrize("what", [what for what in CELLS if what != "a guard"])
def test_the_module_is_read_in_the_same_way(kit, what):
    write_module(kit, "import numpy as np\n# %%\n" + "\n# %%\n".join(c for c in CELLS[what] if c[:2] != "%%"))
    assert problem(kit) == ("" if what != "a timed cell" else "predict is not defined in derivatives.py: "
                            "keep the names of the functions.")  # fmt: skip


@pytest.mark.parametrize("write", [write_module, write_notebook])
def test_what_cannot_be_read_or_defined_is_one_sentence(kit, write):
    write(kit, "def predict(X, w, b):\n    return (X @ w + b\n")
    assert problem(kit) == "Python cannot read predict: line 2: '(' was never closed."
    write(kit, "def predict(X, w=missing):\n    return X\n")
    assert problem(kit) == "predict cannot be defined: NameError: name 'missing' is not defined."
    write(kit, "def prediction(X, w, b):\n    return X @ w + b\n")
    assert problem(kit) == f"predict is not defined in {edition(kit)}: keep the names of the functions."
    write(kit, RIGHT + "\n\ndef predict(X, w, b:\n    return X\n")
    assert "cannot read predict" in problem(kit)


def test_a_line_of_a_notebook_is_shown_when_it_stops(kit):
    write_notebook(kit, "def predict(X, w, b):\n    return X.dott(w) + b\n")
    assert "has no attribute 'dott' (at “return X.dott(w) + b”)" in problem(kit)


def test_data_of_a_given_cell_are_not_there_as_they_are_not_in_grading(kit):
    write_notebook(kit, "def predict(X, w, b):\n    return X @ w + b + 0 * len(y)")
    assert "name 'y' is not defined" in problem(kit)
    assert "the experiments' data are not available in grading" in problem(kit)


def test_nan_in_outputs_is_read(kit):
    write_notebook(kit, RIGHT)
    content = notebook(kit)
    content["cells"][-1]["outputs"] = [{"output_type": "display_data", "data": {"x": float("nan")}}]
    save(kit, content)
    assert problem(kit) == ""


@pytest.mark.parametrize(
    "data", [b"", b"{", b"{}", b"[]", b'{"cells": 3}', b'{"cells": [3]}', b"<<<<<<< HEAD\n{}", b"[" * 100_000]
)
def test_a_damaged_notebook_is_one_sentence(kit, data):
    (kit / "derivatives.ipynb").write_bytes(data)
    assert problem(kit) == (
        "derivatives.ipynb is damaged: open it in Jupyter and save it again, or take a new one from the kit."
    )


def test_another_encoding_is_one_sentence(kit):
    (kit / "derivatives.py").write_bytes(("# ŷ\n" + RIGHT).encode("utf-16"))
    assert problem(kit) == "derivatives.py is not text in UTF-8: save it in that encoding."


def test_nothing_of_a_kit_stays_behind(kit):
    write_notebook(kit, "import penguins\n" + RIGHT)
    before, path, place = set(sys.modules), list(sys.path), Path.cwd()
    assert problem(kit) == ""
    assert not {"penguins", "derivatives", "checks"} & (set(sys.modules) - before)
    assert (sys.path, Path.cwd()) == (path, place)


def test_running_leaves_the_environment_as_it_was(monkeypatch):
    monkeypatch.delenv("MPLBACKEND", raising=False)
    with running._quiet():
        assert os.environ["MPLBACKEND"] == "agg"
    assert "MPLBACKEND" not in os.environ
