"""What calls of a submission give: values, callbacks, form, and one bad call never costs another."""

import select
import sys
from typing import Any

import numpy as np
import pytest

from autograder.sandbox.host import (
    Fault,
    Limits,
    Outcome,
    Raised,
    Returned,
    Sandbox,
    Session,
    Unsendable,
    prepare,
)
from autograder.sandbox.inside.wire import Constant, RandomGenerator


def one(sandbox: Sandbox, code: str, *arguments: Any, bind: Any = None) -> Outcome:
    """The outcome of calling the submission's function ``f`` once."""
    with sandbox.session([code]) as session:
        (outcome,) = session.call("f", [arguments], bind)
        return outcome


def value(outcome: Outcome) -> Any:
    assert isinstance(outcome, Returned), outcome
    return outcome.value


def fault(outcome: Outcome) -> Fault:
    assert isinstance(outcome, Fault), outcome
    return outcome


def still_works(session: Session) -> bool:
    (outcome,) = session.call("sound", [(2.0,)])
    return isinstance(outcome, Returned) and outcome.value == 3.0


SOUND = "def sound(x):\n    return x + 1\n"


# ------------------------------------------------------------------------------------- values


@pytest.mark.parametrize(
    "sent",
    [None, True, 3, -2.5, float("inf"), "text é", (1, (2.0, "x")), [1, [None]], {"a": {"b": [1.5]}}],
)
def test_plain_values_go_there_and_back(any_sandbox: Sandbox, sent: Any) -> None:
    got = value(one(any_sandbox, "f = lambda x: x", sent))
    assert got == sent
    assert type(got) is type(sent)


@pytest.mark.parametrize("dtype", ["f8", "i8", "?", "f4"])
def test_arrays_go_there_and_back_with_shape_and_dtype(any_sandbox: Sandbox, dtype: str) -> None:
    sent = np.arange(12).reshape(3, 4).astype(dtype)
    got = value(one(any_sandbox, "def f(x): return x.copy()", sent))
    assert got.dtype == sent.dtype
    np.testing.assert_array_equal(got, sent)


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("(i for i in range(3))", "a generator, which is not a list"),
        ("map(abs, [1])", "a map, which is not a list"),
        ("f", "a function instead of its result"),
        ("1j", "a complex number"),
        ("np.array([1j])", "complex numbers"),
        ("2**70", "an integer of more than 64 bits"),
        ("{1, 2}", "a value of type set"),
        ("np.array(['a'])", "an array of dtype <U1"),
        ("np.ma.masked_array([1.0, 2.0], [0, 1])", "a masked array, in which values are missing"),
        ("np.array([1.0, None])", "an array with None in it"),
        ("np.array(['1', 2.0], dtype=object)", "an array with a string in it"),
        ("object()", "a value of type object"),
        ("np.zeros(3 * 10**6).reshape(3, -1)", "a value of 22 MB"),
        ("np.zeros((2**31, 0))", "an array with a side of 2147483648"),
    ],
)
def test_a_value_that_cannot_cross_fails_only_that_call(sandbox: Sandbox, code: str, what: str) -> None:
    text = f"import numpy as np\ndef f(bad):\n    return {code} if bad else 1.0"
    with sandbox.session([text]) as session:
        before, wrong, after = session.call("f", [(False,), (True,), (False,)])
    assert isinstance(wrong, Unsendable)
    assert what in wrong.what
    assert value(before) == value(after) == 1.0


def test_a_value_that_fails_when_it_is_read_says_so(sandbox: Sandbox) -> None:
    code = "class L(list):\n    def __getitem__(self, k): raise OSError('no')\ndef f(): return L([1])"
    outcome = one(sandbox, code)
    assert isinstance(outcome, Unsendable)
    assert "fails when it is read (OSError: no)" in outcome.what


