"""One submission makes one report: what a status means, that a mistake costs once, whose probes they are."""

import weakref
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import msgspec
import numpy as np
import pytest

from autograder import grading, rules
from autograder.course import load_homework
from autograder.grading import fault_report, grade, seed
from autograder.judging.trial import Finding
from autograder.report import from_json, to_json
from autograder.sandbox.host import Limits, Sandbox
from autograder.submission import Submission

ROOT = Path(__file__).parents[2]
SECRET = b"for tests only"
DERIVATIVES, DESCENT, SGD = (load_homework(name, ROOT) for name in ("derivatives", "gradient_descent", "sgd"))

SIGMOID = "def sigmoid(z):\n    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))\n"
WRONG_SIGMOID = "def sigmoid(z):\n    return np.tanh(z)\n"
NEURON_GRADIENT = """
def neuron_gradient(X, y, w, b):
    s = sigmoid(X @ w + b)
    delta = (s - y) * s * (1 - s)
    return X.T @ delta / len(y), delta.mean()
"""
MINIBATCHES = """
def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError
    order = rng.permutation(n)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]
"""
SGD_EPOCH = """
def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    for j in minibatches(len(y), batch_size, rng):
        dw, db = gradient(X[j], y[j], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b
"""


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox("auto", Limits(call_seconds=0.3)) as made:
        yield made


def submission(source, student="Ada", **more):
    return Submission(student, ("import numpy as np\n" + source,), "x.py", **more)


def graded(homework, source, sandbox, student="Ada"):
    return grade(homework, submission(source, student), sandbox, SECRET)


def result(homework, name, source, sandbox, student="Ada"):
    return next(e for e in graded(homework, source, sandbox, student).exercises if e.name == name)


# -- statuses


@pytest.mark.parametrize(
    ("status", "source"),
    [
        ("passed", "def predict(X, w, b):\n    return X @ w + b"),
        ("partial", "def predict(X, w, b):\n    return (X @ w + b)[:, None]"),
        ("failed", "def predict(X, w, b):\n    return X @ w - b"),
        ("failed", "def predict(X, w, b):\n    pass"),
        ("failed", "def predict(X, w, b, seen=[]):\n    seen.append(1)\n    return 1 / (len(seen) % 2)"),
        ("not_started", "def predict(X, w, b):\n    raise NotImplementedError"),
        ("not_started", "def predict(X, w, b):\n    raise NotImplementedError('to be written')"),
        ("missing", "def predictions(X, w, b):\n    return X @ w + b"),
        ("missing", "predict = 3"),
        ("error", "def predict(X, w, b):\n    return X @ v + b"),
        ("error", "def predict(X, w):\n    return X @ w"),
        ("error", "import os\n\ndef predict(X, w, b):\n    os._exit(0)"),
        ("timeout", "def predict(X, w, b):\n    while True: pass"),
    ],
)
def test_the_status_says_how_far_an_exercise_came(status, source, sandbox):
    assert result(DERIVATIVES, "predict", source, sandbox).status == status


def test_a_near_miss_of_the_name_is_pointed_out(sandbox):
    made = result(DERIVATIVES, "mse_gradient", "def mse_gradiant(X, y, w, b):\n    return w, b", sandbox)
    assert made.status == "missing"
    assert "'mse_gradiant'" in made.verdicts[0].message


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ("def ridge_gradient(X, y, w, b, lam):\n    return w, b", ""),  # another homework's
        ("def predict(X, w, b):\n    return X @ w + b", "Check the spelling"),
        ("def mseGradient(X, y, w, b):\n    return w, b", "'mseGradient': if you mean that one, rename"),
        ("def Mse_Gradient(X, y, w, b):\n    return w, b", "'Mse_Gradient': if you mean that one, rename"),
        ("def mse_gradient2(X, y, w, b):\n    return w, b", "'mse_gradient2': if you mean that one, rename"),
        ("class A:\n    def mse_gradient(self, X, y, w, b):\n        return w, b", "move it to the left"),
        ("if False:\n    def mse_gradient(X, y, w, b):\n        return w, b", "left margin"),
    ],
)
def test_only_what_a_slip_of_the_pen_makes_of_a_name_is_pointed_out(given, advice, sandbox):
    made = result(DERIVATIVES, "mse_gradient", given, sandbox)
    said = made.verdicts[0].message
    assert advice in said
    assert advice or said == "There is no function 'mse_gradient' in the submission."


