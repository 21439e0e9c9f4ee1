"""A course of another lecture, with models, an index and a rule of its own, unknown to the engine."""

import ast
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from autograder import audit, cli, handbook, release
from autograder.course import homework_names, load_homework
from autograder.errors import HomeworkError
from autograder.grading import grade
from autograder.homework import Exercise
from autograder.nbgrader import source as nbgrader_source
from autograder.release import proofs
from autograder.rules.values.rule import Values
from autograder.sandbox.host import Sandbox
from autograder.submission import Submission
from symbolic_checks.reference import function

HERE = Path(__file__).parent
COURSE = HERE / "course"
NAMES = ("classification", "clustering")


@dataclass(frozen=True)
class Variant:
    """One way to write an exercise: its file, and what the comment above it declares."""

    homework: str
    exercise: str
    name: str
    source: str
    loses: frozenset = frozenset()
    named: frozenset = frozenset()

    def __str__(self):
        return f"{self.exercise}-{self.name}"


def variants(kind):
    """All public functions in the files of a kind, ``"right"`` or ``"wrong"``."""
    for path in sorted((HERE / "submissions").glob(f"*/{kind}/*.py")):
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        for node in ast.parse(text).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            notes, above = {}, node.lineno - 2
            while above >= 0 and (match := re.match(r"# (loses|named): (.+)", lines[above])):
                notes[match[1]] = frozenset(match[2].split(", "))
                above -= 1
            yield Variant(
                path.parts[-3], path.stem, node.name, f"{text}\n\n{path.stem} = {node.name}\n", **notes
            )


RIGHT, WRONG = list(variants("right")), list(variants("wrong"))


@cache
def homework(name):
    return load_homework(name, COURSE)


def exercise(variant):
    return next(e for e in homework(variant.homework).exercises if e.function == variant.exercise)


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox("auto") as made:
        yield made


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """The course in a folder of its own, with its kits."""
    place = tmp_path_factory.mktemp("another") / "course"
    shutil.copytree(COURSE, place, ignore=shutil.ignore_patterns("__pycache__"))
    for made in release.generate([load_homework(name, place) for name in NAMES], place):
        assert made.homework.name in NAMES
    return place


def graded(variant, sandbox):
    alone = homework(variant.homework).with_only(exercise(variant))
    submission = Submission(f"who wrote {variant}", (variant.source,), "x.py")
    (made,) = grade(alone, submission, sandbox, b"for tests only").exercises
    return made


def told(report):
    lines = [f"{v.check} {v.score}/{v.max_score} {v.misconception}: {v.message}" for v in report.verdicts]
    return "\n".join(lines)


# -- loaded


def test_both_homeworks_are_found_and_nothing_is_wrong_with_their_rubrics():
    assert tuple(homework_names(COURSE)) == NAMES
    for name in NAMES:
        for each in homework(name).exercises:
            assert list(each.rule.problems(each)) == [], each.function


@pytest.mark.slow
def test_every_exercise_is_tried_in_several_ways():
    for name in NAMES:
        for each in homework(name).exercises:
            assert sum(v.exercise == each.function for v in RIGHT) >= 3, each.function
            assert sum(v.exercise == each.function for v in WRONG) >= 5, each.function
    for variant in WRONG:
        known = {each.name for each in exercise(variant).rule.known_misconceptions()}
        assert variant.loses <= set(exercise(variant).points), variant
        assert variant.named <= {*known, "first_point", "not_a_number"}, variant


def test_probes_and_questions_are_in_the_words_of_the_course():
    (task,) = (e for e in homework("classification").exercises if e.function == "cross_entropy_gradient")
    names = [probe.name for probe in (*task.rule.probes, *task.rule.edges)]
    assert "7 points of 3 coordinates" in names
    assert "1 point of 3 coordinates" in names
    assert not [name for name in names if "example" in name or "feature" in name]
    assert task.rule.public_examples(task)["sizes"] == ["N", "d"]


# -- graded


@pytest.mark.parametrize("variant", RIGHT, ids=str)
def test_a_right_function_in_any_style_gets_all_points(variant, sandbox):
    made = graded(variant, sandbox)
    assert made.score == made.max_score, told(made)
    assert not [verdict for verdict in made.verdicts if verdict.misconception]


@pytest.mark.parametrize("variant", WRONG, ids=str)
def test_a_wrong_function_loses_what_it_is_worth_and_its_mistake_is_named(variant, sandbox):
    made = graded(variant, sandbox)
    lost = {verdict.check for verdict in made.verdicts if verdict.score < verdict.max_score}
    assert lost == (variant.loses or set(exercise(variant).points)), told(made)
    assert {v.misconception for v in made.verdicts if v.misconception} == variant.named, told(made)


# A right function whose results are spoilt: all numbers of them, or the one that comes first.
SPOILT = """

def _spoilt(value, all_of_it):
    import numpy
    if isinstance(value, (tuple, list)):
        told = [_spoilt(each, all_of_it) if k == 0 or all_of_it else each for k, each in enumerate(value)]
        return type(value)(told)
    filled = numpy.array(value, float)
    filled.flat[slice(None if all_of_it else 1)] = NUMBER
    return filled if filled.ndim else float(filled)

_right = FUNCTION

def FUNCTION(*arguments):
    return _spoilt(_right(*arguments), ALL)
"""
NOT_FINITE = ("float('inf')", "-float('inf')", "float('nan')", "1.7e308")


