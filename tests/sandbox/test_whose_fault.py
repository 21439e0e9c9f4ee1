"""A call that ends its process takes no reply of an earlier call with it."""

import pytest

from autograder.sandbox.host import Fault, Limits, Returned, Sandbox, prepare

ENDS = {
    "loops": "while True: pass",
    "sleeps": "__import__('time').sleep(100)",
    "exits": "__import__('os')._exit(0)",
    "crashes": "__import__('ctypes').string_at(0)",
    "takes all memory": "__import__('ctypes').memset(0, 0, 1 << 40)",
}
QUICK = Limits(call_seconds=0.3, patience=2.0)


@pytest.mark.parametrize("watched", [True, False])
@pytest.mark.parametrize("way", ENDS)
def test_the_calls_before_it_have_what_they_returned(way: str, watched: bool) -> None:
    source = f"def f(k):\n    if k == 3:\n        {ENDS[way]}\n    return k\n"
    with Sandbox(limits=QUICK) as sandbox, sandbox.session([source]) as session:
        for _ in range(2):  # also when it is asked later, in another process
            batch = session.send(prepare("f", [(k,) for k in range(6)], watched=watched))
            outcomes = session.collect(batch)
            assert [each.value for each in outcomes[:3] if isinstance(each, Returned)] == [0, 1, 2]
            assert [type(each) for each in outcomes[3:]] == [Fault] * 3
