"""The sandbox as a user without any rights starts it, and as root gives its rights up."""

import os
import subprocess

import pytest
from ordinary_user import NOBODY, command

CODE = "import os, numpy as np\ndef f(x): return os.getuid(), float(np.sum(x))"
PROGRAM = """
from autograder.sandbox import selftest
from autograder.sandbox.host import Sandbox
with Sandbox({level!r}) as sandbox:
    selftest.insist(sandbox)
    with sandbox.session([{code!r}]) as session:
        (outcome,) = session.call("f", [([1.0, 2.0],)])
        print(outcome.value)
"""


def run(level: str, user: int | None) -> str:
    done = subprocess.run(
        command(PROGRAM.format(level=level, code=CODE)),
        capture_output=True, text=True, timeout=60, check=False, cwd="/",
        user=user, group=user, extra_groups=[] if user is not None else None,
    )  # fmt: skip
    if done.returncode and ("SandboxError" in done.stderr or "ModuleNotFoundError" in done.stderr):
        last = done.stderr.strip().splitlines()[-1]
        if "not run here without" in last or "ModuleNotFoundError" in last:
            pytest.skip(last)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.slow
@pytest.mark.parametrize("level", ["namespaces", "landlock"])
def test_an_ordinary_user_has_both_levels(level: str) -> None:
    if os.geteuid() == 0:
        assert run(level, NOBODY) == "(65534, 3.0)"
    else:
        expected = 65534 if level == "namespaces" else os.geteuid()
        assert run(level, None) == f"({expected}, 3.0)"


@pytest.mark.slow
@pytest.mark.parametrize("level", ["namespaces", "landlock"])
def test_root_becomes_nobody_where_python_may_be_read_by_all(level: str) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root has rights to give up")
    assert run(level, None) == "(65534, 3.0)"