def test_a_stub_that_is_called_is_not_the_one_that_is_graded(sandbox):
    source = "def sigmoid(z):\n    raise NotImplementedError\n" + NEURON_GRADIENT
    with_stub = graded(DERIVATIVES, source, sandbox)
    by_name = {e.name: e for e in with_stub.exercises}
    assert by_name["sigmoid"].status == "not_started"
    assert by_name["neuron_gradient"].status == "passed"


def test_what_the_grader_gets_wrong_is_not_judged_and_its_points_stay_in_the_maximum(
    sandbox, monkeypatch, caplog
):
    def broken(rule, trial):
        raise ZeroDivisionError

    monkeypatch.setattr(rules.Train, "begin", broken)
    made = graded(SGD, "def train(*a): pass\n" + MINIBATCHES, sandbox)
    by_name = {e.name: e for e in made.exercises}
    assert by_name["train"].status == "grader_fault"
    assert by_name["minibatches"].status == "passed"
    assert by_name["train"].max_score == 6
    assert made.max_score == SGD.max_score
    assert made.score == by_name["minibatches"].score
    assert "the grader failed" in caplog.text


def test_a_submission_that_could_not_be_judged_at_all_keeps_the_maximum():
    made = fault_report(SGD, submission("x = 1"), "landlock")
    assert (made.score, made.max_score, made.sandbox) == (0, SGD.max_score, "landlock")
    assert sum(e.max_score for e in made.exercises) == SGD.max_score
    faults = [e.name for e in made.exercises if e.status == "grader_fault"]
    assert faults == [e.function for e in SGD.exercises]
    assert [e.status for e in made.exercises[len(faults) :]] == ["missing"]  # the answer in words


# -- a fault costs the check it happened in

ENDS = {
    "exit": ("import os; os._exit(3)", "it ended the whole process (exit code 3)"),
    "loop": ("while True: pass", "it was stopped after 0.3 seconds"),
    "crash": ("import ctypes; ctypes.string_at(0)", "its process crashed (SIGSEGV)"),
    "memory": ("np.ones(10**12)", "MemoryError"),
    "forgery": ("import os; os.write(3, b'x' * 9)", "it sent an invalid reply"),
}


@pytest.mark.parametrize("end", ENDS)
def test_the_check_in_which_a_process_ends_is_lost_and_no_other(end, sandbox):
    code, words = ENDS[end]
    source = f"""
def mse_gradient(X, y, w, b):
    if len(y) == 1:
        {code}
    residual = X @ w + b - y
    return X.T @ residual / len(y), residual.mean()

def sigmoid(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))
"""
    made = {exercise.name: exercise for exercise in graded(DERIVATIVES, source, sandbox).exercises}
    lost = [verdict for verdict in made["mse_gradient"].verdicts if verdict.score < verdict.max_score]
    assert [verdict.check for verdict in lost] == ["edges"]
    assert words in lost[0].message
    assert "1 example" in lost[0].message
    assert made["sigmoid"].status == "passed"


# -- the grader is not led to fail: an exercise that it fails at is not judged

TRAPS = {
    "minibatches that are right the first time": """
calls = []

def minibatches(n, batch_size, rng):
    calls.append(n)
    order = rng.permutation(n)
    parts = [order[i : i + batch_size] for i in range(0, n, batch_size)]
    return parts if len(calls) <= 63 else [] if len(calls) % 2 else "nonsense"
""",
    "a million batches": "def minibatches(n, batch_size, rng):\n    return np.zeros((1 << 20, 0), int)",
    "results near the largest float": """
def ridge_gradient(X, y, w, b, lam):
    return np.full(np.shape(w), 1e308), -1e308

def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    return np.full(np.shape(w), 1e308), np.inf
""",
}


