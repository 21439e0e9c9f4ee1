"""Zips of strangers, and of Canvas, Moodle and Gradescope: read in memory, never unpacked, never believed."""

import os
import stat
import struct
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import CODE, NOTEBOOK, put, tarred, zipped

from autograder.submission import SubmissionError, collect, handing
from autograder.submission.layouts.gradescope import submitters
from autograder.submission.opening import MAX_BYTES, RefusedError
from autograder.submission.zips import handed_in


def special(name, kind, mode=0o777):
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (kind | mode) << 16
    return info


def one(place, homework="sgd"):
    (candidates,) = collect(place, homework)
    return candidates


def told(candidates):
    return " ".join(n for s in candidates.submissions for n in (*s.notes, s.problem or ""))


def students(place, homework="derivatives"):
    return {c.student: [s.source for s in c.submissions] for c in collect(place, homework)}


@pytest.fixture
def watched(tmp_path):
    """A folder to read from, in one where nothing must appear."""
    before = {path for path in tmp_path.rglob("*")}
    (tmp_path / "in").mkdir()
    yield tmp_path / "in"
    left = {p for p in tmp_path.rglob("*") if tmp_path / "in" not in p.parents} - before - {tmp_path / "in"}
    assert left == set()


# ------------------------------------------------------------------------------- what is accepted


LARGE = os.urandom(12_000_000)
IN_A_LARGE_ONE = {
    "a student's": ("alice.zip", lambda large: large),
    "in a folder": ("bob/all of it.zip", lambda large: large),
    "in a class's": ("class.zip", lambda large: zipped(("carol.zip", large), compression=zipfile.ZIP_STORED)),
    "in a class's tar": ("class.tar", lambda large: tarred(("carol/hw.zip", large), mode="w")),
    "a zip in a zip": (
        "dan.zip", lambda large: zipped(("dan/inner.zip", large), compression=zipfile.ZIP_STORED),
    ),
}  # fmt: skip


@pytest.mark.parametrize("where", IN_A_LARGE_ONE)
def test_a_large_archive_is_opened_for_the_small_homework_in_it(watched, where):
    name, packed = IN_A_LARGE_ONE[where]
    large = zipped(("data.bin", LARGE), ("sgd.py", CODE), compression=zipfile.ZIP_STORED)
    path = put(watched, name, packed(large))
    assert one(path if name.startswith("class") else watched).submissions[0].cells == (CODE,)


def test_a_large_tar_of_a_student_s_is_opened(watched):
    put(watched, "alice.tgz", tarred(("data.bin", LARGE), ("sgd.py", CODE.encode())))
    put(watched, "bob.tar", tarred(("x/data.bin", LARGE), ("x/sgd.py", CODE.encode()), mode="w"))
    assert [each.submissions[0].cells for each in collect(watched, "sgd")] == [(CODE,), (CODE,)]


def test_an_archive_that_is_too_large_is_told_and_its_student_listed(watched, monkeypatch):
    monkeypatch.setattr(handing, "MAX_ARCHIVE", 1_000_000)
    large = zipped(("data.bin", os.urandom(1_500_000)), ("sgd.py", CODE), compression=zipfile.ZIP_STORED)
    put(watched, "alice.zip", large)
    put(watched, "bob.py", CODE)
    alice, bob = collect(watched, "sgd")
    assert "has 1.5 MB, and at most 1 MB are read" in str(alice.submissions[0].problem)
    assert bob.submissions[0].cells == (CODE,)


def test_a_zip_is_read_like_a_folder(watched):
    put(
        watched,
        "alice.zip",
        zipped(("hw/sgd.ipynb", NOTEBOOK), ("hw/checks.py", "no"), ("hw/plot.png", "no")),
    )
    put(watched, "bob/deep/hand-in.ZIP", zipped(("sgd.py", CODE)))
    put(watched, "carol/sgd.py", CODE)
    assert students(watched, "sgd") == {
        "alice": ["alice.zip/hw/sgd.ipynb"],
        "bob": ["bob/deep/hand-in.ZIP/sgd.py"],
        "carol": ["carol/sgd.py"],
    }


@pytest.mark.parametrize("wrapping", ["", "class/"])
def test_the_whole_class_may_come_as_one_zip(watched, wrapping):
    inner = zipped(("sgd.py", CODE))
    path = put(
        watched,
        "class.zip",
        zipped(
            (f"{wrapping}alice.py", CODE),
            (f"{wrapping}bob/sgd.ipynb", NOTEBOOK),
            (f"{wrapping}carol.zip", inner),
            (f"{wrapping}__MACOSX/._alice.py", "no"),
            (f"{wrapping}.DS_Store", "no"),
        ),
    )
    assert students(path, "sgd") == {
        "alice": [f"{wrapping}alice.py"],
        "bob": [f"{wrapping}bob/sgd.ipynb"],
        "carol": [f"{wrapping}carol.zip/sgd.py"],
    }


