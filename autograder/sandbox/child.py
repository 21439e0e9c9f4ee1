"""One process that runs a submission: talked to, watched over, and ended.

Every byte that is read from it is hostile: bounded, decoded as plain data, and not waited for too long.
"""

from __future__ import annotations

import contextlib
import fcntl
import math
import os
import select
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from autograder.sandbox.inside import wire
from autograder.sandbox.levels import SandboxError
from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import Fault, FaultKind


class Parent(Protocol):
    """What a child needs of the sandbox it comes from."""

    @property
    def limits(self) -> Limits:
        """What it may use."""

    def fork(self, descriptors: Sequence[int]) -> None:
        """Ask for a child with these descriptors."""

    def started(self) -> tuple[int, int | None]:
        """The process id of the child that was asked for first, and a handle of it."""

    def ending(self, pid: int) -> dict[str, Any]:
        """How a child ended."""


# What comes within so many seconds cost no processor time worth a look.
_AT_ONCE = 0.02
# Bytes that an outcome takes, beside its values.
_OF_ONE_OUTCOME = 200
# More callbacks in one call than any homework needs: the clock alone counts then.
_MANY_CALLBACKS = 5_000


# Replies to a batch of calls, each at most wire.MAX_FRAME long, may wait while the next are sent.
_MAX_WAITING = 4 * wire.MAX_FRAME


class EndedError(Exception):
    """The child is no longer of use.

    It is ``unsure`` where that need not be the submission's doing: the clock of a busy machine ended it, or
    somebody else did. It is ``certain`` where what was received says whose fault it is.
    """

    def __init__(self, kind: FaultKind, detail: str, *, unsure: bool = False, certain: bool = False) -> None:
        super().__init__(detail)
        self.fault = Fault(kind, detail)
        self.unsure = unsure
        self.certain = certain


class Child:
    """One process that runs a submission, from its start to its end."""

    def __init__(self, sandbox: Parent) -> None:
        self._sandbox = sandbox
        self._limits = sandbox.limits
        ours, theirs = socket.socketpair()
        self._output = _bounded_file(self._limits.output)
        try:
            sandbox.fork([theirs.fileno(), self._output])
        finally:
            theirs.close()
        ours.setblocking(False)
        self._socket = ours
        self._poll = select.poll()
        self._poll.register(ours, select.POLLIN)
        self._decoder = wire.Decoder()
        self._waiting = bytearray()
        self._outgoing = bytearray()
        self.taken = 0  # bytes of the frames that were received
        self.kept = 0  # and what their values take here
        self.payload = b""  # of the last one
        self.deadline = math.inf
        self._killed = False
        self._ending: dict[str, Any] | None = None

    def wait_until_ready(self) -> None:
        """Until the child has given everything up; a failure before that is not the submission's."""
        self._pid, self._handle = self._sandbox.started()
        self._cpu_clock = _cpu_clock(self._handle, self._pid)
        self.start_clock()
        try:
            kind, _ = self.receive()
        except EndedError as error:
            self.release()
            reason = f"A layer of the sandbox failed in a child: {error}. See `autograder doctor`."
            raise SandboxError(reason) from None
        if kind != wire.READY:
            raise SandboxError("The sandbox's child did not begin as it should.")

    def start_clock(self) -> None:
        """Begin to count the time of a call."""
        self._began = time.monotonic()
        self._used_before: float | None = None
        self._callbacks = 0

    def count_callback(self) -> None:
        """Note that this call has called back once more."""
        self._callbacks += 1

    def send(self, frame: bytes) -> None:
        """Send a frame, as far as the child takes it: what is left goes out while replies are waited for.

        So nobody waits here for a child that is busy, and where it stays busy the replies show with which
        call. A child that is gone gets nothing, and that is no error here, for the same reason.
        """
        self._outgoing += frame
        self._push()

    def _push(self) -> None:
        try:
            while self._outgoing:
                del self._outgoing[: self._socket.send(self._outgoing)]
        except BlockingIOError:
            pass  # the child does not read: perhaps it waits for its replies to be read
        except OSError:
            self._outgoing.clear()
            return
        self._poll.modify(self._socket, select.POLLIN | (select.POLLOUT if self._outgoing else 0))

    def receive(self) -> tuple[int, Any]:
        """The next frame's kind and value."""
        try:
            self._fill(wire.HEADER_SIZE)
            size, kind = wire.header(self._waiting)
            end = wire.HEADER_SIZE + size
            self._fill(end)
            payload = bytes(self._waiting[wire.HEADER_SIZE : end])
            del self._waiting[:end]
            self.taken += end
            self.payload = payload
            value = self._decoder.decode(payload)
            if kind != wire.CALLBACK:
                self.kept += _OF_ONE_OUTCOME + self._decoder.memory
            return kind, value
        except wire.WireError as error:
            raise EndedError("protocol", f"it sent an invalid reply ({error})") from None

    def has_unread(self) -> bool:
        """Whether bytes wait that nothing was asked for."""
        if any(events & ~select.POLLOUT for _, events in self._poll.poll(0)):
            self._read()
        return bool(self._waiting)

    def _fill(self, count: int) -> None:
        while len(self._waiting) < count:
            self._wait()
            if not self._read():
                raise self._death()

    def _read(self) -> bool:
        """Take in what has come; false when nothing more will."""
        try:
            data = self._socket.recv(1 << 18)
        except (BlockingIOError, InterruptedError):
            return True
        except OSError:
            return False
        self._waiting += data
        if len(self._waiting) > _MAX_WAITING:
            raise EndedError("protocol", "it sent more than it was asked for")
        return bool(data)

    def _wait(self) -> None:
        """Until something has come, or the call has used its time; what waits to be sent is sent meanwhile.

        It is processor time that counts: on a busy machine a right call must not lose by it. Sleeping
        ends when the clock has gone on `patience` times as long, and everything does at the deadline.
        """
        seconds = self._limits.call_seconds
        longest = seconds * self._limits.patience
        now = time.monotonic()
        if self._used_before is None and now - self._began > _AT_ONCE:
            self._used_before = self._cpu_clock()
        allowed = seconds if self._used_before is not None else _AT_ONCE
        while True:
            now = time.monotonic()
            if now >= self.deadline:
                raise too_late(self._limits)
            until = min(self._began + allowed, self.deadline)
            events = self._poll.poll(max(0.0, until - now) * 1000)
            if events and events[0][1] & ~select.POLLOUT:
                return
            if events:
                self._push()
                continue
            if self._used_before is None:
                self._used_before = self._cpu_clock() or 0.0
                allowed = seconds
                continue
            if time.monotonic() < self._began + allowed:
                continue
            used = (self._cpu_clock() or 0.0) - self._used_before
            # Waiting for the referee is no excuse for calling it in an endless loop.
            if used >= 0.9 * seconds or self._callbacks > _MANY_CALLBACKS:
                raise EndedError("timeout", f"it was stopped after {seconds:g} seconds", unsure=True)
            if allowed >= longest:
                said = f"it was stopped after {longest:g} seconds of waiting"
                raise EndedError("timeout", said, unsure=True)
            allowed = min(longest, allowed + max(seconds - used, 0.1 * seconds))

    def _death(self) -> EndedError:
        """Why the child is gone, as the zygote tells."""
        self.kill()
        if self._ending is None:
            self._ending = self._sandbox.ending(self._pid)
        kind, detail = _cause_of_death(self._ending, self._limits)
        return EndedError(kind, detail, unsure=kind == "died" and _came_from_outside(self._ending))

    def printed(self) -> str:
        """What the submission printed, cut to the limit."""
        written = os.lseek(self._output, 0, os.SEEK_CUR)  # the child's descriptor shares the offset
        length = max(0, min(written, self._limits.output))
        return os.pread(self._output, length, 0).decode("utf-8", "replace")

    def kill(self) -> None:
        """End the child at once; it need not be waited for, as it has no one to talk to any more."""
        if self._killed:
            return
        self._killed = True
        with contextlib.suppress(ProcessLookupError):
            if self._handle is not None:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
                os.close(self._handle)
            else:
                os.kill(self._pid, signal.SIGKILL)
        self._socket.close()

    def release(self) -> None:
        """End the child and forget what it printed."""
        self.kill()
        self.discard()

    def discard(self) -> None:
        """Close what is open on this side."""
        self._socket.close()
        os.close(self._output)