@pytest.mark.parametrize("trap", TRAPS)
def test_the_grader_does_not_fail_at_what_no_student_would_return(trap, sandbox):
    made = graded(SGD, TRAPS[trap], sandbox)
    assert {exercise.status for exercise in made.exercises} <= {"missing", "failed", "partial"}


# -- a mistake costs once


def test_a_wrong_sigmoid_costs_the_neuron_gradient_nothing(sandbox):
    made = {e.name: e for e in graded(DERIVATIVES, WRONG_SIGMOID + NEURON_GRADIENT, sandbox).exercises}
    assert made["sigmoid"].score == 0
    assert made["neuron_gradient"].status == "passed"
    assert "`sigmoid`" in made["neuron_gradient"].verdicts[0].message


def test_a_mistake_of_its_own_still_costs(sandbox):
    wrong = NEURON_GRADIENT.replace("s - y", "s")
    for sigmoid in (SIGMOID, WRONG_SIGMOID):
        made = result(DERIVATIVES, "neuron_gradient", sigmoid + wrong, sandbox)
        assert made.score == 0
        assert "Judged separately" not in made.verdicts[0].message


def test_a_function_is_judged_apart_from_those_that_are_wrong_and_no_others(sandbox):
    right = "def sigmoid_derivative(z):\n    return 0.25 * (1 - np.tanh(np.asarray(z) / 2) ** 2)\n"
    both = NEURON_GRADIENT.replace("s * (1 - s)", "sigmoid_derivative(X @ w + b)")
    made = {e.name: e for e in graded(DERIVATIVES, WRONG_SIGMOID + right + both, sandbox).exercises}
    assert made["sigmoid_derivative"].status == made["neuron_gradient"].status == "passed"
    assert "Judged separately from your `sigmoid`:" in made["neuron_gradient"].verdicts[0].message


CHANGING = """
seen = []


def predict(X, w, b):
    return X @ w


def mse_gradient(X, y, w, b):  # right as soon as the last exercise was judged once
    residual = X @ w + b - y
    return (X.T @ residual / len(y), residual.mean()) if seen else (w, b)


def neuron_gradient(*arguments):
    seen.append(arguments)
"""


def test_who_is_right_the_second_time_without_another_function_gains_nothing(sandbox):
    assert result(DERIVATIVES, "mse_gradient", CHANGING, sandbox).score == 0


def test_a_function_is_not_judged_apart_from_one_that_it_does_not_call(sandbox):
    alone = NEURON_GRADIENT.replace("sigmoid(X @ w + b)", "np.tanh(X @ w + b)")
    made = result(DERIVATIVES, "neuron_gradient", WRONG_SIGMOID + alone, sandbox)
    assert made.score == 0
    assert "Judged separately" not in made.verdicts[0].message


AGAIN = SIGMOID + "\n_array = sigmoid\n\n\ndef sigmoid(z):\n    return {} if np.ndim(z) else _array(z)\n"
AS_A_LIST = {"a list": "_array(z).tolist()", "a tuple": "tuple(_array(z))"}


@pytest.mark.parametrize("source", AS_A_LIST.values(), ids=AS_A_LIST)
def test_a_right_function_that_gives_lists_costs_its_callers_nothing(sandbox, source):
    source = AGAIN.replace("{}", source)
    calling = NEURON_GRADIENT.replace("sigmoid(X @ w + b)", "-(-sigmoid(X @ w + b))")
    made = {e.name: e for e in graded(DERIVATIVES, source + calling, sandbox).exercises}
    assert made["neuron_gradient"].status == "passed"
    assert "from your `sigmoid`, which gives a list" in made["neuron_gradient"].verdicts[0].message
    wrong = calling.replace("s - y", "s")
    assert result(DERIVATIVES, "neuron_gradient", source + wrong, sandbox).score == 0


