"""The house stands as drawn: imports point down one list; what is heavy is loaded only where it is used."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# A room may import from those above it, never from those below.
ROOMS = [
    "symbolic_checks",
    "autograder.errors",
    "autograder.printable",
    "autograder.report",
    "autograder.sandbox",
    "autograder.judging",
    "autograder.homework",
    "autograder.kit",
    "autograder.rules",
    "autograder.course",
    "autograder.release",
    "autograder.submission",
    "autograder.secret",
    "autograder.grading",
    "autograder.batch",
    "autograder.gradebook",
    "autograder.feedback",
    "autograder.handbook",
    "autograder.nbgrader",
    "autograder.audit",
    "autograder.grading_run",
    "autograder.preview",
    "autograder.scaffold",
    "autograder.cli",
]


def room(module: str) -> str | None:
    return next((r for r in ROOMS if module == r or module.startswith(f"{r}.")), None)


def imports(path: Path) -> set[str]:
    """Absolute names of the project's modules that a file imports."""
    found = set()
    package = ".".join(path.relative_to(ROOT).with_suffix("").parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = f"{package}.{node.module or ''}".rstrip(".") if node.level else node.module or ""
            found |= {f"{base}.{alias.name}" for alias in node.names}
    return {name for name in found if name.split(".")[0] in ("autograder", "symbolic_checks")}


MODULES = sorted([*(ROOT / "autograder").rglob("*.py"), *(ROOT / "symbolic_checks").rglob("*.py")])


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down_the_list(path):
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    own = room(name)
    if own is None:
        assert name == "autograder"
        return
    for imported in imports(path):
        other = room(imported)
        if other is not None:
            assert ROOMS.index(other) <= ROOMS.index(own), f"{name} imports {imported}"


def test_judging_knows_no_notebook_and_the_sandbox_no_exercise():
    for folder, strangers in {
        "judging": ("autograder.submission", "autograder.release", "autograder.gradebook"),
        "sandbox": ("autograder.homework", "autograder.judging", "symbolic_checks", "autograder.submission"),
    }.items():
        for path in (ROOT / "autograder" / folder).rglob("*.py"):
            assert not [name for name in imports(path) if name.startswith(strangers)], path


def test_what_is_visible_in_the_sandbox_needs_numpy_and_the_standard_library_alone():
    for path in (ROOT / "autograder" / "sandbox" / "inside").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            for name in names:
                assert name.split(".")[0] in {*sys.stdlib_module_names, "numpy"}, path


def test_the_command_starts_without_what_is_heavy():
    program = (
        "import sys, autograder.cli, autograder.grading_run; "
        "print([name for name in ('nbgrader', 'sympy', 'matplotlib', 'jupytext') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_module_is_too_long_to_be_held_in_the_head():
    assert not [path for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > 700]
