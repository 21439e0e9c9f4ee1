"""The program inside the sandbox: loads a submission, answers the referee's calls, holds no answer."""

from __future__ import annotations

import sys
import traceback
import types
from collections import deque
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

import numpy as np

from . import chance, tracing, wire
from .callables import of_many_kinds
from .channel import Channel
from .inert import INERT, Missing
from .loading import Loader, Place
from .marimo import is_marimo
from .public import Public
from .room import Room, too_large
from .sendable import MAX_TEXT, drawn, message, problem, sendable
from .watching import WarningLog, arrays, overlap

_NOTHING = object()  # where a name has no value


class RefusedError(ValueError):
    """What a callback raises in the student's code when the referee refuses its arguments."""


class Runner:
    """One submission's namespace and its answers."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._decoder = wire.Decoder(self._generator, self._callback, self._public)
        self._generators: dict[int, np.random.Generator] = {}
        self._module = types.ModuleType("submission")
        self._results: dict[str, list[np.ndarray]] = {}
        self._later: deque[tuple[int, bytearray]] = deque()
        self._room = Room()
        self._called = ""  # the last function
        self._told = 0  # problems that were told before the submission was loaded
        self._loader: Loader
        sys.modules["submission"] = sys.modules["__main__"] = self._module
        self._module.__dict__.update(
            __file__="submission.py", __package__="submission", __path__=[], __builtins__=__builtins__
        )
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
        self,
        cells: list[str],
        careful: bool,
        seed: int,
        at_once: bool = False,
        notebook: bool = False,
        **about: Any,
    ) -> None:
        """Run all statements but those to skip; when careful, announce each before it runs. Replies to calls
        are sent ``at_once``, or wait for others for a moment."""
        if at_once:
            self._channel.max_delay = -1.0
        chance.begin(seed)
        notebook = notebook or any(map(is_marimo, cells))
        self._module.__name__ = "__main__" if notebook else "submission"
        announce = self._announce if careful else None
        loader = self._loader = Loader(
            self._module, cells=cells, notebook=notebook, announce=announce, **about
        )
        loader.load()
        silenced = self._warnings.restore(while_loading=True)
        self._warnings.take()
        names = self._module.__dict__.items()
        callables = [name for name, value in names if callable(value) and self._is_own(name, value)]
        reply = {
            "problems": loader.problems,
            "functions": callables[:2000],
            "silenced": silenced,
            "lost": [(name, *how) for name, how in loader.lost.items()],
        }
        self._channel.send(wire.frame(wire.LOADED, reply))

    def _is_own(self, name: str, value: Any) -> bool:
        """Whether a name is the submission's, and not a stand-in or one that every submission has."""
        return (
            not isinstance(value, Missing) and value is not INERT and value is not self._loader.own.get(name)
        )

    def _announce(self, place: Place) -> None:
        """Tell what runs next, and what has failed since the last time."""
        fresh = self._loader.problems[self._told :]
        self._told += len(fresh)
        self._channel.send(wire.frame(wire.STARTING, (*place, fresh)))

    # -------------------------------------------------------------------------------- calling

    def _call(
        self,
        function: str,
        calls: list[tuple[Any, ...]],
        bind: dict[str, Any],
        watched: bool,
        reused: list[int] | None = None,
        room: tuple[int, int, int] = (0, 0, 0),
    ) -> None:
        """Call a function with each tuple of arguments and send one reply a call.

        For the time of the calls the names in `bind` stand for callbacks to the referee. Calls that are not
        watched give their values alone, many in a frame. Those that are `reused` share their arguments.
        Callables that were sent whole may be called with as much as there is `room` for. What is called is
        of many kinds.
        """
        if function != self._called:  # what one returned does not wait for another
            self._channel.flush()
            self._called = function
        self._room = Room(*room)
        calls = [of_many_kinds(arguments, k) for k, arguments in enumerate(calls)]
        names = self._module.__dict__
        before = self._bound(bind)
        self._warnings.restore()
        try:
            if reused:
                shared = [calls[0] if k in reused else arguments for k, arguments in enumerate(calls)]
                self._call_and_write_over(names[function], shared)
            elif watched:
                for arguments in calls:
                    self._answer(function, arguments)
            else:
                self._call_unwatched(names[function], calls)
        finally:
            self._channel.gather()
            for where, name, value in before:
                if value is _NOTHING:
                    where.pop(name, None)
                else:
                    where[name] = value

    def _bound(self, bind: dict[str, Any]) -> list[tuple[dict[str, Any], str, Any]]:
        """Let names mean what stands in for them, in every module of the student's and under every name
        that the same function has; what was there before is returned."""
        if not bind:
            return []
        own = self._module.__dict__
        instead = {id(own[name]): value for name, value in bind.items() if callable(own.get(name))}
        before = [(own, name, own.get(name, _NOTHING)) for name in bind]
        own.update(bind)
        for names in self._loader.namespaces():
            for name, value in list(names.items()):
                new = bind.get(name) if callable(value) else None
                new = instead.get(id(value)) if new is None else new
                if new is not None and new is not value:
                    before.append((names, name, value))
                    names[name] = new
        return before

    def _call_and_write_over(self, function: Callable[..., Any], calls: list[tuple[Any, ...]]) -> None:
        """Call with arguments that may be the same ones again; write over them before results are read."""
        replies: list[Callable[[], None]] = []
        for arguments in calls:
            try:
                replies.append(partial(self._reply_value, function(*arguments)))
            except BaseException as error:
                replies.append(partial(self._channel.reply, self._raised_frame(error)))
        for array in (a for arguments in calls for a in arguments if type(a) is np.ndarray):
            array.flags.writeable = True
            array[...] = 77
        self._warnings.restore()
        self._warnings.take()
        for reply in replies:
            reply()

    def _call_unwatched(self, function: Callable[..., Any], calls: list[tuple[Any, ...]]) -> None:
        for arguments in calls:
            try:
                result = function(*arguments)
            except BaseException as error:
                self._reply_raised(error)
            else:
                self._reply_value(result)
        self._warnings.take()

    def _reply_raised(self, error: BaseException) -> None:
        self._channel.reply(self._raised_frame(error))

    def _raised_frame(self, error: BaseException) -> bytes:
        return wire.frame(wire.RAISED, self._describe(error))

    def _reply_value(self, result: Any) -> None:
        try:
            value = wire.encoded(sendable(result))
        except BaseException as error:
            self._channel.reply(_unreadable(result, error))
        else:
            self._channel.reply_value(value)

    def _trace(self, function: str, arguments: tuple[Any, ...]) -> None:
        """Send the graph of what a function computes, or why there is none."""
        names = self._module.__dict__
        try:
            with tracing.tracing(*self._loader.namespaces()):
                graph = tracing.trace(names[function], arguments)
            reply = wire.frame(wire.GRAPH, graph)
        except BaseException as error:
            reply = wire.frame(wire.UNSENDABLE, problem(error))
        self._channel.send(reply)

    def _answer(self, function: str, arguments: tuple[Any, ...]) -> None:
        """Call once, and reply with the value and with what was seen beside it."""
        originals = [(i, a, a.tobytes(), a.shape) for i, a in enumerate(arguments) if type(a) is np.ndarray]
        try:
            result = self._module.__dict__[function](*arguments)
        except BaseException as error:
            self._warnings.restore()
            self._warnings.take()
            self._reply_raised(error)
            return
        silenced = self._warnings.restore_after_call()
        try:
            found = list(arrays(result))
            changed = [i for i, a, data, shape in originals if a.tobytes() != data or a.shape != shape]
            shares = self._shares(function, found, [a for _, a, _, _ in originals])
            seen = (changed, shares, self._warnings.take(), silenced)
            frame = wire.frame(wire.RETURNED, (sendable(result), *seen)) if any(seen) else b""
        except BaseException as error:
            frame = _unreadable(result, error)
        if frame:
            self._channel.reply(frame)
        else:
            self._reply_value(result)

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
            frames = [
                f for f in traceback.extract_tb(error.__traceback__) if f.filename in self._loader.sources
            ]
            last = frames[-1]
            place = (last.filename, last.lineno or 0, last.name, self._line(last.filename, last.lineno))
        except BaseException:
            place = ("", 0, "", "")
        kinds = [kind.__name__[:100] for kind in type(error).__mro__[:-1]][:10]
        return {"kinds": kinds, "message": message(error), "place": place}

    def _line(self, name: str, number: int | None) -> str:
        lines = self._loader.sources[name]
        return lines[number - 1].strip()[:200] if number and number <= len(lines) else ""

    # ------------------------------------------------------------------ what the referee sends

    def _generator(self, key: int, seed: int) -> np.random.Generator:
        if key not in self._generators:
            self._generators[key] = np.random.default_rng(seed)
        return self._generators[key]

    def _public(self, sent: Public) -> Callable[..., Any]:
        """A callable that was sent whole: it refuses what the referee would refuse, in the same words."""
        called = sent.callable

        @wraps(called)
        def public(*arguments: Any, **keywords: Any) -> Any:
            given = (*arguments, *keywords.values()) if keywords else arguments
            if reason := too_large(given, self._room):
                raise RefusedError(reason)
            try:
                with np.errstate(all="ignore"):
                    return called(*arguments, **keywords)
            except (TypeError, ValueError) as error:
                _question(0, arguments, keywords)
                raise RefusedError(message(error)) from None

        return public

    def _callback(self, number: int) -> Callable[..., Any]:
        def callback(*arguments: Any, **keywords: Any) -> Any:
            self._channel.send(_question(number, arguments, keywords))
            kind, payload = self._channel.receive()
            while kind not in (wire.ANSWER, wire.REFUSAL):  # further calls may be on their way already
                self._later.append((kind, payload))
                kind, payload = self._channel.receive()
            answer = self._decoder.decode(payload)
            if kind == wire.REFUSAL:
                raise RefusedError(answer)
            return answer

        return callback


def _question(number: int, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> bytes:
    """The frame that asks a callable of the referee's; what cannot be sent is told in words of the call."""
    try:
        asked = tuple(drawn(argument) for argument in arguments)
        named = {name: drawn(argument) for name, argument in keywords.items()}
        return wire.frame(wire.CALLBACK, (number, sendable(asked), sendable(named)))
    except wire.UnsendableError as error:
        raise TypeError(f"this function cannot be called with {error}") from None


def _unreadable(result: Any, error: BaseException) -> bytes:
    """The frame for a result that cannot be sent, or cannot even be read."""
    if isinstance(error, wire.UnsendableError):
        text = str(error)
    else:
        text = f"a value of type {type(result).__name__}, which fails when it is read ({problem(error)})"
    return wire.frame(wire.UNSENDABLE, text[:MAX_TEXT])
