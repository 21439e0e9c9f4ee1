"""The documentation becomes a site without a warning, and its commands are those that there are."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from following import ROOT, page

from autograder.cli import main

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def commands_of(path: Path) -> list[list[str]]:
    """The words of every `autograder` command in a page's blocks of code, without the program's name."""
    found = []
    text = re.sub(r"\$\(.*\)", "OF_THE_SHELL", path.read_text(encoding="utf-8"))
    for block in re.findall(r"^```[^\n]*\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        for line in block.splitlines():
            if match := re.match(r"(?:\$ )?(?:\.venv/bin/)?autograder (.*)", line):
                found.append(shlex.split(match[1], comments=True))
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_command_is_one_that_there_is(path: Path) -> None:
    for words in commands_of(path):
        if words[0].startswith("--"):
            continue
        group, rest = main, words
        context = click.Context(main, info_name="autograder")
        while isinstance(group, click.Group):
            name, group, rest = group.resolve_command(context, rest)
            assert group is not None, words
        group.make_context(name, rest, parent=context)  # raises where an option or argument is unknown


def test_every_target_of_make_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for path in PAGES:
        for target in re.findall(r"^make (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{path.name}: make {target}"


@pytest.mark.slow
def test_the_first_five_minutes_go_as_they_are_written(tmp_path: Path) -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```", page("start"), re.DOTALL | re.MULTILINE)
    assert len(blocks) > 5
    script = "set -eu\n" + "".join(blocks)
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    graded = tmp_path / "my_course" / "graded" / "homework1"
    assert (graded / "index.html").is_file()
    assert "All is well." in done.stdout
    assert "feedback for bo" in done.stdout
    assert not (graded / "earlier").exists() or len(list((graded / "earlier").iterdir())) == 1  # `set` alone


@pytest.mark.slow
def test_grading_again_goes_as_it_is_written(tmp_path: Path) -> None:
    """The commands of docs/grading.md, in their order, after the demo class was graded twice."""
    for name in ("solutions", "assignments", "docs/demo"):
        shutil.copytree(ROOT / name, tmp_path / name)
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}

    def run(words: list[str]) -> None:
        done = subprocess.run(
            ["autograder", *words], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600
        )
        assert done.returncode == 0, done.stdout + done.stderr

    class_ = ["grade", "derivatives", "docs/demo/derivatives", "--workers", "2"]
    run(class_)
    run(class_)
    commands = commands_of(ROOT / "docs" / "grading.md")
    assert len(commands) >= 5
    for words in commands:
        run(words)


@pytest.mark.slow
def test_the_site_is_made_without_a_warning_and_loads_nothing(tmp_path: Path) -> None:
    pytest.importorskip("sphinx")
    pytest.importorskip("furo")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
    done = subprocess.run(
        [*command, str(ROOT / "docs"), str(tmp_path / "site")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    for path in (tmp_path / "site").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        loaded = re.findall(r'<(?:script|link|img)\b[^>]*?(?:src|href)="(https?://[^"]+)"', text)
        assert not loaded, f"{path.name}: {loaded}"
    api = (tmp_path / "site" / "api.html").read_text(encoding="utf-8")
    assert "symbolic_checks.reference.gradient" in api
