"""Large notebooks are read without their outputs; memory and work stay within bounds."""

import io
import json
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.submission import collect, slimming
from autograder.submission.opening import MAX_BYTES
from autograder.submission.slimming import TooLargeError, slim, within

CODE = "x = 'a \"quoted\" \\\\ text'\n"


def without(value: Any) -> Any:
    """What `slim` should leave, by the JSON module."""
    if isinstance(value, dict):
        left_out = ("outputs", "output", "attachments", "widgets")
        return {key: None if key in left_out else without(each) for key, each in value.items()}
    return [without(each) for each in value] if isinstance(value, list) else value


KEYS = st.sampled_from(["outputs", "attachments", "source", "a", "outputs ", 'out"puts', "widgets", "\\"])
JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=8) | KEYS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(JSON, st.integers(1, 9), st.sampled_from([None, 1]), st.booleans())
def test_what_is_left_is_the_notebook_without_its_outputs(
    value: Any, piece: int, indent: int | None, escaped: bool
) -> None:
    text = json.dumps({"cells": value}, indent=indent, ensure_ascii=escaped).encode()
    stream = io.BytesIO(text)
    assert json.loads(slim(lambda _: stream.read(piece), 10**6)) == without({"cells": value})


@given(st.binary(max_size=60), st.integers(1, 9))
def test_any_bytes_are_gone_through(data: bytes, piece: int) -> None:
    stream = io.BytesIO(data)
    assert len(slim(lambda _: stream.read(piece), 10**6)) <= len(data) + 4


@pytest.mark.parametrize(
    "data", [b'{"outputs": [', b'{"outputs', b'{"outputs": "a\\', b'{"a": "', b'{"outputs":']
)
def test_damage_stays_damage(data: bytes) -> None:
    with pytest.raises(json.JSONDecodeError):
        json.loads(slim(io.BytesIO(data).read, 100))


def notebook(megabytes: int, **cell: Any) -> bytes:
    picture = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * 1_000_000}}
    printed = {"output_type": "stream", "name": "stdout", "text": ['epoch 1 "loss" [0.5]\n'] * 10_000}
    outputs = [*[picture] * (megabytes - 1), *[printed] * 2]
    made = {
        "cell_type": "code",
        "source": CODE,
        "metadata": {},
        "execution_count": 1,
        "outputs": outputs,
        **cell,
    }
    return json.dumps({"nbformat": 4, "metadata": {"widgets": {"a": ["{"]}}, "cells": [made]}).encode()


@pytest.mark.slow
@pytest.mark.parametrize("place", ["folder", "zip", "student's folder"])
def test_a_hundred_megabytes_of_outputs_are_no_reason_not_to_read_the_code(
    tmp_path: Path, place: str
) -> None:
    data = notebook(100)
    (tmp_path / "all").mkdir()
    where = tmp_path / "all"
    if place == "zip":
        where = tmp_path / "all.zip"
        with zipfile.ZipFile(where, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("ada/sgd.ipynb", data)
            archive.writestr("ben/sgd.py", "x = 1")
    else:
        name = "ada.ipynb" if place == "folder" else "ada/sgd.ipynb"
        (where / name).parent.mkdir(exist_ok=True)
        (where / name).write_bytes(data)
    del data
    tracemalloc.start()
    try:
        found = collect(where, "sgd")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found[0].submissions[0].cells == (CODE,)
    assert found[0].submissions[0].notes == ()
    assert peak < 4 * MAX_BYTES


def test_an_attachment_in_a_large_notebook_streams_past_and_a_large_source_does_not(tmp_path: Path) -> None:
    picture = {
        "cell_type": "markdown",
        "source": "![a](attachment:a)",
        "attachments": {"a": {"b": "A" * 12_000_000}},
    }
    code = {"cell_type": "code", "source": CODE, "outputs": []}
    (tmp_path / "ada.ipynb").write_bytes(json.dumps({"cells": [picture, code]}).encode())
    (tmp_path / "ben.ipynb").write_bytes(
        json.dumps({"cells": [code, {**code, "source": "#" * 12_000_000}]}).encode()
    )
    (tmp_path / "eve.py").write_bytes(b"#" * 12_000_000)
    ada, ben, eve = (each.submissions[0] for each in collect(tmp_path, "sgd"))
    assert ada.cells == (CODE,)
    assert "12.0 MB, and at most 10 MB are read" in (ben.problem or "")
    assert "12.0 MB, and at most 10 MB are read" in (eve.problem or "")


@pytest.mark.parametrize(
    ("unit", "end"),
    [(b"[[[]]],", b"1]}"), (b"[", b""), (b'{"a":[{}]},', b"1]}")],
    ids=["deep", "open", "dicts"],
)
def test_hostile_structure_costs_no_more_than_a_bounded_number_of_steps(
    unit: bytes, end: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slimming, "MAX_STEPS", 1000)
    data = b'{"outputs":[' + unit * 100_000 + end
    with pytest.raises(TooLargeError):
        slim(io.BytesIO(data).read, 10**6)


def test_more_than_the_largest_notebook_is_not_gone_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slimming, "MAX_NOTEBOOK", 3 << 20)
    data = b'{"outputs":"' + b"A" * (4 << 20) + b'"}'
    with pytest.raises(TooLargeError):
        within(io.BytesIO(data).read, 100)
