"""Tar archives of strangers: read in memory and bounded, as zips are."""

import gzip
import io
import tarfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import CODE, put, tarred

from autograder.submission import SubmissionError, collect, tarball
from autograder.submission import opened as opened_download
from autograder.submission.opening import MAX_BYTES, RefusedError
from autograder.submission.tarball import handed_in, opened
from autograder.submission.wanted import named


def special(name: str, kind: bytes, target: str = "") -> tuple[str, tarfile.TarInfo]:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return name, info


def read(data: bytes) -> dict[str, bytes | str]:
    found: dict[str, bytes | str] = {}
    for file in handed_in(data).walk().files:
        try:
            found["/".join(file.parts)] = file.read()
        except RefusedError as refusal:
            found["/".join(file.parts)] = str(refusal)
    return found


@pytest.mark.parametrize(
    ("suffix", "mode"), [(".tar.gz", "w:gz"), (".tgz", "w:gz"), (".tar", "w"), (".TAR.GZ", "w:gz")]
)
def test_a_tar_is_read_like_a_folder(tmp_path: Path, suffix: str, mode: str) -> None:
    data = tarred(("hw/sgd.py", CODE.encode()), ("hw/._sgd.py", b"no"), ("__MACOSX/x.py", b"no"), mode=mode)
    put(tmp_path, f"ada{suffix}", data)
    put(tmp_path, f"bob/hand in{suffix}", data)
    ada, bob = collect(tmp_path, "sgd")
    assert [s.source for s in ada.submissions] == [f"ada{suffix}/hw/sgd.py"]
    assert [s.source for s in bob.submissions] == [f"bob/hand in{suffix}/hw/sgd.py"]
    assert ada.submissions[0].cells == (CODE,)


def test_names_that_lead_out_are_refused_by_name_and_links_are_not_followed() -> None:
    data = tarred(
        ("../evil.py", b"x"),
        ("/etc/evil.py", b"x"),
        ("a/../../evil.py", b"x"),
        special("link.py", tarfile.SYMTYPE, "/etc/passwd"),
        special("hard.py", tarfile.LNKTYPE, "../sgd.py"),
        special("pipe.py", tarfile.FIFOTYPE),
        special("device.py", tarfile.CHRTYPE),
        ("sgd.py", b"x = 1"),
    )
    found = read(data)
    assert found.pop("sgd.py") == b"x = 1"
    assert found.keys() == {"link.py", "hard.py", "pipe.py", "device.py"}
    assert all("symbolic link" in str(found[name]) for name in ("link.py", "hard.py"))
    assert all("not an ordinary file" in str(found[name]) for name in ("pipe.py", "device.py"))
    assert [note.split(":")[0] for note in handed_in(data).notes] == [
        "../evil.py",
        "/etc/evil.py",
        "a/../../evil.py",
    ]


@pytest.mark.slow
def test_a_bomb_is_stopped_where_the_limit_is() -> None:
    data = gzip.compress(b"\0" * (20 * MAX_BYTES))
    tracemalloc.start()
    with pytest.raises(RefusedError, match="holds more than 100 MB"):
        handed_in(data)
    assert tracemalloc.get_traced_memory()[1] < 12 * MAX_BYTES
    tracemalloc.stop()
    with pytest.raises(RefusedError, match=r"more than 20,000 entries"):
        handed_in(tarred(*((f"{k}.txt", b"") for k in range(20_001))))
    assert "more than 10 MB" in str(read(tarred(("sgd.py", b"#" * (MAX_BYTES + 1))))["sgd.py"])


def test_thousands_of_small_gzip_members_are_not_all_followed() -> None:
    with pytest.raises(RefusedError, match="cannot be read"):
        handed_in(gzip.compress(b"x") * 100_000)


@pytest.mark.parametrize("kept", [2, 10, 40, -10])
def test_an_archive_that_was_cut_off_is_named(kept: int) -> None:
    with pytest.raises(RefusedError, match="cannot be read"):
        read(tarred(("sgd.py", CODE.encode() * 50))[:kept])


@given(st.binary(max_size=600), st.data())
@settings(max_examples=200)
def test_any_bytes_are_an_archive_or_are_refused(data: bytes, chosen: st.DataObject) -> None:
    base = bytearray(tarred(("sgd.py", CODE.encode()), ("a/b.py", b"x"), mode="w"))
    for _ in range(chosen.draw(st.integers(0, 8))):
        base[chosen.draw(st.integers(0, 1535))] = chosen.draw(st.integers(0, 255))
    for attempt in (data, bytes(base), gzip.compress(bytes(base)), bytes(base[:700]) + data):
        sentences = []
        try:
            assert all(len(content) <= MAX_BYTES for content in read(attempt).values())
        except RefusedError as refusal:
            sentences.append(str(refusal))
        try:
            whole = opened(io.BytesIO(attempt))
            sentences += whole.notes
            for file in whole.survey():
                file.read()
        except RefusedError as refusal:
            sentences.append(str(refusal))
        assert all(map(str.isprintable, sentences))


# ------------------------------------------------------------------------------- a whole class