def test_subclasses_of_numbers_and_arrays_arrive_as_what_they_hold(sandbox: Sandbox) -> None:
    code = (
        "import numpy as np, enum, fractions\n"
        "class E(enum.IntEnum):\n    A = 3\n"
        "class Equal(np.ndarray):\n    def __eq__(self, other): return True\n"
        "def f(): return E.A, fractions.Fraction(1, 2), range(2), np.ones(2).view(Equal), np.matrix([1.0])"
    )
    number, half, indices, equal, matrix = value(one(sandbox, code))
    assert (number, half, indices) == (3, 0.5, [0, 1])
    assert type(number) is int
    assert type(equal) is np.ndarray
    assert type(matrix) is np.ndarray
    assert matrix.shape == (1, 1)


def test_sequences_and_masked_arrays_arrive_as_the_values_they_hold(sandbox: Sandbox) -> None:
    code = (
        "import numpy as np, array, collections\n"
        "def f(): return (array.array('d', [1.0, 2.5]), collections.deque([np.ones(2), 3]),"
        " np.ma.masked_array([1.0, 2.0]), np.ma.masked_invalid(np.arange(2)))"
    )
    doubles, queue, masked, whole = value(one(sandbox, code))
    assert doubles == [1.0, 2.5]
    assert queue[0].tolist() == [1.0, 1.0]
    assert queue[1] == 3
    assert masked.tolist() == [1.0, 2.0]
    assert whole.tolist() == [0, 1]


def test_a_loop_costs_itself_alone_however_much_waits_behind_it(sandbox: Sandbox) -> None:
    code = (
        "import numpy as np\n"
        "def before(x): return x\n"
        "def endless(x):\n    while True: pass\n"
        "def behind(X): return X.sum()"
    )
    much = [(np.ones((400, 300)),)] * 5  # far more than a socket holds
    with sandbox.session([code]) as session:
        sent = [
            session.send(prepare(name, calls))
            for name, calls in (("before", [(1.0,)]), ("endless", [(1.0,)]), ("behind", much))
        ]
        first, (loop,), last = map(session.collect, sent)
    assert [value(outcome) for outcome in first] == [1.0]
    assert isinstance(loop, Fault)
    assert loop.kind == "timeout"
    assert [value(outcome) for outcome in last] == [120_000.0] * 5


def test_what_a_call_prints_is_kept_and_cut(sandbox: Sandbox) -> None:
    with sandbox.session(["print('loading')\ndef f(n):\n    print('x' * n)\n    return n"]) as session:
        assert [value(o) for o in session.call("f", [(3,), (10**7,)])] == [3, 10**7]
        printed = session.printed()
        assert printed.startswith("loading\nxxx\n")
        assert len(printed.encode()) <= sandbox.limits.output
        assert value(session.call("f", [(1,)])[0]) == 1


def test_output_in_small_pieces_beyond_the_limit_is_dropped_without_an_error(sandbox: Sandbox) -> None:
    code = "def f():\n    for _ in range(2000): print('y' * 999)\n    print('end')\n    return 1"
    with sandbox.session([code]) as session:
        assert value(session.call("f", [()])[0]) == 1
        assert len(session.printed().encode()) <= sandbox.limits.output


# -------------------------------------------------------------------------------------- form


def test_arguments_are_copies_and_a_change_is_seen(sandbox: Sandbox) -> None:
    X = np.ones(3)
    with sandbox.session(["def f(a, b):\n    b[0] = 9.0\n    return b.sum()"]) as session:
        first, second = session.call("f", [(1.0, X), (1.0, X)])
    assert (value(first), value(second)) == (11.0, 11.0)
    assert isinstance(first, Returned)
    assert first.changed == (1,)
    np.testing.assert_array_equal(X, np.ones(3))


@pytest.mark.parametrize(
    ("body", "shares"),
    [
        ("return x", "argument"),
        ("return 1.0, x[1:]", "argument"),
        ("return x.copy()", ""),
        ("return KEPT", "earlier result"),
        ("return [x * 2, x + 1]", ""),
        ("return x[::2][:0]", ""),
    ],
)
def test_what_a_result_shares_memory_with_is_seen(sandbox: Sandbox, body: str, shares: str) -> None:
    code = f"import numpy as np\nKEPT = np.zeros(3)\ndef f(x):\n    {body}"
    with sandbox.session([code]) as session:
        outcomes = session.call("f", [(np.ones(3),), (np.ones(3),)])
    assert isinstance(outcomes[-1], Returned)
    assert outcomes[-1].shares == shares


