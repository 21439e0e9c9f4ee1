"""The program inside the sandbox: loads a submission, answers the referee's calls, holds no answer."""

from __future__ import annotations
import __future__

import ast
import inspect
import numbers
import os
import socket
import sys
import time
import traceback
import types
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from . import inert, tracing, wire
from .statements import Statement, statements

_FUTURE_FLAGS = sum({getattr(__future__, name).compiler_flag for name in __future__.all_feature_names})
_MAX_TEXT = 2000
_MAX_WARNINGS = 5
_MAX_DELAY = 0.003
_MAX_GATHERED = 1 << 20


class RefusedError(ValueError):
    """What a callback raises in the student's code when the referee refuses its arguments."""


class Channel:
    """Frames over the one socket; the other end is the referee, which is trusted here."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._waiting = bytearray()
        self._replies: list[bytes] = []
        self._flushed = 0.0

    def send(self, frame: bytes) -> None:
        """Send a frame, after the replies that wait."""
        self._socket.sendall(b"".join([*self._replies, frame]))
        self._replies.clear()
        self._flushed = time.monotonic()

    def reply(self, frame: bytes) -> None:
        """Send a frame soon: many small replies cost one system call. Within a few milliseconds all are on
        their way, so that a call that hangs takes none of the earlier ones with it for long."""
        if time.monotonic() - self._flushed > _MAX_DELAY:
            self.send(frame)
        else:
            self._replies.append(frame)

    def flush(self) -> None:
        """Send the replies that wait."""
        if self._replies:
            self.send(b"")

    def receive(self) -> tuple[int, bytearray]:
        """The next frame's kind and payload; the process ends when the referee has hung up."""
        self._fill(wire.HEADER_SIZE)
        size, kind = wire.header(self._waiting)
        end = wire.HEADER_SIZE + size
        self._fill(end)
        payload = self._waiting[wire.HEADER_SIZE : end]
        del self._waiting[:end]
        return kind, payload

    def _fill(self, count: int) -> None:
        while len(self._waiting) < count:
            data = self._socket.recv(1 << 16)
            if not data:
                os._exit(0)
            self._waiting += data


class WarningLog:
    """Records every warning of a call, however the submission set its filters, and notices when it
    silenced NumPy for the whole process."""

    def __init__(self) -> None:
        self._errors = np.geterr()
        self._texts: list[str] = []
        warnings.simplefilter("always")
        warnings.showwarning = self._record
        self._filters = list(warnings.filters)

    def _record(self, message: Any, category: Any, *_place: Any, **_more: Any) -> None:
        if len(self._texts) < _MAX_WARNINGS:
            self._texts.append(f"{category.__name__}: {message}"[:200])

    def restore(self) -> bool:
        """Undo what the submission changed; whether NumPy's errors had been silenced."""
        silenced = np.geterr() != self._errors
        if silenced:
            np.seterr(**self._errors)
        self._restore_filters()
        return silenced

    def restore_after_call(self) -> bool:
        """The same; a filter that a call leaves behind silences NumPy as well. (One that was set before the
        call is no excuse and no offence: it is not in force here.)"""
        filters = warnings.filters
        hidden = filters != self._filters and any(
            each[0] == "ignore" and each not in self._filters and issubclass(RuntimeWarning, each[2])
            for each in filters
        )
        return self.restore() or hidden

    def _restore_filters(self) -> None:
        if warnings.filters != self._filters or warnings.showwarning != self._record:
            warnings.filters[:] = self._filters  # type: ignore[index]
            warnings.showwarning = self._record

    def take(self) -> list[str]:
        """The texts since the last time."""
        texts, self._texts = self._texts, []
        return texts


