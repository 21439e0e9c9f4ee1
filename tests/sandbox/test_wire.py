"""The wire format: what crosses comes back the same, and no byte string does more than raise WireError."""

import contextlib
import struct
import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.sandbox.inside import wire
from autograder.sandbox.inside.wire import (
    Constant,
    Decoder,
    RandomGenerator,
    RemoteCallable,
    UnsendableError,
    WireError,
    frame,
    header,
)

ARRAYS = hnp.arrays(
    dtype=st.sampled_from([np.dtype("f8"), np.dtype("i8"), np.dtype("?"), np.dtype("f4")]),
    shape=hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4),
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.text(st.characters(exclude_categories=["Cs"]))
)
VALUES = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text("abc"), inner, max_size=3)
    ),
    max_leaves=12,
)


def payload(value: Any, *, share: bool = False) -> bytes:
    return frame(wire.RETURNED, value, share=share)[wire.HEADER_SIZE :]


def same(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return bool(one == other or (one != one and other != other))


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def array_header(code: int, *shape: int) -> bytes:
    return b"a" + struct.pack(f"<BB{len(shape)}I", code, len(shape), *shape)


# --------------------------------------------------------------------------------- what may cross


@pytest.mark.slow
@given(VALUES)
@settings(max_examples=300)
def test_every_value_that_may_cross_comes_back_the_same(value: Any) -> None:
    try:
        data = payload(value)
    except UnsendableError:  # a strategy may nest deeper than the wire goes
        return
    assert same(Decoder().decode(data), value)


def test_size_and_kind_stand_in_the_header() -> None:
    data = frame(wire.CALL, "abc")
    assert header(data) == (len(data) - wire.HEADER_SIZE, wire.CALL)


@pytest.mark.parametrize(
    ("value", "arrives"),
    [
        (np.float64(1.5), 1.5),
        (np.int64(-3), -3),
        (np.bool_(True), True),
        (np.float32(0.5), np.array(0.5, "f4")),
        (np.array([1, 2], "u1"), np.array([1, 2], "i8")),
        (np.array([1, 2], ">f8"), np.array([1.0, 2.0])),
        (np.array([0.5], "f2"), np.array([0.5], "f4")),
        (np.arange(6.0).reshape(2, 3).T, np.array([[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]])),
        (np.arange(6.0)[::2], np.array([0.0, 2.0, 4.0])),
        ("\ud800", "?"),
    ],
)
def test_numbers_in_other_clothes_arrive_in_the_nearest_type_that_crosses(value: Any, arrives: Any) -> None:
    assert same(Decoder().decode(payload(value)), arrives)


def test_arrays_are_copies_that_can_be_written() -> None:
    one, other = Decoder(lambda *_: None).decode(payload([a := np.ones(2), a], share=True))
    one[0] = 5.0
    assert other[0] == 1.0


def test_an_array_that_occurs_again_is_sent_once() -> None:
    big = np.zeros(1000)
    assert len(payload([big, big, big], share=True)) < 1.1 * len(payload([big]))
    decoded = Decoder(lambda *_: None).decode(payload([big, [big]], share=True))
    assert same(decoded, [big, [big]])


@pytest.mark.parametrize(
    "many",
    [
        [float(k) for k in range(20_000)],
        [1000 + k for k in range(20_000)],
        [np.zeros(1) for _ in range(20_000)],
        [np.zeros((2, 3)) for _ in range(20_000)],
        [(1.5, str(k)) for k in range(20_000)],
        ["x" * 80 for _ in range(20_000)],
        [{"a": 1.5} for _ in range(5_000)],
        [[] for _ in range(20_000)],
        "x" * 1_000_000 + "😀",  # four bytes a letter
        np.zeros((1000, 300)),
        np.zeros((1000, 300), bool),
    ],
    ids=lambda many: f"{type(many).__name__} of {type(many[0]).__name__}",
)
def test_what_a_value_takes_in_memory_is_told(many: Any) -> None:
    data, decoder = payload(many), Decoder()
    tracemalloc.start()
    kept = decoder.decode(data)
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert len(kept) == len(many)
    assert 0.9 * taken <= decoder.memory <= 1.4 * taken


def test_sharing_goes_by_identity_and_not_by_the_place_in_memory() -> None:
    calls = [(np.full(3, float(k)),) for k in range(50)]
    assert same(Decoder(lambda *_: None).decode(payload(calls, share=True)), calls)


def test_the_referee_may_send_generators_and_callables() -> None:
    decoder = Decoder(lambda key, seed: ("generator", key, seed), lambda number: ("callable", number))
    sent = [RandomGenerator(3, 2**64 - 1), RemoteCallable(7), Constant((1.0, 2))]
    assert decoder.decode(payload(sent)) == [("generator", 3, 2**64 - 1), ("callable", 7), Constant((1.0, 2))]


def test_a_constant_is_refused_where_it_comes_from_a_submission() -> None:
    with pytest.raises(WireError, match="an unknown tag"):
        Decoder().decode(payload(Constant(1.0)))


class Unknown:
    pass


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (2**63, "an integer of more than 64 bits"),
        (-(2**63) - 1, "an integer of more than 64 bits"),
        (nested(9), "a value nested deeper than 8 levels"),
        ({"a": nested(8)}, "a value nested deeper than 8 levels"),
        ({1: 2}, "a dict with keys that are not strings"),
        (1j, "a value of type complex"),
        (np.complex128(1j), "complex numbers"),
        (np.array([1j]), "complex numbers"),
        (np.array([None]), r"an array of Python objects \(dtype=object\)"),
        (np.array(["a"]), "an array of dtype <U1"),
        (np.zeros((1, 1, 1, 1, 1)), "an array with 5 dimensions"),
        (np.zeros((3, 1 << 20)), "a value of 24 MB, more than the 16 MB that can be sent"),
        (np.zeros((2**25, 0)), "an array with a side of 33554432"),
        (Unknown(), "a value of type Unknown"),
        ([{"deep": (1, {2})}], "a value of type set"),
    ],
)
def test_what_cannot_cross_is_refused_with_a_reason(value: Any, sentence: str) -> None:
    with pytest.raises(UnsendableError, match=sentence):
        payload(value)


