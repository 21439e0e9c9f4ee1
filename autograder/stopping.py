"""Requests to stop: Ctrl-C, and the signal with which a server is shut down."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_REQUESTS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stoppable() -> Iterator[None]:
    """Let the first request raise `KeyboardInterrupt`; further ones find that it is being done."""

    def stop(*_: Any) -> None:
        for number in _REQUESTS:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    with _handled(stop):
        yield


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Put off requests until what is under way is done."""
    asked: list[int] = []
    with _handled(lambda number, _: asked.append(number)):
        yield
    for number in asked[:1]:
        signal.raise_signal(number)


@contextmanager
def _handled(handler: Any) -> Iterator[None]:
    # what is ignored stays so: a shell starts what runs in the background without Ctrl-C
    heeded = [number for number in _REQUESTS if signal.getsignal(number) != signal.SIG_IGN]
    try:
        before = {number: signal.signal(number, handler) for number in heeded}
    except ValueError:  # not in the main thread: somebody else looks after signals
        yield
        return
    try:
        yield
    finally:
        for number, each in before.items():
            signal.signal(number, each)