class Runner:
    """One submission's namespace and its answers."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._decoder = wire.Decoder(self._generator, self._callback)
        self._generators: dict[int, np.random.Generator] = {}
        self._module = types.ModuleType("submission")
        self._sources: dict[str, list[str]] = {}
        self._results: dict[str, list[np.ndarray]] = {}
        self._later: deque[tuple[int, bytearray]] = deque()
        self._depths: list[int] = []  # of the stack at the callbacks of one call
        sys.modules["submission"] = self._module
        self._given = {"get_ipython": lambda: inert.INERT, "display": inert.INERT}
        self._module.__dict__.update(self._given, __file__="submission.py", __builtins__=__builtins__)
        self._warnings = WarningLog()

    def serve(self) -> None:
        """Answer frames until the referee hangs up; the first tells it that the lockdown holds."""
        self._channel.send(wire.frame(wire.READY, None))
        while True:
            kind, payload = self._later.popleft() if self._later else self._channel.receive()
            request = self._decoder.decode(payload)
            if kind == wire.LOAD:
                self._load(**request)
            elif kind == wire.TRACE:
                self._trace(**request)
            else:
                self._call(**request)

    # -------------------------------------------------------------------------------- loading

    def _load(
        self, cells: list[str], given: str, modules: list[str], skip: list[list[int]], careful: bool
    ) -> None:
        """Run all statements but those to skip; when careful, announce each before it runs.

        `modules` are those that the kit holds, which grading does not need.
        """
        inert.also(modules)
        problems: list[tuple[int, int, str]] = []
        if any("random" in cell for cell in cells):
            # forked children would otherwise all draw the same from NumPy's global generator
            np.random.seed()
        flags = 0
        for number, cell in enumerate(cells, 1):
            name = f"cell {number}" if len(cells) > 1 else "submission.py"
            self._sources[name] = cell.split("\n")
            for statement in statements(cell, given):
                if [number, statement.line] in skip:
                    continue
                if careful:
                    self._channel.send(wire.frame(wire.STARTING, (number, statement.line)))
                try:
                    flags |= self._execute(statement, name, flags)
                except BaseException as error:
                    problems.append((number, statement.line, _problem(error)))
                    if statement.node is None:
                        self._mark_broken(statement)
        silenced = self._warnings.restore()
        self._warnings.take()
        names = self._module.__dict__.items()
        callables = [name for name, value in names if callable(value) and value is not self._given.get(name)]
        reply = {"problems": problems[:200], "functions": callables[:2000], "silenced": silenced}
        self._channel.send(wire.frame(wire.LOADED, reply))

    def _execute(self, statement: Statement, name: str, flags: int) -> int:
        """Run one statement; returns the compiler flags that a ``from __future__`` import set."""
        if statement.node is None:
            raise SyntaxError(statement.problem)
        tree = ast.Module([statement.node], [])
        code = compile(tree, name, "exec", flags, dont_inherit=True)
        exec(code, self._module.__dict__)
        return code.co_flags & _FUTURE_FLAGS

    def _mark_broken(self, statement: Statement) -> None:
        """A function whose text does not parse is there, and says so when it is called."""
        words = statement.text.lstrip().split("(")[0].split()
        if len(words) == 2 and words[0] == "def" and words[1].isidentifier():

            def broken(*_arguments: Any) -> None:
                raise SyntaxError(statement.problem)

            self._module.__dict__[words[1]] = broken

    # -------------------------------------------------------------------------------- calling

    def _call(self, function: str, calls: list[tuple[Any, ...]], bind: dict[str, Any], watched: bool) -> None:
        """Call a function with each tuple of arguments and send one reply a call.

        For the time of the calls the names in `bind` stand for callbacks to the referee. Calls that are not
        watched give their values alone, many in a frame.
        """
        names = self._module.__dict__
        before = {name: names[name] for name in bind if name in names}
        names.update(bind)
        try:
            if watched:
                for arguments in calls:
                    self._channel.reply(self._answer(function, arguments))
            else:
                self._call_unwatched(names[function], calls)
        finally:
            self._channel.flush()
            names.update(before)

    def _call_unwatched(self, function: Callable[..., Any], calls: list[tuple[Any, ...]]) -> None:
        values: list[bytes] = []
        size, began = 0, time.monotonic()
        self._warnings.restore()
        for arguments in calls:
            failed = None
            try:
                values.append(wire.encoded(sendable(function(*arguments))))
                size += len(values[-1])
            except wire.UnsendableError as error:
                failed = wire.frame(wire.UNSENDABLE, str(error)[:_MAX_TEXT])
            except BaseException as error:
                failed = wire.frame(wire.RAISED, self._describe(error))
            if failed is not None or size > _MAX_GATHERED or time.monotonic() - began > _MAX_DELAY:
                self._send_values(values, failed)
                values, size, began = [], 0, time.monotonic()
        self._send_values(values)
        self._warnings.take()

    def _send_values(self, values: list[bytes], failed: bytes | None = None) -> None:
        """Send the values of some calls, and the reply to the one after them where that failed."""
        gathered = wire.list_frame(wire.VALUES, values) if values else b""
        if gathered or failed:
            self._channel.send(gathered + (failed or b""))

    def _trace(self, function: str, arguments: tuple[Any, ...]) -> None:
        """Send the graph of what a function computes, or why there is none."""
        names = self._module.__dict__
        try:
            with tracing.tracing(names):
                graph = tracing.trace(names[function], arguments)
            reply = wire.frame(wire.GRAPH, graph)
        except BaseException as error:
            reply = wire.frame(wire.UNSENDABLE, _problem(error))
        self._channel.send(reply)

    def _answer(self, function: str, arguments: tuple[Any, ...]) -> bytes:
        """One call's reply frame."""
        originals = [(i, a, a.tobytes(), a.shape) for i, a in enumerate(arguments) if type(a) is np.ndarray]
        self._warnings.restore()
        self._depths.clear()
        try:
            result = self._module.__dict__[function](*arguments)
        except BaseException as error:
            self._warnings.restore()
            self._warnings.take()
            return wire.frame(wire.RAISED, self._describe(error))
        silenced = self._warnings.restore_after_call()
        try:
            arrays = list(_arrays(result))
            changed = [i for i, a, data, shape in originals if a.tobytes() != data or a.shape != shape]
            shares = self._shares(function, arrays, [a for _, a, _, _ in originals])
            growth = self._depths[-1] - self._depths[0] if self._depths else 0
            seen = (changed, shares, self._warnings.take(), silenced, growth)
            value = sendable(result)
            return wire.frame(wire.RETURNED, (value, *seen) if any(seen) else (value,))
        except wire.UnsendableError as error:
            return wire.frame(wire.UNSENDABLE, str(error)[:_MAX_TEXT])
        except BaseException as error:
            text = f"a value of type {type(result).__name__}, which fails when it is read ({_problem(error)})"
            return wire.frame(wire.UNSENDABLE, text[:_MAX_TEXT])

    def _shares(self, function: str, arrays: list[np.ndarray], arguments: list[np.ndarray]) -> str:
        """What a result shares memory with: ``"argument"``, ``"earlier result"`` or nothing (``""``)."""
        earlier = self._results.get(function, [])
        self._results[function] = arrays
        for what, others in (("argument", arguments), ("earlier result", earlier)):
            if any(np.may_share_memory(a, o) and _overlap(a, o) for a in arrays for o in others):
                return what
        return ""

    def _describe(self, error: BaseException) -> dict[str, Any]:
        """What was raised, and where in the submission."""
        try:
            frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in self._sources]
            last = frames[-1]
            place = (last.filename, last.lineno or 0, last.name, self._line(last.filename, last.lineno))
        except BaseException:
            place = ("", 0, "", "")
        kinds = [kind.__name__[:100] for kind in type(error).__mro__[:-1]][:10]
        return {"kinds": kinds, "message": _message(error), "place": place}

    def _line(self, name: str, number: int | None) -> str:
        lines = self._sources[name]
        return lines[number - 1].strip()[:200] if number and number <= len(lines) else ""

    # ------------------------------------------------------------------ what the referee sends

    def _generator(self, key: int, seed: int) -> np.random.Generator:
        if key not in self._generators:
            self._generators[key] = np.random.default_rng(seed)
        return self._generators[key]

    def _callback(self, number: int) -> Callable[..., Any]:
        def callback(*arguments: Any, **keywords: Any) -> Any:
            self._depths.append(_stack_depth())
            try:
                asked = tuple(_drawn(argument) for argument in arguments)
                named = {name: _drawn(argument) for name, argument in keywords.items()}
                frame = wire.frame(wire.CALLBACK, (number, sendable(asked), sendable(named)))
            except wire.UnsendableError as error:
                raise TypeError(f"this function cannot be called with {error}") from None
            self._channel.send(frame)
            kind, payload = self._channel.receive()
            while kind not in (wire.ANSWER, wire.REFUSAL):  # further calls may be on their way already
                self._later.append((kind, payload))
                kind, payload = self._channel.receive()
            answer = self._decoder.decode(payload)
            if kind == wire.REFUSAL:
                raise RefusedError(answer)
            return answer

        return callback


