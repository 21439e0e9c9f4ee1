"""The house stands as drawn: imports point down one list; what is heavy is loaded only where it is used."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.own_code import JUDGES

ROOT = Path(__file__).parents[1]

# A room may import from those above it, never from those below.
ROOMS = [
    "symbolic_checks",
    "autograder.errors",
    "autograder.printable",
    "autograder.stopping",
    "autograder.report",
    "autograder.sandbox",
    "autograder.judging",
    "autograder.percent",
    "autograder.handouts",
    "autograder.questions",
    "autograder.homework",
    "autograder.kit",
    "autograder.rules",
    "autograder.asking",
    "autograder.rubric",
    "autograder.own_code",
    "autograder.course",
    "autograder.release",
    "autograder.submission",
    "autograder.secret",
    "autograder.explaining",
    "autograder.apart",
    "autograder.penalty",
    "autograder.written",
    "autograder.committed",
    "autograder.grading",
    "autograder.solution",
    "autograder.public_checks",
    "autograder.budget",
    "autograder.grader",
    "autograder.batch",
    "autograder.processes",
    "autograder.serving",
    "autograder.keys",
    "autograder.cluster",
    "autograder.ledger",
    "autograder.standing",
    "autograder.gradebook",
    "autograder.answers",
    "autograder.naming",
    "autograder.feedback",
    "autograder.class_page",
    "autograder.similar",
    "autograder.views",
    "autograder.changes",
    "autograder.outdated",
    "autograder.handbook",
    "autograder.export",
    "autograder.nbgrader",
    "autograder.audit",
    "autograder.intake",
    "autograder.similar_run",
    "autograder.plausible",
    "autograder.collecting_run",
    "autograder.showing",
    "autograder.roll",
    "autograder.marking",
    "autograder.grading_run",
    "autograder.exporting_run",
    "autograder.sending_run",
    "autograder.preview",
    "autograder.scaffold",
    "autograder.cli",
    "autograder.__main__",
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


def test_a_report_is_made_anew_whenever_code_changes_that_it_depends_on():
    paths = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in MODULES}
    paths = {name.removesuffix(".__init__"): path for name, path in paths.items()}
    found, left = set(), ["autograder.grading", "autograder.grader", "autograder.course"]
    while left:
        name = left.pop()
        while name not in paths:
            name = name.rpartition(".")[0]
        if name not in found:
            found.add(name)
            left += imports(paths[name])
    # what is read of a submission is a part of a report's key itself
    found = {name for name in found if not name.startswith(("autograder.submission", "autograder.own_code"))}
    files = {paths[name].relative_to(ROOT).as_posix() for name in found} - {"autograder/__init__.py"}
    assert len(files) > 30
    assert not {f for f in files if not any(f == each or f.startswith(f"{each}/") for each in JUDGES)}


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


# What may be longer than a file that is read in one go, and why.
LONG = {
    "autograder/sandbox/inside/tracing.py": "traced numbers, arrays and the tables of NumPy's functions "
    "on them refer to one another: apart, each would import the other",
}
MOST_LINES = 400


def test_no_module_is_too_long_to_be_held_in_the_head():
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in MODULES
    }
    long = {path for path, lines in lengths.items() if lines > MOST_LINES}
    assert long == set(LONG)


# What several classes may be called, and why.
SHARED = {
    "Trial": "an exercise as its rule sees it, and as its check sees it on a student's machine",
    "Reference": "what is right: what rules ask of it, and the one that SymPy makes",
    "Misconception": "a mistake that students can have: in any function, and in what SymPy writes down",
    "Mutant": "made to try the grading: a solution with one change, and a wrong formula",
    "Check": "one thing that has points: as a rule declares it, and as the handbook shows it",
    "Declared": "a reference that was not derived, and what a rubric declares of values",
    "Asked": "calls that are on their way: of a judge, and of an audit",
    "Writer": "writes expressions: as code, and as text for students",
    "Program": "text that is run: a student's module, and the code of a reference",
    "Run": "a class that was graded once, and a training that the kit ran",
    "Runner": "runs a submission, and a docstring's examples",
    "Shell": "what `get_ipython()` gives: in the sandbox, and in a kit without Jupyter",
    "RefusedError": "what is not let in: a submission's file, and a call in the sandbox",
}


def test_a_word_means_one_thing():
    found = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in found.items() if len(paths) > 1 and name not in SHARED} == {}
    assert {name for name, paths in found.items() if len(paths) > 1} == set(SHARED)


# -- the engine knows no rule


def rule_folders() -> dict[str, set[str]]:
    """The folders of the rules, and the classes that each defines as a rule."""
    found = {}
    for path in (ROOT / "autograder" / "rules").glob("*/rule.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        bases = {
            node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
            for node in tree.body
            if isinstance(node, ast.ClassDef)
        }
        found[path.parent.name] = {name for name, of in bases.items() if "Rule" in of}
    return found


RULES = rule_folders()
ENGINE = [path for path in MODULES if path.relative_to(ROOT).parts[:2] != ("autograder", "rules")]


def test_every_rule_is_a_folder_of_the_same_parts():
    assert len(RULES) == 12
    for name, classes in RULES.items():
        files = {path.name for path in (ROOT / "autograder" / "rules" / name).glob("*.py")}
        assert {"__init__.py", "rule.py", "judge.py", "check.py"} <= files, name
        assert len(classes) == 1, name


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_engine_imports_no_rule_and_names_none(path):
    assert not [name for name in imports(path) if name.startswith("autograder.rules.")]
    classes = set().union(*RULES.values())
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        assert name not in classes, f"{path}, line {node.lineno}"


@pytest.mark.parametrize("name", sorted(RULES))
def test_no_rule_asks_what_another_one_is(name):
    for path in (ROOT / "autograder" / "rules" / name).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not isinstance(node, ast.Match), path
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                asked = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
                assert node.func.id != "isinstance" or not asked & set().union(*RULES.values()), path


def test_the_engine_tells_rules_apart_nowhere():
    for path in ENGINE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            subject = node.subject if isinstance(node, ast.Match) else None
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "isinstance"
            ):
                subject = node.args[0]
            asked = ast.unparse(subject) if subject is not None else ""
            if isinstance(node, ast.Call) and ast.unparse(node).endswith(".rule, Rule)"):
                continue  # whether it is one at all
            assert not re.search(r"\brule$", asked), f"{path}: {asked}"


# Words that only a rubric, a rule or the lecture may know; as whole words, in code and text alike.
LESSONS = re.compile(
    r"penguins?|sgd|mini-?batch(es)?|mse|ridge|adam|momentum|neurons?|epochs?|learning rate|λ",
    re.IGNORECASE,
)
# What these may say of it, and why.
KNOWN = {
    "autograder/judging/randomness.py": "orders of examples are judged for several rules, epoch by epoch",
    "autograder/kit/orders.py": "the same on a student's machine",
    "autograder/judging/sentences.py": "what is said of such orders",
}


def words_of(path: Path) -> list[str]:
    """Names, and texts that are no docstrings, of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            found.append(node.value)
        elif isinstance(node, ast.Name):
            found.append(node.id.replace("_", " "))
        elif isinstance(node, ast.Attribute):
            found.append(node.attr.replace("_", " "))
        elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.arg):
            found.append(getattr(node, "name", getattr(node, "arg", "")).replace("_", " "))
    return found