THROUGH_A_LATER_ONE = """
def directional_derivative(gradient, direction):
    length = np.linalg.norm(direction)
    if length == 0:
        raise ValueError
    along = steepest_ascent_direction(gradient) @ direction / length
    return np.linalg.norm(gradient) * along


def steepest_ascent_direction(gradient):
    WRITTEN
"""
DOWNHILL = "length = np.linalg.norm(gradient)\n    return -gradient / length if length else 0.0 * gradient"


def test_a_wrong_later_function_costs_an_earlier_one_that_calls_it_nothing(sandbox):
    source = THROUGH_A_LATER_ONE.replace("WRITTEN", DOWNHILL)
    made = {e.name: e for e in graded(DESCENT, source, sandbox).exercises}
    assert made["steepest_ascent_direction"].score == 0
    assert made["directional_derivative"].status == "passed"
    assert "`steepest_ascent_direction`" in made["directional_derivative"].verdicts[0].message


def test_a_later_function_that_nobody_wrote_is_no_help(sandbox):
    for written in ("raise NotImplementedError", "pass"):
        source = THROUGH_A_LATER_ONE.replace("WRITTEN", written)
        made = {e.name: e for e in graded(DESCENT, source, sandbox).exercises}
        helped = made["directional_derivative"].score > 0
        assert helped == (made["steepest_ascent_direction"].status != "not_started")


LONG_CIRCLE = """
def dL_dw1(x1, x2, y, w1, w2, b):
    return x1 * dL_db(x1, x2, y, w1, w2, b)


def dL_dw2(x1, x2, y, w1, w2, b):
    return dL_dw1(x2, x1, y, w2, w1, b)


def dL_db(x1, x2, y, w1, w2, b):
    return dL_dw2(x1, x2, y, w1, w2, b) / x2
"""


def test_who_begins_a_long_circle_earns_nothing(sandbox):
    made = {e.name: e for e in graded(DERIVATIVES, LONG_CIRCLE, sandbox).exercises}
    assert made["dL_dw1"].score == 0


CIRCLE = """
def dL_dw1(x1, x2, y, w1, w2, b):
    return dL_dw2(x2, x1, y, w2, w1, b)


def dL_dw2(x1, x2, y, w1, w2, b):
    return dL_dw1(x2, x1, y, w2, w1, b)
"""
# The later function notes what it is asked, and calls the earlier one, which asks the referee all that
# when it is judged again: there the later one's name might mean what is right.
LISTENING = """
asked, answers = [], {}


def dL_dw2(*arguments):
    if arguments not in answers:
        asked.append(arguments)
    dL_dw1(*arguments)
    return answers.get(arguments, 0.0)


def dL_dw1(*arguments):
    if dL_dw2.__module__ == __name__:  # its own still, not the referee's
        return 0.0
    for arguments in asked:
        answers[arguments] = dL_dw2(*arguments)
    print("heard", answers)
    raise ValueError(f"heard {answers}")
"""


def test_functions_that_call_each_other_in_a_circle_earn_nothing(sandbox):
    made = {e.name: e for e in graded(DERIVATIVES, CIRCLE, sandbox).exercises}
    assert made["dL_dw1"].score == 0
    # the second one is right apart from the first, as it would be for a student who got that one wrong
    assert made["dL_dw2"].score == made["dL_dw2"].max_score
    assert "`dL_dw1`" in made["dL_dw2"].verdicts[0].message


def test_nobody_hears_an_answer_that_is_still_to_be_given(sandbox):
    made = {e.name: e for e in graded(DERIVATIVES, LISTENING, sandbox).exercises}
    assert made["dL_dw1"].score == made["dL_dw2"].score == 0


TELLING = """
def sigmoid(z):
    return 0.0


def sigmoid_derivative(z):
    print("heard", sigmoid(0.25))
    return np.full(np.shape(z), sigmoid(0.25))
"""


def test_what_the_referee_answers_for_one_function_is_not_told_by_another(sandbox):
    made = graded(DERIVATIVES, TELLING + NEURON_GRADIENT, sandbox)
    told = to_json(made).decode()
    assert "heard 0.0" in told  # its own
    assert "0.56217" not in told  # 1/(1 + exp(-1/4)), which was heard after that


