"""The trusted side: a zygote at a level of the sandbox, and the children it forks.

`session` talks to one submission, `child` to one process; what can come of a call is in `outcomes`.
"""

from __future__ import annotations

import json
import math
import re
import socket
import subprocess
from collections import deque
from collections.abc import Sequence
from typing import Any, Self

from autograder.sandbox import levels
from autograder.sandbox.child import Child
from autograder.sandbox.levels import Level, SandboxError
from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import (
    Code,
    Fault,
    FaultKind,
    Loaded,
    Lost,
    Outcome,
    Problem,
    Raised,
    Returned,
    Unsendable,
)
from autograder.sandbox.session import Batch, Request, Session, prepare

__all__ = [
    "Batch",
    "Code",
    "Fault",
    "FaultKind",
    "Limits",
    "Loaded",
    "Lost",
    "Outcome",
    "Problem",
    "Raised",
    "Request",
    "Returned",
    "Sandbox",
    "SandboxError",
    "Session",
    "Unsendable",
    "prepare",
]


# What makes a submission import all of NumPy.
_ALL_OF_NUMPY = re.compile(r"from[ \t]+(numpy|pylab|matplotlib\.pylab)[ \t]+import[ \t]*\*|%pylab")


class Sandbox:
    """A zygote at a level of the sandbox, and the children it forks: one at a time.

    Parameters
    ----------
    level
        ``auto``, ``namespaces``, ``landlock``, ``user`` or ``none``; see `autograder.sandbox.levels`.
    limits
        What each submission may use.

    Attributes
    ----------
    deadline
        When the next submission has to be done, by ``time.monotonic``, if that is sooner than its limits say.

    Raises
    ------
    SandboxError
        When the level cannot be had on this machine.
    """

    def __init__(self, level: str = "auto", limits: Limits | None = None) -> None:
        self.level: Level = levels.choose(level)
        self.limits = limits or Limits()
        self.deadline = math.inf
        self._spare: Child | None = None
        self._is_warm = False
        self._beginnings: deque[tuple[int, int | None]] = deque()
        self._endings: dict[int, dict[str, Any]] = {}
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        arguments, environment = levels.command(self.level, theirs.fileno())
        self._process = subprocess.Popen(
            arguments,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
        theirs.close()
        self.control.settimeout(60)
        if not self.control.recv(1 << 16):
            assert self._process.stderr is not None
            reason = self._process.stderr.read().decode("utf-8", "replace").strip().splitlines()[-1:]
            self.close()
            raise SandboxError(
                f"The sandbox ({self.level}) did not start: {''.join(reason) or 'no reason given'}. "
                "`autograder doctor` tells what this machine offers."
            )

    def session(self, code: Code | Sequence[str]) -> Session:
        """Load a submission's code, or its cells alone, in a new child; see `Session`."""
        made = code if isinstance(code, Code) else Code(tuple(code))
        if not self._is_warm and any(_ALL_OF_NUMPY.search(cell) for cell in made.cells):
            self._warm_up()
        return Session(self, made)

    def _warm_up(self) -> None:
        """Let the children that are forked from now on have what ``from numpy import *`` imports: it takes a
        fifth of a second, which each submission with this line would pay for itself."""
        self._is_warm = True
        self._ask({"everything": True})

    def child(self) -> Child:
        """A new child, and one more on the way: forking goes on while the last one is judged."""
        child = self._spare or Child(self)
        self._spare = None
        child.wait_until_ready()
        self._spare = Child(self)
        return child

    def fork(self, descriptors: Sequence[int]) -> None:
        """Ask the zygote for a child with these descriptors."""
        self._ask({"limits": self.limits.resources()}, descriptors)

    def _ask(self, request: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
        try:
            socket.send_fds(self.control, [json.dumps(request).encode()], list(descriptors))
        except OSError as error:
            raise SandboxError(f"The sandbox's process broke down: {error}. Run the command again.") from None

    def started(self) -> tuple[int, int | None]:
        """The process id, inside, of the child that was asked for first, and a handle of it."""
        while not self._beginnings:
            self._listen()
        pid, handle = self._beginnings.popleft()
        self._endings.pop(pid, None)  # of an earlier child that had this number
        return pid, handle

    def ending(self, pid: int) -> dict[str, Any]:
        """How a child ended, once it has: its ``status`` and its processor seconds ``cpu``."""
        while pid not in self._endings:
            self._listen()
        return self._endings.pop(pid)

    def _listen(self) -> None:
        """Take in the zygote's next message: of a child that has begun, or of one that has ended."""
        try:
            text, handles, _, _ = socket.recv_fds(self.control, 4096, 1)
            message = json.loads(text)
            if "started" in message:
                self._beginnings.append((message["started"], handles[0] if handles else None))
            else:
                self._endings[message["ended"]] = message
        except (OSError, ValueError, KeyError) as error:
            raise SandboxError(f"The sandbox's process broke down: {error}. Run the command again.") from None

    def close(self) -> None:
        """End the zygote and whatever it has forked."""
        self.control.close()
        if self._spare is not None:  # it dies with its zygote
            self._spare.discard()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stderr is not None:
            self._process.stderr.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()