def test_warnings_are_seen_whatever_filters_are_set_and_each_call_has_its_own(sandbox: Sandbox) -> None:
    code = (
        "import warnings, numpy as np\nwarnings.filterwarnings('ignore')\nwarnings.simplefilter('ignore')\n"
        "def f(z): return np.exp(z)"
    )
    with sandbox.session([code]) as session:
        quiet, loud, again, last = session.call("f", [(np.array([z]),) for z in (0.0, 1e4, 1e4, 0.0)])
    assert [len(o.warnings) for o in (quiet, loud, again, last) if isinstance(o, Returned)] == [0, 1, 1, 0]
    assert isinstance(loud, Returned)
    assert "RuntimeWarning: overflow" in loud.warnings[0]


def test_silencing_numpy_for_the_whole_process_is_seen_and_undone(sandbox: Sandbox) -> None:
    code = (
        "import numpy as np\n"
        "def f(z, how):\n"
        "    if how == 1: np.seterr(all='ignore')\n"
        "    if how == 2:\n"
        "        with np.errstate(all='ignore'): return np.exp(z)\n"
        "    return np.exp(z)"
    )
    z = np.array([1e4])
    with sandbox.session([code]) as session:
        silenced, local, after = session.call("f", [(z, 1), (z, 2), (z, 0)])
    assert isinstance(silenced, Returned)
    assert isinstance(local, Returned)
    assert isinstance(after, Returned)
    assert (silenced.silenced, silenced.warnings) == (True, ())
    assert (local.silenced, local.warnings) == (False, ())
    assert (after.silenced, len(after.warnings)) == (False, 1)
    with sandbox.session(["import numpy as np\nnp.seterr(all='ignore')\nf = 1"]) as session:
        assert session.loaded.silenced


def test_a_random_generator_lives_on_from_call_to_call(sandbox: Sandbox) -> None:
    expected = np.random.default_rng(5)
    draws = [expected.random() for _ in range(3)]
    with sandbox.session(["def f(rng): return rng.random()"]) as session:
        got = session.call("f", [(RandomGenerator(1, 5),), (RandomGenerator(1, 5),)])
        got += session.call("f", [(RandomGenerator(1, 5),), (RandomGenerator(2, 5),)])
    assert [value(o) for o in got] == [*draws, draws[0]]


def test_exceptions_come_with_their_kinds_message_and_line(sandbox: Sandbox) -> None:
    cells = ["import numpy as np", "class Own(KeyError): pass\n\ndef f(x):\n    y = x\n    raise Own('why')"]
    with sandbox.session(cells) as session:
        (outcome,) = session.call("f", [(1,)])
    assert isinstance(outcome, Raised)
    assert outcome.kinds[:2] == ("Own", "KeyError")
    assert outcome.message == "'why'"
    assert (outcome.place, outcome.line, outcome.function) == ("cell 2", 5, "f")
    assert outcome.text == "raise Own('why')"


@pytest.mark.parametrize(
    "code",
    [
        "def f(): return f()",
        "def f():\n    class E(Exception):\n        def __str__(self): raise ValueError\n    raise E",
        "def f(): raise SystemExit(3)",
        "def f(): raise KeyboardInterrupt",
        "def f(): raise GeneratorExit",
        "def f(): exec('x' * 10**6 + '(')",
    ],
)
def test_whatever_is_raised_the_child_lives_on(sandbox: Sandbox, code: str) -> None:
    with sandbox.session([code + "\nprinted = []\n" + SOUND]) as session:
        (outcome,) = session.call("f", [()])
        assert isinstance(outcome, Raised)
        assert still_works(session)


# --------------------------------------------------------------------------------- callbacks


