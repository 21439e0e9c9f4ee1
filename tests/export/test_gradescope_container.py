"""Gradescope's harness in its documented layout, as root: set up once, run for each submission."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ordinary_user
import pytest
from handing_on import ROOT, THREE, Class
from importers import gradescope

from autograder.export.gradescope import harness
from autograder.sandbox import levels
from autograder.sandbox.host import Sandbox
from autograder.sandbox.levels import Layer, SandboxError

pytestmark = pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="the harness runs as root")
DEMO = ROOT / "docs" / "demo" / "derivatives"
# What the scripts call, and no more: there is no bubblewrap in the container.
TOOLS = ("bash", "cat", "chmod", "dirname", "env", "mkdir", "mv", "rm", "timeout")
METADATA = {
    "id": 123456,
    "created_at": "2026-11-30T12:00:00.000-08:00",
    "submission_method": "upload",
    "assignment": {
        "due_date": "2026-12-01T00:00:00.000-08:00", "late_due_date": None, "title": "HW 1",
        "total_points": "45.0", "group_size": None, "group_submission": False, "id": 1, "course_id": 2,
    },
    "users": [{"email": "ada@x.org", "id": 99, "name": "Ada <b>L</b>"}],
    "previous_submissions": [{"submission_time": "x", "score": 45.0, "autograder_error": False}],
}  # fmt: skip


@dataclass(frozen=True)
class Container:
    """A folder in the place of ``/autograder``, and what can be called in it."""

    home: Path
    tools: Path

    def set_up(self) -> subprocess.CompletedProcess[str]:
        return self._run(self.home / "source" / "setup.sh", PIP_NO_DEPS="1", PIP_NO_INDEX="1")

    def grade(self, **files: str) -> dict[str, Any]:
        """Grade a submission of these files; what is in results.json."""
        shutil.rmtree(self.home / "submission", ignore_errors=True)
        (self.home / "submission").mkdir()
        for name, text in files.items():
            (self.home / "submission" / name.replace("_dot_", ".")).write_text(text)
        shutil.copy(self.home / "source" / "run_autograder", self.home)
        done = self._run(self.home / "run_autograder")
        assert done.returncode == 0
        data = (self.home / "results" / "results.json").read_bytes()
        gradescope(data)
        assert [path.name for path in (self.home / "results").iterdir()] == ["results.json"]
        return dict(json.loads(data)) | {"printed": done.stdout + done.stderr}

    def _run(self, script: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", str(script)], cwd=self.home, env={"PATH": str(self.tools), **environment},
            capture_output=True, text=True, check=False, timeout=600,
        )  # fmt: skip


def tools(place: Path, *more: str) -> Path:
    """A folder with what can be called, and an apt-get that installs what this machine has."""
    place.mkdir()
    for name in (*TOOLS, *more):
        found = shutil.which(name)
        assert found, name
        (place / name).symlink_to(found)
    python = ordinary_user.interpreter()
    script = (
        f'#!/bin/bash\necho "$@" >> {place.parent}/apt.log\n'
        f'case "$*" in *"install -y"*python3.11*) ln -sf {python} {place}/python3.11;;\n'
        "update) ;; *) exit 1;; esac\n"
    )
    (place / "apt-get").write_text(script)
    (place / "apt-get").chmod(0o755)
    (place / "ln").symlink_to(str(shutil.which("ln")))
    (place / "python3").symlink_to(python)  # the one that Gradescope's harness runs on
    return place


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory, course: Path) -> Container:
    """Set up as Gradescope does, with the packages that grading needs as they are here."""
    if sys.version_info[:2] != (3, 11):
        pytest.skip("the packages of this environment are of another version than the container's Python")
    place = tmp_path_factory.mktemp("gradescope")
    for folder in (place, *place.parents):
        if folder.stat().st_uid == os.getuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o011)
    made = Class(place, course)
    made.run("export", "derivatives", "--to", "gradescope", "--out", place / "autograder.zip")
    found = Container(place / "autograder", tools(place / "bin"))
    (found.home / "results").mkdir(parents=True)
    (found.home / "submission_metadata.json").write_text(json.dumps(METADATA))
    with zipfile.ZipFile(place / "autograder.zip") as archive:
        archive.extractall(found.home / "source")
    done = found.set_up()
    assert done.returncode == 0, done.stdout + done.stderr
    packages = next((found.home / "python" / "lib").glob("python3.*/site-packages"))
    assert "Nothing is derived beforehand" in done.stdout  # without the packages that it needs
    (packages / "here.pth").write_text(sysconfig.get_path("purelib") + "\n")
    done = found.set_up()
    assert "Nothing is derived beforehand" not in done.stdout, done.stdout + done.stderr
    return found


@pytest.mark.slow
class TestInItsLayout:
    def test_a_python_of_its_own_stands_beside_the_harnesss(self, container: Container) -> None:
        assert (
            "install -y --no-install-recommends python3.11 python3.11-venv"
            in (container.home.parent / "apt.log").read_text()
        )
        assert os.readlink(container.tools / "python3") == ordinary_user.interpreter()
        assert (container.home / "python" / "bin" / "python").exists()

    def test_a_right_submission_has_all_points_at_level_landlock(self, container: Container) -> None:
        told = container.grade(my_homework_dot_py=(DEMO / "ada.py").read_text())
        assert told["score"] == 45
        assert told["extra_data"]["sandbox"] == "landlock"
        assert "Sandbox: landlock; sandbox self-test passed" in told["printed"]
        assert all(test["status"] == "passed" for test in told["tests"])

    def test_what_submissions_are_compared_with_is_derived_when_the_image_is_built(
        self, container: Container
    ) -> None:
        cache = container.home / "cache"
        assert not any(path.stat().st_mode & 0o077 for path in (cache, *cache.rglob("*")))

        def kept() -> dict[str, bytes]:
            files = {path.name: path.read_bytes() for path in cache.glob("*/*")}
            return {name: data for name, data in files.items() if b"\n{" in data}  # no templates

        before = kept()
        assert len(before) > 20
        for name in ("ada", "chen"):
            assert container.grade(my_homework_dot_py=(DEMO / f"{name}.py").read_text())["score"]
        more = {name: content for name, content in kept().items() if before.get(name) != content}
        assert not more

    def test_graded_again_the_numbers_are_the_same(self, container: Container) -> None:
        text = (DEMO / "chen.py").read_text()
        once, again = (container.grade(derivatives_dot_py=text) for _ in range(2))
        for told in (once, again):
            del told["execution_time"]
        assert once == again
        assert 0 < once["score"] < 45

    def test_nobody_but_root_can_look_at_the_rubric(self, container: Container) -> None:
        for path in (container.home / "source", container.home / "results"):
            assert not path.stat().st_mode & 0o007, path
        nosy = (
            "import os\nfound = []\nfor folder in ('source', 'results', ''):\n"
            f"    try:\n        found += os.listdir(os.path.join({str(container.home)!r}, folder))\n"
            "    except OSError as error:\n        found.append(type(error).__name__)\n"
            f"for name in ('source/secret', 'submission_metadata.json'):\n    try:\n"
            f"        found.append(open(os.path.join({str(container.home)!r}, name), 'rb').read())\n"
            "    except OSError as error:\n        found.append(type(error).__name__)\n"
            "print('FOUND', found)\n"
        )
        told = container.grade(derivatives_dot_py=nosy + THREE)
        assert told["score"] == 3
        assert (
            "FOUND ['PermissionError', 'PermissionError', 'PermissionError', 'PermissionError'"
            in told["output"]
        )

    def test_a_submission_without_code_has_results_and_a_reason(self, container: Container) -> None:
        told = container.grade(essay_dot_txt="Dear reader")
        assert told["score"] == 0
        assert "It holds no derivatives.py and no derivatives.ipynb." in told["output"]
        assert container.grade()["score"] == 0

    def test_when_grading_fails_there_are_results_and_instructors_read_why(
        self, container: Container
    ) -> None:
        settings = container.home / "source" / "grading.json"
        before = settings.read_text()
        try:
            settings.write_text("no settings")
            told = container.grade(derivatives_dot_py=THREE)
        finally:
            settings.write_text(before)
        assert told["score"] == 0
        assert "it is not your mistake" in told["output"]
        assert "JSONDecodeError" in told["printed"]
        assert "JSONDecodeError" not in told["output"]

    def test_when_the_grader_does_not_even_start_there_are_results(self, container: Container) -> None:
        python = container.home / "python" / "bin" / "python"
        aside = python.with_name("aside")
        python.rename(aside)
        try:
            told = container.grade(derivatives_dot_py=THREE)
        finally:
            aside.rename(python)
        assert told["score"] == 0
        assert "Nothing was graded: the grader ended with status 127" in told["printed"]

    def test_damaged_metadata_stop_nothing(self, container: Container) -> None:
        path = container.home / "submission_metadata.json"
        before = path.read_text()
        try:
            path.write_text('{"users": [1, {"name": null}], "created_at": 7')
            assert container.grade(derivatives_dot_py=THREE)["score"] == 3
        finally:
            path.write_text(before)


# -- where there is no Landlock

WITHOUT = (
    Layer("seccomp", True, ""),
    Layer("Landlock", False, "is not there"),
    Layer("bubblewrap", False, "is not there"),
)
# Grades three submissions in a container without Landlock, with a Python that any user may run.
PROGRAM = """
import json
from pathlib import Path
from autograder.export.gradescope import harness
from autograder.sandbox import levels
levels.layers = lambda: tuple(levels.Layer(name, name == "seccomp", "is not there")
                              for name in ("seccomp", "Landlock", "bubblewrap"))
