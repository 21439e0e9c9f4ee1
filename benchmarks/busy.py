"""Whether a busy machine costs anybody a point: all right files, graded while others take the processors.

    python benchmarks/busy.py [--load 8] [--times 10]

As many processes as `--load` says compute without end, beside the grading. All right functions of
tests/judging/submissions are handed in again and again: as another student's each time, so that the inputs
are others, and every other time with all of NumPy imported first, which takes a while. A lost point is
printed, and the status is 1.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

COURSE = Path(__file__).parents[1]
sys.path[:0] = [str(COURSE / "tests"), str(COURSE / "tests" / "judging")]

from trying import Variant, report, told, variants

from autograder.sandbox.host import Sandbox

EVERYTHING = 'exec("from numpy import *", {})\n\n'


def compute() -> None:
    """What the others do."""
    while True:
        sum(range(100_000))


def lost(right: list[Variant], times: int) -> int:
    """How many files lost a point, all times together."""
    count = 0
    with Sandbox("auto") as sandbox:
        for again in range(times):
            began = time.monotonic()
            for variant in right:
                source = (EVERYTHING if again % 2 else "") + variant.source
                made = report(replace(variant, source=source), sandbox, f"{variant} while busy {again}")
                if made.score < made.max_score:
                    count += 1
                    print(f"{variant}: {told(made)}", flush=True)
            seconds = time.monotonic() - began
            load = f"at a load of {os.getloadavg()[0]:.1f}"
            print(
                f"{again + 1}: {len(right)} files in {seconds:.0f} s {load}, {count} lost a point", flush=True
            )
    return count


def main() -> None:
    """Grade them while the machine is busy."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--load", type=int, default=8)
    parser.add_argument("--times", type=int, default=10)
    asked = parser.parse_args()
    others = [multiprocessing.Process(target=compute, daemon=True) for _ in range(asked.load)]
    for each in others:
        each.start()
    try:
        count = lost(list(variants("right")), asked.times)
    finally:
        for each in others:
            each.kill()
    if count:
        sys.exit(f"{count} files lost a point.")


if __name__ == "__main__":
    main()
