"""Commands as processes of their own, without the seconds in which Python loads what they need.

A server loads `autograder` and nbgrader once; each command is a fork of it, with a folder, an environment,
an output and an exit status of its own. It runs what the command's script runs.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, BinaryIO

_ROOT = Path(__file__).parents[1]
_LOADED = (
    *("autograder.cli", "autograder.grading_run", "autograder.release", "autograder.solution"),
    *("autograder.handbook", "autograder.audit", "autograder.preview", "autograder.scaffold"),
    *("autograder.nbgrader.steps", "nbgrader.apps.nbgraderapp", "nbgrader.converters", "nbgrader.plugins"),
)


def run(
    *words: Any,
    cwd: Path = _ROOT,
    env: Mapping[str, str] | None = None,
    timeout: float = 300,
) -> subprocess.CompletedProcess[str]:
    """Run a command of this environment, such as ``autograder`` or ``nbgrader``.

    Parameters
    ----------
    words
        Its name and its arguments.
    cwd, env
        The folder and the whole environment that it starts in.
    timeout
        Seconds after which it is ended, and `subprocess.TimeoutExpired` raised.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        request = {
            "words": [str(word) for word in words],
            "cwd": str(cwd),
            "env": dict(os.environ if env is None else env),
            "pid": os.getpid(),
            "files": [out.fileno(), err.fileno()],
            "timeout": timeout,
        }
        server = _server()
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps(request) + "\n")
        server.stdin.flush()
        status = json.loads(server.stdout.readline())
        if status is None:
            raise subprocess.TimeoutExpired(request["words"], timeout)
        return subprocess.CompletedProcess(request["words"], status, _read(out), _read(err))


def _read(file: BinaryIO) -> str:
    file.seek(0)
    return file.read().decode()


@cache
def _server() -> subprocess.Popen[str]:
    command = [sys.executable, str(Path(__file__))]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(server.communicate)  # it ends where its input ends
    return server


# ------------------------------------------------------------------------------------ in the server


def _serve() -> dict[str, Any] | None:
    """Answer requests until there are none; in a child, the request that it is to run."""
    for name in _LOADED:
        __import__(name)
    from autograder.course import homework_names, load_homework

    for name in homework_names(_ROOT):
        load_homework(name, _ROOT)  # what SymPy worked out once, it knows
    gc.freeze()  # a fork leaves alone what was loaded, and so copies none of it
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            return request
        print(json.dumps(_wait(child, request["timeout"])), flush=True)
    return None


def _wait(child: int, seconds: float) -> int | None:
    """A child's exit status, or None where it took too long and was ended."""
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(child, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    _, status = os.waitpid(child, 0)
    late = not signal.getitimer(signal.ITIMER_REAL)[0]
    signal.setitimer(signal.ITIMER_REAL, 0)
    return None if late else os.waitstatus_to_exitcode(status)


def _begin(request: dict[str, Any]) -> None:
    """Make a fork of the server what a new process would be."""
    os.setpgid(0, 0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, file in enumerate(request["files"], start=1):
        os.dup2(os.open(f"/proc/{request['pid']}/fd/{file}", os.O_WRONLY), number)
    sys.stdin = os.fdopen(0, closefd=False)
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    sys.argv = request["words"]


def _main() -> Any:
    request = _serve()
    if request is None:
        return 0
    _begin(request)
    (script,) = entry_points(group="console_scripts", name=request["words"][0])
    return script.load()()


if __name__ == "__main__":
    sys.path.pop(0)  # this folder
    sys.exit(_main())