def test_callables_call_back_to_the_referee(sandbox: Sandbox) -> None:
    asked = []

    def gradient(X: Any, *, scale: float) -> Any:
        asked.append(X.copy())
        return {"dw": (X * scale, [1, None]), "db": True}

    code = (
        "import numpy as np\n"
        "def f(g):\n    r = g(np.ones(2), scale=3.0)\n    return r['dw'][0], r['dw'][1], r['db']"
    )
    got, nested, flag = value(one(sandbox, code, gradient))
    np.testing.assert_array_equal(got, [3.0, 3.0])
    assert (nested, flag, len(asked)) == ([1, None], True, 1)


@pytest.mark.parametrize(
    ("call", "kinds", "words"),
    [
        ("g()", ("RefusedError", "ValueError"), "was called without x"),
        ("g(1, 2, 3)", ("RefusedError", "ValueError"), "takes 1 argument; it was given 3"),
        ("g('a')", ("RefusedError", "ValueError"), "no number"),
        ("g(0)", ("RefusedError", "ValueError"), "ZeroDivisionError"),
        ("g(object())", ("TypeError",), "a value of type object"),
        ("g(g)", ("TypeError",), "a function instead of its result"),
    ],
)
def test_a_refused_callback_raises_in_the_submission_and_can_be_caught(
    sandbox: Sandbox, call: str, kinds: tuple[str, ...], words: str
) -> None:
    def reciprocal(x: Any) -> float:
        if isinstance(x, str):
            raise ValueError("no number")
        return 1.0 / x

    outcome = one(sandbox, f"def f(g): return {call}", reciprocal)
    assert isinstance(outcome, Raised)
    assert outcome.kinds[: len(kinds)] == kinds
    assert words in outcome.message
    caught = f"def f(g):\n    try: return {call}\n    except Exception: return g(2)"
    assert value(one(sandbox, caught, reciprocal)) == 0.5


def test_the_names_bound_for_a_call_are_the_submissions_own_again_after_it(sandbox: Sandbox) -> None:
    code = "def helper(x): return x\ndef f(x): return helper(x)"
    with sandbox.session([code]) as session:
        bound = session.call("f", [(1.0,)], {"helper": lambda x: x + 10})
        own = session.call("f", [(1.0,)])
    assert [value(o) for o in (*bound, *own)] == [11.0, 1.0]


def test_a_constant_gives_new_arrays_and_asks_nobody(sandbox: Sandbox) -> None:
    code = "def f(g):\n    for k in range(5):\n        v, x = g(k, a=1)\n        v *= 2\n    return v, x, g()"
    v, x, (again, _) = value(one(sandbox, code, Constant((np.array([1.0, 2.0]), 0.5))))
    assert v.tolist() == [2.0, 4.0]
    assert (x, again.tolist()) == (0.5, [1.0, 2.0])


# ----------------------------------------------------------------- what ends a child, and what lives on

DEADLY = {
    "an endless loop": ("while True: pass", "timeout", "stopped after 0.3 seconds"),
    "an endless loop in C": ("sum(iter(int, 1))", "timeout", "stopped after 0.3 seconds"),
    "an endless loop that catches all": (
        "while True:\n        try:\n            while True: pass\n        except BaseException: pass",
        "timeout",
        "stopped after 0.3 seconds",
    ),
    "endless callbacks": ("while True: x(1)", "timeout", "stopped after"),
    "os._exit": ("import os; os._exit(0)", "died", "exit code 0"),
    "another exit code": ("import os; os._exit(42)", "died", "exit code 42"),
    "a crash in C": ("import ctypes; ctypes.string_at(0)", "died", "SIGSEGV"),
    "abort": ("import os; os.abort()", "died", "its process"),
    "an alarm": (
        "import signal, time; signal.setitimer(signal.ITIMER_REAL, 0.05); time.sleep(5)",
        "died",
        "SIGALRM",
    ),
    "the channel closed": ("import os, time; os.close(3); time.sleep(5)", "died", "its process"),
    "a gigabyte": ("b = bytearray(1 << 30)", "raised", "MemoryError"),
    "more memory than there is": ("import numpy; numpy.ones(10**12)", "raised", "MemoryError"),
    "recursion without end": ("return f(x)", "raised", "RecursionError"),
    "recursion in C": (
        "import sys; sys.setrecursionlimit(10**9); return max([x], key=f)",
        *(("died", "SIGSEGV") if sys.version_info < (3, 12) else ("raised", "RecursionError")),
    ),
}


