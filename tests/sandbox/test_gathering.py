"""Replies that wait for each other come in their order, whole, and each to its own call."""

from typing import Any

import numpy as np
import pytest

from autograder.sandbox.host import Raised, Returned, Sandbox, Unsendable, prepare

WATCHED = pytest.mark.parametrize("watched", [True, False])


def values(outcomes: Any) -> list[Any]:
    return [each.value if isinstance(each, Returned) else type(each) for each in outcomes]


@WATCHED
def test_many_values_are_more_than_one_frame_takes(sandbox: Sandbox, watched: bool) -> None:
    with sandbox.session(["def f(k): return [None] * (60_000 + k)\n"]) as session:
        batch = session.send(prepare("f", [(k,) for k in range(8)], watched=watched))
        outcomes = session.collect(batch)
    assert [len(each) for each in values(outcomes)] == [60_000 + k for k in range(8)]


@WATCHED
def test_what_failed_stands_at_its_place(sandbox: Sandbox, watched: bool) -> None:
    code = (
        "def f(k, x):\n"
        "    if k % 4 == 1: raise ValueError(k)\n"
        "    if k % 4 == 2: return object()\n"
        "    if k % 4 == 3: x += 1\n"
        "    return k\n"
    )
    with sandbox.session([code]) as session:
        calls = [(k, np.zeros(2)) for k in range(40)]
        outcomes = session.collect(session.send(prepare("f", calls, watched=watched)))
    assert values(outcomes) == [(k, Raised, Unsendable, k)[k % 4] for k in range(40)]
    changed = [each.changed for each in outcomes if isinstance(each, Returned)]
    assert changed == [(1,) if watched and k % 4 == 3 else () for k in range(40) if k % 4 in (0, 3)]


@WATCHED
def test_requests_that_wait_together_share_no_replies(sandbox: Sandbox, watched: bool) -> None:
    code = "def f(k): return k\ndef g(k): return -k\n"
    with sandbox.session([code]) as session:
        sent = [
            session.send(prepare("fg"[n % 3 == 0], [(100 * n + k,) for k in range(n)], watched=watched))
            for n in range(1, 9)
        ]
        found = [values(session.collect(batch)) for batch in sent]
    assert found == [[(100 * n + k) * (-1 if n % 3 == 0 else 1) for k in range(n)] for n in range(1, 9)]


@WATCHED
def test_a_value_that_is_too_large_costs_its_call(sandbox: Sandbox, watched: bool) -> None:
    code = "import numpy as np\ndef f(k): return np.zeros(1_000_000 if k else (3, 1 << 20))\n"
    with sandbox.session([code]) as session:
        outcomes = session.collect(session.send(prepare("f", [(0,), (1,)], watched=watched)))
    assert isinstance(outcomes[0], Unsendable)
    assert "24 MB, more than the 16 MB that can be sent" in outcomes[0].what
    assert isinstance(outcomes[1], Returned)


@WATCHED
def test_a_value_that_fails_when_it_is_read_costs_its_call(sandbox: Sandbox, watched: bool) -> None:
    code = (
        "import decimal\n"
        "class Odd(decimal.Decimal):\n"
        "    def __float__(self): raise ZeroDivisionError('no')\n"
        "Odd.__name__ = 'Decimal'\n"
        "def f(k): return Odd(1) if k else 2.0\n"
    )
    with sandbox.session([code]) as session:
        odd, fine = session.collect(session.send(prepare("f", [(1,), (0,)], watched=watched)))
    assert isinstance(odd, Unsendable)
    assert "fails when it is read (ZeroDivisionError: no)" in odd.what
    assert values([fine]) == [2.0]
