"""Experiments with functions that are wrong: a sentence, or a curve that is cut, and never a traceback."""

import contextlib
import io
import shutil
import sys
import warnings
from pathlib import Path

import jupytext
import matplotlib
import numpy as np
import pytest
from everyday import everyday
from styles import RIGHT

from autograder import kit as checks
from autograder.course import homework_names

COURSE = Path(__file__).parents[2]
NAMES = homework_names(COURSE)


@pytest.fixture(autouse=True)
def in_no_window():
    before = matplotlib.get_backend()
    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    plt.close("all")
    yield plt
    plt.close("all")
    matplotlib.use(before)


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """Runs the given cells of a homework's notebook in its kit, with functions that `change` makes from
    right ones; returns what was printed."""

    def run(name, change, only=None):
        kit = tmp_path / "kit"
        shutil.copytree(COURSE / "assignments" / name, kit, ignore=shutil.ignore_patterns("__pycache__"))
        beside = {path.stem for path in kit.iterdir()} - {name}
        for module in [m for m in sys.modules if m.partition(".")[0] in beside]:
            monkeypatch.delitem(sys.modules, module)
        monkeypatch.syspath_prepend(kit)
        cells = jupytext.read(COURSE / "solutions" / name / f"{name}.py", fmt="py:percent").cells
        names, printed = {"__name__": "__main__"}, io.StringIO()
        sources = [cell.source for cell in cells if cell.cell_type == "code"]
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for source in (s for s in sources if "BEGIN SOLUTION" in s or s.startswith("# Given")):
                exec(source, names)
                function = source.partition("def ")[2].partition("(")[0]
                if "BEGIN SOLUTION" in source and only in (None, function):
                    names[function] = change(names[function])
        for module in [m for m in sys.modules if m.partition(".")[0] in beside]:
            del sys.modules[module]
        return printed.getvalue()

    return run


def times(factor):
    """What a function gives, blown up or turned round."""

    def change(function):
        def wrong(*arguments, **named):
            value = function(*arguments, **named)
            if isinstance(value, tuple):
                return tuple(
                    part * factor if isinstance(part, float | np.ndarray) else part for part in value
                )
            return value * factor if isinstance(value, float | np.ndarray) else value

        return wrong

    return change


WRONG = {
    "climbs": times(-1.0),
    "fifty times too large": times(50.0),
    "beyond all numbers": times(1e200),
    "infinite": times(np.inf),
    "not a number": times(np.nan),
    "None": lambda function: lambda *arguments, **named: None,
    "a column": lambda function: lambda *arguments, **named: np.ones((5, 1)),
    "raises": lambda function: lambda *arguments, **named: np.ones(3) @ np.ones(4),
}
CASES = [(name, kind) for name in NAMES for kind in WRONG]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "kind"), everyday(CASES, 4), ids=lambda x: x.replace(" ", "-"))
def test_no_wrong_function_stops_a_notebook(notebook, name, kind):
    notebook(name, WRONG[kind])


@pytest.mark.slow
def test_a_gradient_that_climbs_makes_a_curve_that_says_so(notebook, in_no_window):
    printed = notebook("derivatives", WRONG["fifty times too large"], only="mse_gradient")
    assert "stopped" not in printed
    legends = [axes.get_legend() for k in in_no_window.get_fignums() for axes in in_no_window.figure(k).axes]
    labels = [text.get_text() for legend in legends if legend for text in legend.get_texts()]
    cut = [label for label in labels if "diverged" in label]
    assert cut == ["η = 0.1 (diverged)", "η = 0.5 (diverged)"]  # 50 · 0.02 is still a learning rate


@pytest.mark.slow
def test_a_function_that_fails_is_named_in_one_sentence(notebook):
    printed = notebook("derivatives", WRONG["None"], only="mse_gradient")
    said = [line for line in printed.splitlines() if "stopped" in line]
    assert len(said) == 1
    assert said[0].startswith("This experiment stopped, because mse_gradient is not right yet (TypeError: ")
    assert said[0].endswith("Run the cell again when it is right.")


def stub(*arguments):
    raise NotImplementedError


CELL = "with checks.waiting_for({names}):\n    {body}"


def test_an_experiment_waits_for_what_is_not_written(exercises, capsys):
    namespace = {**RIGHT, "checks": checks, "predict": stub}
    names = '"predict", "sigmoid", "neuron_gradient"'
    exec(CELL.format(names=names, body="predict()"), namespace)
    said = "This experiment waits for predict, sigmoid and neuron_gradient: run the cell again"
    assert said in capsys.readouterr().out
    exec(CELL.format(names='"predict"', body="predict()"), namespace)
    assert "waits for predict:" in capsys.readouterr().out


def test_what_no_exercise_explains_is_shown_as_python_shows_it(exercises):
    with pytest.raises(ZeroDivisionError):
        exec(CELL.format(names='"predict"', body="1 / 0"), {**RIGHT, "checks": checks})


def test_a_function_whose_cell_was_not_run_is_named(exercises, capsys):
    names = {"checks": checks, "sigmoid": RIGHT["sigmoid"]}
    exec(CELL.format(names='"predict", "sigmoid"', body="predict(sigmoid(1.0))"), names)
    said = capsys.readouterr().out
    assert said.startswith("This experiment stopped, because predict is not right yet (NameError: ")


def test_right_curves_are_left_as_they_are(in_no_window):
    from autograder.kit.experiments import draw

    figure, axes = in_no_window.subplots()
    axes.semilogy([9.0, 3.0, 1.0, 0.1], label="falls")
    axes.plot([0, 1, 2], [1.0, np.nan, 2.0], label="has a gap")
    axes.legend()
    draw(figure)
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["falls", "has a gap"]
    assert [len(line.get_xdata()) for line in axes.get_lines()] == [4, 3]


@pytest.mark.parametrize("last", [np.inf, -np.inf, np.nan, 1e300])
def test_a_curve_is_cut_where_it_leaves_the_range_of_numbers(in_no_window, last):
    from autograder.kit.experiments import draw

    figure, axes = in_no_window.subplots()
    (line,) = axes.semilogy([1.0, 10.0, 100.0, last, last], label="climbs")
    axes.legend()
    draw(figure)
    assert list(line.get_ydata()) == [1.0, 10.0, 100.0]
    assert axes.get_legend().get_texts()[0].get_text() == "climbs (diverged)"
    assert [text.get_text() for text in axes.texts] == ["diverged"]
    assert axes.get_ylim()[1] < 1e4
