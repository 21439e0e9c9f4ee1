"""One submission in the sandbox, across as many processes as it takes.

A child that breaks the rules, dies or takes too long is replaced; that costs the call it happened in.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from autograder.sandbox.answering import Answering, LateError
from autograder.sandbox.child import Child, EndedError, too_late
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.named import named
from autograder.sandbox.inside.public import Public
from autograder.sandbox.inside.room import Room, room_for
from autograder.sandbox.outcomes import Code, Fault, Loaded, Outcome, Raised, Returned, Unsendable
from autograder.sandbox.places import values_without_places
from autograder.sandbox.starting import NONSENSE, Nursery, Start, text

# Bytes that the results of one batch may take as they come, and all that one function returns, as the referee
# keeps it until the function is judged: where all functions return much, each is sure of less.
_MAX_RESULTS = 4 * wire.MAX_FRAME
_MAX_KEPT = 48 << 20
_MAX_KEPT_OF_ALL = 96 << 20
_SURE_TO_BE_KEPT = 12 << 20
# A fault that may not be the submission's is tried again while no larger share of its time is used.
_FOR_DOUBTS = 1 / 3
# Bytes of answers to callbacks that are kept, so that a batch can be tried again.
_MAX_ANSWERS = 16 << 20
_OF_ONE_ANSWER = 64


@dataclass(frozen=True)
class Request:
    """Calls of one function, encoded; `callables` are those it may call back, with no more than `room`."""

    function: str
    frame: bytes
    count: int
    callables: tuple[Callable[..., Any], ...]
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
        call back to here, but for `wire.Constant` and `Public` ones) and `wire.RandomGenerator`.
        Every call gets copies of its own.
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
    sent_whole: list[Public] = []

    def crossing(value: Any) -> Any:
        if type(value) is Public:
            sent_whole.append(value)
        elif callable(value) and type(value) is not wire.Constant:
            callables.append(named(value))
            return wire.RemoteCallable(len(callables) - 1)
        return value

    # many calls with the same arguments are gone through once
    distinct = {id(arguments): arguments for arguments in calls}
    crossed = {key: tuple(map(crossing, arguments)) for key, arguments in distinct.items()}
    wanted = [crossed[id(arguments)] for arguments in calls]
    bound = {name: crossing(value) for name, value in (bind or {}).items()}
    request = {"function": function, "calls": wanted, "bind": bound, "watched": watched}
    if reused:
        request["reused"] = [k for k, each in enumerate(calls) if each is calls[0]]
    room = room_for(crossed.values()) if callables or sent_whole else Room()
    if sent_whole:
        request["room"] = (room.numbers, room.side, room.dimensions)
    frame = wire.frame(wire.CALL, request, share=True)
    return Request(function, frame, len(wanted), tuple(callables), room)


@dataclass
class _Answers:
    """What a batch's callbacks were answered: the same questions, asked once more, get the same answers, and
    whoever counts the questions counts each once."""

    given: list[tuple[bytes, bytes]] = field(default_factory=list)
    at: int = 0
    size: int = 0

    @property
    def complete(self) -> bool:
        """Whether all were kept."""
        return self.size <= _MAX_ANSWERS

    def again(self, question: bytes) -> bytes | None:
        """The answer to a question that was asked before at this place; None where it is a new one.

        Raises
        ------
        ValueError
            When another question was asked here.
        """
        if self.at >= len(self.given):
            return None
        asked, answer = self.given[self.at]
        if asked != hashlib.sha256(question).digest():
            raise ValueError("another question")
        self.at += 1
        return answer

    def keep(self, question: bytes, answer: bytes) -> None:
        """Take an answer in."""
        self.size += len(answer) + _OF_ONE_ANSWER
        if self.complete:
            self.given.append((hashlib.sha256(question).digest(), answer))
            self.at += 1
        else:
            self.given.clear()


@dataclass
class Batch:
    """A request that was sent, and its outcomes as far as they are known.

    ``doubt`` is the fault for which it is tried again.
    """

    request: Request
    outcomes: list[Outcome] = field(default_factory=list)
    doubt: Fault | None = None
    answers: _Answers = field(default_factory=_Answers)

    @property
    def done(self) -> bool:
        """Whether all outcomes are known."""
        return len(self.outcomes) == self.request.count

    def fail(self, fault: Fault) -> None:
        """Let every call that has no outcome yet share this fault."""
        self.outcomes += [fault] * (self.request.count - len(self.outcomes))


class Session:
    """One submission in the sandbox, across as many children as it takes."""

    def __init__(self, sandbox: Nursery, code: Code) -> None:
        self._sandbox = sandbox
        self._pending: deque[Batch] = deque()
        self._returned: set[str] = set()  # functions of which a call has come back
        began = time.monotonic()
        self._deadline = min(began + sandbox.limits.whole_seconds, sandbox.deadline)
        self._doubts_until = began + _FOR_DOUBTS * (self._deadline - began)
        self._kept: Counter[str] = Counter()  # bytes of what its functions returned
        self._answering = Answering(sandbox.limits)
        self._start = Start(sandbox, code, self._deadline)
        self._child = self._start.first()
        self._printed = self._start.printed
        self._printed_on_reload = self._seen_before()

    @property
    def loaded(self) -> Loaded:
        """What loading gave."""
        return self._start.loaded

    def _seen_before(self) -> int:
        """How much of what the child has printed was printed by an earlier one, too."""
        return len(self._child.printed()) if self._child is not None and self._printed else 0

    def call(
        self,
        function: str,
        calls: Iterable[tuple[Any, ...]],
        bind: Mapping[str, Callable[..., Any]] | None = None,
    ) -> list[Outcome]:
        """Call one of the submission's functions with each tuple of arguments, and wait for the outcomes.

        Parameters
        ----------
        function, calls, bind
            As `prepare` takes them: this is the same as `prepare`, `send` and `collect`.
        """
        return self.collect(self.send(prepare(function, calls, bind)))

    def send(self, request: Request) -> Batch:
        """Send calls on their way; they run, after those sent before, while the referee does other work."""
        batch = Batch(request)
        self._pending.append(batch)
        try:
            if self._child is not None:
                if len(self._pending) == 1 and self._child.has_unread():
                    raise EndedError("protocol", "it sent a reply that was not expected")
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
                self._go_through(first)
                self._pending.popleft()
            except EndedError as error:
                if self._is_to_be_tried_again(first, error):
                    self._start.at_once = True
                    self._retire()
                    first.doubt, first.answers.at = error.fault, 0
                    first.outcomes.clear()
                else:
                    self._fail(error.fault)
        return batch.outcomes

    def _go_through(self, batch: Batch) -> None:
        """Receive all outcomes of the batch that is first."""
        function = batch.request.function
        child = self._living_child(function)
        before = child.taken
        while not batch.done:
            child.start_clock()
            self._answering.begin()
            kept = child.kept
            batch.outcomes += _outcomes(child, batch, self._answer)
            self._returned.add(function)
            self._kept[function] += child.kept - kept
            self._insist_on_room(function)
            if child.taken - before > _MAX_RESULTS:
                raise _too_much(_MAX_RESULTS)

    def _is_to_be_tried_again(self, batch: Batch, error: EndedError) -> bool:
        """Whether a fault costs nothing yet, and its batch runs once more, first in a new process: it may not
        be the submission's, or not that of the call to which no reply came."""
        may_be_anothers = not self._start.at_once and not error.certain
        in_doubt = error.unsure or may_be_anothers
        possible = batch.doubt is None and batch.answers.complete
        return in_doubt and possible and time.monotonic() < self._doubts_until

    def trace(self, function: str, arguments: tuple[Any, ...]) -> Any:
        """The graph of what a function computes, as it came: hostile data. None where there is none.

        Parameters
        ----------
        function, arguments
            What is traced. It meets stand-ins, and may keep references to them: nothing can be asked of the
            submission afterwards but a further trace, unless it is restarted.
        """
        if self._pending:
            raise ValueError("A trace waits for no calls: collect their outcomes first.")
        try:
            child = self._living_child(function)
            child.start_clock()
            child.send(wire.frame(wire.TRACE, {"function": function, "arguments": arguments}))
            kind, value = child.receive()
        except EndedError as error:
            self._fail(error.fault)
            return None
        return value if kind == wire.GRAPH else None

    def _insist_on_room(self, function: str) -> None:
        most = _SURE_TO_BE_KEPT if self._kept.total() > _MAX_KEPT_OF_ALL else _MAX_KEPT
        if self._kept[function] > most:
            raise _too_much(most)

    def _living_child(self, function: str) -> Child:
        """The child, or a new one to which all that is pending has been sent again."""
        self._insist_on_room(function)
        if self._child is None:
            if time.monotonic() >= self._deadline:
                raise too_late(self._sandbox.limits)
            self._child = self._start.again()
            if self._child is None:
                raise EndedError("died", "it could not be loaded again")
            self._printed_on_reload = self._seen_before()
            for batch in self._pending:
                self._child.send(batch.request.frame)
        return self._child

    def _fail(self, fault: Fault) -> None:
        """The child is lost: what was under way is at fault, the rest begins anew."""
        self.restart()
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
        self._start.generation += 1
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

    def _answer(self, value: Any, question: bytes, batch: Batch) -> bytes:
        """The answer to a callback: the one that was given before, where the batch is tried again."""
        try:
            known = batch.answers.again(question)
        except ValueError:
            assert batch.doubt is not None
            raise EndedError(batch.doubt.kind, batch.doubt.detail) from None
        if known is not None:
            return known
        try:
            answer = self._answering.answer(value, batch.request.callables, batch.request.room)
        except LateError as error:
            raise EndedError("timeout", str(error)) from None
        batch.answers.keep(question, answer)
        return answer


