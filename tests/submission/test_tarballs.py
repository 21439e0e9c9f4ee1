"""Tar archives of strangers: read in memory and bounded, as zips are."""

import gzip
import io
import tarfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import CODE, put

from autograder.submission import collect
from autograder.submission.opening import MAX_BYTES, RefusedError
from autograder.submission.tarball import handed_in


def tarred(*members: tuple[str, bytes | tarfile.TarInfo], mode: str = "w:gz") -> bytes:
    """A tar archive of files, or of whatever a TarInfo says."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members:
            if isinstance(content, tarfile.TarInfo):
                archive.addfile(content)
            else:
                info = tarfile.TarInfo(name)
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def special(name: str, kind: bytes, target: str = "") -> tuple[str, tarfile.TarInfo]:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return name, info


def read(data: bytes) -> dict[str, bytes | str]:
    found: dict[str, bytes | str] = {}
    for file in handed_in(data).files:
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
    with pytest.raises(RefusedError, match="holds more than 40 MB"):
        handed_in(data)
    assert tracemalloc.get_traced_memory()[1] < 10 * MAX_BYTES
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
@settings(deadline=None, max_examples=200)
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
        assert all(map(str.isprintable, sentences))
