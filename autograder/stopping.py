"""Requests to stop: Ctrl-C, and the signal with which a server is shut down."""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_REQUESTS = (signal.SIGINT, signal.SIGTERM)
# A request that was lost is made again after so many seconds, when what lost it is over.
_SOON = 0.02


@contextmanager
def stoppable() -> Iterator[None]:
    """Let the first request raise `KeyboardInterrupt`; further ones find that it is being done.

    Python drops what is raised in a finalizer or in what is called at a fork: such a request is made again.
    """
    ours = os.getpid()

    def stop(*_: Any) -> None:
        if os.getpid() != ours:  # a fork that has not begun: it ends with this process
            return
        for number in _REQUESTS:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    def dropped(what: sys.UnraisableHookArgs) -> None:
        if not issubclass(what.exc_type, KeyboardInterrupt):
            before(what)
        elif os.getpid() == ours:
            signal.signal(signal.SIGINT, stop)
            threading.Timer(_SOON, _ask).start()

    before = sys.unraisablehook
    with _handled(stop) as handled:
        if not handled:
            yield
            return
        sys.unraisablehook = dropped
        try:
            yield
        finally:
            sys.unraisablehook = before


def _ask() -> None:
    """Send the request to the main thread, which it also wakes where the system can."""
    main = threading.main_thread().ident
    if hasattr(signal, "pthread_kill") and main is not None:
        signal.pthread_kill(main, signal.SIGINT)
    else:
        _thread.interrupt_main()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Put off requests until what is under way is done."""
    asked: list[int] = []
    with _handled(lambda number, _: asked.append(number)):
        yield
    for number in asked[:1]:
        signal.raise_signal(number)


@contextmanager
def _handled(handler: Any) -> Iterator[bool]:
    """Handle requests so, and tell whether that is possible here."""
    # what is ignored stays so: a shell starts what runs in the background without Ctrl-C
    heeded = [number for number in _REQUESTS if signal.getsignal(number) != signal.SIG_IGN]
    try:
        before = {number: signal.signal(number, handler) for number in heeded}
    except ValueError:  # not in the main thread: somebody else looks after signals
        yield False
        return
    try:
        yield True
    finally:
        for number, each in before.items():
            signal.signal(number, each)