@pytest.mark.parametrize("name", DEADLY)
def test_a_deadly_call_costs_its_batch_and_no_other(sandbox: Sandbox, name: str) -> None:
    code, kind, words = DEADLY[name]
    text = f"def f(x):\n    {code}\n" + SOUND
    with sandbox.session([text]) as session:
        assert still_works(session)
        (outcome,) = session.call("f", [(lambda k: k,)])
        if kind == "raised":
            assert isinstance(outcome, Raised)
            assert any(words in word for word in outcome.kinds)
        else:
            assert fault(outcome).kind == kind
            assert words in fault(outcome).detail
        assert still_works(session)


def test_after_a_deadly_call_the_rest_of_its_batch_shares_the_fault(sandbox: Sandbox) -> None:
    code = "import os\ndef f(x):\n    if x == 1: os._exit(7)\n    return x\n"
    with sandbox.session([code]) as session:
        outcomes = session.call("f", [(0,), (1,), (2,)])
        # the first call's reply may have been on its way still
        assert [fault(o).detail for o in outcomes[1:]] == ["it ended the whole process (exit code 7)"] * 2
        assert value(session.call("f", [(2,)])[0]) == 2


@pytest.mark.slow
def test_sleeping_ends_when_patience_does(sandbox: Sandbox) -> None:
    with Sandbox(sandbox.level, Limits(call_seconds=0.3, patience=1.5)) as impatient:
        outcome = one(impatient, "def f():\n    __import__('time').sleep(60)")
    assert fault(outcome).kind == "timeout"
    assert "0.45 seconds of waiting" in fault(outcome).detail


@pytest.mark.slow
def test_a_submission_that_is_always_a_little_slow_ends_at_its_deadline(sandbox: Sandbox) -> None:
    limits = Limits(call_seconds=0.3, patience=0.5, total_seconds=1)
    with (
        Sandbox(sandbox.level, limits) as impatient,
        impatient.session(["import time\ndef f(): time.sleep(0.05)"]) as session,
    ):
        batches = [session.send(prepare("f", [()] * 50)) for _ in range(4)]
        outcomes = [outcome for batch in batches for outcome in session.collect(batch)]
        assert isinstance(outcomes[0], Returned)
        assert fault(outcomes[-1]).detail == "the whole submission was stopped after 0.5 seconds"
        assert fault(session.call("f", [()])[0]).kind == "timeout"


def test_results_that_fill_the_referees_memory_are_cut_off(sandbox: Sandbox) -> None:
    code = "import numpy as np\ndef f(): return np.zeros((1000, 1000))\n" + SOUND
    with sandbox.session([code]) as session:
        outcomes = session.call("f", [()] * 20)
        assert isinstance(outcomes[0], Returned)
        assert "results take more than 48 MB" in fault(outcomes[-1]).detail
        assert still_works(session)


def test_where_all_functions_return_much_each_is_sure_of_a_share(sandbox: Sandbox) -> None:
    names = [f"f{k}" for k in range(6)]
    large = "\n".join(f"def {name}(): return np.zeros((1000, 1000))" for name in names)
    modest = "def modest(k): return np.full((300, 300), k)\n"
    with sandbox.session(["import numpy as np\n" + large + "\n" + modest + SOUND]) as session:
        batches = [session.send(prepare(name, [()] * 20)) for name in names]
        right = session.send(prepare("modest", [(float(k),) for k in range(12)]))
        outcomes = [session.collect(batch) for batch in batches]
        kept = [sum(isinstance(each, Returned) for each in batch) for batch in outcomes]
        assert sum(kept) * 8 < 200  # megabytes
        allowed = {fault(batch[-1]).detail.rpartition("more than ")[2] for batch in outcomes}
        assert allowed == {"48 MB", "12 MB"}
        assert [value(each)[0, 0] for each in session.collect(right)] == list(range(12))
        assert still_works(session)


