"""The trusted side: starts a zygote, asks it for a child a submission, and talks to that child.

Everything that is read from a child is hostile: it is bounded, decoded as plain data and never believed
about itself. A child that breaks the rules, dies or takes too long is replaced; that costs the call it
happened in.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import math
import os
import select
import signal
import socket
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from autograder.sandbox import levels
from autograder.sandbox.inside import wire
from autograder.sandbox.levels import Level, SandboxError

# More callbacks in one call than any homework needs: the clock alone counts then.
_MANY_CALLBACKS = 5_000

# Replies to a batch of calls, each at most wire.MAX_FRAME long, may wait while the next are sent.
_MAX_WAITING = 4 * wire.MAX_FRAME
# Bytes that the results of one batch may take, and characters of any text that goes into a report.
_MAX_RESULTS = 4 * wire.MAX_FRAME
_MAX_TEXT = 8_000
# What reading a reply that is none may raise; an infinity as an integer is an OverflowError.
_NONSENSE = (TypeError, ValueError, LookupError, ArithmeticError)
_LOG = logging.getLogger(__name__)

FaultKind = Literal["timeout", "died", "protocol"]


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    Attributes
    ----------
    call_seconds
        Processor time of one call, and of one statement while loading.
    patience
        How many times as long it may take by the clock: sleeping, or waiting for a busy machine.
    total_seconds
        Processor time of a whole child; by the clock, `patience` times this for a whole submission.
    memory, output
        Bytes of address space, and of text that is kept.
    """

    call_seconds: float = 2.0
    patience: float = 5.0
    total_seconds: int = 60
    memory: int = 1 << 30
    output: int = 1 << 18

    @property
    def whole_seconds(self) -> float:
        """How long a whole submission may take by the clock."""
        return self.total_seconds * self.patience

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
    submission's innermost line, where known: its cell, number, function and text."""

    kinds: tuple[str, ...]
    message: str
    place: str = ""
    line: int = 0
    function: str = ""
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
        self._spare: _Child | None = None
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

    def session(self, cells: Sequence[str], given: str = "# Given") -> Session:
        """Load a submission's cells in a new child; see `Session`."""
        return Session(self, cells, given)

    def child(self) -> _Child:
        """A new child, and one more on the way: forking goes on while the last one is judged."""
        child = self._spare or _Child(self)
        self._spare = None
        child.wait_until_ready()
        self._spare = _Child(self)
        return child

    def fork(self, descriptors: Sequence[int]) -> None:
        """Ask the zygote for a child with these descriptors."""
        request = json.dumps({"limits": self.limits.resources()}).encode()
        try:
            socket.send_fds(self.control, [request], list(descriptors))
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


