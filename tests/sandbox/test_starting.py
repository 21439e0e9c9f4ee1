"""No number of statements that never end, crash or sleep loses a good function, and each is told."""

import signal
import time
from collections.abc import Iterator
from typing import Any

import pytest

from autograder.sandbox import child as children
from autograder.sandbox.child import Child
from autograder.sandbox.host import Code, Fault, Limits, Returned, Sandbox, Session
from autograder.sandbox.session import Session as AnySession

GOOD = "import numpy as np\ndef f(x):\n    return np.sum(x) + 1.0"
LOOP = "while True:\n    pass"
SLEEP = "import time\ntime.sleep(1e6)"
CRASH = "import ctypes; ctypes.string_at(0)"
EXIT = "import os; os._exit(3)"
ASKS = "while True:\n    try:\n        input()\n    except EOFError:\n        pass"


def loaded(sandbox: Sandbox, *cells: str, **more: Any) -> Session:
    return sandbox.session(Code(cells, notebook=True, wanted=("f",), **more))


def result(session: Session, *arguments: Any) -> Any:
    (outcome,) = session.call("f", [arguments])
    assert isinstance(outcome, Returned), outcome
    return outcome.value


def told(session: Session) -> list[tuple[int, int]]:
    return [(problem.cell, problem.line) for problem in session.loaded.problems]


@pytest.fixture(scope="module")
def quick() -> Iterator[Sandbox]:
    """One in which a loop is stopped soon, and sleeping not much later."""
    with Sandbox("auto", Limits(call_seconds=0.15, patience=3.0, total_seconds=20)) as sandbox:
        yield sandbox


@pytest.mark.slow
@pytest.mark.parametrize(
    ("bad", "count", "where"),
    [
        (LOOP, 12, "after"),
        (LOOP, 5, "before"),
        (LOOP, 5, "between"),
        (CRASH, 1, "before"),
        (CRASH, 12, "between"),
        (EXIT, 12, "before"),
        (EXIT, 6, "after"),
        (ASKS, 5, "between"),
        (SLEEP, 5, "before"),
        (SLEEP, 1, "after"),
    ],
)
def test_bad_cells_cost_a_good_function_nothing(quick: Sandbox, bad: str, count: int, where: str) -> None:
    some = [bad] * count
    cells = {"before": [*some, GOOD], "after": [GOOD, *some], "between": [*some[:2], GOOD, *some[2:]]}[where]
    with loaded(quick, *cells) as session:
        assert result(session, [1.0, 2.0]) == 4.0
        assert all("no function that is judged needs it" in p.message or "the rest was not run" in p.message
                   for p in session.loaded.problems)  # fmt: skip
        places = {cell for cell, _ in told(session)}
        assert places <= {k for k, cell in enumerate(cells, 1) if cell == bad}
        # on a busy machine the time for cells that nobody needs may be over before the last of them
        whole = not any("the rest was not run" in p.message for p in session.loaded.problems)
        if bad in (LOOP, CRASH, EXIT) and whole:
            assert places == {k for k, cell in enumerate(cells, 1) if cell == bad}


def test_cells_that_take_long_together_are_all_run(quick: Sandbox) -> None:
    busy = "import time\nt = time.process_time()\nwhile time.process_time() - t < 0.08: pass"
    with loaded(quick, GOOD, *[busy] * 4, "print('the end')") as session:
        assert result(session, [1.0]) == 2.0
        assert session.loaded.problems == ()
        assert session.printed() == "the end\n"


def test_what_a_function_needs_is_run_however_slow_the_others_are(quick: Sandbox) -> None:
    cells = [
        "table = {}",
        LOOP,
        "for k in range(3):\n    table[k] = k * k",
        "offset = sum(table.values())",
        LOOP,
        "def helper(x):\n    return table[x] + offset",
        "def f(x):\n    return 0",
        "def f(x):\n    return helper(x)",
    ]
    with loaded(quick, *cells) as session:
        assert result(session, 2) == 4 + 5
        assert told(session) == [(2, 1), (5, 1)]


def test_the_last_definition_counts_though_a_loop_stands_before_it(quick: Sandbox) -> None:
    with loaded(quick, "def f(x): return 1", LOOP, "def f(x): return 2", LOOP, "f(3)") as session:
        assert result(session, 0) == 2