harness.main(Path({home!r}))
"""


@pytest.fixture
def home(tmp_path: Path, course: Path) -> Path:
    made = Class(tmp_path, course)
    made.run(
        "export", "derivatives", "--to", "gradescope", "--out", tmp_path / "autograder.zip", "--second-user"
    )
    with zipfile.ZipFile(tmp_path / "autograder.zip") as archive:
        archive.extractall(tmp_path / "source")
    (tmp_path / "submission").mkdir()
    return tmp_path


def test_without_landlock_it_refuses_unless_a_second_user_was_chosen(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(levels, "layers", lambda: WITHOUT)
    (home / "source" / "grading.json").write_text('{"homework": "derivatives", "second_user": false}')
    (home / "submission" / "derivatives.py").write_text(THREE)
    harness.main(home)
    told = json.loads((home / "results" / "results.json").read_text())
    assert told["score"] == 0
    assert told["tests"][0]["max_score"] == 45
    assert "it is not your mistake" in told["output"]
    printed = capsys.readouterr().out
    assert "Nothing was graded:" in printed
    assert "make the autograder again with --second-user" in printed


def test_a_second_user_reads_nothing_of_roots_and_the_notice_is_clear(home: Path) -> None:
    attack = (
        "import os, socket\nfound = []\n"
        f"for attempt in (lambda: open({str(home / 'source' / 'secret')!r}).read(),\n"
        f"                lambda: os.listdir({str(home / 'source')!r}), lambda: open('/tmp/written', 'w'),\n"
        f"                lambda: socket.socket(), os.fork, lambda: os.kill(1, 0)):\n"
        "    try:\n        attempt()\n        found.append('got through')\n"
        "    except OSError as error:\n        found.append('refused')\n"
        "print('FOUND', os.getuid(), found)\n"
    )
    (home / "submission" / "derivatives.py").write_text(attack + THREE)
    command = ordinary_user.command(PROGRAM.format(home=str(home)))
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    told = json.loads((home / "results" / "results.json").read_text())
    assert told["extra_data"]["sandbox"] == "user", done.stdout + done.stderr
    assert told["score"] == 3
    assert f"FOUND 65534 {['refused'] * 6}" in told["output"]
    assert "NOTICE: code runs as a second user, who may read what anybody may." in done.stdout
    assert "NOTICE" not in told["output"]


def test_a_second_user_is_for_root_alone_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SandboxError, match="another user is for root alone to be"):
        Sandbox("user")