# ------------------------------------------------------------------------------- hostile bytes


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "a malformed value"),
        (b"?", "an unknown tag"),
        (b"g" + bytes(12), "an unknown tag b'g'"),
        (b"c" + bytes(4), "an unknown tag b'c'"),
        (b"l\x02\0\0\0" + array_header(0, 0) + b"r" + bytes(4), "an unknown tag b'r'"),
        (b"NN", "1 bytes after the value"),
        (b"d\0", "malformed"),
        (b"i\0", "malformed"),
        (b"s\xff\xff\xff\xff", "longer than its frame"),
        (b"s\x01\0\0\0\xff", "malformed"),
        (b"s\0", "malformed"),
        (b"a\0", "malformed"),
        (b"a\0\x04\0\0\0\0", "malformed"),
        (b"l\xff\xff\xff\xff", "more items than bytes"),
        (b"m\x01\0\0\0NN", "a key that is no string"),
        (array_header(9, 1), "unknown dtype"),
        (array_header(0, 1, 1, 1, 1, 1), "too many dimensions"),
        (array_header(0, 2**20), "longer than its frame"),
        (array_header(0, *[2**20] * 4), "longer than its frame"),
        (array_header(0, 2**32 - 1, 0), "a side of 4294967295"),
        (array_header(0, 0, 2**31), "a side of 2147483648"),
        (b"l\x01\0\0\0" * 8 + b"l\0\0\0\0", "nested deeper than 8"),
        (b"l\x01\0\0\0" * 1000, "nested deeper than 8"),
        (b"l" + struct.pack("<I", 300_000) + b"N" * 300_000, "more than 200000 values"),
    ],
)
def test_bytes_that_are_no_value_raise_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(WireError, match=sentence):
        Decoder().decode(data)


def test_a_frame_of_more_than_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(WireError, match="was announced"):
        header(struct.pack("<IB", wire.MAX_FRAME + 1, wire.RETURNED))
    assert header(struct.pack("<IB", wire.MAX_FRAME, wire.RETURNED)) == (wire.MAX_FRAME, wire.RETURNED)


def test_a_forged_boolean_is_true_or_false_and_nothing_else() -> None:
    (forged,) = Decoder().decode(b"t\x01\0\0\0" + array_header(2, 3) + b"\x00\x02\xff")
    assert forged.tobytes() == b"\x00\x01\x01"


def decodes_or_refuses(data: bytes) -> None:
    with contextlib.suppress(WireError):
        Decoder().decode(data)


@given(st.binary(max_size=200))
@example(array_header(0, 0, 2**32 - 1, 2**32 - 1, 2**32 - 1))
@settings(max_examples=1000)
def test_arbitrary_bytes_raise_nothing_but_wire_errors(data: bytes) -> None:
    decodes_or_refuses(data)


@pytest.mark.slow
@given(st.lists(st.sampled_from([*b"NTFidsatlmrgc", 0, 1, 2, 3, 255]), max_size=60).map(bytes))
@settings(max_examples=1000)
def test_bytes_made_of_tags_and_small_numbers_raise_nothing_but_wire_errors(data: bytes) -> None:
    decodes_or_refuses(data)


@pytest.mark.slow
@given(VALUES, st.data())
@settings(max_examples=300)
def test_a_value_with_a_byte_changed_or_cut_off_raises_nothing_but_wire_errors(
    value: Any, data: st.DataObject
) -> None:
    try:
        whole = bytearray(payload(value))
    except UnsendableError:
        return
    at = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(WireError):
        Decoder().decode(bytes(whole[:at]))
    whole[at] = data.draw(st.integers(0, 255))
    decodes_or_refuses(bytes(whole))
