"""What the class page costs: `python benchmarks/class_page.py [SIZE …]`.

A class of each size is made of real verdicts: ways to write each exercise, right and wrong, are graded once
in the sandbox, and every student of the class has one of them for each exercise. Printed are the seconds in
which the page is made of the ledger, its size, and the memory that this took. With ``--keep DIR`` the folders
stay there, to be looked at.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
for place in (ROOT, ROOT / "tests" / "judging"):
    sys.path.insert(0, str(place))

# Ways to write an exercise that are graded: the more wrong ones, the more mistakes the page has to name.
_WRONG, _RIGHT = 14, 4
_DRAWS = 3  # how often each is graded, as another student's
_FIRST = ("Ada", "Bo", "Chen", "Dana", "Emil", "Fay", "Gus", "Hana", "Ivo", "Jun", "Kofi", "Lena", "Mei")
_LAST = (
    "Abel",
    "Brandt",
    "Castro",
    "Demir",
    "Eriksen",
    "Fischer",
    "Garcia",
    "Horvat",
    "Ito",
    "Jansen",
    "Kovac",
)


@cache
def graded(name: str) -> dict[str, list[Any]]:
    """Reports of exercises by their names: right ones first, then wrong ones, the commonest first."""
    from trying import homework, report, variants

    from autograder.report import ExerciseReport, Verdict
    from autograder.sandbox.host import Sandbox

    declared = homework(name)
    found: dict[str, list[Any]] = defaultdict(list)
    with Sandbox("auto") as sandbox:
        for kind, most in (("right", _RIGHT), ("wrong", _WRONG)):
            chosen: dict[str, int] = defaultdict(int)
            for variant in variants(kind):
                if variant.homework != name or chosen[variant.exercise] >= most:
                    continue
                chosen[variant.exercise] += 1
                draws = [report(variant, sandbox, f"student {draw}") for draw in range(_DRAWS)]
                found[variant.exercise].append(draws)
    for exercise in declared.exercises:
        titles = {check.name: check.title for check in exercise.rule.checks}
        said = "Not written yet: it still raises NotImplementedError."
        verdicts = [
            Verdict(check, 0.0, float(of), said, title=titles[check]) for check, of in exercise.points.items()
        ]
        found[exercise.function].append(
            [ExerciseReport(exercise.function, 0.0, exercise.max_score, "not_started", verdicts)]
        )
    return found


def write(name: str, size: int, out: Path) -> None:
    """Put down a class in a ledger, show it, and print what its page costs."""
    from trying import homework

    from autograder import views
    from autograder.ledger import JudgedFile, NewReport, Participant, Record, RunFacts, held, outline_of
    from autograder.report import HandedIn, Report, packed

    chance, pool = random.Random(1), graded(name)
    outline = outline_of(homework(name))
    with held(out) as ledger:
        number = ledger.begin(RunFacts(outline, "", "", "made up", "moodle", "namespaces"))
        for k in range(size):
            student = f"{chance.choice(_LAST)}, {chance.choice(_FIRST)} {k}"
            person = Participant(student, f"student{k}", student, (str(10_000 + k),), f"Group {k % 5 + 1}")
            if k % 25 == 7:
                ledger.add(number, Record(person.slug, (person,)))
                continue
            able = chance.betavariate(3, 2)
            exercises = []
            for exercise, _ in outline.exercises:
                kinds = pool[exercise]
                right = chance.random() < able
                # a few mistakes are common, most are rare
                which = chance.randrange(_RIGHT) if right else _RIGHT + int(chance.paretovariate(0.7)) - 1
                exercises.append(chance.choice(kinds[min(which, len(kinds) - 1)]))
            if k % 60 == 11:
                exercises[-1] = replace_status(exercises[-1], "grader_fault")
            if k % 40 == 3:
                exercises = [replace_status(each, "missing") for each in exercises]
            late = HandedIn(late=True, late_seconds=chance.expovariate(1 / 20_000)) if k % 12 == 5 else None
            notes = ["The file could not be read: it is not a notebook."] if k % 40 == 3 else []
            report = Report(
                name, student, sum(each.score for each in exercises), outline.max_score, "namespaces",
                exercises, notes, submission="" if k % 40 == 3 else "x", handed_in=late,
            )  # fmt: skip
            new = NewReport(f"{k}", "", True, packed(report))
            ledger.add(number, Record(person.slug, (person,), (JudgedFile(new.key, late),)), [new])
        run = ledger.end(number, size, 0)
        views.write(ledger, run, 2)


def replace_status(exercise: Any, status: str) -> Any:
    """An exercise of which there are no points."""
    import msgspec

    lost = [
        msgspec.structs.replace(each, score=0.0, message="Not judged.", misconception=None, curves=None)
        for each in exercise.verdicts
    ]
    return msgspec.structs.replace(exercise, score=0.0, status=status, verdicts=lost)


def measure(out: Path) -> None:
    """Make the page once more, and print what that takes."""
    from autograder.class_page import pieces
    from autograder.ledger import opened
    from autograder.views.making import portrait_from

    with opened(out) as ledger:
        run = ledger.insist_on_current()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began, used = time.perf_counter(), time.process_time()
        size = 0
        for piece in pieces(run.facts.outline, lambda: map(portrait_from, ledger.lines(run.number))):
            size += len(piece.encode())
        seconds, cpu = time.perf_counter() - began, time.process_time() - used
        more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        print(f"{run.people:9,} {seconds:9.2f} {cpu:9.2f} {size / 1e6:9.2f} {more:9.1f}", flush=True)


def main() -> None:
    """Measure each size in a process of its own."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", type=int, nargs="*", default=[12, 300, 1_000, 3_000])
    parser.add_argument("--homework", default="derivatives")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure)
        return
    print(" students   seconds       cpu        MB   more MB of memory")
    with tempfile.TemporaryDirectory() as place:
        for size in options.sizes:
            out = (options.keep or Path(place)) / f"{options.homework}-{size}"
            write(options.homework, size, out)
            subprocess.run([sys.executable, __file__, "--measure", str(out)], check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
