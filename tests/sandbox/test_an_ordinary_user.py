"""The sandbox as a user without any rights starts it, and as root gives its rights up."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from autograder.sandbox.inside import lockdown

CODE = "import os, numpy as np\ndef f(x): return os.getuid(), float(np.sum(x))"
ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
sys.path[:0] = {paths!r}
from autograder.sandbox import selftest
from autograder.sandbox.host import Sandbox
with Sandbox({level!r}) as sandbox:
    selftest.insist(sandbox)
    with sandbox.session([{code!r}]) as session:
        (outcome,) = session.call("f", [([1.0, 2.0],)])
        print(outcome.value)
"""


def readable_by_others(path: str) -> bool:
    return lockdown._readable_by_others(os.path.realpath(path))


def interpreter() -> str:
    """A Python of this version that any user may run: this one, or the system's."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/bin/{name}", f"/usr/local/bin/{name}"):
        found = shutil.which(candidate)
        if found and readable_by_others(os.path.dirname(os.path.realpath(found))):
            return found
    pytest.skip("no Python of this version lies where an ordinary user may read it")


def run(level: str, user: int | None) -> str:
    packages = str(Path(np.__file__).parents[1])
    for place in (packages, str(ROOT)):
        if not readable_by_others(place):
            pytest.skip(f"{place} may not be read by an ordinary user")
    program = PROGRAM.format(paths=[str(ROOT), packages], level=level, code=CODE)
    done = subprocess.run(
        [interpreter(), "-I", "-B", "-c", program],
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
        assert run(level, 65534) == "(65534, 3.0)"
    else:
        expected = 65534 if level == "namespaces" else os.geteuid()
        assert run(level, None) == f"({expected}, 3.0)"


@pytest.mark.slow
@pytest.mark.parametrize("level", ["namespaces", "landlock"])
def test_root_becomes_nobody_where_python_may_be_read_by_all(level: str) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root has rights to give up")
    assert run(level, None) == "(65534, 3.0)"
