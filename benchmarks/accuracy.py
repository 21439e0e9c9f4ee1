"""How right the marks are, and how true the names of mistakes: all student files that the tests know.

    python benchmarks/accuracy.py [--students 3] [--seeds 10000] [--list]

Each function of tests/judging/submissions is graded as several students' submission. A false reject is a
right one that loses a point, a false accept a wrong one that loses none. A name is wrong where the mistake it
claims does not give the function's results on inputs that the judge has not used.

``told`` are wrong functions whose verdict says what came back in place of a result (nothing, an exception,
another shape, …), which no mistake in a formula explains. Of the others ``single`` counts those with one
mistake, which is all but pairs and what the files mark as odd, and ``named`` how many of those have a name.
Then solutions are tried that are wrong only for special arguments, as `autograder audit --special` does, and
the right functions are compared with the references on the probes of many students: how near the tolerance
did they come?
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

# What is said of numbers that are not the right ones, before a mistake is named.
_WRONG_NUMBERS = re.compile(
    r" (is|are) wrong( with [^.]*)?\.|no order of mini-batches|no choice of batches|no luck leads to"
)

COURSE = Path(__file__).parents[1]
sys.path.insert(0, str(COURSE / "tests" / "judging"))

from explaining import explains
from trying import Variant, exercise, function_of, homework, report, variants

from autograder.audit import audit
from autograder.course import homework_names, load_homework
from autograder.judging.comparison import TOLERANCE, agree, take_apart
from autograder.judging.rule import check_names
from autograder.report import ExerciseReport
from autograder.rules.values import Values
from autograder.sandbox.host import Sandbox


def main() -> None:
    """Print one line a homework, then the margins."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--students", type=int, default=3)
    parser.add_argument("--seeds", type=int, default=10_000)
    parser.add_argument("--list", action="store_true", help="list the wrong functions that get no name")
    options = parser.parse_args()
    count, unnamed, started = graded(options.students), [], time.perf_counter()
    print(
        f"{'':20}{'right':>7}{'lost':>6}{'wrong':>7}{'kept':>6}{'told':>6}{'single':>8}{'named':>7}{'falsely':>9}"
    )
    total: Counter[str] = Counter()
    for name, counts, without in count:
        print(line(name, counts))
        total += counts
        unnamed += without
    print(line("all", total))
    print(f"in {time.perf_counter() - started:.0f} s")
    if options.list:
        print("without a name:", ", ".join(dict.fromkeys(unnamed)))
    conditional()
    margins(options.seeds)


def conditional() -> None:
    """Solutions that are wrong only where something holds of an argument: who keeps all points?"""
    tried, kept = 0, []
    for name in homework_names(COURSE):
        for audited in audit(load_homework(name, COURSE), COURSE, special=True):
            assert audited.special is not None
            tried += audited.special.tried
            kept += [f"{audited.exercise.function}, {told}" for told in audited.special.overlooked]
    print(f"\n{tried} solutions that are wrong only for special arguments: {len(kept)} keep all points")
    for told in kept:
        print(f"  {told}")


def line(name: str, counts: Counter[str]) -> str:
    """A row of the table."""
    return (
        f"{name:20}{counts['right']:>7}{counts['false rejects']:>6}{counts['wrong']:>7}"
        f"{counts['false accepts']:>6}{counts['told']:>6}{counts['single']:>8}{counts['named']:>7}"
        f"{counts['named falsely']:>9}"
    )


def graded(students: int) -> Any:
    """For each homework its counts, and the wrong functions that got no name."""
    with Sandbox("auto") as sandbox:
        for name in homework_names(COURSE):
            counts: Counter[str] = Counter()
            unnamed: list[str] = []
            for kind in ("right", "wrong"):
                for variant in (v for v in variants(kind) if v.homework == name):
                    for student in range(students):
                        made = report(variant, sandbox, f"student {student}")
                        counts[kind] += 1
                        if (made.score == made.max_score) is (kind == "wrong"):
                            print(f"{variant}, {kind}, has {made.score:g} of {made.max_score:g} as {student}")
                        if kind == "right":
                            counts["false rejects"] += made.score < made.max_score
                            continue
                        counts["false accepts"] += made.score == made.max_score
                        judge_names(variant, made, counts, unnamed)
            yield name, counts, unnamed


