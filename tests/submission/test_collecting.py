"""Who handed in what: any layout of a folder, and whatever lies in it."""

import os
import socket
import tempfile
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from autograder.submission import Candidates, SubmissionError, collect, opening
from autograder.submission.slugs import MAX_SLUG, slugs_of

CODE = "def predict(X, w, b):\n    return X @ w + b\n"
NOTEBOOK = '{"nbformat": 4, "cells": [{"cell_type": "code", "source": "x = 1"}]}'


def at(folder: Path, path: str, text: str = CODE) -> Path:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text)
    return target


def one(folder: Path, homework: str = "sgd") -> Candidates:
    (candidates,) = collect(folder, homework, ("penguins.py", "penguins.csv"))
    return candidates


def sources(candidates: Candidates) -> list[str]:
    return [submission.source for submission in candidates.submissions]


def problem(candidates: Candidates) -> str:
    (submission,) = candidates.submissions
    assert submission.cells == ()
    assert submission.problem is not None
    return submission.problem


def test_files_and_folders_name_the_students(tmp_path: Path) -> None:
    at(tmp_path, "Bob.ipynb", NOTEBOOK)
    at(tmp_path, "alice.py")
    at(tmp_path, "carol/sgd/sgd.py")
    found = collect(tmp_path, "sgd")
    assert [c.student for c in found] == ["alice", "Bob", "carol"]
    assert [c.slug for c in found] == ["alice", "Bob", "carol"]
    assert [sources(c) for c in found] == [["alice.py"], ["Bob.ipynb"], ["carol/sgd/sgd.py"]]
    assert found[0].submissions[0].cells == (CODE,)
    assert found[1].submissions[0].cells == ("x = 1",)


def test_two_files_of_one_student_are_both_returned_and_named(tmp_path: Path) -> None:
    at(tmp_path, "alice.py")
    at(tmp_path, "alice.ipynb", NOTEBOOK)
    at(tmp_path, "alice/deep/SGD.py", "y = 1")
    candidates = one(tmp_path)
    assert sources(candidates) == ["alice/deep/SGD.py", "alice.ipynb", "alice.py"]
    assert "alice/deep/SGD.py, alice.ipynb, alice.py" in candidates.submissions[0].notes[0]


@pytest.mark.parametrize("student", ["checks", "checks_as_text", "conftest", "Checks_Anna"])
def test_a_student_may_be_called_like_a_part_of_the_kit(tmp_path: Path, student: str) -> None:
    at(tmp_path, f"{student}/sgd.py")
    at(tmp_path, f"{student}/checks/judging.py")
    assert sources(one(tmp_path)) == [f"{student}/sgd.py"]


def test_the_kit_s_own_files_are_not_the_homework(tmp_path: Path) -> None:
    for name in (
        "checks.py",
        "test_sgd.py",
        "test_sgd (1).py",
        "penguins.py",
        "conftest.py",
        "__init__.py",
    ):
        at(tmp_path, f"alice/{name}", f"# {name}")
        at(tmp_path, name)
    at(tmp_path, "alice/checks/judging.py")
    at(tmp_path, "alice/.ipynb_checkpoints/sgd-checkpoint.ipynb", NOTEBOOK)
    at(tmp_path, "alice/__pycache__/sgd.py")
    at(tmp_path, "alice/__MACOSX/sgd.py")
    at(tmp_path, "__MACOSX/alice.py")
    at(tmp_path, ".hidden.py")
    at(tmp_path, "penguins.csv")
    assert problem(one(tmp_path)) == "It holds no sgd.py and no sgd.ipynb."


@pytest.mark.parametrize(
    "name", ["derivatives (1).ipynb", "derivatives_alice.ipynb", "hw1.ipynb", "derivatives-Copy1.ipynb"]
)
def test_a_renamed_homework_is_found_and_noted(tmp_path: Path, name: str) -> None:
    at(tmp_path, f"alice/{name}", NOTEBOOK)
    at(tmp_path, "alice/checks.py")
    candidates = one(tmp_path, "derivatives")
    assert sources(candidates) == [f"alice/{name}"]
    assert "No file is named derivatives.py" in candidates.submissions[0].notes[0]


def test_a_renamed_copy_beside_the_untouched_kit_is_found(tmp_path: Path) -> None:
    at(tmp_path, "alice/sgd.py", "raise NotImplementedError")
    at(tmp_path, "alice/sgd final.py", "done = True")
    at(tmp_path, "alice/notes.py", "x = 0")
    assert sources(one(tmp_path)) == ["alice/sgd.py", "alice/sgd final.py"]


def test_of_many_others_those_with_the_homework_s_name_win(tmp_path: Path) -> None:
    at(tmp_path, "alice/a.py", "1")
    at(tmp_path, "alice/Gradient Descent.py", "2")
    at(tmp_path, "bob/a.py", "1")
    at(tmp_path, "bob/b.py", "2")
    alice, bob = collect(tmp_path, "gradient_descent")
    assert sources(alice) == ["alice/Gradient Descent.py"]
    assert sources(bob) == ["bob/a.py", "bob/b.py"]


