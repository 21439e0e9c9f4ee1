"""The trusted side: starts a zygote, asks it for a child a submission, and talks to that child.

Everything that is read from a child is hostile: it is bounded, decoded as plain data and never believed
about itself. A child that breaks the rules, dies or takes too long is replaced; that costs the call it
happened in.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

from autograder.sandbox import levels
from autograder.sandbox.inside import wire
from autograder.sandbox.levels import Level, SandboxError

FaultKind = Literal["timeout", "died", "protocol"]


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    Attributes
    ----------
    call_seconds
        Processor time of one call, and of one statement while loading.
    patience
        How many times as long a call may take by the clock: sleeping, or waiting for a busy machine.
    total_seconds
        Processor time of a whole child.
    memory, output
        Bytes of address space, and of text that is kept.
    """

    call_seconds: float = 2.0
    patience: float = 5.0
    total_seconds: int = 60
    memory: int = 1 << 30
    output: int = 1 << 18

    def resources(self) -> dict[str, int]:
        """The limits that the kernel keeps, by their names in ``setrlimit(2)``."""
        nothing = dict.fromkeys(("NPROC", "CORE", "MEMLOCK", "MSGQUEUE", "RTPRIO", "NICE"), 0)
        own = {"AS": self.memory, "CPU": self.total_seconds, "FSIZE": self.output, "NOFILE": 32}
        return {**nothing, **own, "STACK": 16 << 20, "SIGPENDING": 64}


@dataclass(frozen=True)
class Returned:
    """A call that came back: its value, and what the runner saw (evidence for form, never for values).

    ``changed`` are the positions of arguments changed in place; ``shares`` says what the result shares
    memory with (``"argument"``, ``"earlier result"`` or ``""``); ``silenced``: it switched NumPy's
    warnings off for the process; ``deeper`` is how much the stack had grown from the first callback to the
    last, which tells recursion.
    """

    value: Any
    changed: tuple[int, ...] = ()
    shares: str = ""
    warnings: tuple[str, ...] = ()
    silenced: bool = False
    deeper: int = 0


@dataclass(frozen=True)
class Raised:
    """A call that raised: the names of the exception's class and of its bases, its message, and the
    submission's line, where known."""

    kinds: tuple[str, ...]
    message: str
    place: str = ""
    line: int = 0
    text: str = ""


@dataclass(frozen=True)
class Unsendable:
    """A call whose result is nothing that can be judged, such as a generator; `what` says what it is."""

    what: str


@dataclass(frozen=True)
class Fault:
    """A call that ended its child, or was not run since one before it had."""

    kind: FaultKind
    detail: str


Outcome = Returned | Raised | Unsendable | Fault


@dataclass(frozen=True)
class Problem:
    """A statement that failed while the submission was loaded."""

    cell: int
    line: int
    message: str


@dataclass(frozen=True)
class Loaded:
    """What loading a submission gave: the names it made callable, and the statements that failed."""

    functions: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    silenced: bool = False


class _EndedError(Exception):
    """The child is no longer of use."""

    def __init__(self, kind: FaultKind, detail: str) -> None:
        super().__init__(detail)
        self.fault = Fault(kind, detail)


class Sandbox:
    """A zygote at a level of the sandbox, and the children it forks: one at a time.

    Parameters
    ----------
    level
        ``auto``, ``namespaces``, ``landlock`` or ``none``; see `autograder.sandbox.levels`.
    limits
        What each submission may use.

    Raises
    ------
    SandboxError
        When the level cannot be had on this machine.
    """

    def __init__(self, level: str = "auto", limits: Limits | None = None) -> None:
        self.level: Level = levels.choose(level)
        self.limits = limits or Limits()
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

    def session(self, cells: Sequence[str], given: str = "# Given") -> Session:
        """Load a submission's cells in a new child; see `Session`."""
        return Session(self, cells, given)

    def close(self) -> None:
        """End the zygote and whatever it has forked."""
        self.control.close()
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


