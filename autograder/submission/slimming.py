"""A large notebook is read without its outputs and attachments, a piece at a time: they are never needed.

Only what a student could have typed is kept. The rest, pictures of many megabytes, streams past.
"""

from __future__ import annotations

import re
from collections.abc import Callable

MAX_NOTEBOOK = 256_000_000
# So many strings, or brackets that may close a value, cost about a second.
MAX_STEPS = 2_000_000
_PIECE = 1 << 20
_FIRST = 10_000_000
# Keys whose values are left out, wherever they stand.
_LEFT_OUT = frozenset({b"outputs", b"attachments", b"widgets", b"output"})

# Where a choice fails in its middle, Pythons before 3.11.5 go on from there, unless another choice follows.
_OR_NOTHING = rb"|(?!))*+"
_INSIDE = rb'(?:[^"\\]++|\\.)*+'
_FLAT = rb'(?:[^"\[\]{}]++|"' + _INSIDE + rb'"' + _OR_NOTHING
_STRING = re.compile(_INSIDE, re.DOTALL)
_BLANK = re.compile(rb"[ \t\r\n]*+")
_SCALAR = re.compile(rb'[^,\]}"\[{]*+')
# All up to a key that is left out, or a string that goes on in the next piece.
_KEPT = re.compile(
    rb'(?:[^"]++|"(?!(?:' + b"|".join(sorted(_LEFT_OUT)) + rb')")' + _INSIDE + rb'"' + _OR_NOTHING, re.DOTALL
)
# All up to a bracket of deep nesting, or a string that goes on in the next piece.
_PASSED = re.compile(
    rb'(?:[^"\[\]{}]++|"' + _INSIDE + rb'"|\[' + _FLAT + rb"\]|\{" + _FLAT + rb"\}" + _OR_NOTHING, re.DOTALL
)


_Keep = Callable[[bytes], None]


class TooLargeError(Exception):
    """What is left of a file is more than may be kept, or it would take too long to read."""


def looks_like_json(beginning: bytes) -> bool:
    """Whether a file with these first bytes may be a notebook in UTF-8."""
    return beginning.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def within(read: Callable[[int], bytes], most: int) -> bytes:
    """All that a file holds, or of a large notebook what `slim` leaves.

    Parameters
    ----------
    read
        Gives as many of the next bytes as it is asked for; fewer only at the end.
    most
        As many bytes may be kept.

    Raises
    ------
    TooLargeError
        When that is more than `most` bytes.
    """
    data = read(min(most, _FIRST) + 1)
    if _FIRST < len(data) <= most:  # room for so much is made only where it may be needed
        data += read(most + 1 - len(data))
    if len(data) <= most:
        return data
    if not looks_like_json(data[:100]):
        raise TooLargeError
    beginning = [data]
    del data
    return slim(lambda count: beginning.pop() if beginning else read(count), most)


def slim(read: Callable[[int], bytes], most: int) -> bytes:
    """The text of a notebook with null in the place of its outputs and attachments.

    Damaged JSON stays damaged; that is for the reader to say.

    Parameters
    ----------
    read
        Gives at most as many of the next bytes as it is asked for, and none at the end.
    most
        As many bytes may be kept.

    Raises
    ------
    TooLargeError
        When more would be kept, the file is larger than `MAX_NOTEBOOK`, or has too many parts.

    Examples
    --------
    >>> import io
    >>> slim(io.BytesIO(b'{"outputs": [{"a": "]"}], "source": "x"}').read, 100)
    b'{"outputs":null, "source": "x"}'
    """
    stream = _Stream(read)
    kept = bytearray()

    def keep(data: bytes) -> None:
        kept.extend(data)
        if len(kept) > most:
            raise TooLargeError

    while stream.more():
        stream.take(_KEPT, keep)
        if not stream.more():
            break
        begin = len(kept)
        keep(stream.take_byte())  # the quotation mark
        stream.string(keep)
        if len(kept) - begin <= 16 and bytes(kept[begin + 1 : -1]) in _LEFT_OUT:
            stream.take(_BLANK)
            if stream.more() and stream.peek() == b":":
                stream.take_byte()
                stream.take(_BLANK)
                stream.skip_value()
                keep(b":null")
    return bytes(kept)


class _Stream:
    """Bytes that are read a piece at a time; no more than a piece is held."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._piece = b""
        self._at = 0
        self._size = 0
        self._steps = 0

    def more(self) -> bool:
        """Whether there is another byte."""
        if self._at < len(self._piece):
            return True
        self._piece, self._at = self._read(_PIECE), 0
        self._size += len(self._piece)
        if self._size > MAX_NOTEBOOK:
            raise TooLargeError
        return bool(self._piece)

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise TooLargeError

    def peek(self) -> bytes:
        """The next byte, which `more` has promised."""
        return self._piece[self._at : self._at + 1]

    def take_byte(self) -> bytes:
        """The same, taken."""
        self._at += 1
        return self._piece[self._at - 1 : self._at]

    def take(self, pattern: re.Pattern[bytes], keep: _Keep | None = None) -> None:
        """Go past what matches from here, within one piece or over many."""
        self._step()
        while self.more():
            found = pattern.match(self._piece, self._at)
            end = found.end() if found else self._at
            if keep is not None:
                keep(self._piece[self._at : end])
            self._at = end
            if end < len(self._piece):
                break

    def string(self, keep: _Keep | None) -> None:
        """The rest of a string, with the quotation mark that ends it."""
        self._step()
        while self.more():
            found = _STRING.match(self._piece, self._at)
            end = found.end() if found else self._at
            if keep is not None:
                keep(self._piece[self._at : end])
            self._at = end
            if end == len(self._piece):
                continue
            byte = self.take_byte()
            if keep is not None:
                keep(byte)
            if byte == b'"':
                return
            if self.more():  # a backslash at a piece's end; what it escapes begins the next
                byte = self.take_byte()
                if keep is not None:
                    keep(byte)

    def skip_value(self) -> None:
        """Go past a value."""
        if not self.more():
            return
        first = self.peek()
        if first == b'"':
            self.take_byte()
            self.string(None)
        elif first in (b"{", b"["):
            self._skip_nested()
        else:
            self.take(_SCALAR)

    def _skip_nested(self) -> None:
        self.take_byte()
        depth = 1
        while depth:
            self.take(_PASSED)
            if not self.more():
                return
            byte = self.take_byte()
            if byte == b'"':
                self.string(None)
            else:
                depth += 1 if byte in b"[{" else -1
