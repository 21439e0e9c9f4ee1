"""What the referee computes for a submission has bounds: by size, by memory, and by processor time."""

import time

import numpy as np
import pytest
from ordinary_user import ROOT

from autograder.course import load_homework
from autograder.grading import grade
from autograder.sandbox.answering import Answering, LateError
from autograder.sandbox.host import Fault, Limits, Raised, Returned, Sandbox
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.room import measured, room_for, too_large
from autograder.submission import Submission

NETWORK = load_homework("neural_network", ROOT)
# Bodies of choose_lambda(X_train, y_train, X_val, y_val, lambdas, fit, loss): each asks for far too much.
ASKED = {
    "a fit of many features": "fit(np.ones((1, 10_000)), np.ones(1), 0.1)",
    "a fit of many examples": "fit(np.ones((100_000, 4)), np.ones(100_000), 0.1)",
    "a fit of more dimensions": "fit(np.ones((9, 9, 9, 9)), np.ones(9), 0.1)",
    "a fit of lists": "fit([[1.0] * 3000], [1.0], 0.1)",
    "a fit of a list of rows": "fit([np.ones(4)] * 20_000, np.ones(20_000), 0.1)",
    "a fit by name": "fit(X=np.ones((1, 8_000)), y=np.ones(1), lam=0.1)",
    "a fit with many λ": "fit(X_train, y_train, np.ones(1_000_000))",
    "a fit with a long text": "fit(X_train, y_train, 'x' * 10_000_000)",
    "a fit with a dict": "fit(X_train, y_train, {str(k): 1.0 for k in range(50_000)})",
    "a loss of an outer product": "loss(np.ones((5_000, 1)), np.ones((1, 5_000)), np.ones(1), 0.0)",
    "a loss of many weights": "loss(np.ones((1, 60_000)), np.ones(1), np.ones(60_000), 0.0)",
}
# Bodies of mlp_gradient(X, y, W1, b1, w2, b2), where `f` is the referee's own mlp_forward.
STOOD_IN = {
    "an outer product": "f(np.ones((N, 1)), np.ones((1, N)), np.ones(N), np.ones(N), 0.0)",
    "an outer product by name": (
        "f(X=np.ones((N, 1)), W1=np.ones((1, N)), b1=np.ones(N), w2=np.ones(N), b2=0.0)"
    ),
    "three axes": "f(np.ones((300, 1, 1)), np.ones((1, 300)), np.ones((300, 1, 1)), np.ones(300), 0.0)",
    "one across another": "f(np.ones((1, N)), np.ones((N, 1)), np.ones((N, 1)), np.ones((1, N)), 0.0)",
    "empty sides": "f(np.ones((N, 0)), np.ones((0, N)), np.ones(N), np.ones(N), 0.0)",
    "long vectors": "f(np.ones(N * 50), np.ones(N * 50), np.ones(N * 50), np.ones(N * 50), np.ones(N * 50))",
}


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox("auto", Limits(call_seconds=0.5)) as made:
        yield made


def peak():
    """The most memory this process has had at once, in bytes, since it was last asked for."""
    with open("/proc/self/status") as file:
        kilobytes = next(line.split()[1] for line in file if line.startswith("VmHWM"))
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")
    return int(kilobytes) << 10


def judged(sandbox, source):
    peak()
    before, began = peak(), time.process_time()
    made = grade(
        NETWORK, Submission("Eve", ("import numpy as np\n" + source,), "x.py"), sandbox, b"for tests"
    )
    assert "grader_fault" not in {exercise.status for exercise in made.exercises}
    assert peak() - before < 200 << 20
    return {exercise.name: exercise for exercise in made.exercises}, time.process_time() - began


@pytest.mark.parametrize("name", ASKED)
def test_a_callback_that_asks_for_too_much_is_refused(sandbox, name):
    body = (
        f"def choose_lambda(X_train, y_train, X_val, y_val, lambdas, fit, loss):\n    return {ASKED[name]}\n"
    )
    found, seconds = judged(sandbox, body)
    assert found["choose_lambda"].score == 0
    said = found["choose_lambda"].verdicts[0].message
    assert "RefusedError: it was called with" in said or "cannot be called" in said, said
    assert seconds < 5


@pytest.mark.parametrize("name", STOOD_IN)
def test_a_stand_in_that_is_asked_for_too_much_refuses(sandbox, name):
    source = f"""
N = 12_000
refused = []
def mlp_forward(X, W1, b1, w2, b2):
    return np.zeros(len(X))
def mlp_gradient(X, y, W1, b1, w2, b2):
    f = mlp_forward
    if np.any(f(X, W1, b1, w2, b2)):  # not its own
        try:
            {STOOD_IN[name]}
        except ValueError as error:
            refused.append(str(error))
    return W1 * 0, b1 * 0, w2 * 0, float(len(refused))
"""
    found, seconds = judged(sandbox, source)
    assert found["mlp_gradient"].score == 0
    assert seconds < 5