# How a function that is judged apart from its wrong sigmoid can put a number heard from the right one where
# feedback would show it, each with the check that it loses by that; its own sigmoid makes the number 0.
TOLD = {
    "an exception": ("if len(y) == 1:\n        raise ValueError(f'heard {heard}')", "edges"),
    "a result of no use": ("db = f'heard {heard}'", "db"),
    "a result with a mistake that has a name": ("db = heard", "db"),
    "the formula that is read from it afterwards": ("ever.append(heard)\n    db = db + max(ever)", "db"),
    "the shape of a result": ("dw = dw if len(y) != 1 else np.zeros(int(1e6 * heard) + 9)", "edges"),
    "a learning curve": ("dw = dw + heard * (len(y) > 50)", "curve"),
}


def telling(way, share):
    """A neuron's gradient that tells so much of what it hears, and is right but for that."""
    gradient = NEURON_GRADIENT.replace(
        "    return X.T @ delta / len(y), delta.mean()",
        f"    dw, db, heard = X.T @ delta / len(y), delta.mean(), {share} * sigmoid(0.25)\n"
        f"    {TOLD[way][0]}\n    return dw, db",
    )
    return "ever = []\n\n\ndef sigmoid(z):\n    return 0.0 * z\n" + gradient


@pytest.mark.parametrize("way", TOLD)
def test_no_word_of_the_second_judging_depends_on_what_the_referee_answered_in_it(way, sandbox):
    made, other = (graded(DERIVATIVES, telling(way, share), sandbox) for share in (1, 3))
    gradient = next(e for e in made.exercises if e.name == "neuron_gradient")
    lost = {verdict.check for verdict in gradient.verdicts if verdict.score < verdict.max_score}
    assert TOLD[way][1] in lost
    assert "Judged separately" in gradient.verdicts[0].message
    assert gradient.score > 0
    assert made.submission != other.submission
    assert to_json(msgspec.structs.replace(made, submission=other.submission)) == to_json(other)
    answer = 1 / (1 + np.exp(-0.25))
    for told in (answer, 1e6 * answer + 9):
        assert f"{told:.9g}"[:6] not in to_json(made).decode()


def test_a_function_gains_nothing_by_calling_itself(sandbox):
    wrong = "def mse_loss(X, y, w, b, deep=False):\n    return 1.0 if deep else mse_loss(X, y, w, b, True)\n"
    assert result(DERIVATIVES, "mse_loss", wrong, sandbox).score == 0


def test_a_wrong_ascent_costs_the_descent_that_is_its_opposite_nothing(sandbox):
    source = (
        "def steepest_ascent_direction(g):\n    return g\n"
        "def steepest_descent_direction(g):\n    return -steepest_ascent_direction(g)\n"
    )
    made = {e.name: e for e in graded(DESCENT, source, sandbox).exercises}
    assert made["steepest_ascent_direction"].status == "failed"
    assert made["steepest_descent_direction"].status == "passed"


def test_an_epoch_that_calls_right_minibatches_is_right(sandbox):
    made = {e.name: e for e in graded(SGD, MINIBATCHES + SGD_EPOCH, sandbox).exercises}
    assert made["minibatches"].status == made["sgd_epoch"].status == "passed"


@pytest.mark.parametrize(
    "minibatches",
    [
        MINIBATCHES.replace("range(0, n, batch_size)", "range(0, n - batch_size + 1, batch_size)"),
        MINIBATCHES.replace("rng.permutation(n)", "np.arange(n)"),
        "def minibatches(n, batch_size, rng):\n    raise NotImplementedError",
    ],
)
def test_wrong_minibatches_cost_the_epoch_that_calls_them_nothing(minibatches, sandbox):
    assert result(SGD, "sgd_epoch", minibatches + SGD_EPOCH, sandbox).status == "passed"


# -- seeds


def test_a_student_has_the_same_probes_at_a_regrade():
    assert seed(SECRET, "sgd", "train", "Ada") == seed(SECRET, "sgd", "train", "Ada")