def spoilt_points(name, number, all_of_it, sandbox):
    variant = next(v for v in RIGHT if v.exercise == name)
    words = {"FUNCTION": name, "NUMBER": number, "ALL": str(all_of_it)}
    more = re.sub("FUNCTION|NUMBER|ALL", lambda match: words[match[0]], SPOILT)
    made = graded(replace(variant, source=variant.source + more), sandbox)
    assert made.status != "grader_fault"
    return {verdict.check for verdict in made.verdicts if verdict.score}


@pytest.mark.parametrize("name", sorted({variant.exercise for variant in RIGHT}))
def test_what_is_not_finite_earns_nothing_by_any_rule(name, sandbox):
    ordinary = spoilt_points(name, "123.456", False, sandbox)
    for number in NOT_FINITE:
        assert spoilt_points(name, number, True, sandbox) == set()
        assert spoilt_points(name, number, False, sandbox) <= ordinary


def test_the_rule_of_the_course_shows_a_learning_curve(sandbox):
    variant = next(v for v in RIGHT if v.exercise == "lloyd")
    (curves,) = [v.curves for v in graded(variant, sandbox).verdicts if v.curves]
    assert np.allclose(curves.student, curves.reference)
    assert np.all(np.diff(curves.reference) <= 0), "neither step of k-means makes the inertia larger"


# -- proven, or declared


@pytest.mark.slow
def test_generate_says_what_is_certified_and_what_was_not_derived(tmp_path):
    shutil.copytree(COURSE / "solutions", tmp_path / "solutions")
    done = CliRunner().invoke(cli.main, ["--course", str(tmp_path), "generate"])
    assert done.exit_code == 0, done.output
    first, second = done.output.strip().splitlines()
    gradients = [e for e in homework("classification").exercises if e.function.endswith("_gradient")]
    count = sum(len(e.rule.reference.components) for e in gradients)
    assert first.endswith(f"4 exercises, {count} derivations certified by SymPy.")
    assert second.endswith("2 exercises, 0 derivations certified by SymPy; not derived: assign.")


def declared(gradient):
    rule = homework("classification").exercises[0].rule
    reference = function(gradient, ("dweights",), loss=rule.reference, name="a gradient")
    return Exercise("by_hand", "", {"dweights": 1}, Values(reference, rule.probes))


def test_a_declared_gradient_is_measured_on_the_inputs_of_its_exercise():
    right = homework("classification").exercises[1].rule.reference

    def by_hand(points, labels, weights, bias):
        return right(points, labels, weights, bias)[0]

    def twice(points, labels, weights, bias):
        return 2 * right(points, labels, weights, bias)[0]

    assert proofs.prove(declared(by_hand)) == 0
    assert proofs.not_derived(declared(by_hand))
    with pytest.raises(HomeworkError, match="by_hand: dweights of a gradient is not the slope of the loss"):
        proofs.prove(declared(twice))


@pytest.mark.slow
def test_the_handbook_has_its_derivations_and_says_what_was_not_derived(tmp_path):
    pages = {path.stem: path.read_text(encoding="utf-8") for path in handbook.write(NAMES, COURSE, tmp_path)}
    components = [len(e.rule.reference.derivations) for e in homework("classification").exercises]
    assert pages["classification"].count("✓ Certified") == sum(components)
    assert "Not derived" not in pages["classification"]
    assert pages["clustering"].count("Not derived: what is right was declared in the rubric.") == 1
    assert "points join the nearest centre" in pages["clustering"]
    assert all(f"{name}.html" in pages["index"] for name in NAMES)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_audit_finds_no_hole(name):
    for audited in audit.audit(homework(name), COURSE):
        assert audited.holes == [], audited.exercise.function
        assert audited.mutants > 3


# -- the kit


def run_tests(kit):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--color=no"]
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PYTEST"))}
    files = ["--doctest-modules", f"test_{kit.name}.py", f"{kit.name}.py"]
    done = subprocess.run([*command, *files], cwd=kit, capture_output=True, text=True, env=env)
    return done.stdout + done.stderr


def with_code(name, copied, place, code):
    kit = place / name
    shutil.copytree(copied / "assignments" / name, kit)
    (kit / f"{name}.py").write_text(code, encoding="utf-8")
    return run_tests(kit)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_kit_with_stubs_says_that_nothing_is_written(name, copied):
    said = run_tests(copied / "assignments" / name)
    stubs = re.findall(r"^(\w+): not written yet \(", said, re.MULTILINE)
    assert stubs == [each.function for each in homework(name).exercises], said


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_solution_passes_its_kit_and_its_examples_hold(name, copied, tmp_path):
    code = (COURSE / "solutions" / name / f"{name}.py").read_text(encoding="utf-8")
    code = re.sub(r"^checks\.check\(\w+\)$", "", code, flags=re.MULTILINE)
    said = with_code(name, copied, tmp_path, code)
    assert f"{2 * len(homework(name).exercises)} passed" in said, said


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_kit_explains_what_is_wrong(name, copied, tmp_path):
    wrong = {v.exercise: v for v in reversed(WRONG) if v.homework == name and not v.loses}
    code = "\n\n".join(variant.source for variant in wrong.values())
    said = with_code(name, copied, tmp_path, code)
    for each in homework(name).exercises:
        explained = re.search(rf"{each.function} is not right yet.*?grade also", said, re.DOTALL)
        assert explained, said
        assert each.hint in explained[0] or "likely" in explained[0]


@pytest.mark.parametrize("name", NAMES)
def test_the_source_for_nbgrader_is_made(name):
    files = nbgrader_source.files(name, COURSE)
    assert f"{name}.ipynb" in files
    assert b"BEGIN SOLUTION" in files[f"{name}.ipynb"]
    assert ("checks/lloyds_loop/check.py" in files) == (name == "clustering")
