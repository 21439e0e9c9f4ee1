"""Every experiment begins with a guess and ends with a debrief, and what the debrief says is what is seen."""

import contextlib
import io
import re
import shutil
import sys
from collections import Counter
from pathlib import Path

import jupytext
import matplotlib
import numpy as np
import pytest

from autograder.course import homework_names, load_homework
from autograder.release.build import build

COURSE = Path(__file__).parents[2]
HOMEWORKS = {name: load_homework(name, COURSE) for name in homework_names(COURSE)}
GUESSES = [(name, guess) for name, homework in HOMEWORKS.items() for guess in homework.guesses]
BEGIN, END = "<details><summary>Debrief: open after you have looked</summary>\n\n", "\n\n</details>"
ASKED = re.compile(r'checks\.guess\("(\w+)", None\)$')


def cells(name):
    return jupytext.read(COURSE / "solutions" / name / f"{name}.py", fmt="py:percent").cells


def role(cell):
    """G asks for a guess, E is an experiment, D a debrief; other text is M, other code C."""
    if cell.cell_type == "code":
        return "G" if ASKED.search(cell.source) else "E" if "checks.waiting_for(" in cell.source else "C"
    return "D" if cell.source.startswith(BEGIN) and cell.source.endswith(END) else "M"


def asked(name):
    """The question and the debrief of each guess."""
    every = cells(name)
    roles = "".join(map(role, every))
    for found in re.finditer(r"MGE+D", roles):
        question, guess, debrief = (every[k] for k in (found.start(), found.start() + 1, found.end() - 1))
        inside = debrief.source.removeprefix(BEGIN).removesuffix(END)
        yield ASKED.search(guess.source)[1], question.source.partition("**Guess, then look.** ")[2], inside


TEXTS = {name: {guess: texts for guess, *texts in asked(name)} for name in HOMEWORKS}


@pytest.mark.parametrize("name", HOMEWORKS)
def test_every_experiment_stands_between_a_guess_and_a_debrief(name):
    roles = "".join(map(role, cells(name)))
    assert re.fullmatch(r"([MC]*MGE+D)+[MC]*", roles), roles
    assert list(TEXTS[name]) == [guess.name for guess in HOMEWORKS[name].guesses]


@pytest.mark.parametrize(("name", "guess"), GUESSES, ids=lambda each: getattr(each, "name", each))
def test_a_question_has_its_choices_and_the_debrief_begins_with_the_answer(name, guess):
    question, debrief = TEXTS[name][guess.name]
    assert question
    if guess.number:
        assert question.endswith("Write a number.")
        assert re.match(rf"\*\*(About )?{guess.right:g}( {guess.unit}| times)\.\*\* ", debrief)
        assert not guess.unit or guess.unit in question
    else:
        assert re.findall(r"^- \((\w)\) ", question, re.MULTILINE) == list(guess.choices)
        assert debrief.startswith(f"**({guess.right}).** ")
    assert len(re.findall(r"[.:?!)] ", debrief)) >= 2  # it says why


def test_no_letter_is_right_nearly_always():
    right = Counter(guess.right for _, guess in GUESSES if guess.choices)
    assert set(right) == {"a", "b", "c"}
    assert max(right.values()) < sum(right.values()) / 2


@pytest.mark.parametrize("name", HOMEWORKS)
def test_students_get_questions_that_are_open_and_a_debrief_that_is_folded(name):
    (notebook,) = [data for file, data in build(HOMEWORKS[name], COURSE).items() if file == f"{name}.ipynb"]
    made = jupytext.reads(notebook.decode(), fmt="ipynb").cells
    roles = Counter(map(role, made))
    assert roles["G"] == roles["D"] == len(HOMEWORKS[name].guesses)
    assert not any("<details open" in cell.source for cell in made)