class _Child:
    """One process that runs a submission, from its start to its end."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._limits = sandbox.limits
        ours, theirs = socket.socketpair()
        self._output = _bounded_file(self._limits.output)
        request = json.dumps({"limits": self._limits.resources()}).encode()
        try:
            socket.send_fds(sandbox.control, [request], [theirs.fileno(), self._output])
            reply, handles, _, _ = socket.recv_fds(sandbox.control, 4096, 1)
            self._pid = json.loads(reply)["pid"]
        except (OSError, ValueError, KeyError) as error:
            raise SandboxError(f"The sandbox's process broke down: {error}. Run the command again.") from None
        finally:
            theirs.close()
        self._handle = handles[0] if handles else None
        self._cpu_clock = _cpu_clock(self._handle, self._pid)
        ours.setblocking(False)
        self._socket = ours
        self._readable, self._writable = select.poll(), select.poll()
        self._readable.register(ours, select.POLLIN)
        self._writable.register(ours, select.POLLOUT)
        self._decoder = wire.Decoder()
        self._waiting = bytearray()
        self._ended: str | None = None
        self._born = time.monotonic()
        self.start_clock()
        try:
            kind, _ = self.receive()
        except _EndedError as error:
            self.close()
            reason = f"A layer of the sandbox failed in a child: {error}. See `autograder doctor`."
            raise SandboxError(reason) from None
        if kind != wire.READY:
            raise SandboxError("The sandbox's child did not begin as it should.")

    def start_clock(self) -> None:
        """Begin to count the time of a call."""
        self._began = time.monotonic()

    def send(self, frame: bytes) -> None:
        view = memoryview(frame)
        while view:
            self._wait(self._writable)
            try:
                view = view[self._socket.send(view) :]
            except (BlockingIOError, InterruptedError):
                continue
            except OSError:
                raise self._death() from None

    def receive(self) -> tuple[int, Any]:
        """The next frame's kind and value."""
        try:
            self._fill(wire.HEADER_SIZE)
            size, kind = wire.header(self._waiting)
            end = wire.HEADER_SIZE + size
            self._fill(end)
            payload = bytes(self._waiting[wire.HEADER_SIZE : end])
            del self._waiting[:end]
            return kind, self._decoder.decode(payload)
        except wire.WireError as error:
            raise _EndedError("protocol", f"it sent what is no reply ({error})") from None

    def has_unread(self) -> bool:
        """Whether bytes wait that nothing was asked for."""
        return bool(self._waiting) or bool(self._readable.poll(0))

    def _fill(self, count: int) -> None:
        while len(self._waiting) < count:
            self._wait(self._readable)
            try:
                data = self._socket.recv(1 << 18)
            except (BlockingIOError, InterruptedError):
                continue
            except OSError:
                raise self._death() from None
            if not data:
                raise self._death()
            self._waiting += data

    def _wait(self, poller: select.poll) -> None:
        """Until the socket is ready, or the call has used its time.

        It is processor time that counts: on a busy machine a right call must not lose by it. Sleeping
        ends when the clock has gone on `patience` times as long.
        """
        seconds = self._limits.call_seconds
        longest = seconds * self._limits.patience
        allowed = seconds
        while not poller.poll(max(0.0, self._began + allowed - time.monotonic()) * 1000):
            # All calls before this one used at most the time that has passed since the child was born.
            used = (self._cpu_clock() or 0.0) - (self._began - self._born)
            if used >= 0.9 * seconds:
                raise _EndedError("timeout", f"it was stopped after {seconds:g} seconds")
            if allowed >= longest:
                raise _EndedError("timeout", f"it was stopped after {longest:g} seconds of waiting")
            allowed = min(longest, allowed + max(seconds - used, 0.1 * seconds))

    def _death(self) -> _EndedError:
        """Why the child is gone, as the zygote tells."""
        self.close()
        return _EndedError(*_cause_of_death(self._ended or "{}", self._limits))

    def printed(self) -> str:
        """What the submission printed, cut to the limit."""
        written = os.lseek(self._output, 0, os.SEEK_CUR)  # the child's descriptor shares the offset
        length = max(0, min(written, self._limits.output))
        return os.pread(self._output, length, 0).decode("utf-8", "replace")

    def close(self) -> None:
        """Kill the child, if it lives, and wait until it is gone."""
        if self._ended is not None:
            return
        try:
            if self._handle is not None:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
                os.close(self._handle)
            else:
                os.kill(self._pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._socket.close()
        try:
            self._ended = self._sandbox.control.recv(4096).decode()
        except OSError:
            self._ended = "{}"


class Session:
    """One submission in the sandbox, across as many children as it takes.

    Attributes
    ----------
    loaded
        What loading gave.
    """

    def __init__(self, sandbox: Sandbox, cells: Sequence[str], given: str) -> None:
        self._sandbox = sandbox
        self._cells, self._given = list(cells), given
        self._skip: list[list[int]] = []
        self._faults: list[Problem] = []
        self._child: _Child | None = None
        self._printed = ""
        self._printed_on_reload = 0
        self.loaded = Loaded()
        self._load()

    def _load(self) -> None:
        """Load the cells in a new child. A statement that ends its child is found and left out."""
        careful = False
        for _ in range(6):
            child = self._child = _Child(self._sandbox)
            request = {"cells": self._cells, "given": self._given, "skip": self._skip, "careful": careful}
            place: tuple[int, int] | None = None
            try:
                child.send(wire.frame(wire.LOAD, request))
                kind, value = child.receive()
                while kind == wire.STARTING and careful:
                    place = (int(value[0]), int(value[1]))
                    child.start_clock()
                    kind, value = child.receive()
                if kind != wire.LOADED:
                    raise _EndedError("protocol", "it sent what is no reply")
                self.loaded = self._checked(value)
                self._printed_on_reload = len(child.printed()) if self._printed else 0
                return
            except wire.UnsendableError as error:
                self._faults.append(Problem(1, 1, f"The submission is too large to load: {error}"))
                break
            except (_EndedError, TypeError, ValueError, KeyError, IndexError) as error:
                nonsense = Fault("protocol", "it sent what is no reply")
                fault = error.fault if isinstance(error, _EndedError) else nonsense
                self._retire()
                if place is not None:
                    self._faults.append(Problem(*place, fault.detail))
                    self._skip.append(list(place))
                elif careful:
                    self._faults.append(Problem(1, 1, fault.detail))
                    break
                careful = True
        self._cells = []
        self.loaded = Loaded(problems=tuple(self._faults))

    def _checked(self, value: Any) -> Loaded:
        problems = [Problem(int(cell), int(line), str(text)) for cell, line, text in value["problems"]]
        functions = frozenset(str(name) for name in value["functions"])
        return Loaded(functions, (*self._faults, *problems), bool(value["silenced"]))

    def call(
        self,
        function: str,
        calls: Iterable[tuple[Any, ...]],
        bind: Mapping[str, Callable[..., Any]] | None = None,
    ) -> list[Outcome]:
        """Call one of the submission's functions with each tuple of arguments.

        Parameters
        ----------
        function
            Its name.
        calls
            Arguments; arrays, numbers, booleans, None, tuples, lists and dicts of these, callables (which
            call back to here) and `wire.RandomGenerator`. Every call gets copies of its own.
        bind
            Names that shall mean other callables during these calls.

        Returns
        -------
        list of Outcome
            One for each call. After one that ended the child the rest are not run, and share its fault.
        """
        callables: list[Callable[..., Any]] = []

        def crossing(value: Any) -> Any:
            if callable(value):
                callables.append(value)
                return wire.RemoteCallable(len(callables) - 1)
            return value

        wanted = [tuple(crossing(argument) for argument in arguments) for arguments in calls]
        bound = {name: crossing(value) for name, value in (bind or {}).items()}
        request = {"function": function, "calls": wanted, "bind": bound}
        outcomes: list[Outcome] = []
        try:
            if self._child is None:
                self._load()
            child = self._child
            if child is None:
                raise _EndedError("died", "it could not be loaded again")
            if child.has_unread():
                raise _EndedError("protocol", "it sent a reply that nobody asked for")
            child.send(wire.frame(wire.CALL, request, share=True))
            for _ in wanted:
                child.start_clock()
                outcomes.append(_outcome(child, callables))
        except _EndedError as error:
            self._retire()
            outcomes += [error.fault] * (len(wanted) - len(outcomes))
        return outcomes

    def printed(self) -> str:
        """What the submission has printed so far, cut to the limit; loading again repeats nothing."""
        new = self._child.printed()[self._printed_on_reload :] if self._child is not None else ""
        return (self._printed + new)[: self._sandbox.limits.output]

    def restart(self) -> None:
        """Make the next call run in a new child, as if nothing had been called before."""
        self._retire()

    def _retire(self) -> None:
        if self._child is not None:
            self._printed = self.printed()
            self._child.close()
            self._child = None

    def close(self) -> None:
        """End the session's child."""
        self._retire()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


def _outcome(child: _Child, callables: Sequence[Callable[..., Any]]) -> Outcome:
    """Wait for a call's reply, answering the callbacks that come before it."""
    while True:
        kind, value = child.receive()
        try:
            if kind == wire.CALLBACK:
                child.send(_answer(value, callables))
                continue
            if kind == wire.RETURNED:
                if len(value) == 1:  # nothing was seen beside the value
                    return Returned(value[0])
                result, changed, shares, warnings, silenced, deeper = value
                positions = tuple(int(position) for position in changed)
                texts = tuple(str(text) for text in warnings)
                return Returned(result, positions, str(shares), texts, bool(silenced), int(deeper))
            if kind == wire.RAISED:
                place, line, text = value["places"][-1] if value["places"] else ("", 0, "")
                kinds = tuple(str(kind) for kind in value["kinds"]) or ("Exception",)
                return Raised(kinds, str(value["message"]), str(place), int(line), str(text))
            if kind == wire.UNSENDABLE:
                return Unsendable(str(value))
        except (TypeError, ValueError, KeyError, IndexError):
            pass
        raise _EndedError("protocol", "it sent what is no reply")


def _answer(value: Any, callables: Sequence[Callable[..., Any]]) -> bytes:
    number, arguments, keywords = value
    if type(number) is not int or not 0 <= number < len(callables):
        raise ValueError(number)
    try:
        return wire.frame(wire.ANSWER, callables[number](*arguments, **keywords))
    except (TypeError, ValueError) as error:
        return wire.frame(wire.REFUSAL, str(error))


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


def _cause_of_death(ended: str, limits: Limits) -> tuple[FaultKind, str]:
    try:
        report = json.loads(ended)
        status, cpu = int(report["status"]), float(report["cpu"])
    except (ValueError, KeyError, TypeError):
        return "died", "its process ended"
    if os.WIFSIGNALED(status):
        if cpu >= limits.total_seconds - 1:
            return "timeout", f"all calls together took more than {limits.total_seconds} seconds"
        name = signal.Signals(os.WTERMSIG(status)).name
        return "died", f"its process crashed ({name})"
    return "died", f"it ended the whole process (exit code {os.waitstatus_to_exitcode(status)})"