@pytest.mark.parametrize(("suffix", "mode"), [(".tar", "w"), (".tar.gz", "w:gz"), (".TGZ", "w:gz")])
@pytest.mark.parametrize("top", ["", "./", "class/", "./class/"])
def test_the_whole_class_may_come_as_a_tar(tmp_path: Path, suffix: str, mode: str, top: str) -> None:
    inner = tarred(("hw/sgd.py", CODE.encode()))
    data = tarred(
        (f"{top}ada.py", CODE.encode()),
        (f"{top}bob/sgd.py", CODE.encode()),
        (f"{top}carol.tgz", inner),
        (f"{top}._ada.py", b"no"),
        special(f"{top}dan", tarfile.DIRTYPE),
        mode=mode,
    )
    told = {
        each.student: each.submissions[0] for each in collect(put(tmp_path, f"class{suffix}", data), "sgd")
    }
    folder = top.removeprefix("./")
    assert {name: each.source for name, each in told.items() if not each.problem} == {
        "ada": f"{folder}ada.py",
        "bob": f"{folder}bob/sgd.py",
        "carol": f"{folder}carol.tgz/hw/sgd.py",
    }
    assert "holds no sgd.py" in str(told["dan"].problem)
    assert list(tmp_path.iterdir()) == [tmp_path / f"class{suffix}"]


def test_of_a_class_s_tar_nothing_leads_out_and_nothing_is_followed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = tarred(
        ("../evil.py", b"x = 1"),
        ("/etc/evil.py", b"x = 1"),
        special("link.py", tarfile.SYMTYPE, "/etc/passwd"),
        special("hard.py", tarfile.LNKTYPE, "ada.py"),
        special("pipe.py", tarfile.FIFOTYPE),
        special("device.py", tarfile.BLKTYPE),
        ("ada.py", CODE.encode()),
    )
    read = {each.student: each.submissions[0] for each in collect(put(tmp_path, "c.tar", data), "sgd")}
    assert read.keys() == {"link", "hard", "pipe", "device", "ada"}
    assert [name for name, each in read.items() if not each.problem] == ["ada"]
    assert "symbolic link" in str(read["link"].problem)
    assert "not an ordinary file" in str(read["device"].problem)
    assert "../evil.py: The name leads out" in caplog.text
    assert "/etc/evil.py: The name is an absolute path" in caplog.text


def refused(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(SubmissionError) as error, opened_download(put(tmp_path, "c.tgz", data), named("sgd")):
        pass
    return str(error.value)


def test_a_class_s_tar_holds_so_much_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = tarred(*((f"{k}.py", b"x = 1") for k in range(11)))
    assert len(collect(put(tmp_path, "many.tgz", many), "sgd")) == 11
    monkeypatch.setattr(tarball, "MAX_CLASS_ENTRIES", 10)
    assert "more than 10 entries: unpack it, and name the folder" in refused(tmp_path, many)
    with pytest.raises(RefusedError, match="more than 1 MB: unpack it"):
        opened(io.BytesIO(gzip.compress(bytes(1_000_001))), most=1_000_000)


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME])
def test_a_header_that_claims_to_be_large_is_not_read(tmp_path: Path, kind: bytes) -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = kind, 3_000_000
    data = info.tobuf(tarfile.GNU_FORMAT) + bytes(3_000_320 + 1024)
    assert "a header of an unusual size" in refused(tmp_path, gzip.compress(data))


@pytest.mark.parametrize("place", [512 * 2, 512 * 4])
def test_what_is_damaged_after_some_entries_is_no_end(tmp_path: Path, place: int) -> None:
    data = bytearray(tarred(*((f"{name}.py", b"x = 1") for name in ("ada", "bob", "eve")), mode="w"))
    assert data[place : place + 3] in (b"bob", b"eve")
    data[place : place + 200] = b"?" * 200
    assert "cannot be read (damaged after some entries): make it anew" in refused(tmp_path, bytes(data))


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_class_s_tar_that_was_cut_off_is_told(tmp_path: Path, kept: float) -> None:
    data = tarred(*((f"{k}.py", f"x = {k * 7919 % 9973}".encode()) for k in range(300)))
    assert "cannot be read" in refused(tmp_path, data[: int(kept * len(data))])
    plain = gzip.decompress(data)
    assert "cannot be read" in refused(tmp_path, plain[: int(kept * len(plain)) // 1024 * 1024 + 700])


def test_a_large_notebook_in_a_tar_is_read_without_its_outputs(tmp_path: Path) -> None:
    cells = '[{"cell_type": "code", "source": "x = 1", "outputs": ["' + "A" * (MAX_BYTES + 1) + '"]}]'
    notebook = ('{"nbformat": 4, "cells": ' + cells + "}").encode()
    (ada,) = collect(put(tmp_path, "c.tgz", tarred(("ada.ipynb", notebook))), "sgd")
    assert ada.submissions[0].cells == ("x = 1",)
    (bob,) = collect(put(tmp_path, "d/bob.tgz", tarred(("sgd.ipynb", notebook))).parent, "sgd")
    assert bob.submissions[0].cells == ("x = 1",)


def test_a_class_s_tar_that_changes_is_told(tmp_path: Path) -> None:
    path = put(tmp_path, "c.tar", tarred(("ada.py", CODE.encode()), ("bob.py", CODE.encode()), mode="w"))
    with opened_download(path, named("sgd")) as found:
        read = found.read()
        next(read)
        path.write_bytes(path.read_bytes() + bytes(512))
        with pytest.raises(SubmissionError, match="was written to"):
            next(read)
