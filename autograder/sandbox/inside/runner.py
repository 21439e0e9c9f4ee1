"""The program inside the sandbox: loads a submission, answers the referee's calls, holds no answer."""

from __future__ import annotations
import __future__

import ast
import sys
import time
import traceback
import types
from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np

from . import inert, tracing, wire
from .channel import MAX_DELAY, Channel
from .sendable import MAX_TEXT, drawn, message, problem, sendable
from .statements import Statement, statements
from .watching import WarningLog, arrays, overlap, stack_depth

_FUTURE_FLAGS = sum({getattr(__future__, name).compiler_flag for name in __future__.all_feature_names})
_MAX_GATHERED = 1 << 20


class RefusedError(ValueError):
    """What a callback raises in the student's code when the referee refuses its arguments."""


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
                    problems.append((number, statement.line, problem(error)))
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
                failed = wire.frame(wire.UNSENDABLE, str(error)[:MAX_TEXT])
            except BaseException as error:
                failed = wire.frame(wire.RAISED, self._describe(error))
            if failed is not None or size > _MAX_GATHERED or time.monotonic() - began > MAX_DELAY:
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
            reply = wire.frame(wire.UNSENDABLE, problem(error))
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
            found = list(arrays(result))
            changed = [i for i, a, data, shape in originals if a.tobytes() != data or a.shape != shape]
            shares = self._shares(function, found, [a for _, a, _, _ in originals])
            growth = self._depths[-1] - self._depths[0] if self._depths else 0
            seen = (changed, shares, self._warnings.take(), silenced, growth)
            value = sendable(result)
            return wire.frame(wire.RETURNED, (value, *seen) if any(seen) else (value,))
        except wire.UnsendableError as error:
            return wire.frame(wire.UNSENDABLE, str(error)[:MAX_TEXT])
        except BaseException as error:
            text = f"a value of type {type(result).__name__}, which fails when it is read ({problem(error)})"
            return wire.frame(wire.UNSENDABLE, text[:MAX_TEXT])

    def _shares(self, function: str, found: list[np.ndarray], arguments: list[np.ndarray]) -> str:
        """What a result shares memory with: ``"argument"``, ``"earlier result"`` or nothing (``""``)."""
        earlier = self._results.get(function, [])
        self._results[function] = found
        for what, others in (("argument", arguments), ("earlier result", earlier)):
            if any(np.may_share_memory(a, o) and overlap(a, o) for a in found for o in others):
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
        return {"kinds": kinds, "message": message(error), "place": place}

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
            self._depths.append(stack_depth())
            try:
                asked = tuple(drawn(argument) for argument in arguments)
                named = {name: drawn(argument) for name, argument in keywords.items()}
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