def _too_much(most: int) -> EndedError:
    said = f"it was stopped, as its results take more than {most >> 20} MB"
    return EndedError("died", said, certain=True)


def _outcomes(child: Child, batch: Batch, answer: Callable[[Any, bytes, Batch], bytes]) -> list[Outcome]:
    """Wait for the reply to the next call, or calls, answering the callbacks that come before it."""
    while True:
        kind, value = child.receive()
        try:
            if kind != wire.CALLBACK:
                return _reply(kind, value, batch.request, len(batch.outcomes))
            child.count_callback()
            child.send(answer(value, child.payload, batch))
        except NONSENSE:
            raise EndedError("protocol", "it sent an invalid reply") from None


def _reply(kind: int, value: Any, request: Request, known: int) -> list[Outcome]:
    """The outcomes that a reply tells."""
    if kind == wire.VALUES and type(value) is list and 0 < len(value) <= request.count - known:
        return [Returned(values_without_places(each)) for each in value]
    if kind == wire.RETURNED:
        result, changed, shares, warnings, silenced = value
        positions = tuple(int(position) for position in changed)
        texts = tuple(map(text, warnings[:10]))
        result = values_without_places(result)
        return [Returned(result, positions, text(shares), texts, bool(silenced))]
    if kind == wire.RAISED:
        kinds = tuple(text(kind) for kind in value["kinds"][:20]) or ("Exception",)
        place, line, name, code = value["place"]
        message = text(value["message"])
        return [Raised(kinds, message, text(place), int(line), text(name), text(code))]
    if kind == wire.UNSENDABLE:
        return [Unsendable(text(value))]
    raise ValueError(kind)