def test_of_files_of_one_name_each_is_read(watched):
    put(watched, "alice.zip", zipped(("sgd.py", "a = 1"), ("sgd.py", "b = 2"), ("SGD.py", "c = 3")))
    cells = {submission.cells[0] for submission in one(watched).submissions}
    assert cells == {"a = 1", "b = 2", "c = 3"}


def test_what_canvas_hands_over_is_sorted_by_student(watched):
    path = put(
        watched,
        "submissions.zip",
        zipped(
            ("doejane_4711_98765_derivatives.ipynb", NOTEBOOK),
            ("doejane_4711_98766_penguins.csv", "no"),
            ("doejane_LATE_4712_98767_derivatives-1.py", CODE),
            ("roejohn_4713_98768_my homework.zip", zipped(("derivatives.py", CODE))),
        ),
    )
    assert students(path) == {
        "doejane_4711": ["doejane_4711_98765_derivatives.ipynb"],
        "doejane_4712": ["doejane_LATE_4712_98767_derivatives-1.py"],
        "roejohn_4713": ["roejohn_4713_98768_my homework.zip/derivatives.py"],
    }


def test_what_moodle_hands_over_is_sorted_by_student(watched):
    path = put(
        watched,
        "DL-Homework 1-4711.zip",
        zipped(
            ("Jane Doe_4711_assignsubmission_file_/derivatives.ipynb", NOTEBOOK),
            ("Jane Doe_4711_assignsubmission_onlinetext_/onlinetext.html", "<p>no"),
            ("José Núñez_4712_assignsubmission_file_/code/derivatives.py", CODE),
            ("Max_4713_assignsubmission_file_derivatives.py", CODE),
        ),
    )
    assert students(path) == {
        "Jane Doe_4711": ["Jane Doe_4711_assignsubmission_file_/derivatives.ipynb"],
        "José Núñez_4712": ["José Núñez_4712_assignsubmission_file_/code/derivatives.py"],
        "Max_4713": ["Max_4713_assignsubmission_file_derivatives.py"],
    }


METADATA = """---
submission_11:
  :submitters:
  - :name: Jane Doe
    :sid: '4711'
    :email: jane@example.org
  :created_at: 2026-11-02 10:00:00.000000000 Z
submission_12:
  :submitters:
  - :name: Max
    :email: max@example.org
  - :name: Eva
    :sid: 4713
"""


def test_what_gradescope_hands_over_is_named_by_its_list(watched):
    top = "assignment_77_export"
    path = put(
        watched,
        "submissions.zip",
        zipped(
            (f"{top}/submission_metadata.yml", METADATA),
            (f"{top}/submission_11/derivatives.ipynb", NOTEBOOK),
            (f"{top}/submission_12/derivatives.py", CODE),
            (f"{top}/submission_13/derivatives.py", CODE),
        ),
    )
    assert list(students(path)) == ["Jane Doe_4711", "Max_max & Eva_4713", "submission_13"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[1, 2]",
        b"a: b",
        b"a: {':submitters': 5}",
        b"a: {':submitters': [5, {':name': [1]}]}",
        b"{{{{",
        b"\xff\xfe\x00",
        b"!!python/object/apply:os.system ['true']",
        b"[" * 100_000,
    ],
)
def test_a_list_that_is_none_names_nobody(data):
    assert submitters(data) == {}


# -------------------------------------------------------------------------------- what is refused