def test_restarting_forgets_what_was_called_before(sandbox: Sandbox) -> None:
    with sandbox.session(["seen = []\ndef f():\n    seen.append(1)\n    return len(seen)"]) as session:
        assert [value(o) for o in session.call("f", [(), ()])] == [1, 2]
        session.restart()
        assert value(session.call("f", [()])[0]) == 1


# --------------------------------------------------------------------------------- loading


def test_statements_that_fail_while_loading_leave_the_others(any_sandbox: Sandbox) -> None:
    cells = ["import numpy as np\nx = undefined\ny = 1\ndef g(:\n    pass\n", "def f(): return y\n1 / 0"]
    with any_sandbox.session(cells) as session:
        assert value(session.call("f", [()])[0]) == 1
        problems = [(p.cell, p.line, p.message.split(":")[0]) for p in session.loaded.problems]
        assert problems == [(1, 2, "NameError"), (1, 4, "SyntaxError"), (2, 2, "ZeroDivisionError")]
        assert {"f", "g"} <= session.loaded.functions
        (broken,) = session.call("g", [()])
    assert isinstance(broken, Raised)
    assert broken.kinds[0] == "SyntaxError"


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("while True: pass", "stopped after 0.3 seconds"),
        ("import os; os._exit(3)", "exit code 3"),
        ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
    ],
)
def test_a_statement_that_ends_the_child_while_loading_is_left_out(
    sandbox: Sandbox, statement: str, words: str
) -> None:
    with sandbox.session([f"print('once')\n{statement}\n{SOUND}"]) as session:
        assert still_works(session)
        assert [words in problem.message for problem in session.loaded.problems] == [True]
        assert session.printed().count("once") <= 2


def test_future_imports_hold_for_the_statements_after_them(sandbox: Sandbox) -> None:
    cells = ["from __future__ import annotations", "def f(x: undefined) -> nothing:\n    return x"]
    with sandbox.session(cells) as session:
        assert session.loaded.problems == ()
        assert value(session.call("f", [(1,)])[0]) == 1


def test_missing_packages_are_named(sandbox: Sandbox) -> None:
    with sandbox.session(["import torch\nfrom scipy import stats\n" + SOUND]) as session:
        messages = [problem.message for problem in session.loaded.problems]
        assert still_works(session)
    assert messages == [f"ModuleNotFoundError: No module named '{name}'" for name in ("torch", "scipy")]


def test_plotting_is_inert_and_fails_nowhere(sandbox: Sandbox) -> None:
    code = (
        "import matplotlib, seaborn as sns\nimport matplotlib.pyplot as plt\n"
        "from IPython.display import display\n"
        "from mpl_toolkits.mplot3d import Axes3D\nfrom matplotlib import cm, animation\n"
        "plt.style.use('ggplot')\nplt.rcParams['figure.figsize'] = (8, 6)\n"
        "fig, ax = plt.subplots()\nfig, (a, b) = plt.subplots(1, 2, figsize=(9, 3))\n"
        "fig, [[c, d], [e, g]] = plt.subplots(nrows=2, ncols=2)\nax.plot([1], [2], 'r--', label='x')\n"
        "with plt.xkcd(): plt.show()\nfor line in ax.lines: pass\nax.set(xlabel='a')\nfig.tight_layout()\n"
        "get_ipython().run_line_magic('matplotlib', 'inline')\nget_ipython().system('ls')\ndisplay(fig)\n"
        + SOUND
    )
    with sandbox.session([code]) as session:
        assert [problem.message for problem in session.loaded.problems] == []
        assert still_works(session)


def test_a_submission_of_nothing_is_loaded(any_sandbox: Sandbox) -> None:
    for cells in ([], [""], ["# only a comment"], ["\0"], ["é" * 1000]):
        with any_sandbox.session(cells) as session:
            (outcome,) = session.call("f", [()])
            assert isinstance(outcome, Raised)
            assert outcome.kinds[0] == "KeyError"


