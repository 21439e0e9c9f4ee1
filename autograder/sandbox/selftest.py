"""Tries what the sandbox must forbid, and says what succeeded: run before every batch."""

from __future__ import annotations

import contextlib
import os
import tempfile

from autograder.sandbox.host import Raised, Sandbox
from autograder.sandbox.levels import SandboxError

# Each attempt is a function that returns when it got through. OSError is how every layer refuses.
_WRITTEN = "/tmp/autograder-self-test"
_READ = "read a file that everyone may read"
_ATTEMPTS = {
    _READ: "open(path).read()",
    "write a file": f"open({_WRITTEN!r}, 'w').close()",
    "empty a file that it may only read": "import os; os.open('/dev/null', os.O_RDONLY | os.O_TRUNC)",
    "open a socket": "__import__('socket').socket()",
    "start a process": "__import__('os').fork() or __import__('os')._exit(0)",
    "run a program": "__import__('os').execv('/bin/true', ['true'])",
    "send a signal": "__import__('os').kill(1, 0)",
}


def breaches(sandbox: Sandbox) -> list[str]:
    """What a submission could do in this sandbox that it must not, in words; empty where it holds."""
    functions = [f"def attempt{k}(path):\n    {code}\n" for k, code in enumerate(_ATTEMPTS.values())]
    got_through = []
    with tempfile.NamedTemporaryFile("w", prefix="canary-") as canary:
        canary.write("a secret")
        canary.flush()
        # it is the sandbox that has to refuse, not the file; another user may read what anybody may
        os.fchmod(canary.fileno(), 0o600 if sandbox.level == "user" else 0o644)
        with sandbox.session(["\n".join(functions)]) as session:
            for k, words in enumerate(_ATTEMPTS):
                (outcome,) = session.call(f"attempt{k}", [(canary.name,)])
                if not (isinstance(outcome, Raised) and "OSError" in outcome.kinds):
                    is_roots = words == _READ and sandbox.level == "user"
                    got_through.append("read a file that is root's alone" if is_roots else words)
    if "write a file" in got_through:
        with contextlib.suppress(OSError):
            os.unlink(_WRITTEN)
    return got_through


def insist(sandbox: Sandbox) -> None:
    """Refuse to go on where the sandbox does not hold; the level ``none`` promises nothing.

    Raises
    ------
    SandboxError
        Naming what got through.
    """
    if sandbox.level == "none":
        return
    found = breaches(sandbox)
    if found:
        raise SandboxError(
            f"The sandbox ({sandbox.level}) let a test program {', '.join(found)}. "
            "No submission is run like this: see `autograder doctor`."
        )