@pytest.mark.parametrize(
    "path",
    [path for path in ENGINE if path.parts[len(ROOT.parts)] == "autograder"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_the_engine_knows_no_exercise(path):
    if path.relative_to(ROOT).as_posix() in KNOWN:
        return
    pattern = re.compile(rf"\b({LESSONS.pattern})\b", re.IGNORECASE)
    assert not [text for text in words_of(path) if pattern.search(text)]


@pytest.mark.xdist_group("together")
def test_tests_that_share_what_is_slow_to_make_run_in_one_process(request):
    if getattr(request.config, "workerinput", None) is None or not request.config.getoption("loadgroup"):
        pytest.skip("only several processes could tear them apart")
    assert request.node.nodeid.endswith("@together"), "this pytest-xdist does not understand this pytest"


def test_every_promise_about_other_peoples_code_names_its_test():
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    table = text.partition("## What is promised")[2].partition("\n\nAt level B")[0]
    promises = [line for line in table.splitlines() if line.startswith("| ")][2:]
    assert len(promises) > 20
    names = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
    for line in promises:
        told = re.findall(r"`(test_\w+\.py)`", line.rsplit("|", 2)[1])
        assert told, line
        assert set(told) <= names, line


def test_no_two_modules_of_tests_have_the_same_name():
    """Folders of tests are no packages: pytest would take the one for the other."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py") if "submissions" not in path.parts]
    assert sorted({name for name in names if names.count(name) > 1}) == []