def too_late(limits: Limits) -> EndedError:
    return EndedError("timeout", f"the whole submission was stopped after {limits.whole_seconds:g} seconds")


def _bounded_file(size: int) -> int:
    """A descriptor of a file in memory that can never hold more than `size` bytes."""
    if not hasattr(os, "memfd_create"):  # not Linux: the level is "none"
        with tempfile.TemporaryFile() as file:
            return os.dup(file.fileno())
    descriptor = os.memfd_create("output", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.ftruncate(descriptor, size)
    add_seals, seal, shrink, grow = 1033, 1, 2, 4
    fcntl.fcntl(descriptor, add_seals, seal | shrink | grow)
    return descriptor


def _cpu_clock(handle: int | None, pid: int) -> Callable[[], float | None]:
    """A function that tells the processor seconds a child has used; None where that can't be told."""
    tick = os.sysconf("SC_CLK_TCK")

    def seconds() -> float | None:
        try:
            number = pid
            if handle is not None:  # inside its own pid namespace the child has another number
                with open(f"/proc/self/fdinfo/{handle}") as file:
                    number = int(next(line for line in file if line.startswith("Pid:")).split()[1])
            with open(f"/proc/{number}/stat") as file:
                fields = file.read().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / tick
        except (OSError, ValueError, StopIteration, IndexError):
            return None

    return seconds


# Signals that no submission can send, not even to itself; a limit of its own ends it with the first.
_SENT_BY_OTHERS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)


def _came_from_outside(ending: Mapping[str, Any]) -> bool:
    """Whether somebody else ended the child: the kernel when memory is short, for one."""
    status = int(ending["status"]) if ending else 0
    return not ending or (os.WIFSIGNALED(status) and os.WTERMSIG(status) in _SENT_BY_OTHERS)


def _cause_of_death(ending: Mapping[str, Any], limits: Limits) -> tuple[FaultKind, str]:
    if not ending:
        return "died", "its process ended"
    status, cpu = int(ending["status"]), float(ending["cpu"])
    if os.WIFSIGNALED(status):
        if cpu >= limits.total_seconds - 1:
            return "timeout", f"all calls together took more than {limits.total_seconds} seconds"
        name = signal.Signals(os.WTERMSIG(status)).name
        return "died", f"its process crashed ({name})"
    return "died", f"it ended the whole process (exit code {os.waitstatus_to_exitcode(status)})"