def test_what_right_functions_ask_for_has_room():
    calls = [(np.ones((14, 9)), np.ones(14), np.ones((40, 9)), np.ones(40), np.ones(17))]
    room = room_for(calls)
    both = np.ones((54, 9)), np.ones(54), 0.5  # training and validation set in one
    with_ones = np.ones((14, 10)), np.ones(14), 0.5
    lists = np.ones((40, 9)).tolist(), [1.0] * 40, 0.5
    one_row = np.ones((1, 9)), np.ones((1, 1)), [0.5]
    for asked in (both, with_ones, lists, one_row):
        assert too_large(asked, room) == ""


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ((np.ones((1, 10_000)), np.ones(1), 0.1), "numbers"),
        ((np.ones((1, 900)), np.ones(1), 0.1), "a side of 900"),
        (([[1.0] * 4000], [1.0], 0.1), "numbers"),
        ((np.ones((2, 2, 2)), np.ones(2), 0.1), "3 dimensions"),
        ((np.ones((3, 2)), np.ones(3), "x" * 10_000), "numbers"),
        ((np.ones((3, 2)), np.ones(3), {str(k): 1.0 for k in range(50_000)}), "numbers"),
    ],
)
def test_what_no_right_function_asks_for_is_refused_before_anything_is_computed(asked, why):
    room = room_for([(np.ones((14, 9)), np.ones(14), np.ones((40, 9)), np.ones(40))])
    assert why in too_large(asked, room)


@pytest.mark.parametrize(
    ("value", "numbers", "side", "dimensions"),
    [
        (1.0, 1, 0, 0),
        (None, 1, 0, 0),
        (np.ones((2, 3)), 6, 3, 2),
        (np.zeros((0, 500)), 500, 500, 2),
        ("abc", 3, 0, 0),
        ([1.0, 2.0], 2, 2, 1),
        ([[1.0, 2.0], [3.0, 4.0]], 6, 2, 2),
        ([np.ones(5)] * 3, 18, 5, 2),
        ((np.ones(5), 2.0), 7, 5, 1),
        ({"a": np.ones(5)}, 6, 5, 1),
    ],
)
def test_a_value_is_as_large_as_all_that_is_in_it(value, numbers, side, dimensions):
    found = measured(value)
    assert (found.numbers, found.side, found.dimensions) == (numbers, side, dimensions)


def frame_of(answering, function, *arguments, room=None):
    asked = (0, arguments, {})
    data = answering.answer(asked, [function], room or room_for([arguments]))
    _, kind = wire.header(data)
    return kind, wire.Decoder().decode(data[wire.HEADER_SIZE :])


def test_an_answer_that_takes_too_much_memory_is_refused_and_the_limit_is_taken_back():
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    large = np.ones((2000, 1))
    kind, said = frame_of(Answering(Limits()), lambda a, b: np.ones((40_000, 40_000)) * a[0], large, large.T)
    assert kind == wire.REFUSAL
    assert "too little memory" in said
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def spin(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass
    return 0.0


def test_the_time_of_answers_counts_for_a_call_and_for_the_whole_submission():
    answering = Answering(Limits(call_seconds=0.02, total_seconds=1))
    with pytest.raises(LateError, match=r"0\.02 seconds"):
        frame_of(answering, spin, 0.03)
    answering.begin()
    assert frame_of(answering, spin, 0.001)[0] == wire.ANSWER
    whole = Answering(Limits(call_seconds=9.0, total_seconds=1), spent=0.999)
    with pytest.raises(LateError, match="1 seconds"):
        frame_of(whole, spin, 0.005)


def test_a_call_whose_answers_take_too_long_is_stopped(sandbox):
    code = "def f(g):\n    while True: g(0.05)\ndef h(x): return x"
    with sandbox.session([code]) as session:
        (stopped,) = session.call("f", [(spin,)])
        assert isinstance(stopped, Fault)
        assert stopped.kind == "timeout"
        assert session.call("h", [(2.0,)]) == [Returned(2.0)]


def test_what_is_refused_says_why(sandbox):
    with sandbox.session(["import numpy as np\ndef f(g): return g(np.ones((3000, 1)))"]) as session:
        (outcome,) = session.call("f", [(len,)])
    assert isinstance(outcome, Raised)
    assert "3,001 numbers" in outcome.message