def test_a_name_that_a_loop_would_have_computed_is_missing_and_nothing_else(quick: Sandbox) -> None:
    cells = [f"def g():\n    {LOOP.replace(chr(10), chr(10) + '    ')}", "n = g()", "def h(): return n", GOOD]
    with quick.session(Code(tuple(cells), notebook=True, wanted=("f", "h"))) as session:
        assert result(session, [1.0]) == 2.0
        assert told(session) == [(2, 1)]
        assert "needs it" not in session.loaded.problems[0].message
        assert "NameError" in str(session.call("h", [()])[0])


def test_many_needed_statements_that_never_end_leave_the_plain_definitions(quick: Sandbox) -> None:
    bad = [f"n = {k}\nwhile True: n += 1" for k in range(9)]
    with loaded(quick, *bad, "def f(x): return n if x else 7") as session:
        assert result(session, 0) == 7


@pytest.mark.parametrize(
    "files",
    [
        (("own.py", f"{LOOP}\ndef g(x):\n    return x + 1\n{LOOP}\n"),),
        (
            ("own.py", f"import other\n{LOOP}\nfrom other import g\n"),
            ("other.py", "def g(x): return x + 1\n"),
        ),
        (("own.py", f"N = len('a')\n{CRASH}\ndef g(x): return x + N\n"),),
    ],
)
def test_the_same_holds_in_files_that_are_imported(quick: Sandbox, files: Any) -> None:
    with loaded(quick, "from own import g", LOOP, "def f(x): return g(x)", files=files) as session:
        assert result(session, 1) == 2
        assert (2, 1) in told(session)


@pytest.mark.parametrize(
    "cell",
    [
        "f'" + "{a}" * 150_000 + "'",
        "a;" * 1_000_000,
        "x = " + "[" * 190 + "1" + "]" * 190,
        "(" * 150 + ")" * 140,
        "def g(:\n" * 2000,
    ],
    ids=["f-string", "semicolons", "brackets", "brackets left open", "definitions that are none"],
)
def test_a_cell_that_takes_long_to_parse_loses_itself_alone(quick: Sandbox, cell: str) -> None:
    with loaded(quick, cell, GOOD) as session:
        assert result(session, [1.0]) == 2.0


def test_errors_of_cells_after_one_that_never_ends_are_told(quick: Sandbox) -> None:
    with loaded(quick, "1 / 0", GOOD, LOOP, "undefined", "a = 1", "a + undefined\nprint(a)") as session:
        assert [(p.cell, p.message.split()[0]) for p in session.loaded.problems] == [
            (1, "ZeroDivisionError:"),
            (3, "it"),
            (4, "NameError:"),
            (6, "NameError:"),
        ]
        assert session.printed() == "1\n"


def test_a_name_that_is_no_function_any_more_is_told_though_a_loop_stands_before(quick: Sandbox) -> None:
    with loaded(quick, GOOD, LOOP, "f = f([1.0])") as session:
        assert "f" not in session.loaded.functions
        assert session.loaded.lost["f"].cell == 3


def test_a_process_that_is_needed_again_loads_the_same(quick: Sandbox) -> None:
    with loaded(quick, GOOD, LOOP, "print('after')") as session:
        before = session.loaded
        for _ in range(3):
            assert result(session, [1.0]) == 2.0
            session.restart()
        assert session.loaded == before
        assert session.printed() == "after\n"


# ------------------------------------------------------------------------- confirm before blame


@pytest.mark.parametrize(
    "place", [(5, 0), (2, 1), (3, 1)], ids=["reading the last cell", "a good cell", "a loop"]
)
def test_a_pause_of_the_machine_hides_no_cell_and_blames_none(
    quick: Sandbox, monkeypatch: pytest.MonkeyPatch, place: tuple[int, int]
) -> None:
    receive, paused = Child.receive, []

    def receive_late(child: Child) -> Any:
        kind, value = receive(child)
        if kind == children.wire.STARTING and tuple(value[:2]) == place and not paused:
            paused.append(place)
            raise children.EndedError("timeout", "it was stopped after 1 second of waiting", unsure=True)
        return kind, value

    monkeypatch.setattr(Child, "receive", receive_late)
    with loaded(quick, CRASH, "print('x')", LOOP, GOOD, "1 / 0") as session:
        assert result(session, [1.0]) == 2.0
        assert session.printed() == "x\n"
        assert paused
        assert told(session) == [(1, 1), (3, 1), (5, 1)]
        assert "ZeroDivisionError" in session.loaded.problems[-1].message


