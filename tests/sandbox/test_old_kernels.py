"""On kernels whose Landlock knows no truncating (5.13 to 6.1) a file that may only be read stays as it is."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sandbox import levels, selftest
from autograder.sandbox.host import Fault, Limits, Raised, Returned, Sandbox

CONTENT = "what a library holds"
TOOLS = (
    "import ctypes, os, struct\n"
    "libc = ctypes.CDLL(None, use_errno=True)\n"
    "libc.syscall.restype = ctypes.c_long\n"
    "def c(result):\n"
    "    if result < 0: raise OSError(ctypes.get_errno(), 'refused')\n"
    "    return result\n"
    "R, W, B = os.O_RDONLY, os.O_WRONLY, os.O_RDWR\n"
    "how = struct.pack('<QQQ', os.O_TRUNC, 0, 0)\n"
    "def reads(v, folder): return open(v).read()\n"
)
ATTEMPTS = [
    "os.open(v, R | os.O_TRUNC)",
    "os.open(v, R | os.O_TRUNC | os.O_NONBLOCK | os.O_CLOEXEC)",
    "os.open(v, R | os.O_CREAT | os.O_TRUNC, 0o600)",
    "os.open(v, R | os.O_APPEND)",
    "os.open(v, W)",
    "os.open(v, W | os.O_TRUNC)",
    "os.open(v, B)",
    "os.open(v, 3 | os.O_TRUNC)",
    "os.open(os.path.basename(v), R | os.O_TRUNC, dir_fd=os.open(folder, R | os.O_DIRECTORY))",
    "os.open(folder, W | os.O_TMPFILE)",
    "os.open(v + '.new', R | os.O_CREAT)",
    "open(v, 'w')",
    "open(v, 'r+')",
    "open(v, 'a')",
    "c(libc.open(v.encode(), os.O_TRUNC))",
    "c(libc.openat(-100, v.encode(), os.O_TRUNC))",
    "c(libc.creat(v.encode(), 0o600))",
    "c(libc.syscall(437, -100, v.encode(), how, 24))",  # openat2
    "c(libc.truncate(v.encode(), 0))",
    "c(libc.ftruncate(os.open(v, R), 0))",
    "os.truncate(v, 0)",
    "os.ftruncate(os.open(v, R), 0)",
    "c(libc.fallocate(os.open(v, R), 3, 0, 4))",
]


@pytest.fixture(params=[1, 2, 3, 4])
def old(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Sandbox, Path]]:
    """A sandbox whose kernel seems to have an old Landlock, and a file that may be read in it."""
    if not any(layer.name == "Landlock" and layer.holds for layer in levels.layers()):
        pytest.skip("no Landlock on this machine")
    folder = Path(tempfile.mkdtemp(prefix="victim-"))
    victim = folder / "victim"
    victim.write_text(CONTENT)
    folder.chmod(0o777)
    victim.chmod(0o666)
    real = levels.command

    def command(level: levels.Level, control: int) -> tuple[list[str], dict[str, str]]:
        words, environment = real(level, control)
        config = json.loads(words[-1])
        config["readable"].append(str(folder))
        capped = f"import inside.lockdown as l; l.landlock_version = lambda: {request.param}; main(int"
        return [
            *words[:-3],
            words[-3].replace("main(int", capped),
            words[-2],
            json.dumps(config),
        ], environment

    monkeypatch.setattr(levels, "command", command)
    try:
        with Sandbox("landlock", Limits(call_seconds=1.0, patience=20.0)) as sandbox:
            yield sandbox, victim
    finally:
        shutil.rmtree(folder)


def test_nothing_empties_or_changes_a_file_that_may_be_read(old: tuple[Sandbox, Path]) -> None:
    sandbox, victim = old
    attempts = "".join(f"def attempt{k}(v, folder):\n    return {line}\n" for k, line in enumerate(ATTEMPTS))
    where = (str(victim), str(victim.parent))
    with sandbox.session([TOOLS + attempts]) as session:
        (read,) = session.call("reads", [where])
        assert isinstance(read, Returned)
        assert read.value == CONTENT
        for k, line in enumerate(ATTEMPTS):
            (outcome,) = session.call(f"attempt{k}", [where])
            assert not isinstance(outcome, Fault), line
            assert isinstance(outcome, Raised), line
            assert "OSError" in outcome.kinds, (line, outcome)
            assert victim.read_text() == CONTENT, line
    assert sorted(os.listdir(victim.parent)) == ["victim"]


def test_the_self_test_gets_through_nowhere(old: tuple[Sandbox, Path]) -> None:
    assert selftest.breaches(old[0]) == []