def judge_names(variant: Variant, made: ExerciseReport, counts: Counter[str], unnamed: list[str]) -> None:
    """Count a wrong function's name. Only one whose ordinary values are wrong can have one."""
    rule = exercise(variant).rule
    ordinary = set(check_names(rule)) - {"edges", "form", "curve"}
    wrong = [v for v in made.verdicts if v.score < v.max_score and v.check in ordinary]
    if not wrong:
        return
    named = [v for v in wrong if v.misconception]
    if not named and not any(_WRONG_NUMBERS.search(v.message) for v in wrong):
        counts["told"] += 1
    elif not variant.odd and not any("+" in str(v.misconception) for v in named):
        counts["single"] += 1
        counts["named"] += bool(named)
        unnamed += [] if named else [str(variant)]
    if not isinstance(rule, Values):
        others = {str(v.misconception) for v in named} - variant.named - variant.sometimes
        counts["named falsely"] += bool(others)
        if others:
            print(f"{variant} is called {' and '.join(sorted(others))}, which no note beside it says")
        return
    components = rule.reference.components
    samples, results = elsewhere(variant, rule) if named else ([], [])
    for verdict in named:
        k = components.index(verdict.check)
        got = [np.asarray(result[k] if len(components) > 1 else result, float) for result in results]
        assert verdict.misconception is not None
        if not explains(verdict.misconception, rule, k, samples, got):
            counts["named falsely"] += 1
            print(f"{variant} is called {verdict.misconception}, which it is not")


def elsewhere(variant: Variant, rule: Values) -> tuple[list[tuple[Any, ...]], list[Any]]:
    """Inputs that the judge has not used, and a function's results for them."""
    random = np.random.default_rng(11)
    samples = [probe.draw(random) for probe in rule.probes]
    function = function_of(variant)
    return samples, [function(*arguments) for arguments in samples]


def margins(seeds: int) -> None:
    """How near the tolerance right functions come, on every probe and edge case of many students."""
    print(f"\nright functions on the probes of {seeds} students: the largest error, in tolerances")
    for name in homework_names(COURSE):
        for task in homework(name).exercises:
            if isinstance(task.rule, Values):
                styles = [v for v in variants("right") if v.exercise == task.function]
                functions = [(v.name, function_of(v)) for v in styles]
                error, style, failed = worst(task.rule, functions, seeds)
                print(
                    f"{task.function:28}{error:10.2g}  ({style}; {len(functions)} styles, {failed} failures)"
                )


def worst(
    rule: Values, functions: Sequence[tuple[str, Callable[..., Any]]], seeds: int
) -> tuple[float, str, int]:
    """The largest error of right functions in units of the tolerance, whose it is, and how many failed."""
    reference, components = rule.reference, rule.reference.components
    largest, whose, failed = 0.0, "", 0
    for seed in range(seeds):
        random = np.random.default_rng(seed)
        name, function = functions[seed % len(functions)]
        for probe in (*rule.probes, *rule.edges):
            arguments = probe.draw(random)
            with np.errstate(all="ignore"):
                expected = reference(*arguments)
                parts = take_apart(function(*arguments), as_parts(expected, components), components)
            sizes = reference.scale(*arguments)
            for part, right, scale in zip(parts, as_parts(expected, components), sizes, strict=True):
                failed += not agree(part, right, scale)
                if part.values is not None and scale > 0:
                    error = float(np.max(np.abs(part.values - right))) / (TOLERANCE * scale)
                    if error > largest:
                        largest, whose = error, f"{name}, {probe.name}"
    return largest, whose, failed


def as_parts(value: Any, components: Sequence[str]) -> tuple[Any, ...]:
    """The result's components."""
    return tuple(value) if len(components) > 1 else (value,)


if __name__ == "__main__":
    main()
