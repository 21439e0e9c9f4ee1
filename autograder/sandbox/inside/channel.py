"""The way to the referee and back: frames over one socket."""

from __future__ import annotations

import os
import socket
import time

from . import wire

MAX_DELAY = 0.003  # seconds that a reply may wait for others, unless `max_delay` says otherwise
_MAX_GATHERED = 100_000  # bytes of values in one frame, each of at least one: fewer than a frame may have


class Channel:
    """Frames over the one socket; the other end is the referee, which is trusted here."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._waiting = bytearray()
        self._replies: list[bytes] = []
        self._values: list[bytes] = []
        self._size = 0  # of the values
        self._flushed = 0.0
        self.max_delay = MAX_DELAY

    def send(self, frame: bytes) -> None:
        """Send a frame, after the replies that wait."""
        self.gather()
        self._socket.sendall(b"".join([*self._replies, frame]))
        self._replies.clear()
        self._flushed = time.monotonic()

    def reply(self, frame: bytes) -> None:
        """Send a frame soon: many small replies cost one system call. A call that never returns takes those
        that wait with it: the referee asks again then, and lets nothing wait."""
        self.gather()
        self._replies.append(frame)
        self._flush_in_time()

    def reply_value(self, value: bytes) -> None:
        """The same with the reply of a call of which the value is all there is to tell; see `wire.encoded`.
        Those that wait share a frame."""
        if self._size + len(value) > _MAX_GATHERED:
            self.gather()
        self._values.append(value)
        self._size += len(value)
        self._flush_in_time()

    def flush(self) -> None:
        """Send the replies that wait."""
        if self._replies or self._values:
            self.send(b"")

    def _flush_in_time(self) -> None:
        if time.monotonic() - self._flushed > self.max_delay:
            self.flush()

    def gather(self) -> None:
        """Make a frame of the values so far: those of another request share none with them."""
        if self._values:
            self._replies.append(wire.list_frame(wire.VALUES, self._values))
            self._values, self._size = [], 0

    def receive(self) -> tuple[int, bytearray]:
        """The next frame's kind and payload; the process ends when the referee has hung up.

        No reply waits while this waits.
        """
        self._fill(wire.HEADER_SIZE)
        size, kind = wire.header(self._waiting)
        end = wire.HEADER_SIZE + size
        self._fill(end)
        payload = self._waiting[wire.HEADER_SIZE : end]
        del self._waiting[:end]
        return kind, payload

    def _fill(self, count: int) -> None:
        while len(self._waiting) < count:
            self.flush()
            data = self._socket.recv(1 << 16)
            if not data:
                os._exit(0)
            self._waiting += data