def test_another_student_exercise_homework_or_secret_has_other_probes():
    seeds = {
        seed(secret, homework, exercise, student)
        for secret in (b"one", b"two")
        for homework in ("sgd", "derivatives")
        for exercise in ("train", "predict")
        for student in ("Ada", "Emmy", "Ada ", "")
    }
    assert len(seeds) == 32


def test_any_name_has_a_seed():
    for student in ("Zoë", "\udcff", "", "a" * 10_000, "new\nline"):
        assert 0 <= seed(SECRET, "sgd", "train", student) < 1 << 128


def test_the_calls_a_function_sees_are_the_students_own(sandbox):
    spy = "def predict(X, w, b):\n    print(float(X[0, 0]))\n    return X @ w + b"
    first, again, other = (graded(DERIVATIVES, spy, sandbox, student) for student in ("Ada", "Ada", "Emmy"))
    assert first.output == again.output
    assert first.output.splitlines()[0] != other.output.splitlines()[0]


def test_grading_twice_gives_the_same_report(sandbox):
    source = MINIBATCHES + SGD_EPOCH.replace("- lr * dw", "+ lr * dw")
    assert to_json(graded(SGD, source, sandbox)) == to_json(graded(SGD, source, sandbox))


def test_which_other_exercises_there_are_does_not_change_a_mark(sandbox):
    source = "def mse_loss(X, y, w, b):\n    return np.mean((X @ w + b - y) ** 2)"
    name = "mse_loss"
    alone = replace(DERIVATIVES, exercises=tuple(e for e in DERIVATIVES.exercises if e.function == name))
    assert graded(alone, source, sandbox).exercises[0] == result(DERIVATIVES, name, source, sandbox)


# -- the report as a whole


def test_a_submission_that_cannot_be_read_says_why_and_is_worth_nothing(sandbox):
    empty = Submission("Ada", (), "x.ipynb", ("It is 20 MB long.",), "the notebook is no JSON")
    made = grade(DERIVATIVES, empty, sandbox, SECRET)
    assert made.notes == ["The notebook is no JSON.", "It is 20 MB long."]
    assert made.score == 0
    assert made.max_score == DERIVATIVES.max_score
    assert {e.status for e in made.exercises} == {"missing"}


def test_a_text_that_is_no_python_is_told_in_the_notes(sandbox):
    made = graded(DERIVATIVES, "def predict(X, w, b:\n    return X @ w + b", sandbox)
    assert made.score == 0
    assert any("Line 2" in note for note in made.notes)


def test_a_package_that_is_not_there_is_named_and_costs_nothing_by_itself(sandbox):
    made = graded(DERIVATIVES, "import pandas as pd\ndef predict(X, w, b):\n    return X @ w + b", sandbox)
    assert made.notes == [
        "Line 2: the package 'pandas' is not available in grading: only NumPy and the standard library are."
    ]
    assert made.exercises[0].status == "passed"


def test_a_cell_that_fails_is_named_by_its_number(sandbox):
    cells = ("import numpy as np", "1 / 0", "def predict(X, w, b):\n    return X @ w + b")
    made = grade(DERIVATIVES, Submission("Ada", cells, "x.ipynb"), sandbox, SECRET)
    assert made.exercises[0].status == "passed"
    assert made.notes[0].startswith("Cell 2, line 1: ZeroDivisionError")


@pytest.mark.parametrize("failing", [1, 20, 21, 25])
def test_of_many_statements_that_fail_twenty_are_told_and_the_others_counted(failing, sandbox):
    made = graded(DERIVATIVES, "1 / 0\n" * failing, sandbox)
    told = [f"Line {2 + k}: ZeroDivisionError: division by zero." for k in range(min(failing, 20))]
    more = [f"{failing - 20} more statements failed."] if failing > 20 else []
    assert made.notes == told + more
    assert len(made.errors) == len(told)


def test_what_is_printed_is_kept_and_cut(sandbox):
    printing = "print('hello')\ndef predict(X, w, b):\n    print('x' * 5000)\n    return X @ w + b"
    made = graded(DERIVATIVES, printing, sandbox)
    assert made.output.startswith("hello\n")
    assert len(made.output) == 4000