REFUSED = {
    "out of the folder": ("../../evil.py", "leads out"),
    "out of it in the middle": ("a/../../evil.py", "leads out"),
    "out of it in Windows' way": ("..\\..\\evil.py", "leads out"),
    "absolute": ("/etc/cron.d/evil.py", "absolute path"),
    "absolute in Windows' way": ("C:\\evil.py", "absolute path"),
    "a share": ("\\\\server\\evil.py", "absolute path"),
    "too long": ("x" * 300 + ".py", "more than 255"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_name_that_leads_elsewhere_is_refused_by_name(watched, name):
    hostile, words = REFUSED[name]
    put(watched, "alice.zip", zipped((hostile, "evil = 1"), ("sgd.py", CODE)))
    candidates = one(watched)
    assert [s.cells for s in candidates.submissions] == [(CODE,)]
    assert words in told(candidates)
    assert hostile[:200].replace("\\", "\\")[:40] in told(candidates)
    put(watched, "alice.zip", zipped((hostile, "evil = 1")))
    problem = one(watched).submissions[0].problem
    if name == "too long":  # what is left of the name does not say that it is code
        assert problem == "It holds no sgd.py and no sgd.ipynb."
        return
    assert problem.startswith(f"{hostile}: ")
    assert words in problem
    assert "Make the archive anew" in problem
    (watched / "alice.zip").unlink()
    put(watched, "alice/work.zip", zipped((hostile, "evil = 1")))
    assert one(watched).submissions[0].problem == problem
    assert "It holds no sgd.py and no sgd.ipynb." in told(one(watched))


def test_a_class_s_zip_of_absolute_names_says_why_nothing_is_read(watched):
    names = ("/home/me/ann.py", "/home/me/bob.py", "/home/me/cat.py", "/home/me/dan.py")
    path = put(watched, "class.zip", zipped(*((name, CODE) for name in names)))
    with pytest.raises(SubmissionError) as error:
        collect(path, "sgd")
    assert "holds no submission that can be read: /home/me/ann.py: The name is an absolute path" in str(
        error.value
    )
    assert "Make the archive anew" in str(error.value)


def test_many_absolute_names_are_not_all_told(watched):
    put(watched, "alice.zip", zipped(*((f"/home/me/{k}.py", CODE) for k in range(200)), ("/a/._b.py", "")))
    candidates = one(watched)
    assert candidates.submissions[0].problem.startswith("/home/me/0.py: The name is an absolute path")
    assert len(candidates.unread) == 10
    assert "181 more entries of the archive were not read." in told(candidates)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK])
def test_links_and_devices_in_a_zip_are_refused_by_name(watched, kind):
    put(watched, "alice.zip", zipped((special("sgd.py", kind), "/etc/passwd"), ("sgd_final.py", CODE)))
    candidates = one(watched)
    assert [s.cells for s in candidates.submissions] == [(CODE,)]
    assert "alice.zip/sgd.py: The file is" in told(candidates)


def test_a_bomb_is_stopped_where_the_limit_is(watched):
    put(watched, "alice.zip", zipped(("sgd.py", b"#" * (20 * MAX_BYTES)), ("sgd final.py", CODE)))
    assert (watched / "alice.zip").stat().st_size < MAX_BYTES
    tracemalloc.start()
    candidates = one(watched)
    assert tracemalloc.get_traced_memory()[1] < 10 * MAX_BYTES
    tracemalloc.stop()
    assert [s.cells for s in candidates.submissions] == [(CODE,)]
    assert "more than 10 MB when it is unpacked" in told(candidates)


def test_a_size_that_is_a_lie_is_not_believed(watched):
    data = bytearray(zipped(("sgd.py", CODE)))
    where = data.index(b"PK\x01\x02") + 24
    data[where : where + 4] = struct.pack("<I", 1 << 31)
    put(watched, "alice.zip", bytes(data))
    assert "cannot be unpacked" in told(one(watched)) or one(watched).submissions[0].cells == (CODE,)


def test_archives_within_archives_end_somewhere(watched):
    data = zipped(("sgd.py", CODE))
    for _ in range(5):
        data = zipped(("inner.zip", data))
    put(watched, "alice.zip", data)
    assert "Archives within archives are not opened" in told(one(watched))
    put(
        watched,
        "alice.zip",
        zipped(*((f"{k}.zip", zipped(("a.txt", "no"))) for k in range(50)), ("sgd.py", CODE)),
    )
    assert one(watched).submissions[0].cells == (CODE,)


def test_archives_that_hold_too_much_together_are_not_all_opened(watched, monkeypatch):
    monkeypatch.setattr(handing, "MAX_UNPACKED", 20_000_000)
    large = zipped(("data.bin", os.urandom(6_000_000)), compression=zipfile.ZIP_STORED)
    for number in range(6):
        put(watched, f"alice/{number}.zip", large)
    put(watched, "alice/sgd.py", CODE)
    assert one(watched).submissions[0].cells == (CODE,)
    assert told(one(watched)).count("too much to be opened") == 2


def test_what_leads_out_of_the_whole_classs_zip_is_named(watched, caplog):
    path = put(watched, "class.zip", zipped(("../evil.py", "evil = 1"), ("alice.py", CODE)))
    assert one(path).submissions[0].notes == ()
    assert "../evil.py: The name leads out of the archive's folder" in caplog.text