def sendable(value: Any) -> Any:
    """The value in the types that cross, without loss; what has none is left for the wire to refuse."""
    kind = type(value)
    if kind in (float, int, bool, str) or value is None:
        return value[:_MAX_TEXT] if kind is str else value
    if kind is np.ndarray:
        return _plain_objects(value) if value.dtype == object else value
    if isinstance(value, np.generic):
        return value
    if isinstance(value, np.ma.MaskedArray):
        raise wire.UnsendableError("a masked array")
    if isinstance(value, np.ndarray):
        return np.array(value, subok=False)
    if isinstance(value, tuple):
        return tuple(sendable(item) for item in tuple.__iter__(value))
    if isinstance(value, list):
        return [sendable(item) for item in list.__iter__(value)]
    if kind is range:
        return list(value)
    if isinstance(value, dict):
        return {key: sendable(item) for key, item in value.items()}
    if isinstance(value, bool | int | float | str):  # a subclass, such as an enumeration's member
        base = next(b for b in (bool, int, float, str) if isinstance(value, b))
        return base(value)
    if isinstance(value, complex):
        raise wire.UnsendableError("a complex number")
    if isinstance(value, numbers.Real) or kind.__name__ == "Decimal":
        return float(value)
    if inspect.isgenerator(value) or isinstance(value, map | filter | zip):
        raise wire.UnsendableError(f"a {kind.__name__}, which is no list")
    if callable(value):
        raise wire.UnsendableError("a function instead of its result")
    raise wire.UnsendableError(f"a value of type {kind.__name__}")