def test_equal_files_are_graded_once(tmp_path: Path) -> None:
    at(tmp_path, "alice/sgd.py")
    at(tmp_path, "alice/backup/sgd.py")
    candidates = one(tmp_path)
    assert sources(candidates) == ["alice/sgd.py"]
    assert candidates.submissions[0].notes == ("alice/backup/sgd.py holds the same code as alice/sgd.py.",)


def test_at_most_eight_files_shallow_ones_first(tmp_path: Path) -> None:
    for i in range(12):
        at(tmp_path, f"alice/try{i:02}/sgd.py", f"x = {i}")
    at(tmp_path, "alice/sgd.py")
    candidates = one(tmp_path)
    assert sources(candidates) == ["alice/sgd.py", *(f"alice/try{i:02}/sgd.py" for i in range(7))]
    assert any("13 files were found" in note for note in candidates.submissions[0].notes)


def test_of_eight_files_all_are_read_and_none_is_missed(tmp_path: Path) -> None:
    for i in range(8):
        at(tmp_path, f"alice/try{i:02}/sgd.py", f"x = {i}")
    candidates = one(tmp_path)
    assert len(candidates.submissions) == 8
    assert not any("files were found; the first" in note for note in candidates.submissions[0].notes)


@pytest.mark.parametrize("name", ["alice.pdf", "alice.txt", "alice.rar", "alice.7z", "alice"])
def test_other_files_get_a_sentence(tmp_path: Path, name: str) -> None:
    at(tmp_path, name, "This is my homework.")
    candidates = one(tmp_path)
    assert candidates.student == "alice"
    assert problem(candidates).startswith("Only .py, .ipynb and .zip files are accepted")


def test_a_bad_file_beside_a_good_one_is_a_note(tmp_path: Path) -> None:
    at(tmp_path, "alice.pdf")
    at(tmp_path, "alice.ipynb", "")
    at(tmp_path, "alice.py")
    candidates = one(tmp_path)
    assert sources(candidates) == ["alice.py"]
    assert [note.split(":")[0] for note in candidates.submissions[0].notes] == ["alice.ipynb", "alice.pdf"]


def test_bad_files_alone_give_one_submission_with_all_reasons(tmp_path: Path) -> None:
    at(tmp_path, "alice.pdf")
    at(tmp_path, "alice.py", " \n")
    candidates = one(tmp_path)
    assert problem(candidates).startswith("The file is empty")
    assert candidates.submissions[0].notes[0].startswith("alice.pdf: Only .py")


def test_links_are_refused_and_never_followed(tmp_path: Path) -> None:
    secret = at(tmp_path, "outside/secret.py", "SECRET = 1")
    folder = tmp_path / "in"
    at(folder, "dora/x.txt")
    (folder / "alice.py").symlink_to(secret)
    (folder / "bob").symlink_to(secret.parent)
    (folder / "carol.ipynb").symlink_to("/nowhere")
    (folder / "dora" / "sgd.py").symlink_to(secret)
    (folder / "dora" / "sgd").symlink_to(secret.parent)
    (folder / "eve").mkdir()
    (folder / "eve" / "loop").symlink_to(".")
    found = {c.student: problem(c) for c in collect(folder, "sgd")}
    assert all("symbolic link" in found[name] for name in ("alice", "bob", "carol", "dora"))
    assert "holds no sgd.py" in found["eve"]


def test_a_folder_that_becomes_a_link_is_not_followed(tmp_path: Path) -> None:
    at(tmp_path, "outside/sgd.py", "SECRET = 1")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "alice").symlink_to(tmp_path / "outside")
    root = os.open(tmp_path / "in", os.O_RDONLY)
    try:
        with pytest.raises(opening.RefusedError, match="cannot be read"):
            opening.read_regular(root, ("alice", "sgd.py"))
        with pytest.raises(opening.RefusedError, match="cannot be read"):
            opening.walk(root, ("alice",))
    finally:
        os.close(root)


def test_fifos_hard_links_and_sockets_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "alice.py")
    original = at(tmp_path, "bob/original.txt")
    os.link(original, tmp_path / "bob" / "sgd.py")
    os.mkfifo(tmp_path / "carol")
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(str(tmp_path / "dora.py"))
        found = {c.student: problem(c) for c in collect(tmp_path, "sgd")}
    assert "not an ordinary file" in found["alice"]
    assert "hard link" in found["bob"]
    assert "not an ordinary file" in found["carol"]
    assert "not an ordinary file" in found["dora"]


@pytest.mark.skipif(os.getuid() != 0, reason="only root may make a device")
def test_devices_are_refused(tmp_path: Path) -> None:
    try:
        os.mknod(tmp_path / "alice.py", 0o666 | 0o020000, os.makedev(1, 5))  # /dev/zero
    except PermissionError:
        pytest.skip("no right to make a device here")
    assert "not an ordinary file" in problem(one(tmp_path))


