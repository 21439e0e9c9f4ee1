"""What naming a mistake costs, beside the whole grading of the submission it is in.

    python benchmarks/diagnosis.py [--rounds 2]

All wrong functions of tests/judging/submissions are graded, each as a submission of its own. Of every round
one table is printed: the first has whatever is worked out once a process in it, which a class of many
submissions pays before its workers are forked.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

COURSE = Path(__file__).parents[1]
sys.path.insert(0, str(COURSE / "tests" / "judging"))

from trying import report, variants

from autograder import grading
from autograder.rules.gradient_descent import judge as descent
from autograder.rules.sgd_epoch import judge as sgd
from autograder.rules.values.naming import Naming
from autograder.sandbox.host import Sandbox

# What is timed: each a function by its module, or its class, and its name.
TIMED: dict[str, tuple[Any, str]] = {
    "a value's mistake": (Naming, "of_component"),
    "the same on special inputs": (Naming, "of_edge"),
    "a mistake of SGD": (sgd, "name_of"),
    "a mistake of gradient descent": (descent, "_named"),
    "the formula": (grading, "_explain"),
}


def main() -> None:
    """Print a table a round."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    wrong = list(variants("wrong"))
    with Sandbox("auto") as sandbox:
        for number in range(1, options.rounds + 1):
            times: dict[str, list[float]] = {what: [] for what in TIMED}
            whole = []
            with timed(times):
                for variant in wrong:
                    start = time.perf_counter()
                    report(variant, sandbox, "a student")
                    whole.append(time.perf_counter() - start)
            print(f"round {number}: {len(wrong)} wrong functions")
            print(f"{'':32}{'times':>7}{'median':>10}{'95 %':>10}{'most':>10}{'of all':>8}")
            for what, found in times.items():
                print(line(what, found, sum(whole)))
            print(line("grading, all of it", whole, sum(whole)), end="\n\n")


@contextmanager
def timed(times: dict[str, list[float]]) -> Iterator[None]:
    """Note how long each of the functions takes, where it is called."""
    patches = [
        patch.object(owner, name, watched(getattr(owner, name), times[what]))
        for what, (owner, name) in TIMED.items()
    ]
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in patches:
            each.stop()


def watched(function: Any, times: list[float]) -> Any:
    """The function, whose times are noted."""

    def call(*arguments: Any) -> Any:
        start = time.perf_counter()
        try:
            return function(*arguments)
        finally:
            times.append(time.perf_counter() - start)

    return call


def line(what: str, seconds: Sequence[float], whole: float) -> str:
    """A row of the table: milliseconds, and the share of all the time."""
    if not seconds:
        return f"{what:32}{0:>7}"
    ordered = sorted(1e3 * second for second in seconds)
    median, high = statistics.median(ordered), ordered[int(0.95 * len(ordered))]
    share = sum(seconds) / whole
    return f"{what:32}{len(ordered):>7}{median:>7.2f} ms{high:>7.2f} ms{ordered[-1]:>7.1f} ms{share:>8.1%}"


if __name__ == "__main__":
    main()
