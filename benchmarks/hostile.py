"""What hostile students cost, beside an honest one: others' time and the grader's memory have to be left.

    python benchmarks/hostile.py [--timeout 2] [--total 30] [--only NAME]

Every file of tests/hostile/submissions is handed in by a student of its own, for its homework, and so are
some that use all they may, and eight files of one student. Printed is, for the most costly ones, the time by
the clock, the referee's own processor time, and the most memory that the referee had at once. It fails where
one student costs more than 1.25 times what `--total` allows by the clock, or 500 MB.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COURSE = Path(__file__).parents[1]
sys.path[:0] = [str(COURSE / "tests"), str(COURSE / "tests" / "hostile")]

from campaign import RIGHT, attempts

from autograder.batch import Grader, Job
from autograder.course import homework_names, load_homework
from autograder.sandbox.host import Limits
from autograder.submission import Candidates, read

SHARE, MEGABYTES = 1.25, 500


def every_function(body: str, before: str = "", homework: str = "derivatives") -> str:
    """A submission of which every function does this."""
    functions = [exercise.function for exercise in load_homework(homework, COURSE).exercises]
    return "\n".join([before, *(f"def {name}(*a, **k):\n    {body}" for name in functions)])


LOOP, SLEEP = every_function("while True: pass"), every_function("time.sleep(1e6)", "import time")
NUMPY = "import numpy as np"
ASKING = "for each in a:\n        while callable(each): each(*a[:3])"
# Homework, and the files of one student.
GREEDY = {
    "every function loops": ("derivatives", [LOOP]),
    "every function sleeps": ("derivatives", [SLEEP]),
    "eight files that sleep": ("derivatives", [SLEEP] * 8),
    "eight files that loop": ("derivatives", [LOOP] * 8),
    "results of 8 MB": ("derivatives", [every_function("return np.zeros(1_000_000)", NUMPY)]),
    "results of 200,000 numbers": ("derivatives", [every_function("return [1.0] * 199_000")]),
    "results of many tuples": ("derivatives", [every_function("return [(1.0, '')] * 60_000")]),
    "results of many texts": ("derivatives", [every_function("return ['x' * 80] * 190_000")]),
    "results of many arrays": ("derivatives", [every_function("return [np.zeros(1)] * 60_000", NUMPY)]),
    "results that are errors": ("derivatives", [every_function("raise ValueError('x' * 10**7)")]),
    "eight files of large results": (
        "derivatives",
        [every_function("return [(1.0, '')] * 60_000")] * 8,
    ),
    **{
        f"callbacks without end in {name}": (
            name,
            [every_function(ASKING, NUMPY, name)],
        )
        for name in ("sgd", "gradient_descent", "neural_network")
    },
}


@dataclass(frozen=True)
class Cost:
    """What a student cost: seconds by the clock and of the referee's processor, megabytes."""

    clock: float
    processor: float
    memory: float


def peak() -> float:
    """The most memory of this process since it was last asked for, in megabytes."""
    status = Path("/proc/self/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    Path("/proc/self/clear_refs").write_text("5")
    return int(kilobytes) / 1024


def students() -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Each student's name, homework, and files with their names."""
    for homework in homework_names(COURSE):
        for each in attempts(homework):
            yield each.name, homework, [(each.path.name, each.handed_in({}))]
    for name, (homework, files) in GREEDY.items():
        named = [(f"greedy{k}.py", text + f"\n# {k}\n") for k, text in enumerate(files)]
        yield name, homework, named


def main() -> None:
    """Grade them and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--timeout", type=float, default=2.0)
    parser.add_argument("--total", type=int, default=Limits.total_seconds)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    limits = Limits(call_seconds=asked.timeout, total_seconds=asked.total)
    graders = {
        name: Grader(Job(name, COURSE, b"for tests only", "auto", limits)) for name in homework_names(COURSE)
    }

    def cost(homework: str, files: list[tuple[str, str]]) -> Cost:
        read_ones = tuple(read(text.encode("utf-8", "replace"), name, "Eve") for name, text in files)
        peak()
        began, used = time.perf_counter(), time.process_time()
        report = graders[homework].grade(Candidates("Eve", "eve", read_ones)).report
        assert report.max_score == load_homework(homework, COURSE).max_score
        return Cost(time.perf_counter() - began, time.process_time() - used, peak())

    for name in graders:  # what is loaded once
        cost(name, [("honest.py", RIGHT)])
    honest = [cost("derivatives", [("honest.py", RIGHT)]) for _ in range(20)]
    found = {}
    for name, homework, files in students():
        if asked.only in name:
            found[f"{homework}: {name}"] = cost(homework, files)
    for grader in graders.values():
        grader.close()
    usual = statistics.median(each.clock for each in honest) * 1000
    whole = limits.whole_seconds
    print(f"{limits.call_seconds:g} s a call, {whole:g} s by the clock; load {os.getloadavg()[0]:.1f}")
    print(f"an honest student costs {usual:.0f} ms, and {max(each.memory for each in honest):.0f} MB")
    print(f"{len(found)} hostile ones, median {statistics.median(c.clock for c in found.values()):.2f} s")
    print(f"{'':56} clock  referee  memory")
    orders = (lambda c: c.clock, lambda c: c.processor, lambda c: c.memory)
    most = {name for order in orders for name in sorted(found, key=lambda n: -order(found[n]))[:8]}
    for name in sorted(most, key=lambda n: -found[n].clock):
        each = found[name]
        print(f"{name:54} {each.clock:6.1f} s {each.processor:6.1f} s {each.memory:5.0f} MB")
    longest = max(each.clock for each in found.values())
    largest = max(each.memory for each in found.values())
    print(f"the longest: {longest:.1f} s = {longest / whole:.2f} of the allowance (at most {SHARE})")
    print(f"the largest: {largest:.0f} MB (at most {MEGABYTES})")
    if longest > SHARE * whole or largest > MEGABYTES:
        sys.exit("A student can cost more than promised.")


if __name__ == "__main__":
    main()
