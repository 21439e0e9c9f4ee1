"""Whoever calls a public function reads what each of its parameters is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# What runs beside a student's work is called by its own modules alone; what a mistake takes is what its
# exercise takes.
_OTHERS = re.compile(r"autograder/(sandbox/inside/.*|rules/\w+/misconceptions\.py)")
FILES = sorted(
    path
    for room in ("autograder", "symbolic_checks")
    for path in (ROOT / room).rglob("*.py")
    if not _OTHERS.fullmatch(path.relative_to(ROOT).as_posix())
)
_DECORATORS = re.compile(r"\.command\b|\.group\b|^overload$")
_SECTION = re.compile(r"^Parameters\n-{10}\n(.*?)(?:\n\n\w[\w ]*\n-{3,}\n|\Z)", re.DOTALL | re.MULTILINE)


def public(body: list[ast.stmt], where: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    """The public functions, and those of public classes, with their names."""
    for each in body:
        if isinstance(each, ast.ClassDef) and not each.name.startswith("_"):
            yield from public(each.body, f"{where}{each.name}.")
        elif isinstance(each, ast.FunctionDef) and not (each.name.startswith("_") or is_left_out(each)):
            yield where + each.name, each


def is_left_out(function: ast.FunctionDef) -> bool:
    """Whether it is a command, which has a help text, or one of several signatures."""
    return any(_DECORATORS.search(ast.unparse(decorator)) for decorator in function.decorator_list)


def parameters(function: ast.FunctionDef) -> list[str]:
    taken = function.args
    names = [each.arg for each in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs)]
    return [name for name in names if name not in ("self", "cls") and not name.startswith("_")]


def described(function: ast.FunctionDef) -> set[str]:
    """The parameters that the docstring has a text about."""
    section = _SECTION.search(ast.get_docstring(function) or "")
    lines = section[1].split("\n") if section else []
    heads = [line.partition(" : ")[0] for line in lines if line and not line.startswith(" ")]
    return {name.strip().lstrip("*") for head in heads for name in head.split(",")}


def undescribed(text: str) -> list[str]:
    return [
        f"{name}: {', '.join(missing)}"
        for name, function in public(ast.parse(text).body)
        if len(parameters(function)) > 1
        and (missing := [each for each in parameters(function) if each not in described(function)])
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_parameter_of_a_public_function_is_described(path: Path) -> None:
    assert undescribed(path.read_text(encoding="utf-8")) == []


def test_a_parameter_without_a_text_is_found() -> None:
    text = '''
class Box:
    def fill(self, width, height, *, depth=1):
        """Fill it.

        Parameters
        ----------
        width, height
            In meters.

        Returns
        -------
        depth
            As it was.
        """

def _own(a, b): ...
def one(a): ...
'''
    assert undescribed(text) == ["Box.fill: depth"]
    assert undescribed(text.replace("height\n", "height, depth : float\n")) == []
