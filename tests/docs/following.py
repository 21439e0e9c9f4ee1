"""Does what a page of the documentation says, with each of its blocks of code."""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import commands

ROOT = Path(__file__).parents[2]
COMMAND = ".venv/bin/autograder"


def page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def course_after(name: str, place: Path) -> Path:
    """A copy of the course in which a page was followed, from its first instruction to its last."""
    shutil.copytree(ROOT / "solutions", place / "solutions", ignore=shutil.ignore_patterns("__pycache__"))
    for instruction, text in blocks(page(name)):
        follow(instruction, text, place)
    return place


def blocks(text: str):
    """Each block of code with the paragraph above it."""
    prose, code = text.split("```")[:-1:2], text.split("```")[1::2]
    for above, block in zip(prose, code, strict=True):
        yield " ".join(above.strip().split("\n\n")[-1].split("\n")), block.partition("\n")[2]


def follow(instruction: str, text: str, course: Path) -> None:
    """Do what the page says with one block of code."""
    if match := re.search(r"below the line `(.+?)` in `(.+?)`:$", instruction):
        edit(course / match[2], match[1], lambda line: line + text)
    elif match := re.search(r"above the line `(.+?)` in `(.+?)`:$", instruction):
        edit(course / match[2], match[1], lambda line: text + line)
    elif match := re.search(r"before the last two lines of `(.+?)`:$", instruction):
        path = course / match[1]
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[:-2]) + text + "".join(lines[-2:]), encoding="utf-8")
    elif match := re.search(r"Change this in `(.+?)`:$", instruction):
        change(course / match[1], text)
    elif match := re.search(r"Append this to `(.+?)`:$", instruction):
        with open(course / match[1], "a", encoding="utf-8") as file:
            file.write(text)
    elif match := re.search(r"Save this as `(.+?)`:$", instruction):
        path = course / match[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    elif instruction.endswith("Run:"):
        for line in text.splitlines():
            run(line.split(), course)
    else:
        raise AssertionError(f"the page says nothing that can be followed: {instruction!r}")


def edit(path, line, change):
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    (place,) = [k for k, other in enumerate(lines) if other.rstrip("\n") == line]
    lines[place] = change(lines[place])
    path.write_text("".join(lines), encoding="utf-8")


def change(path, difference):
    """Put lines in the place of others, from above to below; of several that are alike the last is meant."""
    for old, new in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)+)", difference, re.MULTILINE):
        out, into = (re.sub(r"^[-+]", "", part, flags=re.MULTILINE) for part in (old, new))
        text = path.read_text(encoding="utf-8")
        assert f"\n{out}" in f"\n{text}", f"{path} has no {out!r}"
        before, _, after = f"\n{text}".rpartition(f"\n{out}")
        path.write_text(f"{before}\n{into}{after}"[1:], encoding="utf-8")
    kept = re.sub(r"^[-+].*\n", "", difference, flags=re.MULTILINE)
    assert not kept.strip(), kept


def run(command, course):
    assert command[0] == COMMAND, command
    done = commands.run("autograder", *command[1:], cwd=course, env={**os.environ, "COLUMNS": "100"})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def marks(course, homework, exercise):
    """What each student has for an exercise."""
    with open(course / "graded" / homework / "grades.csv", encoding="utf-8") as file:
        return {row["student"]: float(row[exercise]) for row in csv.DictReader(file)}


def quoted(text):
    """The sentence that a page says students read."""
    return " ".join(re.search(r"says: “(.+?)”", text, re.DOTALL)[1].split())


def passes_its_own_checks(course, homework):
    """Whether the kit's tests pass with the solution in it."""
    kit = course / "assignments" / homework
    shutil.copy(course / "solutions" / homework / f"{homework}.py", kit)
    files = [f"{homework}.py", f"test_{homework}.py"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--doctest-modules", *files]
    done = subprocess.run(command, cwd=kit, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return True