def test_a_gigabyte_is_refused_unread(tmp_path: Path) -> None:
    with open(tmp_path / "alice.ipynb", "wb") as file:
        file.truncate(1_000_000_000)
    tracemalloc.start()
    try:
        assert "1,000.0 MB" in problem(one(tmp_path))
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("look", "change", "words"),
    [
        ("stat", lambda path: os.link(path, path.with_suffix(".txt")), "hard link"),
        ("stat", lambda path: path.write_bytes(b"#" * 101), "at most"),
        ("fstat", lambda path: path.write_bytes(b"#" * 101), "grew"),
    ],
)
def test_what_changes_after_each_look_at_it_is_noticed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look: str, change: Any, words: str
) -> None:
    path, seen = at(tmp_path, "sgd.py", "#" * 100), getattr(os, look)
    root = os.open(tmp_path, os.O_RDONLY)
    assert opening.read_regular(root, ("sgd.py",), limit=100) == path.read_bytes()

    def looked(*arguments: Any, **named: Any) -> os.stat_result:
        found = seen(*arguments, **named)
        monkeypatch.undo()
        change(path)
        return found

    monkeypatch.setattr(os, look, looked)
    try:
        with pytest.raises(opening.RefusedError, match=words):
            opening.read_regular(root, ("sgd.py",), limit=100)
    finally:
        os.close(root)


def test_depth_is_capped(tmp_path: Path) -> None:
    at(tmp_path, "alice/1/2/3/4/5/6/sgd.py")
    at(tmp_path, "bob/1/2/3/4/5/6/7/sgd.py")
    alice, bob = collect(tmp_path, "sgd")
    assert sources(alice) == ["alice/1/2/3/4/5/6/sgd.py"]
    assert problem(bob)
    assert "6 levels deep" in bob.submissions[0].notes[0]


def test_entries_are_capped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_ENTRIES", 30)
    for i in range(40):
        at(tmp_path, f"alice/sub/{i}.txt", "")
    at(tmp_path, "alice/sgd.py")
    candidates = one(tmp_path)
    assert sources(candidates) == ["alice/sgd.py"]
    assert "more than 30 files" in candidates.submissions[0].notes[0]


def test_a_missing_or_empty_folder_is_explained(tmp_path: Path) -> None:
    with pytest.raises(SubmissionError, match="There is no folder"):
        collect(tmp_path / "nowhere", "sgd")
    at(tmp_path, ".DS_Store")
    with pytest.raises(SubmissionError, match=r"holds no submission: put one <student>.py"):
        collect(tmp_path, "sgd")
    with pytest.raises(SubmissionError, match=r"is not a folder, and no \.py or"):
        collect(at(tmp_path, "alice.pdf"), "sgd")


@contextmanager
def as_an_ordinary_user() -> Iterator[None]:
    """Root may read everything: become nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_what_may_not_be_read_is_refused() -> None:
    with tempfile.TemporaryDirectory() as place:  # pytest's own folders are closed to others
        folder = Path(place)
        folder.chmod(0o755)
        at(folder, "alice.py").chmod(0)
        at(folder, "bob/sgd.py")
        (folder / "bob").chmod(0)
        try:
            with as_an_ordinary_user():
                found = collect(folder, "sgd")
        finally:
            (folder / "bob").chmod(0o700)
        assert len(found) == 2
        assert all("cannot be read" in problem(candidates) for candidates in found)


@pytest.mark.parametrize(
    "name", [b"al\x1b[31mice.py", b"al\xffice.py", "al\u202eice.py".encode(), b"al\nice.py"]
)
def test_hostile_names_become_printable(tmp_path: Path, name: bytes) -> None:
    with open(os.path.join(os.fsencode(tmp_path), name), "w") as file:
        file.write(CODE)
    candidates = one(tmp_path)
    assert candidates.student.isprintable()
    assert candidates.student.startswith("al\\")
    assert candidates.submissions[0].source.isprintable()
    candidates.student.encode()
    assert candidates.submissions[0].cells == (CODE,)


NAMES = st.text(min_size=1, max_size=300).filter(lambda name: "/" not in name and "\0" not in name)


@given(st.lists(NAMES, unique=True, max_size=8))
@example(["Alice", "alice", "ALICE", "alice-2bd806c9"])
@example(["..", ".", "...", "-rf", "con", "NUL.txt", "a b", "a_b", "ſ", "S", "s", "é", "e\u0301", "x" * 255])
@example(["\udc80", "\udc81", "ß", "ss", "SS"])
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_slugs_are_safe_and_unique(names: list[str]) -> None:
    slugs = slugs_of(names)
    assert len({slug.casefold() for slug in slugs.values()}) == len(names)
    for slug in slugs.values():
        assert slug
        assert len(slug.encode()) <= MAX_SLUG
        assert not slug.startswith((".", "-"))
        assert not slug.endswith((".", " "))
        assert all(c.isalnum() or c in "._-" for c in slug)
        assert slug.casefold() not in {"con", "nul", "nul.txt"}


def test_slugs_do_not_depend_on_the_other_students() -> None:
    assert slugs_of(["Ana María", "bob"])["bob"] == slugs_of(["bob"])["bob"] == "bob"
    assert slugs_of(["José"])["José"] == "José"