class _Child:
    """One process that runs a submission, from its start to its end."""

    def __init__(self, sandbox: Sandbox) -> None:
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
        self.taken = 0  # bytes of the frames that were received
        self.deadline = math.inf
        self._killed = False
        self._ending: dict[str, Any] | None = None

    def wait_until_ready(self) -> None:
        """Until the child has given everything up; a failure before that is not the submission's."""
        self._pid, self._handle = self._sandbox.started()
        self._cpu_clock = _cpu_clock(self._handle, self._pid)
        self.start_clock()
        self._born = self._began
        try:
            kind, _ = self.receive()
        except _EndedError as error:
            self.release()
            reason = f"A layer of the sandbox failed in a child: {error}. See `autograder doctor`."
            raise SandboxError(reason) from None
        if kind != wire.READY:
            raise SandboxError("The sandbox's child did not begin as it should.")

    def start_clock(self) -> None:
        """Begin to count the time of a call."""
        self._began = time.monotonic()
        self._callbacks = 0

    def count_callback(self) -> None:
        """Note that this call has called back once more."""
        self._callbacks += 1

    def send(self, frame: bytes) -> None:
        """Send a frame; replies to earlier ones that come meanwhile are kept."""
        view = memoryview(frame)
        while view:
            try:
                view = view[self._socket.send(view) :]
            except BlockingIOError:  # the child does not read: perhaps it waits for its replies to be read
                self._poll.modify(self._socket, select.POLLIN | select.POLLOUT)
                try:
                    if self._wait() & select.POLLIN:
                        self._read()
                finally:
                    self._poll.modify(self._socket, select.POLLIN)
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
            self.taken += end
            return kind, self._decoder.decode(payload)
        except wire.WireError as error:
            raise _EndedError("protocol", f"it sent what is no reply ({error})") from None

    def has_unread(self) -> bool:
        """Whether bytes wait that nothing was asked for."""
        return bool(self._waiting) or bool(self._poll.poll(0))

    def _fill(self, count: int) -> None:
        while len(self._waiting) < count:
            self._wait()
            self._read()

    def _read(self) -> None:
        try:
            data = self._socket.recv(1 << 18)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            raise self._death() from None
        if not data:
            raise self._death()
        self._waiting += data
        if len(self._waiting) > _MAX_WAITING:
            raise _EndedError("protocol", "it sent more than anybody asked for")

    def _wait(self) -> int:
        """Until the socket is ready, or the call has used its time.

        It is processor time that counts: on a busy machine a right call must not lose by it. Sleeping
        ends when the clock has gone on `patience` times as long, and everything does at the deadline.
        """
        if time.monotonic() >= self.deadline:
            raise _too_late(self._limits)
        seconds = self._limits.call_seconds
        longest = seconds * self._limits.patience
        allowed = seconds
        while not (events := self._poll.poll(max(0.0, self._began + allowed - time.monotonic()) * 1000)):
            # All calls before this one used at most the time that has passed since the child was put to work.
            used = (self._cpu_clock() or 0.0) - (self._began - self._born)
            # Waiting for the referee is no excuse for calling it in an endless loop.
            if used >= 0.9 * seconds or self._callbacks > _MANY_CALLBACKS:
                raise _EndedError("timeout", f"it was stopped after {seconds:g} seconds")
            if allowed >= longest:
                raise _EndedError("timeout", f"it was stopped after {longest:g} seconds of waiting")
            allowed = min(longest, allowed + max(seconds - used, 0.1 * seconds))
        return events[0][1]

    def _death(self) -> _EndedError:
        """Why the child is gone, as the zygote tells."""
        self.kill()
        if self._ending is None:
            self._ending = self._sandbox.ending(self._pid)
        return _EndedError(*_cause_of_death(self._ending, self._limits))

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


@dataclass(frozen=True)
class Request:
    """Calls of one function, encoded; `callables` are those that it may call back."""

    function: str
    frame: bytes
    count: int
    callables: tuple[Callable[..., Any], ...]


