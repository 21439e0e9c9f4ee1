"""The same submissions through this grader and through others: processor time, memory, and right marks.

    python benchmarks/peers.py [--submissions 20] [--only NAME ...] [--environments build/peers]

Every submission of `derivatives` is the instructor's, with one function replaced: by a right one in another
style, or by a wrong one, in turns; both are files of tests/judging/submissions. The others compare each
function with the references at a few inputs, as course staff usually write such tests. Each has a Python
environment of its own, which is made at the first run and kept.

A mark is *wrong* where a right function did not earn its point, or a wrong one did. Processor time is that
of all processes of a tool, with its start; memory is that of its largest process.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

COURSE = Path(__file__).parents[1]
sys.path.insert(0, str(COURSE / "tests" / "judging"))

from other_graders.given import Submission, Test, functions_of
from other_graders.running import Measured, environment, measured
from other_graders.tools import PEERS
from trying import homework, variants

NAME = "derivatives"
# Inputs at which the others compare a function with its reference.
INPUTS = 3


def main() -> None:
    """Print a line for each tool."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--submissions", type=int, default=20)
    parser.add_argument("--only", nargs="*", choices=list(PEERS), help="these tools alone")
    parser.add_argument("--environments", type=Path, default=COURSE / "build" / "peers")
    options = parser.parse_args()
    made = list(submissions(options.submissions))
    tests = [test(exercise.function) for exercise in homework(NAME).exercises]
    rows = {"autograder grade": (ours(made), len(made))}
    for name in options.only or PEERS:
        python = environment(options.environments, name)
        with tempfile.TemporaryDirectory() as place:
            rows[name] = PEERS[name](Path(place), python, made, tests), len(made)
    show(rows, made)


def show(rows: dict[str, tuple[Measured, int]], made: Sequence[Submission]) -> None:
    """The table; ratios are of processor time, to this grader's."""
    (first, count), *_ = rows.values()
    own = first.seconds / count
    marks = sum(len(each.right) for each in made)
    print(f"{len(made)} submissions of {NAME}, {marks} functions")
    print(f"{'':22}{'processor':>13}{'ratio':>8}{'memory':>10}{'lost':>7}{'kept':>7}")
    for name, (each, count) in rows.items():
        milliseconds = 1e3 * each.seconds / count
        lost, kept = wrong_marks(each, made)
        print(
            f"{name:22}{milliseconds:>10,.0f} ms{milliseconds / 1e3 / own:>8.1f}"
            f"{each.kilobytes >> 10:>7} MB{lost:>7}{kept:>7}"
        )
    print("lost: right functions without their point; kept: wrong functions with it")


def wrong_marks(each: Measured, made: Sequence[Submission]) -> tuple[int, int]:
    """How many right functions lost their point, and how many wrong ones kept it."""
    lost = kept = 0
    for submission in made:
        for function, right in submission.right.items():
            full = function in each.full.get(submission.student, set())
            lost += right and not full
            kept += full and not right
    return lost, kept


def submissions(count: int) -> Iterator[Submission]:
    """Each with one function in another style, or wrong, in turns; spread over all that there are."""
    solution = (COURSE / "solutions" / NAME / f"{NAME}.py").read_text(encoding="utf-8")
    parts = functions_of(solution)
    names = [exercise.function for exercise in homework(NAME).exercises]
    known = {
        kind: [each for each in variants(kind) if each.homework == NAME and not each.odd]
        for kind in ("right", "wrong")
    }
    for number in range(count):
        kind = ("right", "wrong")[number % 2]
        all_of_them = known[kind]
        chosen = all_of_them[(number // 2) * len(all_of_them) // max(1, (count + 1) // 2)]
        sources = {name: parts[name] for name in names}
        sources[chosen.exercise] = chosen.source
        right = {name: kind == "right" or name != chosen.exercise for name in names}
        yield Submission(f"student{number:03}", sources, right)


def test(function: str) -> Test:
    """A function's inputs and what the reference gives there."""
    import numpy as np

    rule = next(each for each in homework(NAME).exercises if each.function == function).rule
    random = np.random.default_rng(7)
    cases = []
    for probe in (rule.probes * INPUTS)[:INPUTS]:
        arguments = probe.draw(random)
        cases.append((arguments, rule.reference(*arguments)))
    return Test(function, cases)


def ours(made: Sequence[Submission]) -> Measured:
    """Grade them all with one command, in one process of work."""
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place, "submissions"), Path(place, "out")
        folder.mkdir()
        for each in made:
            (folder / f"{each.student}.py").write_text(each.module, encoding="utf-8")
        command = Path(sysconfig.get_path("scripts"), "autograder")
        words = [command, "grade", NAME, folder, "--out", out, "--workers", "1", "--layout", "plain", "--yes"]
        seconds, kilobytes = measured(words, COURSE, {**os.environ, "OPENBLAS_NUM_THREADS": "1"})
        full: dict[str, set[str]] = {}
        for path in sorted((out / "reports").glob("*.json")):
            report = json.loads(path.read_text(encoding="utf-8"))
            full[report["student"]] = {
                each["name"] for each in report["exercises"] if each["score"] == each["max_score"]
            }
    return Measured(full, seconds, kilobytes)


if __name__ == "__main__":
    main()