# --------------------------------------------------------------------------- requests in a row


def test_batches_sent_after_a_fault_still_get_their_results(sandbox: Sandbox) -> None:
    code = (
        "import os\ndef deadly(x):\n    if x: os._exit(1)\n    return x\ndef asks(g, x): return g(x)\n"
        + SOUND
    )
    with sandbox.session([code]) as session:
        sent = [
            session.send(prepare("sound", [(1.0,), (2.0,)])),
            session.send(prepare("asks", [(lambda x: x * 10, 1.0), (lambda x: x * 20, 1.0)])),
            session.send(prepare("deadly", [(0,), (1,), (0,)])),
            session.send(prepare("sound", [(3.0,)])),
            session.send(prepare("deadly", [(1,)])),
            session.send(prepare("asks", [(lambda x: x + 0.5, 1.0)])),
            session.send(prepare("sound", [(4.0,)])),
        ]
        last = session.collect(sent[-1])  # the earlier ones are collected on the way
        first, asked, dead, second, dead_again, asked_again = (session.collect(b) for b in sent[:-1])
    assert [value(o) for o in (*first, *asked, *second, *asked_again, *last)] == [2, 3, 10, 20, 4, 1.5, 5]
    assert [type(o) for o in dead_again] == [Fault]
    assert isinstance(dead[1], Fault)
    assert isinstance(dead[2], Fault)


def test_a_function_that_never_comes_back_is_not_tried_for_every_batch(sandbox: Sandbox) -> None:
    code = "def f(x):\n    while True: pass\n" + SOUND
    with sandbox.session([code]) as session:
        batches = [session.send(prepare("f", [(1,)] * 3)) for _ in range(10)]
        batches.append(session.send(prepare("sound", [(1.0,)])))
        outcomes = [session.collect(batch) for batch in batches]
    assert all(fault(o).kind == "timeout" for some in outcomes[:-1] for o in some)
    assert value(outcomes[-1][0]) == 2.0


def test_large_requests_and_replies_pass_each_other(sandbox: Sandbox) -> None:
    X = np.ones((500, 500))
    with sandbox.session(["def f(x): return x + 1"]) as session:
        batches = [session.send(prepare("f", [(X,)])) for _ in range(12)]  # more than any buffer holds
        for batch in batches:
            np.testing.assert_array_equal(value(session.collect(batch)[0]), X + 1)


def test_the_zygote_outlives_hundreds_of_children(sandbox: Sandbox) -> None:
    for k in range(60):
        code = "import os\ndef f(x):\n    if x % 3 == 0: os._exit(1)\n    return x"
        outcome = one(sandbox, code, k)
        assert isinstance(outcome, Fault) if k % 3 == 0 else value(outcome) == k


def test_a_child_that_dies_while_more_is_sent_takes_nothing_with_it(sandbox: Sandbox) -> None:
    text = "import os\ndef f(x):\n    return x\ndef g():\n    os._exit(3)\n"
    with sandbox.session([text]) as session:
        before = [session.send(prepare("f", [(float(k),)] * 5)) for k in range(3)]
        deadly = session.send(prepare("g", [()]))
        child = session._child
        assert child is not None
        hung_up = select.poll()
        hung_up.register(child._socket, 0)
        assert hung_up.poll(10_000)  # it is dead, and nothing of what it replied has been read
        after = [session.send(prepare("f", [(np.ones(500),)] * 5)) for _ in range(3)]
        for batch in before + after:
            assert all(isinstance(outcome, Returned) for outcome in session.collect(batch))
        assert [fault(outcome).kind for outcome in session.collect(deadly)] == ["died"]


def test_what_all_of_numpy_imports_is_imported_once_for_all_later_children(sandbox: Sandbox) -> None:
    has = "import sys\ndef f(): return 'numpy.testing' in sys.modules"
    with Sandbox(sandbox.level) as fresh:
        assert value(one(fresh, has)) is False
        assert value(one(fresh, f"from numpy import *\n{has}")) is True
        assert value(one(fresh, has)) is True
