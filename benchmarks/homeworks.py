"""What a submission of each homework costs in processor time: `python benchmarks/homeworks.py [--keep]`.

Two classes of each: everybody has everything right, and a mixed one, in which every other student has one
function wrong. Counted is the processor time of this process and of all that runs in the sandbox; what is
done once a run (loading, deriving, the self-test) is left out. Beside each figure stands its ratio to the one
in baseline.json, both divided by what a fixed piece of work took at that time; ``--keep`` writes that file.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

COURSE = Path(__file__).parents[1]
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(COURSE / "tests" / "judging"))

import numpy as np
from trying import Variant, variants

from autograder.course import homework_names
from autograder.grader import Grader, Job, Work
from autograder.submission import Submission, read

BASELINE = Path(__file__).with_name("baseline.json")
# What would be measured instead of the grader: loops and waits that are cut off at a limit.
_ENDLESS = ("while True", "sleep", "10**6", "1e6")


def right(homework: str) -> list[Submission]:
    """The instructor's notebook as text."""
    path = COURSE / "solutions" / homework / f"{homework}.py"
    return [read(path.read_bytes(), path.name, "a student")]


def mixed(homework: str) -> list[Submission]:
    """Of every other one a function is wrong, in ways that students get it wrong."""
    (whole,) = right(homework)
    wrong = [
        cell
        for each in variants("wrong")
        if each.homework == homework and not any(word in (cell := alone(each)) for word in _ENDLESS)
    ]
    random.Random(1).shuffle(wrong)
    return [each for cell in wrong for each in (whole, replace(whole, cells=(*whole.cells, cell)))]


def alone(variant: Variant) -> str:
    """The text of one function from a file of many, with all that it uses."""
    body = ast.parse(variant.source).body
    binds = {name: node for node in body for name in _bound(node)}
    needed, waiting = set(), [variant.exercise]
    while waiting:
        node = binds.get(waiting.pop())
        if node is not None and node not in needed:
            needed.add(node)
            waiting += [each.id for each in ast.walk(node) if isinstance(each, ast.Name)]
    return "\n".join(ast.unparse(node) for node in body if node in needed)


def _bound(node: ast.stmt) -> list[str]:
    """The names that a statement binds."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [(each.asname or each.name).partition(".")[0] for each in node.names]
    targets = node.targets if isinstance(node, ast.Assign) else []
    return [each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)]


def processor_seconds() -> float:
    """Of this process and of its children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def cost(homework: str, submissions: list[Submission], count: int) -> float:
    """Processor milliseconds a submission: those of many, without those of a few."""
    few = 2

    def seconds(many: int) -> float:
        before = processor_seconds()
        grader = Grader(Job(homework, COURSE))
        for k in range(many):
            each = submissions[k % len(submissions)]
            own = replace(each, student=f"student{k}", cells=(*each.cells, f"# {k}\n"))
            (report,) = grader.grade(Work(f"student{k}", (own,), b"for the benchmark alone %d" % k))
            assert report.score > 0, report
        grader.close()
        return processor_seconds() - before

    seconds(few)  # what is loaded and derived once
    start = statistics.median(seconds(few) for _ in range(3))
    return 1e3 * (seconds(few + count) - start) / count


def yardstick() -> float:
    """Processor milliseconds of work that stays the same, in Python and in NumPy."""

    def once() -> float:
        began = time.process_time()
        matrix = np.random.default_rng(0).normal(size=(60, 60))
        for _ in range(300):
            matrix = np.tanh(matrix @ matrix.T / 60)
        sum(k * k for k in range(400_000))
        return 1e3 * (time.process_time() - began)

    return statistics.median(once() for _ in range(5))


def main() -> None:
    """Print a row for each homework and kind of class."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=40, help="submissions of each class")
    parser.add_argument("--only", default="", help="homeworks with this in their name")
    parser.add_argument("--keep", action="store_true", help="write baseline.json")
    options = parser.parse_args()
    kept = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.is_file() else {}
    classes: tuple[Callable[[str], list[Submission]], ...] = (right, mixed)
    found: dict[str, float] = {"yardstick": yardstick()}
    print(f"{'':28}{'ms':>9}{'kept':>9}{'ratio':>8}   processor time a submission")
    print(f"{'yardstick':28}{found['yardstick']:9.1f}{kept.get('yardstick', np.nan):9.1f}")
    for homework in homework_names(COURSE):
        for chosen in classes if options.only in homework else ():
            name = f"{homework}, {chosen.__name__}"
            found[name] = cost(homework, chosen(homework), options.count)
            before = kept.get(name, np.nan)
            as_before = found["yardstick"] / kept.get("yardstick", np.nan)
            ratio = found[name] / before / as_before
            print(f"{name:28}{found[name]:9.1f}{before:9.1f}{ratio:8.2f}", flush=True)
    if options.keep:
        text = json.dumps(kept | {name: round(each, 1) for name, each in found.items()}, indent=2)
        BASELINE.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