def test_an_endless_loop_in_one_function_leaves_the_others_their_points(sandbox):
    source = "def predict(X, w, b):\n    while True: pass\n" + SIGMOID
    made = {e.name: e.status for e in graded(DERIVATIVES, source, sandbox).exercises}
    assert made["predict"] == "timeout"
    assert made["sigmoid"] == "passed"


def test_the_score_is_the_sum_of_its_checks(sandbox):
    made = graded(DERIVATIVES, SIGMOID + "def mse_gradient(X, y, w, b):\n    return w, 0.0", sandbox)
    assert made.score == sum(v.score for e in made.exercises for v in e.verdicts)
    assert made.max_score == DERIVATIVES.max_score


def test_every_report_can_be_written_and_read_back(sandbox):
    source = "def mse_gradient(*a):\n    return a[2] * np.nan, np.inf\ndef mse_loss(*a):\n    return 1e999"
    made = graded(DERIVATIVES, source, sandbox)
    assert from_json(to_json(made)) == made


def test_a_report_says_which_grader_judged_which_code_by_which_rubric(sandbox):
    source = "def predict(X, w, b):\n    return X @ w + b"
    made = graded(DERIVATIVES, source, sandbox)
    assert made.grader == metadata.version("gradient-autograder")
    assert made.rubric == DERIVATIVES.digest != ""
    assert made.submission == submission(source).digest != ""
    assert graded(DERIVATIVES, source + "\n", sandbox).submission != made.submission
    fault = fault_report(DERIVATIVES, submission(source), "landlock")
    assert (fault.grader, fault.rubric, fault.submission) == (made.grader, made.rubric, made.submission)


def test_numbers_expected_are_told_only_where_the_rubric_lets_them_out(sandbox):
    (task,) = (e for e in DERIVATIVES.exercises if e.function == "predict")
    source = "def predict(X, w, b):\n    return X @ w - b"
    for reveal in ("nothing", "difference", "answer"):
        open_homework = replace(DERIVATIVES, exercises=(replace(task, reveal=reveal),))
        example = graded(open_homework, source, sandbox).exercises[0].verdicts[0].example
        assert (example.expected is not None) == (reveal == "answer")
        assert np.isfinite(float(example.got.strip("[]").split(",")[0]))


class _Sure(rules.Minibatches):
    """A rule of somebody's own that names a mistake on every check, and calls the first ones right."""

    def begin(self, trial):
        names = list(trial.exercise.points)
        found = {name: Finding(name != names[-1], "So it is.", "a_mistake") for name in names}
        return lambda: (found, [])


def test_no_mistake_is_named_beside_a_check_that_has_its_points(sandbox):
    (task,) = (each for each in SGD.exercises if each.function == "minibatches")
    homework = SGD.with_only(replace(task, rule=_Sure()))
    cells = ("def minibatches(n, batch_size, rng):\n    pass\n",)
    (made,) = grade(homework, Submission("Ada", cells, "x.py"), sandbox, SECRET).exercises
    named = [verdict.misconception for verdict in made.verdicts]
    assert named == [None] * (len(named) - 1) + ["a_mistake"]
    assert 0 < made.score < made.max_score


def test_what_came_of_an_exercise_is_dropped_once_it_is_judged(monkeypatch):
    class Outcomes:
        """In the place of megabytes."""

    held, alive = [], []

    def start(_homework, _exercise, *_others):
        outcomes = Outcomes()
        held.append(weakref.ref(outcomes))

        def finish():
            alive.append(sum(each() is not None for each in held))
            return outcomes and "a report", 0

        return finish

    monkeypatch.setattr(grading, "_start", start)
    exercises = [SimpleNamespace(function=name) for name in ("f", "g", "h")]
    session = SimpleNamespace(printed=lambda: "")
    reports, *_ = grading._judge_all(SimpleNamespace(exercises=exercises), None, session, b"")
    assert reports == dict.fromkeys("fgh", "a report")
    assert alive == [3, 2, 1]
