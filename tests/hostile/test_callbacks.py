"""Functions that are handed callables of the referee's, and abuse them."""

import numpy as np
import pytest
from ordinary_user import ROOT

from autograder.course import load_homework
from autograder.grading import grade
from autograder.sandbox import levels
from autograder.sandbox.host import Limits, Raised, Returned, Sandbox
from autograder.submission import Submission

SGD = load_homework("sgd", ROOT)
MINIBATCHES = """
import numpy as np

def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError
    order = rng.permutation(n)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]

kept = []
"""
# Each is a body of sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient), and what the report must say of it.
ABUSES = {
    "called without end": ("while True: gradient(X, y, w, b)", "stopped after"),
    "called without end, whatever it raises": (
        "while True:\n        try: gradient(5)\n        except BaseException: pass",
        "stopped after",
    ),
    "called with a gigabyte": (
        "gradient(np.zeros((1000, 1000, 1000)), y, w, b)",
        "MemoryError|allocate|MB|side",
    ),
    "called with what is no array": ("return gradient({'X': None}, [[1], [2, 3]], print, b)", "raised"),
    "called with itself": (
        "return gradient(gradient, gradient, gradient, gradient)",
        "cannot be called with",
    ),
    "called by names that there are none of": ("return gradient(**{'__class__': 1, 'self': 2})", "raised"),
    "called with NaN and infinity": ("return gradient(X * np.inf, y * np.nan, w, b)", "no order"),
    "called with nothing": ("return gradient(np.zeros((0, 3)), np.zeros(0), w, b)", "raised|wrong|finite"),
    "answered by a forger": (
        "import os, struct\n    os.write(3, struct.pack('<IB', 1, 16) + b'N')\n    return w, b",
        "invalid reply",
    ),
    "called by a number that was never given": (
        "import os, struct\n    text = b't' + struct.pack('<I', 3) + b'i' + struct.pack('<q', 99)"
        " + b't' + struct.pack('<I', 0) + b'm' + struct.pack('<I', 0)\n"
        "    os.write(3, struct.pack('<IB', len(text), 16) + text)\n    return w, b",
        "invalid reply",
    ),
}


@pytest.fixture(scope="module", params=["namespaces", "landlock"])
def sandbox(request):
    try:
        made = Sandbox(request.param, Limits(call_seconds=0.3))
    except levels.SandboxError as error:
        pytest.skip(f"level {request.param} cannot be had here: {error}")
    with made:
        yield made


def judged(sandbox, source):
    made = grade(SGD, Submission("Eve", (MINIBATCHES + source,), "x.py"), sandbox, b"for tests only")
    assert "grader_fault" not in {exercise.status for exercise in made.exercises}
    return {exercise.name: exercise for exercise in made.exercises}, made


@pytest.mark.parametrize("name", ABUSES)
def test_an_abused_callback_earns_nothing_and_harms_nobody(sandbox, name):
    body, says = ABUSES[name]
    found, _ = judged(sandbox, f"def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):\n    {body}\n")
    assert found["sgd_epoch"].score == 0
    assert found["minibatches"].status == "passed"
    message = found["sgd_epoch"].verdicts[0].message
    assert any(word in message for word in says.split("|")), message


def test_a_callable_that_was_kept_is_of_no_use_in_another_call(sandbox):
    source = """
kept = []
def keep(f): kept.append(f)
def use(x): return kept[0](x)
def both(g, x): return kept[0](x)
"""
    with sandbox.session([source]) as session:
        session.call("keep", [(lambda x: 42.0,)])
        (alone,) = session.call("use", [(1.0,)])
        # it is asked once more, in a process that has kept nothing
        assert isinstance(alone, Raised)
        assert alone.kinds[0] == "IndexError"
        (again,) = session.call("both", [(lambda x: -1.0, 1.0)])
        assert isinstance(again, Raised)
        session.call("keep", [(lambda x: 42.0,)])
        (instead,) = session.call("both", [(lambda x: -1.0, 1.0)])
        assert instead == Returned(-1.0)  # what may be called now, not what could be called then


def test_a_generator_of_the_referees_gives_its_own_numbers_only(sandbox):
    source = """
def minibatches(n, batch_size, rng):
    rng.bit_generator.state = np.random.default_rng(0).bit_generator.state
    order = rng.permutation(n)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]
"""
    found, _ = judged(sandbox, source)
    assert found["minibatches"].status != "passed"
    assert np.isfinite(found["minibatches"].score)
