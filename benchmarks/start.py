"""What a command takes that has little to do: `python benchmarks/start.py [--rounds 5]`.

Processor seconds of whole commands and of all that they start, as the medians of rounds in turns: with
nothing kept of what SymPy derives, as on a new machine, and with all of it kept, as ever after. Of a class of
120 students nothing changed.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "docs" / "demo" / "derivatives"
_CLASS = 120


@dataclass(frozen=True)
class Command:
    """A command line, and what it is called here."""

    name: str
    arguments: tuple[str, ...]

    def seconds(self, cache: Path) -> float:
        """Processor seconds of one run."""
        before = _of_children()
        subprocess.run(
            [sys.executable, "-m", "autograder", *self.arguments],
            cwd=ROOT,
            env=os.environ | {"AUTOGRADER_CACHE": str(cache)},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return _of_children() - before


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def commands(place: Path) -> list[Command]:
    """What is measured; a class lies graded in `place` afterwards."""
    right = (DEMO / "ada.py").read_text(encoding="utf-8")
    wrong = right + "\n\ndef mse_gradient(X, y, w, b):\n    e = X @ w + b - y\n    return X.T @ e, e.sum()\n"
    (place / "class").mkdir()
    for k in range(_CLASS):
        (place / "class" / f"student{k}.py").write_text(f"{right}\n# {k}\n", encoding="utf-8")
    for name, text in (("right", right), ("wrong", wrong)):
        (place / f"{name}.py").write_text(text, encoding="utf-8")

    def grade(name: str, what: str, *more: str) -> Command:
        out = str(place / f"{what} graded")
        return Command(name, ("grade", "derivatives", str(place / what), "--out", out, *more))

    unchanged = grade(f"grade: {_CLASS} students, nothing changed", "class")
    unchanged.seconds(place / "cache")
    return [
        Command("--help", ("--help",)),
        grade("grade: a right submission", "right.py", "--regrade", "*"),
        grade("grade: one with a mistake", "wrong.py", "--regrade", "*"),
        unchanged,
    ]


def main() -> None:
    """Print a row for each command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        measured = commands(place)
        kept = place / "kept"
        for command in measured:  # what is read from disk for the first time, and kept
            command.seconds(kept)
        print(f"{'processor seconds':44}{'nothing kept':>14}{'kept':>8}{'ratio':>8}")
        for command in measured:
            without, with_it = [], []
            for k in range(options.rounds):
                without.append(command.seconds(place / f"nothing {command.name} {k}"))
                with_it.append(command.seconds(kept))
            slow, fast = statistics.median(without), statistics.median(with_it)
            print(f"{command.name:44}{slow:14.2f}{fast:8.2f}{fast / slow:8.2f}", flush=True)


if __name__ == "__main__":
    main()
