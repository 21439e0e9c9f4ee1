"""What nobody may learn: the course's secret, the answers, the solutions."""

import base64
import os
import re
import stat
import struct
import subprocess
from concurrent.futures import ThreadPoolExecutor

import commands
import numpy as np
import pytest
from ordinary_user import ROOT

from autograder.course import homework_names, load_homework
from autograder.grading import seed
from autograder.release.source import read_source
from autograder.rules.values import Values
from autograder.sandbox import levels
from autograder.sandbox.host import Returned, Sandbox
from autograder.secret import SecretError, course_secret

NAMES = homework_names(ROOT)


# ------------------------------------------------------------------------------- the secret's file


def test_it_is_made_once_and_for_its_owner_alone(tmp_path):
    secret = course_secret(tmp_path)
    path = tmp_path / ".autograder" / "secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert len(secret) == 32
    assert course_secret(tmp_path) == secret == path.read_bytes()
    assert [p.name for p in path.parent.iterdir()] == ["secret"]


def test_many_that_begin_at_once_make_one(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        found = set(pool.map(course_secret, [tmp_path] * 64))
    assert len(found) == 1


def test_it_is_made_where_files_have_one_name_only(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert course_secret(tmp_path) == course_secret(tmp_path)
    assert [path.name for path in (tmp_path / ".autograder").iterdir()] == ["secret"]


def test_rights_that_a_copy_gave_to_others_are_taken_back(tmp_path):
    secret = course_secret(tmp_path)
    path = tmp_path / ".autograder" / "secret"
    path.chmod(0o644)
    assert course_secret(tmp_path) == secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_damaged_one_is_named_and_not_replaced(tmp_path):
    course_secret(tmp_path)
    path = tmp_path / ".autograder" / "secret"
    path.write_bytes(b"short")
    with pytest.raises(SecretError, match="damaged: delete it"):
        course_secret(tmp_path)
    assert path.read_bytes() == b"short"


def test_git_does_not_take_it():
    done = subprocess.run(["git", "check-ignore", "-q", ".autograder/secret"], cwd=ROOT, check=False)
    assert done.returncode == 0


# ------------------------------------------------------------------------------------------ leaks


def forms(secret):
    """The ways in which somebody might have written it down."""
    return [
        secret, secret.hex().encode(), base64.b64encode(secret), base64.urlsafe_b64encode(secret),
        repr(secret)[2:-1].encode(), str(list(secret)).encode(), str(int.from_bytes(secret)).encode(),
    ]  # fmt: skip


WRONG = """
import numpy as np

def {name}(*arguments):
    print(arguments)
    return 0.25
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A course in which everything was made, from the release to the feedback on wrong functions."""
    course = tmp_path_factory.mktemp("course")
    for name in ("solutions", "assignments"):
        (course / name).symlink_to(ROOT / name)
    secret = course_secret(course)
    said = []
    for name in NAMES:
        (course / "in" / name).mkdir(parents=True)
        for exercise in load_homework(name, ROOT).exercises:
            text = WRONG.format(name=exercise.function)
            (course / "in" / name / f"{exercise.function}.py").write_text(text)
        words = ("autograder", "--course", course, "grade", name, f"in/{name}", "--out", f"out/{name}")
        done = commands.run(*words, cwd=course)
        assert done.returncode == 0, done.stderr
        said.append((done.stdout + done.stderr).encode())
    return course, secret, said


def texts(course):
    """All that students receive: the release, pages and reports."""
    folders = [ROOT / "assignments", *(course / "out" / name for name in NAMES)]
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_the_secret_is_in_nothing_that_was_written_or_said(written):
    course, secret, said = written
    found = texts(course)
    assert len(found) > 60
    for text in [*found.values(), *said]:
        for form in forms(secret):
            assert form not in text


@pytest.mark.slow
def test_no_line_of_a_solution_or_a_reference_is_in_what_students_receive(written):
    course, _, _ = written
    found = {path: data.decode("utf-8", "replace") for path, data in texts(course).items()}
    for name in NAMES:
        homework = load_homework(name, ROOT)
        lines = {
            " ".join(line.split())
            for cell in read_source(homework, ROOT).cells
            if cell.exercise
            for line in cell.solution_lines
            if re.search(r"[-+*/@(]", line) and len(line.strip()) > 24 and not line.strip().startswith("#")
        }
        assert lines
        lines |= {"autograder.judging", "symbolic_checks", "BEGIN SOLUTION"}
        for path, text in found.items():
            flat = " ".join(text.replace("&#39;", "'").replace("&gt;", ">").split())
            assert not [line for line in lines if line in flat], path


# ------------------------------------------------------------------------------- a child's memory


def memory(pid):
    """All that a process can read of itself."""
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb") as file:
        for line in maps:
            place, rights = line.split()[:2]
            if "r" in rights and not line.rstrip().endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
                begin, end = (int(part, 16) for part in place.split("-"))
                file.seek(begin)
                try:
                    yield file.read(end - begin)
                except OSError:
                    continue


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may look into the memory of a locked-down process")
@pytest.mark.parametrize("level", ["namespaces", "landlock"])
def test_a_childs_memory_holds_the_question_and_neither_answer_nor_secret(level):
    secret = os.urandom(32)
    homework = load_homework("derivatives", ROOT)
    exercise = next(e for e in homework.exercises if e.function == "dL_db")
    assert isinstance(exercise.rule, Values)
    random = np.random.default_rng(seed(secret, homework.name, exercise.function, "Ada"))
    asked = [probe.draw(random) for probe in exercise.rule.probes]
    answers = [float(exercise.rule.reference(*arguments)) for arguments in asked]
    source = "seen = []\ndef dL_db(*arguments):\n    seen.append(arguments)\n    return 0.25\n"
    try:
        sandbox = Sandbox(level)
    except levels.SandboxError as error:
        pytest.skip(f"level {level} cannot be had here: {error}")
    with sandbox, sandbox.session([source]) as session:
        assert session.call("dL_db", asked) == [Returned(0.25)] * len(asked)
        with open(f"/proc/self/fdinfo/{session._child._handle}") as file:
            pid = next(int(line.split()[1]) for line in file if line.startswith("Pid:"))
        blocks = list(memory(pid))
    assert sum(map(len, blocks)) > 10_000_000

    def holds(data):
        return any(data in block for block in blocks)

    assert all(holds(struct.pack("<d", float(arguments[0]))) for arguments in asked)  # the search finds
    for form in forms(secret):
        assert not holds(form)
    for answer in answers:
        assert not holds(struct.pack("<d", answer))
    for word in (b"autograder/judging", b"symbolic_checks", b"BEGIN SOLUTION", b"class Misconception"):
        assert not holds(word)