class Fragile:
    """A sandbox of which some children are ended from outside when they are asked for the n-th time."""

    def __init__(self, sandbox: Sandbox, when: dict[int, int], number: int = signal.SIGKILL) -> None:
        self._sandbox, self._when, self._number = sandbox, when, number
        self.limits, self.deadline, self.made = sandbox.limits, sandbox.deadline, 0

    def child(self) -> Child:
        self.made += 1
        made, left = self._sandbox.child(), self._when.get(self.made)
        if left is not None:
            self._end(made, left)
        return made

    def _end(self, made: Child, left: int) -> None:
        real = made.send
        asked = 0

        def send(frame: bytes) -> None:
            nonlocal asked
            asked += 1
            if asked > left:
                assert made._handle is not None
                signal.pidfd_send_signal(made._handle, self._number)
            real(frame)

        made.send = send  # type: ignore[method-assign]


@pytest.mark.parametrize("left", [0, 1, 2, 3])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGQUIT])
def test_a_child_that_is_killed_from_outside_costs_nothing(sandbox: Sandbox, left: int, number: int) -> None:
    fragile = Fragile(sandbox, {1: left}, number)
    asked: list[float] = []

    def double(x: float) -> float:
        asked.append(x)
        return 2 * x

    code = "def f(g, x):\n    return g(x) + g(x + 1)"
    with AnySession(fragile, Code((code,), wanted=("f",))) as session:
        outcomes = session.call("f", [(double, 1.0), (double, 5.0)])
    assert [each.value for each in outcomes if isinstance(each, Returned)] == [6.0, 22.0]
    assert asked == [1.0, 2.0, 5.0, 6.0]  # whoever listens hears each question once
    assert session.loaded.problems == ()


def test_a_child_that_is_killed_twice_costs_its_call(sandbox: Sandbox) -> None:
    fragile = Fragile(sandbox, {1: 1, 2: 1})
    with AnySession(fragile, Code(("def f(): return 1",), wanted=("f",))) as session:
        (outcome,) = session.call("f", [()])
        assert isinstance(outcome, Fault)
        assert "SIGKILL" in outcome.detail
        assert session.call("f", [()]) == [Returned(1)]


def test_who_asks_something_else_the_second_time_is_not_believed(sandbox: Sandbox) -> None:
    fragile = Fragile(sandbox, {1: 2})
    code = "import time\ndef f(g):\n    g(time.time_ns() % 1e9)\n    return g(0.0)"
    with AnySession(fragile, Code((code,), wanted=("f",))) as session:
        (outcome,) = session.call("f", [(lambda x: x,)])
    assert isinstance(outcome, Fault)
    assert "SIGKILL" in outcome.detail


def test_a_clock_that_jumps_costs_nothing(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the machine was suspended, or so busy that it ran nothing else."""
    with loaded(sandbox, "import time\ndef f(x):\n    time.sleep(0.1)\n    return x") as session:
        jumped = 0.0
        real = time.monotonic
        child = session._child
        assert child is not None

        def clock() -> float:
            return real() + jumped

        monkeypatch.setattr(children.time, "monotonic", clock)
        real_poll, jumps = child._poll, iter([20.0])

        class Poll:
            def poll(self, timeout: float = 0.0) -> Any:
                nonlocal jumped
                jumped += next(jumps, 0.0)
                return real_poll.poll(0)

            def modify(self, *args: Any) -> None:
                real_poll.modify(*args)

        child._poll = Poll()  # type: ignore[assignment]
        assert session.call("f", [(3,)]) == [Returned(3)]


def test_a_fault_by_the_clock_stands_when_it_comes_again(quick: Sandbox) -> None:
    with loaded(quick, "def f(x):\n    while x: pass\n    return x") as session:
        (outcome,) = session.call("f", [(1,)])
        assert isinstance(outcome, Fault)
        assert outcome.kind == "timeout"
        assert result(session, 0) == 0


def test_idle_time_before_a_call_buys_no_processor_time(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    with loaded(sandbox, "def f(x):\n    while x: pass\n    return x") as session:
        assert result(session, 0) == 0
        real, idle = time.monotonic, 10.0
        monkeypatch.setattr(children.time, "monotonic", lambda: real() + idle)
        (outcome,) = session.call("f", [(1,)])
        assert isinstance(outcome, Fault)
        assert outcome.detail == "it was stopped after 0.3 seconds"
