"""How values cross between referee and runner: framed, bounded, and nothing but data.

A frame is ``u32 length | u8 kind | payload``, little-endian; a payload is one value::

    value = tag, then
        N T F          None, True, False
        i  d           i64, f64
        s              u32 length, UTF-8
        a              u8 dtype, u8 ndim, u32 dimension * ndim, raw little-endian items
        t  l           u32 count, values                           (tuple, list)
        m              u32 count, (string, value) pairs            (dict)
        r              u32 number of an earlier array of the frame (referee → runner only)
        g              u32 key, u64 seed                           (a random generator; likewise)
        c              u32 number                                  (a callable; likewise)
        k              a value                                     (a callable that gives it; likewise)
        p              text, name, tuple of values                 (a callable that is sent whole; likewise)

The referee trusts no byte that comes back: lengths are checked before anything is allocated, and the
last five tags are refused.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from .public import Public

# kinds of frames: the referee asks, ...
LOAD, CALL, ANSWER, REFUSAL, TRACE = 1, 2, 3, 4, 5
# ... the runner replies; CALLBACK asks for one ANSWER or REFUSAL.
READY, STARTING, LOADED, RETURNED, RAISED, UNSENDABLE, CALLBACK, VALUES = 10, 11, 12, 13, 14, 15, 16, 17
GRAPH = 18

MAX_FRAME = 16 << 20
MAX_VALUES = 200_000
MAX_DEPTH = 8
MAX_DIMENSIONS = 4
# An array of 2³² rows without a column has no bytes, but whoever lists its rows never ends.
MAX_SIDE = 1 << 20

_DTYPES = {0: np.dtype("<f8"), 1: np.dtype("<i8"), 2: np.dtype("?"), 3: np.dtype("<f4")}
_CODES = {dtype: code for code, dtype in _DTYPES.items()}

_HEADER = struct.Struct("<IB")
_U32 = struct.Struct("<I")
_I64 = struct.Struct("<cq")
_F64 = struct.Struct("<cd")
_SIZED = struct.Struct("<cI")
_GENERATOR = struct.Struct("<cIQ")
_SHAPES = [struct.Struct(f"<{dimensions}I") for dimensions in range(MAX_DIMENSIONS + 1)]
_ARRAYS = [struct.Struct(f"<cBB{dimensions}I") for dimensions in range(MAX_DIMENSIONS + 1)]
HEADER_SIZE = _HEADER.size
_NESTED: dict[type, bytes] = {tuple: b"t", list: b"l", dict: b"m"}
# Tags as they are read: numbers of bytes.
_OF_TEXT, _OF_ARRAY, _OF_TUPLE, _OF_LIST, _OF_DICT = b"satlm"
_NUMBERS = {ord("d"): struct.Struct("<d"), ord("i"): struct.Struct("<q")}
_CONTAINERS = (_OF_TUPLE, _OF_LIST, _OF_DICT)
_CONSTANTS = {ord("N"): None, ord("T"): True, ord("F"): False}
# Bytes that a number takes in memory, and an array beside its items.
_OF_A_NUMBER = sys.getsizeof(1 << 40)
_OF_AN_ARRAY = sys.getsizeof(np.empty((1, 1))) + sys.getsizeof(bytearray(1))


class WireError(Exception):
    """The other side broke the protocol: what came is no frame of ours."""


class UnsendableError(TypeError):
    """A value that cannot cross; the message is a sentence for the student."""


@dataclass(frozen=True)
class RandomGenerator:
    """Stands for ``numpy.random.default_rng(seed)``, made in the runner; one key is one living generator."""

    key: int
    seed: int


@dataclass(frozen=True)
class OfNumPy:
    """Stands for a number of NumPy's; any other number arrives as one of Python's."""

    value: np.generic


@dataclass(frozen=True)
class RemoteCallable:
    """Stands for a callable that calls back to the referee."""

    number: int


@dataclass(frozen=True)
class Constant:
    """A callable that gives the same value whatever it is called with; in the runner it asks nobody.

    Loops of very many steps are tried with it.
    """

    value: Any

    def __call__(self, *_arguments: Any, **_keywords: Any) -> Any:
        """The value; arrays in it are new ones."""
        if isinstance(self.value, tuple):
            return tuple(_own(item) for item in self.value)
        return _own(self.value)


def _own(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray) else value


def frame(kind: int, value: Any, *, share: bool = False) -> bytes:
    """Encode one frame; with `share`, an array that occurs again is sent as a reference to the first.

    Raises
    ------
    UnsendableError
        When the value, or something in it, cannot cross.
    """
    parts: list[bytes] = [b""]
    _encode(value, parts, {} if share else None, 0)
    parts[0] = _HEADER.pack(_fitting(sum(map(len, parts))), kind)
    return b"".join(parts)


def _fitting(size: int) -> int:
    if size > MAX_FRAME:
        limit = MAX_FRAME >> 20
        raise UnsendableError(f"a value of {size >> 20} MB, more than the {limit} MB that can be sent")
    return size


def encoded(value: Any) -> bytes:
    """A value as an item of `list_frame`.

    Raises
    ------
    UnsendableError
        When it, or something in it, cannot cross.
    """
    parts: list[bytes] = []
    _encode(value, parts, None, 1)
    _fitting(_SIZED.size + sum(map(len, parts)))
    return b"".join(parts)


def list_frame(kind: int, items: list[bytes]) -> bytes:
    """A frame with a list of values that are encoded already."""
    size = _SIZED.size + sum(map(len, items))
    return b"".join([_HEADER.pack(size, kind), _SIZED.pack(b"l", len(items)), *items])


def header(data: bytes | bytearray) -> tuple[int, int]:
    """Size and kind of the frame that begins with these bytes.

    Raises
    ------
    WireError
        When it announces more than `MAX_FRAME` bytes.
    """
    size, kind = _HEADER.unpack(data[:HEADER_SIZE])
    if size > MAX_FRAME:
        raise WireError(f"a frame of {size} bytes was announced")
    return size, kind


# The arrays sent so far by identity, each with its number and itself, so that no id is used twice.
_Sent = dict[int, tuple[int, np.ndarray]]


def _encode(value: Any, parts: list[bytes], sent: _Sent | None, depth: int) -> None:
    kind = type(value)
    if kind is float:
        parts.append(_F64.pack(b"d", value))
    elif kind is np.ndarray:
        _encode_array(value, parts, sent)
    elif value is None:
        parts.append(b"N")
    elif kind is bool:
        parts.append(b"T" if value else b"F")
    elif kind is int:
        if not -(2**63) <= value < 2**63:
            raise UnsendableError("an integer of more than 64 bits")
        parts.append(_I64.pack(b"i", value))
    elif kind is str or kind is np.str_:
        text = value.encode("utf-8", "replace")
        parts.append(_SIZED.pack(b"s", len(text)) + text)
    elif kind in _NESTED:
        if depth >= MAX_DEPTH:
            raise UnsendableError(f"a value nested deeper than {MAX_DEPTH} levels")
        if kind is dict and not all(type(key) is str for key in value):
            raise UnsendableError("a dict with keys that are not strings")
        parts.append(_SIZED.pack(_NESTED[kind], len(value)))
        for item in chain.from_iterable(value.items()) if kind is dict else value:
            _encode(item, parts, sent, depth + 1)
    elif kind is RandomGenerator:
        parts.append(_GENERATOR.pack(b"g", value.key, value.seed))
    elif kind is OfNumPy:
        parts.append(b"n")
        _encode_array(np.asarray(value.value), parts, None)
    elif kind is RemoteCallable:
        parts.append(_SIZED.pack(b"c", value.number))
    elif kind is Constant:
        parts.append(b"k")
        _encode(value.value, parts, sent, depth + 1)
    elif kind is Public:
        parts.append(b"p")
        _encode((value.text, value.maker, value.values), parts, sent, depth + 1)
    elif isinstance(value, np.generic):
        lossless = value.dtype in _CODES and value.dtype != _DTYPES[3]
        _encode(value.item() if lossless else np.asarray(value), parts, sent, depth)
    else:
        raise UnsendableError(f"a value of type {kind.__name__}")


def _encode_array(array: np.ndarray, parts: list[bytes], sent: _Sent | None) -> None:
    if sent is not None:
        if id(array) in sent:
            parts.append(_SIZED.pack(b"r", sent[id(array)][0]))
            return
        sent[id(array)] = (len(sent), array)
    code = _CODES.get(array.dtype)
    if code is None:
        array = _convertible(array)
        code = _CODES[array.dtype]
    shape = array.shape
    if len(shape) > MAX_DIMENSIONS:
        raise UnsendableError(f"an array with {len(shape)} dimensions")
    if shape and max(shape) > MAX_SIDE:
        side = max(shape)
        raise UnsendableError(f"an array with a side of {side}, more than the {MAX_SIDE} that can be sent")
    parts.append(_ARRAYS[len(shape)].pack(b"a", code, len(shape), *shape))
    parts.append(array.tobytes())


def _convertible(array: np.ndarray) -> np.ndarray:
    """The array in the nearest dtype that can cross; never one of more digits than it has."""
    kind = array.dtype.kind
    if kind in "iu":
        return array.astype("<i8")
    if kind == "f":
        return array.astype("<f4" if array.dtype.itemsize < 8 else "<f8")
    if kind == "c":
        raise UnsendableError("complex numbers")
    if kind == "O":
        raise UnsendableError("an array of Python objects (dtype=object)")
    raise UnsendableError(f"an array of dtype {array.dtype}")


class Decoder:
    """Decodes payloads. The defaults suit untrusted bytes; the runner gives it the means to make random
    generators and callables, which the referee may send.

    ``memory`` is how many bytes the last payload's value takes here: up to seventeen times what came.
    """

    def __init__(
        self,
        generator: Callable[[int, int], Any] | None = None,
        callback: Callable[[int], Any] | None = None,
        public: Callable[[Public], Any] | None = None,
    ) -> None:
        self._generator = generator
        self._callback = callback
        self._public = public
        self.memory = 0

    def decode(self, payload: bytes | bytearray) -> Any:
        """The value of a payload; arrays are copies that own their memory.

        Raises
        ------
        WireError
            When the bytes are not exactly one value within the bounds.
        """
        self._data = bytes(payload)
        self._at = 0
        self._left = MAX_VALUES
        self.memory = 0
        self._arrays: list[np.ndarray] = []
        try:
            value = self._value(0)
        except (struct.error, ValueError, IndexError) as error:
            raise WireError(f"a malformed value: {error}") from None
        if self._at != len(payload):
            raise WireError(f"{len(payload) - self._at} bytes after the value")
        return value

    def _weighed(self, value: Any) -> Any:
        """A value, which is added to the memory."""
        self.memory += sys.getsizeof(value)
        return value

    def _u32(self) -> int:
        (number,) = _U32.unpack_from(self._data, self._at)
        self._at += 4
        return int(number)

    def _bytes(self, count: int) -> bytes:
        if count > len(self._data) - self._at:
            raise WireError("a value longer than its frame")
        self._at += count
        return self._data[self._at - count : self._at]

    def _value(self, depth: int) -> Any:
        self._left -= 1
        if self._left < 0:
            raise WireError(f"more than {MAX_VALUES} values in a frame")
        at = self._at
        tag = self._data[at]
        self._at = at + 1
        if tag in _NUMBERS:
            (number,) = _NUMBERS[tag].unpack_from(self._data, at + 1)
            self._at = at + 9
            self.memory += _OF_A_NUMBER
            return number
        if tag == _OF_ARRAY:
            return self._array()
        if tag in _CONTAINERS:
            return self._container(tag, depth)
        if tag == _OF_TEXT:
            return self._weighed(self._bytes(self._u32()).decode())
        if tag in _CONSTANTS:
            return _CONSTANTS[tag]
        return self._of_referee(chr(tag), depth)

    def _of_referee(self, tag: str, depth: int) -> Any:
        """What only the referee may send."""
        if tag == "r" and self._generator is not None:
            return self._arrays[self._u32()].copy()
        if tag == "g" and self._generator is not None:
            key, seed = struct.unpack_from("<IQ", self._data, self._at)
            self._at += 12
            return self._generator(key, seed)
        if tag == "c" and self._callback is not None:
            return self._callback(self._u32())
        if tag == "n" and self._callback is not None and depth < MAX_DEPTH:
            number = self._value(depth + 1)
            if not isinstance(number, np.ndarray) or number.ndim:
                raise WireError("a number of NumPy's that is none")
            return number[()]
        if tag == "k" and self._callback is not None and depth < MAX_DEPTH:
            return Constant(self._value(depth + 1))
        if tag == "p" and self._public is not None and depth < MAX_DEPTH:
            sent = self._value(depth + 1)
            if not isinstance(sent, tuple) or len(sent) != 3:
                raise WireError("a callable that is not whole")
            return self._public(Public(*sent))
        raise WireError(f"an unknown tag {tag.encode('latin-1')!r}")

    def _container(self, tag: int, depth: int) -> Any:
        if depth >= MAX_DEPTH:
            raise WireError(f"values nested deeper than {MAX_DEPTH} levels")
        count = self._u32()
        if count > len(self._data) - self._at:
            raise WireError("more items than bytes")
        if tag != _OF_DICT:
            items = [self._value(depth + 1) for _ in range(count)]
            return self._weighed(tuple(items) if tag == _OF_TUPLE else items)
        mapping = {}
        for _ in range(count):
            key = self._value(depth + 1)
            if not isinstance(key, str):
                raise WireError("a key that is no string")
            mapping[key] = self._value(depth + 1)
        return self._weighed(mapping)

    def _array(self) -> np.ndarray:
        code, dimensions = self._data[self._at : self._at + 2]
        self._at += 2
        dtype = _DTYPES.get(code)
        if dtype is None or dimensions > MAX_DIMENSIONS:
            raise WireError("an array of an unknown dtype or with too many dimensions")
        shape = _SHAPES[dimensions].unpack_from(self._data, self._at)
        self._at += 4 * dimensions
        count = 1
        for length in shape:
            if length > MAX_SIDE:
                raise WireError(f"an array with a side of {length}")
            count *= length
        raw = self._bytes(count * dtype.itemsize)
        if code == 2:  # any byte but 0 is True: a bool array with other bytes would behave as no array should
            array = (np.frombuffer(raw, np.uint8) != 0).reshape(shape)
        else:
            array = np.ndarray(shape, dtype, bytearray(raw))
        self._arrays.append(array)
        self.memory += _OF_AN_ARRAY + len(raw)
        return array