def prepare(
    function: str,
    calls: Iterable[tuple[Any, ...]],
    bind: Mapping[str, Callable[..., Any]] | None = None,
) -> Request:
    """Calls of one function, ready to be sent to any submission.

    Parameters
    ----------
    function
        Its name.
    calls
        Arguments; arrays, numbers, booleans, None, tuples, lists and dicts of these, callables (which
        call back to here) and `wire.RandomGenerator`. Every call gets copies of its own.
    bind
        Names that shall mean other callables during these calls.
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
    return Request(function, wire.frame(wire.CALL, request, share=True), len(wanted), tuple(callables))


@dataclass
class Batch:
    """A request that was sent, and its outcomes as far as they are known."""

    request: Request
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def done(self) -> bool:
        """Whether all outcomes are known."""
        return len(self.outcomes) == self.request.count

    def fail(self, fault: Fault) -> None:
        """Let every call that has no outcome yet share this fault."""
        self.outcomes += [fault] * (self.request.count - len(self.outcomes))


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
        self._pending: deque[Batch] = deque()
        self._returned: set[str] = set()  # functions of which a call has come back
        self._deadline = time.monotonic() + sandbox.limits.whole_seconds
        self.loaded = Loaded()
        self._load()

    def _load(self) -> None:
        """Load the cells in a new child. A statement that ends its child is found and left out."""
        careful = False
        for _ in range(6):
            child = self._child = self._sandbox.child()
            child.deadline = self._deadline
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
            except (_EndedError, *_NONSENSE) as error:
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
        told = value["problems"][:200]
        problems = [Problem(int(cell), int(line), _text(text)) for cell, line, text in told]
        functions = frozenset(_text(name) for name in value["functions"][:2000])
        return Loaded(functions, (*self._faults, *problems), bool(value["silenced"]))

    def call(
        self,
        function: str,
        calls: Iterable[tuple[Any, ...]],
        bind: Mapping[str, Callable[..., Any]] | None = None,
    ) -> list[Outcome]:
        """Call one of the submission's functions with each tuple of arguments, and wait for the outcomes.

        The same as `prepare`, `send` and `collect`.
        """
        return self.collect(self.send(prepare(function, calls, bind)))

    def send(self, request: Request) -> Batch:
        """Send calls on their way; they run, after those sent before, while the referee does other work."""
        batch = Batch(request)
        self._pending.append(batch)
        try:
            if self._child is not None:
                if len(self._pending) == 1 and self._child.has_unread():
                    raise _EndedError("protocol", "it sent a reply that nobody asked for")
                self._child.send(batch.request.frame)
        except _EndedError as error:
            self._fail(error.fault)
        return batch

    def collect(self, batch: Batch) -> list[Outcome]:
        """The outcomes of a batch, one for each call.

        After a call that ended the child the rest of its batch is not run and shares its fault; batches
        sent after it run in a new child.
        """
        while not batch.done:
            first = self._pending[0]
            try:
                child = self._living_child()
                before = child.taken
                while not first.done:
                    child.start_clock()
                    first.outcomes.append(_outcome(child, first.request.callables))
                    self._returned.add(first.request.function)
                    if child.taken - before > _MAX_RESULTS:
                        text = f"it was stopped, as its results take more than {_MAX_RESULTS >> 20} MB"
                        raise _EndedError("died", text)
                self._pending.popleft()
            except _EndedError as error:
                self._fail(error.fault)
        return batch.outcomes

    def _living_child(self) -> _Child:
        """The child, or a new one to which all that is pending has been sent again."""
        if self._child is None:
            if time.monotonic() >= self._deadline:
                raise _too_late(self._sandbox.limits)
            self._load()
            if self._child is None:
                raise _EndedError("died", "it could not be loaded again")
            for batch in self._pending:
                self._child.send(batch.request.frame)
        return self._child

    def _fail(self, fault: Fault) -> None:
        """The child is lost: what was under way is at fault, the rest begins anew."""
        self._retire()
        if self._pending:
            batch = self._pending.popleft()
            function = batch.request.function
            batch.fail(fault)
            # a function that has never come back within its time is not tried again and again
            if fault.kind == "timeout" and function not in self._returned:
                for later in self._pending:
                    if later.request.function == function:
                        later.fail(fault)
                self._pending = deque(later for later in self._pending if not later.done)

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
            self._child.release()
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
                child.count_callback()
                child.send(_answer(value, callables))
                continue
            if kind == wire.RETURNED:
                if len(value) == 1:  # nothing was seen beside the value
                    return Returned(value[0])
                result, changed, shares, warnings, silenced, deeper = value
                positions = tuple(int(position) for position in changed)
                texts = tuple(_text(text) for text in warnings[:10])
                return Returned(result, positions, _text(shares), texts, bool(silenced), int(deeper))
            if kind == wire.RAISED:
                kinds = tuple(_text(kind) for kind in value["kinds"][:20]) or ("Exception",)
                place, line, name, text = value["place"]
                message = _text(value["message"])
                return Raised(kinds, message, _text(place), int(line), _text(name), _text(text))
            if kind == wire.UNSENDABLE:
                return Unsendable(_text(value))
        except _NONSENSE:
            pass
        raise _EndedError("protocol", "it sent what is no reply")


def _answer(value: Any, callables: Sequence[Callable[..., Any]]) -> bytes:
    number, arguments, keywords = value
    if type(number) is not int or not 0 <= number < len(callables):
        raise ValueError(number)
    try:
        return wire.frame(wire.ANSWER, callables[number](*arguments, **keywords))
    except (TypeError, ValueError) as error:
        return wire.frame(wire.REFUSAL, str(error)[:_MAX_TEXT])
    except Exception as error:  # whatever it was called with must not stop the grader
        _LOG.warning("a callback failed", exc_info=True)
        return wire.frame(wire.REFUSAL, f"{type(error).__name__}: {error}"[:_MAX_TEXT])


def _text(value: Any) -> str:
    """A text from a reply, cut to what anybody would read."""
    if type(value) is not str:
        raise TypeError(value)
    return value[:_MAX_TEXT]


def _too_late(limits: Limits) -> _EndedError:
    return _EndedError("timeout", f"the whole submission was stopped after {limits.whole_seconds:g} seconds")


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
