"""One submission in the sandbox, across as many processes as it takes.

A child that breaks the rules, dies or takes too long is replaced; that costs the call it happened in.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, Self

from autograder.sandbox.answering import MAX_TEXT, Answering, LateError, Room, room_for
from autograder.sandbox.child import Child, EndedError, too_late
from autograder.sandbox.inside import wire
from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import (
    Code,
    Fault,
    Loaded,
    Lost,
    Outcome,
    Problem,
    Raised,
    Returned,
    Unsendable,
)
from autograder.sandbox.places import values_without_places, without_places


class Nursery(Protocol):
    """What a session needs of the sandbox it runs in."""

    @property
    def limits(self) -> Limits:
        """What it may use."""

    def child(self) -> Child:
        """A new process, locked down and ready to load a submission."""


# Bytes that the results of one batch may take.
_MAX_RESULTS = 4 * wire.MAX_FRAME


# What reading a reply that is none may raise; an infinity as an integer is an OverflowError.
_NONSENSE = (TypeError, ValueError, LookupError, ArithmeticError)


@dataclass(frozen=True)
class Request:
    """Calls of one function, encoded; `callables` are those that it may call back, with no more than `room`.

    Of calls that are not `watched` only the values come back, not what they did to their arguments.
    """

    function: str
    frame: bytes
    count: int
    callables: tuple[Callable[..., Any], ...]
    watched: bool = True
    room: Room = field(default_factory=Room)


def prepare(
    function: str,
    calls: Iterable[tuple[Any, ...]],
    bind: Mapping[str, Callable[..., Any]] | None = None,
    *,
    watched: bool = True,
    reused: bool = False,
) -> Request:
    """Calls of one function, ready to be sent to any submission.

    Parameters
    ----------
    function
        Its name.
    calls
        Arguments; arrays, numbers, booleans, None, tuples, lists and dicts of these, callables (which
        call back to here), `wire.Constant` and `wire.RandomGenerator`. Every call gets copies of its own.
    bind
        Names that shall mean other callables during these calls.
    watched
        Whether to see what they do beside giving values, too; that takes longer.
    reused
        Whether all calls with the arguments of the first get one and the same copies, which are written over
        when all calls are done; only then are the results read. Who changes arguments, or gives what is not
        its own, gives something wrong.
    """
    calls = list(calls)
    callables: list[Callable[..., Any]] = []

    def crossing(value: Any) -> Any:
        if callable(value) and not isinstance(value, wire.Constant):
            callables.append(value)
            return wire.RemoteCallable(len(callables) - 1)
        return value

    wanted = [tuple(crossing(argument) for argument in arguments) for arguments in calls]
    bound = {name: crossing(value) for name, value in (bind or {}).items()}
    request = {"function": function, "calls": wanted, "bind": bound, "watched": watched}
    if reused:
        request["reused"] = [k for k, each in enumerate(calls) if each is calls[0]]
    frame = wire.frame(wire.CALL, request, share=True)
    room = room_for(wanted) if callables else Room()
    return Request(function, frame, len(wanted), tuple(callables), watched, room)


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

    def __init__(self, sandbox: Nursery, code: Code) -> None:
        self._sandbox = sandbox
        self._code: Code | None = code
        self._skip: list[list[int]] = []
        self._faults: list[Problem] = []
        self._child: Child | None = None
        self._printed = ""
        self._printed_on_reload = 0
        self._pending: deque[Batch] = deque()
        self._returned: set[str] = set()  # functions of which a call has come back
        self._deadline = time.monotonic() + sandbox.limits.whole_seconds
        self._answering = Answering(sandbox.limits)
        self.loaded = Loaded()
        self._load()

    def _load(self) -> None:
        """Load the cells in a new child. A statement that ends its child is found and left out."""
        careful = False
        for _ in range(6):
            child = self._child = self._sandbox.child()
            child.deadline = self._deadline
            request = {**vars(self._code or Code(())), "skip": self._skip, "careful": careful}
            place: tuple[int, int] | None = None
            file = ""
            try:
                child.send(wire.frame(wire.LOAD, request))
                kind, value = child.receive()
                while kind == wire.STARTING and careful:
                    place, file = (int(value[0]), int(value[1])), _text(value[2])
                    child.start_clock()
                    kind, value = child.receive()
                if kind != wire.LOADED:
                    raise EndedError("protocol", "it sent what is no reply")
                self.loaded = self._checked(value)
                self._printed_on_reload = len(child.printed()) if self._printed else 0
                return
            except wire.UnsendableError as error:
                self._faults.append(Problem(1, 1, f"The submission is too large to load: {error}"))
                break
            except (EndedError, *_NONSENSE) as error:
                nonsense = Fault("protocol", "it sent what is no reply")
                fault = error.fault if isinstance(error, EndedError) else nonsense
                self._retire()
                if place is not None:
                    self._faults.append(Problem(*place, fault.detail, file))
                    self._skip.append(list(place))
                elif careful:
                    self._faults.append(Problem(1, 1, fault.detail))
                    break
                careful = True
        self._code = None
        self.loaded = Loaded(problems=tuple(self._faults))

    def _checked(self, value: Any) -> Loaded:
        told = value["problems"][:200]
        problems = [
            Problem(int(cell), int(line), _text(said), _text(file)) for cell, line, said, file in told
        ]
        functions = frozenset(_text(name) for name in value["functions"][:2000])
        lost = {
            _text(name): Lost(int(cell), int(line), _text(file), _text(kind), bool(was))
            for name, cell, line, file, kind, was in value["lost"][:200]
        }
        return Loaded(functions, (*self._faults, *problems), bool(value["silenced"]), lost)

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
                    raise EndedError("protocol", "it sent a reply that nobody asked for")
                self._child.send(batch.request.frame)
        except EndedError as error:
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
                    first.outcomes += _outcomes(child, first.request, len(first.outcomes), self._answering)
                    self._returned.add(first.request.function)
                    if child.taken - before > _MAX_RESULTS:
                        text = f"it was stopped, as its results take more than {_MAX_RESULTS >> 20} MB"
                        raise EndedError("died", text)
                self._pending.popleft()
            except EndedError as error:
                self._fail(error.fault)
        return batch.outcomes

    def trace(self, function: str, arguments: tuple[Any, ...]) -> Any:
        """The graph of what a function computes, as it came: hostile data. None where there is none.

        The submission runs on numbers that are none, and may keep some: nothing can be asked of it afterwards
        but a further trace, unless it is restarted.
        """
        if self._pending:
            raise ValueError("A trace waits for no calls: collect their outcomes first.")
        try:
            child = self._living_child()
            child.start_clock()
            child.send(wire.frame(wire.TRACE, {"function": function, "arguments": arguments}))
            kind, value = child.receive()
        except EndedError as error:
            self._fail(error.fault)
            return None
        return value if kind == wire.GRAPH else None

    def _living_child(self) -> Child:
        """The child, or a new one to which all that is pending has been sent again."""
        if self._child is None:
            if time.monotonic() >= self._deadline:
                raise too_late(self._sandbox.limits)
            self._load()
            if self._child is None:
                raise EndedError("died", "it could not be loaded again")
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


def _outcomes(child: Child, request: Request, known: int, answering: Answering) -> list[Outcome]:
    """Wait for the reply to the next call, or calls, answering the callbacks that come before it."""
    answering.begin()
    while True:
        kind, value = child.receive()
        try:
            if kind == wire.CALLBACK:
                child.count_callback()
                child.send(answering.answer(value, request.callables, request.room))
                continue
            if kind == wire.VALUES and not request.watched and 0 < len(value) <= request.count - known:
                return [Returned(values_without_places(each)) for each in value]
            if kind == wire.RETURNED:
                if len(value) == 1:  # nothing was seen beside the value
                    return [Returned(values_without_places(value[0]))]
                result, changed, shares, warnings, silenced = value
                positions = tuple(int(position) for position in changed)
                texts = tuple(_text(text) for text in warnings[:10])
                result = values_without_places(result)
                return [Returned(result, positions, _text(shares), texts, bool(silenced))]
            if kind == wire.RAISED:
                kinds = tuple(_text(kind) for kind in value["kinds"][:20]) or ("Exception",)
                place, line, name, text = value["place"]
                message = _text(value["message"])
                return [Raised(kinds, message, _text(place), int(line), _text(name), _text(text))]
            if kind == wire.UNSENDABLE:
                return [Unsendable(_text(value))]
        except LateError as error:
            raise EndedError("timeout", str(error)) from None
        except _NONSENSE:
            pass
        raise EndedError("protocol", "it sent what is no reply")


def _text(value: Any) -> str:
    """A text from a reply, cut to what anybody would read; this machine's folders are nobody's business."""
    if type(value) is not str:
        raise TypeError(value)
    return without_places(value[:MAX_TEXT])