def test_a_hundred_thousand_entries_are_refused_before_they_are_looked_at(watched):
    data = zipped(*((f"{k}.txt", "") for k in range(100_000)), compression=zipfile.ZIP_STORED)
    assert len(data) > MAX_BYTES / 2
    with pytest.raises(RefusedError, match="more than 20,000 entries"):
        handed_in(data)


def test_a_class_that_is_too_large_is_no_reason_to_refuse(watched):
    path = put(watched, "class.zip", zipped(*((f"student {k}.py", f"x = {k}") for k in range(2_000))))
    assert len(collect(path, "sgd")) == 2_000


def test_an_encrypted_file_is_refused_by_name(watched):
    data = bytearray(zipped(("sgd.py", CODE)))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    put(watched, "alice.zip", bytes(data))
    assert "encrypted" in told(one(watched))


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_to_compress_whose_memory_has_no_bound_are_refused(watched, compression):
    put(watched, "alice.zip", zipped(("sgd.py", CODE), compression=compression))
    assert "compressed in an unusual way" in told(one(watched))


@pytest.mark.parametrize("kept", [0, 1, 10, 40, 90, -30, -1])
def test_an_archive_that_was_cut_off_is_named(watched, kept):
    put(watched, "alice.zip", zipped(("sgd.py", CODE * 20))[:kept])
    candidates = one(watched)
    assert "cannot be read" in told(candidates)
    assert "alice.zip" in candidates.submissions[0].source


def test_damage_inside_is_named(watched):
    data = bytearray(zipped(("sgd.py", CODE * 20)))
    data[60] ^= 0xFF
    put(watched, "alice.zip", bytes(data))
    assert "cannot be unpacked" in told(one(watched))


@pytest.mark.parametrize(
    "name",
    ["s\ngd.py", "sgd\x1b[2J.py", "sgd\u202egnp.py", "sgd\udcff.py".encode("utf-8", "replace").decode()],
)
def test_odd_names_are_printed_harmlessly(watched, name):
    put(watched, "alice.zip", zipped((name, CODE)))
    text = told(one(watched)) + one(watched).submissions[0].source
    assert text.isprintable()


def test_a_zip_that_is_none_and_a_class_that_is_none(watched):
    put(watched, "alice.zip", "not a zip")
    assert "cannot be read" in told(one(watched))
    path = put(watched, "class.zip", "not a zip")
    with pytest.raises(SubmissionError, match="cannot be read"):
        collect(path, "sgd")
    path = put(watched, "class.zip", zipped())
    with pytest.raises(SubmissionError, match="holds no submission"):
        collect(path, "sgd")


def test_a_link_called_zip_is_not_followed(watched):
    outside = put(watched, "there/real.zip", zipped(("sgd.py", "SECRET = 1")))
    (watched / "in").mkdir()
    os.symlink(outside, watched / "in" / "alice.zip")
    assert "symbolic link" in told(one(watched / "in"))


@given(st.binary(max_size=400), st.data())
@settings(max_examples=300)
def test_any_bytes_are_an_archive_or_are_refused(data, chosen):
    base = bytearray(zipped(("sgd.py", CODE), ("a/b.py", "x")))
    for _ in range(chosen.draw(st.integers(0, 6))):
        base[chosen.draw(st.integers(0, len(base) - 1))] = chosen.draw(st.integers(0, 255))
    for attempt in (data, bytes(base), bytes(base) + data, data + bytes(base)):
        sentences = []
        try:
            archive = handed_in(attempt)
            for file in archive.walk().files:
                sentences += _sentence_or_bytes(file.read)
            archive.close()
        except RefusedError as refusal:
            sentences.append(str(refusal))
        assert all(map(str.isprintable, sentences))


def _sentence_or_bytes(read):
    try:
        assert len(read()) <= MAX_BYTES
    except RefusedError as refusal:
        return [str(refusal)]
    return []


def test_a_mac_writes_utf_8_and_does_not_say_so(watched):
    name = "élè".encode()
    data = zipped(("x" * len(name) + "/sgd.py", CODE), ("bob/sgd.py", CODE)).replace(b"x" * len(name), name)
    assert list(students(put(watched, "class.zip", data), "sgd")) == ["bob", "élè"]


def test_a_backslash_separates_where_windows_alone_wrote_the_names(watched):
    path = put(watched, "class.zip", zipped(("ada\\sgd.py", CODE), ("bob\\", ""), ("bob\\sgd.py", CODE)))
    assert students(path, "sgd") == {"ada": ["ada/sgd.py"], "bob": ["bob/sgd.py"]}
