"""What hostile submissions cost, beside an honest one: a grader must not wait longer than they may run.

    python benchmarks/hostile.py [--timeout 2]

Every file of tests/hostile/submissions is graded once, as a student's, and so are two that use all they may:
one whose functions never come back, and one whose functions all sleep. Printed are the longest time and the
most memory that one student can cost.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from pathlib import Path

COURSE = Path(__file__).parents[1]
sys.path[:0] = [str(COURSE / "tests"), str(COURSE / "tests" / "hostile")]

from campaign import RIGHT, attempts

from autograder.course import load_homework
from autograder.grading import grade
from autograder.sandbox.host import Limits, Sandbox
from autograder.submission import read

FUNCTIONS = [exercise.function for exercise in load_homework("derivatives", COURSE).exercises]
GREEDY = {
    "every function loops": "\n".join(f"def {name}(*_):\n    while True: pass" for name in FUNCTIONS),
    "every function sleeps": "import time\n"
    + "\n".join(f"def {name}(*_):\n    time.sleep(1e6)" for name in FUNCTIONS),
}


def main() -> None:
    """Grade them and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--timeout", type=float, default=2.0)
    limits = Limits(call_seconds=parser.parse_args().timeout)
    homework = load_homework("derivatives", COURSE)
    with Sandbox("auto", limits) as sandbox:

        def seconds(text: str, name: str) -> float:
            began = time.perf_counter()
            report = grade(homework, read(text.encode(), name, "Eve"), sandbox, b"for tests only")
            assert report.max_score == homework.max_score
            return time.perf_counter() - began

        seconds(RIGHT, "honest.py")
        usual = statistics.median(seconds(RIGHT, "honest.py") for _ in range(20))
        found = {each.name: seconds(each.handed_in({}), each.path.name) for each in attempts()}
        again = statistics.median(seconds(RIGHT, "honest.py") for _ in range(20))
        greedy = {name: seconds(text, "greedy.py") for name, text in GREEDY.items()}
        level = sandbox.level
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"level {level}, {limits.call_seconds:g} s a call, {limits.whole_seconds:g} s by the clock in all")
    print(f"an honest submission     {usual * 1000:8.0f} ms; after all the others {again * 1000:.0f} ms")
    print(f"{len(found)} hostile ones, median {statistics.median(found.values()) * 1000:8.0f} ms")
    for name, took in sorted(found.items(), key=lambda item: -item[1])[:6]:
        print(f"  {name:40} {took:6.2f} s")
    longest, by = max((took, name) for name, took in {**found, **greedy}.items())
    share = longest / limits.whole_seconds
    print(f"the longest that one student cost: {longest:.1f} s ({by}), {share:.2f} of its allowance")
    print(f"the most memory that the referee took for any of them: {most:.0f} MB")
    for name, took in greedy.items():
        print(f"{name:42} {took:6.2f} s = {took / limits.whole_seconds:.2f} of its allowance")


if __name__ == "__main__":
    main()
