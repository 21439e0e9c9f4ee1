"""The folder ``checks`` of a kit: what this homework's rules need on a student's machine, and nothing else.

In the repository these modules import each other by their full names. In a kit they lie in one package that
may have any name, so the imports are written anew, relative to it.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import autograder.judging
import autograder.kit
import autograder.rules
import autograder.sandbox.inside
from autograder.homework import Homework
from autograder.judging.rule import folder
from autograder.release.source import ReleaseError

FOLDER = "checks"
# Packages whose modules a kit may hold, and where they lie: what the kit and the grader read is read by one.
_PACKAGES = {
    package.__name__: Path(package.__file__ or "").parent
    for package in (autograder.kit, autograder.rules, autograder.judging, autograder.sandbox.inside)
}
_FROM = re.compile(rf"^(\s*)from ({'|'.join(map(re.escape, _PACKAGES))})((?:\.\w+)*) import ", re.MULTILINE)


_PACKAGE = b'"""What the check of one kind of exercise is made of."""\n'


def checks(homework: Homework) -> dict[str, bytes]:
    """The files of the folder by their names in the kit.

    Raises
    ------
    ReleaseError
        When a rule has no check, or one that needs more than NumPy and the kit.
    """
    waiting = [(f"{FOLDER}/__init__.py", _PACKAGES["autograder.kit"] / "__init__.py")]
    for exercise in homework.exercises:
        place = folder(exercise.rule)
        if not (place / "check.py").is_file():
            raise ReleaseError(
                f"The rule of {exercise.function} has no check.py in {place}: add one, with a function "
                "check(trial) that raises MistakeError."
            )
        waiting.append((f"{FOLDER}/{place.name}/check.py", place / "check.py"))
    files: dict[str, bytes] = {}
    sources: dict[str, Path] = {}
    while waiting:
        name, path = waiting.pop()
        if sources.setdefault(name, path) != path:
            raise ReleaseError(f"{path} and {sources[name]} would both be {name} in the kit: rename one.")
        if name not in files:
            text = path.read_text(encoding="utf-8")
            waiting += _needed(name, path, text)
            files[name] = _relative(text, name).encode()
    for inside in {name.rpartition("/")[0] for name in files} - {FOLDER}:
        files[f"{inside}/__init__.py"] = _PACKAGE  # pytest imports what lies in a package by its whole name
    return files


def _needed(name: str, path: Path, text: str) -> Iterator[tuple[str, Path]]:
    """The modules of the kit that a module imports, with their names in the kit."""
    for node in ast.walk(ast.parse(text)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                yield f"{name.rpartition('/')[0]}/{module}.py", path.with_name(f"{module}.py")
                continue
            found = list(_of_the_kit(module, [alias.name for alias in node.names]))
            yield from found
            names = [] if found else [module]
        strangers = {top for full in names if (top := full.partition(".")[0]) not in _EVERYWHERE}
        if strangers:
            raise ReleaseError(
                f"{path} imports {', '.join(sorted(strangers))}: on a student's machine there is NumPy, the "
                "standard library, autograder.kit and what lies beside the check, and nothing else."
            )


_EVERYWHERE = {*sys.stdlib_module_names, "numpy"}


def _of_the_kit(module: str, names: list[str]) -> Iterator[tuple[str, Path]]:
    for root, place in _PACKAGES.items():
        if module == root or module.startswith(f"{root}."):
            parts = module.removeprefix(root).strip(".").split(".") if module != root else []
            inside = "/".join(parts)
            if inside and (place / f"{inside}.py").is_file():
                yield f"{FOLDER}/{inside}.py", place / f"{inside}.py"
            else:
                for name in names:
                    where = f"{inside}/{name}".strip("/")
                    yield f"{FOLDER}/{where}.py", place / f"{where}.py"


def _relative(text: str, name: str) -> str:
    """The text with imports from the folder's own top."""
    dots = "." * name.count("/")

    def anew(found: re.Match[str]) -> str:
        return f"{found[1]}from {dots}{found[3].removeprefix('.')} import "

    return _FROM.sub(anew, text)