# -- what the experiments show


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The names of a solved notebook after every cell has run."""
    known = {}

    def run(name):
        if name not in known:
            kit = tmp_path_factory.mktemp("kits") / name
            shutil.copytree(COURSE / "assignments" / name, kit, ignore=shutil.ignore_patterns("__pycache__"))
            beside = {path.stem for path in kit.iterdir()} - {name}
            known[name] = _run(name, kit, beside)
        return known[name]

    return run


def _run(name, kit, beside):
    import matplotlib.pyplot as plt

    before, backend = dict(sys.modules), matplotlib.get_backend()
    matplotlib.use("agg")
    names = {"__name__": "__main__"}
    for module in [m for m in sys.modules if m.partition(".")[0] in beside]:
        del sys.modules[module]
    sys.path.insert(0, str(kit))
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            for cell in cells(name):
                if cell.cell_type == "code" and "ipywidgets" not in cell.source:
                    exec(cell.source, names)
    finally:
        sys.path.remove(str(kit))
        for module in [m for m in sys.modules if m.partition(".")[0] in beside]:
            del sys.modules[module]
        sys.modules |= {m: each for m, each in before.items() if m.partition(".")[0] in beside}
        plt.close("all")
        matplotlib.use(backend)
    return names


def near(number, said, share=0.02):
    return abs(number - said) <= share * abs(said)


def test_slopes_sigmoid_and_neuron(shown):
    s = shown("derivatives")
    example, point = s["example"], s["point"]
    rises = [
        f(*example, *(point + unit)) - f(*example, *point)
        for f, unit in zip((s["dL_dw1"], s["dL_dw2"], s["dL_db"]), np.eye(3), strict=True)
    ]
    assert np.allclose(rises, [8, 2, 2])
    assert s["dL_dw1"](*example, 2.125, *point[1:]) == 0
    curves, best = s["curves"], s["best"]
    assert near(curves[0.5][0], 9.1)
    assert near(2 * curves[0.5][0], 18.3)
    assert near(curves[0.5][10], best)
    assert not near(curves[0.1][50], best, 0.01)
    assert near(curves[0.1][60], best, 0.01)
    assert curves[0.02][60] > 10 * best
    slope = s["sigmoid_derivative"]
    assert slope(1.5) > 0.5 * slope(0.0)
    assert slope(3.6) > 0.1 * slope(0.0) > slope(3.7)
    assert near(slope(8.0), 0.0013 * slope(0.0), 0.1)
    assert [round(float(s["sigmoid"](z)), 4) for z in (1.5, 3.6, 8.0)] == [0.8176, 0.9734, 0.9997]
    moments, X, y = s["moments"], s["X_species"], s["y_species"]
    assert [round(float(np.linalg.norm(moments[k][0])), 2) for k in (10, 100)] == [1.08, 2.28]
    wrong = [int(((X @ w + b >= 0) != y).sum()) for w, b in (moments[10], moments[100])]
    assert (wrong, len(y)) == ([9, 3], 274)
    assert [round(float(s["curve"][k]), 3) for k in (10, 100)] == [0.043, 0.012]


def test_directions_steps_and_stairs(shown):
    s = shown("gradient_descent")
    loss, gradient, start, descend = s["loss"], s["loss_gradient"], s["start"], s["gradient_descent"]
    assert near(np.cos(np.radians(25)), 0.91)

    def error(lr):
        here = gradient(start)
        change = loss(s["gradient_step"](start, here, lr)) - loss(start)
        return change - s["predicted_change"](here, lr)

    assert near(error(0.1), 0.0099)
    assert near(error(0.01), 0.000099)
    curvatures = np.linalg.eigvalsh(s["columns"].T @ s["columns"] / len(s["y"]))
    assert [round(float(1 - 1.1 * k), 2) for k in curvatures[[0, 2]]] == [0.62, -0.82]
    assert near(2 / curvatures[2], 1.21)
    assert near(1 - 1.22 * curvatures[2], -1.02)
    losses = [float(loss(v)) for v in descend(gradient, np.zeros(3), 1.22, 40)]
    assert int(np.argmin(losses)) == 3
    assert [round(losses[k], 2) for k in (0, 3, 40)] == [9.15, 0.31, 1.14]
    ends = s["iterates"][-2:]
    assert sorted(round(float(np.linalg.norm(v - s["best"])), 2) for v in ends) == [0.11, 0.19]
    assert sorted(round(float(loss(v)), 3) for v in ends) == [0.086, 0.108]
    assert near(loss(s["best"]), 0.077)
    mse, mistakes = s["neuron_losses"](np.linspace(-0.2, -0.1, 2001))
    assert np.mean(np.diff(mistakes) == 0) > 0.98
    assert (round(274 * mistakes[0]), round(274 * mistakes[-1])) == (107, 84)
    mse, mistakes = s["neuron_losses"](np.linspace(-4, 8, 1201))
    assert (round(274 * mistakes[np.argmin(mse)]), round(274 * mistakes.min())) == (3, 1)


def test_landscapes(shown):
    s = shown("landscapes")
    right = np.cos(1.0) * np.exp(np.sin(1.0))
    errors = [abs(s["central_difference_gradient"](s["wave"], s["at"], h)[0] - right) for h in (1e-5, 1e-13)]
    assert errors[0] < 1e-10
    assert 1e-4 < errors[1] < 1e-2
    assert near(s["slope_of_tanh"].max() / s["slope_of_sigma"].max(), 4)
    down, starts, flat = s["path_down"], s["starts"], s["flat"]
    assert np.allclose(down(starts[3], 0.1, 150)[-1], [flat[1], 0], atol=1e-3)
    ends = {rho: down(starts[2], 0.1, 150, momentum=rho) for rho in (0.7, 0.9, 0.95)}
    assert [path[-1][0] > flat[1] for path in ends.values()] == [True, False, True]
    assert [path[:, 0].min() > flat[1] for path in ends.values()] == [True, False, False]

    def above(share):
        u, found = np.zeros(3), []
        for _ in range(61):
            found.append(s["mse_of"](u) - s["least"])
            u = u - share * s["limit"] * (s["H"] @ u - s["A"].T @ s["y"] / len(s["y"]))
        return found

    half, most, beyond = above(0.5), above(0.95), above(1.05)
    assert half[60] < most[60] < beyond[60]
    assert most[1] < half[1]
    assert most[2] < half[2]
    assert half[10] < most[10]
    first = {lr: down((1.7, 1.2), lr, 60) for lr in (0.8, 0.4, 0.05)}
    assert [round(float(first[lr][1][0]), 2) for lr in (0.8, 0.4)] == [-0.99, 0.35]
    assert [path[-1][0] < flat[1] for path in first.values()] == [True, False, False]
    far = {}
    for m in (2, 4):
        batches = [list(b) for b in s["combinations"](range(6), m)]
        made = [
            s["measured_gradient"](s["X_six"][b], s["y_six"][b], s["w_there"], s["b_there"])[0]
            for b in batches
        ]
        far[m] = sorted(np.linalg.norm(np.array(made) - s["full"], axis=1))
    assert np.allclose(far[4], np.array(far[2]) / 2, rtol=1e-5)


def test_schedules_and_the_faulty_loop(shown):
    s = shown("landscapes")
    lines = {line.get_label(): line.get_ydata() for line in s["left"].get_lines()}
    assert near(lines["k = 1"][-1], 1.2)
    assert lines["k = 1"][-1] > lines["k = 0"][-1] > lines["k = 0.002"][-1]
    assert 0.003 < np.mean(lines["k = 0"][1:]) < 0.03
    curves = {line.get_label(): line.get_ydata() for line in s["axes"].get_lines()}
    assert [round(float(curves["faulty loop"][k]), 1) for k in (0, 20)] == [9.1, 23.3]
    assert near(curves["your repaired loop"][-1], s["mse_of"](s["best_u"]))


def test_network_and_lambda(shown):
    s = shown("neural_network")
    plain, momentum, adam = (
        s["valley_losses"](s[f"{name}_path"]()) for name in ("plain", "momentum", "adam")
    )
    assert not np.any(np.diff(plain) > 0)
    assert np.sum(np.diff(momentum) > 0) == 35
    assert np.any(np.diff(adam) > 0)
    assert [float(f"{curve[-1]:.0g}") for curve in (plain, adam, momentum)] == [0.06, 0.004, 1e-7]
    places = (np.array([180, 200, 211, 231]) - s["flipper_mm"].mean()) / s["flipper_mm"].std()
    depths = s["mlp_forward"](places[:, np.newaxis], *s["weights"])
    assert [round(float(depth), 1) for depth in depths] == [17.7, 18.8, 14.8, 16.5]
    gentoo = s["species"] == "Gentoo"
    assert (s["flipper_mm"][gentoo].min(), s["flipper_mm"][~gentoo].max()) == (203, 212)
    assert near(s["line_loss"], 1.28)
    curve = s["losses"]  # of the last experiment
    assert near(s["train_losses"][0], 0.021)
    assert near(curve[0], 0.23)
    assert np.all(np.diff(s["train_losses"]) > 0)
    assert 0 < int(np.argmin(curve)) < len(curve) - 1


def test_batches_polls_and_penalties(shown):
    s = shown("sgd")
    first = [losses[1] - s["best_loss"] for losses, _, _ in s["curves"]]
    assert [float(f"{loss:.1g}") for loss in first] == [7, 3, 0.002, 0.03]
    last = [losses[120] - s["best_loss"] for losses, _, _ in s["curves"]]
    assert last == sorted(last)
    noise = dict(zip(s["sizes"].tolist(), s["noise"], strict=True))
    assert near(noise[1], 6.2)
    assert near(noise[64], 0.73)
    assert 8 < noise[1] / noise[64] < 9
    most = int(np.argmax(s["bill"]))
    assert near(s["lambdas"][most], 0.3, 0.1)
    assert [round(float(s[name][most]), 2) for name in ("flipper", "bill")] == [0.37, 0.14]
    w = np.linalg.lstsq(s["columns"], s["y"], rcond=None)[0]
    assert [round(float(each), 2) for each in w[:2]] == [0.68, 0.03]
    assert s["bill"][-1] < s["bill"][0]