def _drawn(argument: Any) -> Any:
    """A random generator crosses as a number drawn from it, which is all that the referee needs of it."""
    return int(argument.integers(1 << 62)) if isinstance(argument, np.random.Generator) else argument


def _plain_objects(array: np.ndarray) -> np.ndarray:
    try:
        return array.astype(np.float64)
    except Exception:
        raise wire.UnsendableError("an array of Python objects (dtype=object)") from None


def _arrays(result: Any, depth: int = 0) -> Iterator[np.ndarray]:
    """The arrays in a result, a few levels deep."""
    if isinstance(result, np.ndarray):
        yield result
    elif isinstance(result, tuple | list) and depth < 3:
        for item in result[:2000]:
            yield from _arrays(item, depth + 1)


def _overlap(one: np.ndarray, other: np.ndarray) -> bool:
    try:
        return bool(np.shares_memory(one, other, max_work=10_000))  # type: ignore[arg-type]
    except Exception:  # too hard to tell: their bounds overlap
        return True


def _stack_depth() -> int:
    depth, frame = 0, sys._getframe()
    while frame.f_back is not None:
        depth, frame = depth + 1, frame.f_back
    return depth


def _message(error: BaseException) -> str:
    try:
        return str(error)[:_MAX_TEXT]
    except BaseException:
        return "(its message cannot be read)"


def _problem(error: BaseException) -> str:
    if isinstance(error, SyntaxError) and error.lineno is None:
        return f"SyntaxError: {_message(error)}"
    if isinstance(error, SyntaxError):
        return f"SyntaxError: {error.msg}"
    return f"{type(error).__name__}: {_message(error)}"[:_MAX_TEXT]
