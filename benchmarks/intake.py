"""How long it takes to read a class from one zip, and how much memory: `python benchmarks/intake.py`.

Each size is read in a process of its own, a notebook a student, as `collect` and `grade` read it: one after
another.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
FORMS = {
    "folders": "class/student{k:05}/derivatives.ipynb",
    "canvas": "student_{k}_{k}_{file}_derivatives.ipynb",
    "archives": "student{k:05}.zip",
}


def notebook(k: int) -> bytes:
    """A notebook of a few kilobytes, another one for each."""
    source = [f"def predict(X, w, b):\n    return X @ w + b + {k}\n", "# a remark\n" * 100]
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": text} for text in source]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}).encode()


def make(path: Path, form: str, count: int) -> None:
    """A class as one zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for k in range(count):
            name, data = FORMS[form].format(k=k, file=100_000 + k), notebook(k)
            if name.endswith(".zip"):
                inner = path.with_name("inner.zip")
                with zipfile.ZipFile(inner, "w") as each:
                    each.writestr("derivatives.ipynb", data)
                data = inner.read_bytes()
            archive.writestr(name, data)


def read(path: Path) -> None:
    """Read a class, and print what that took."""
    from autograder.submission import opened
    from autograder.submission.wanted import named

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    with opened(path, named("derivatives")) as download:
        listed = time.perf_counter() - start
        listing = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        count = sum(bool(each.submissions[0].cells) for each in download.read())
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{count:7,} {listed:9.2f} {seconds:9.2f} {listing / 1024:10.1f} {peak / 1024:10.1f}")


def main() -> None:
    """Make and read classes of several sizes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        read(options.read)
        return
    print("form      students  listed s    read s  listing MB    peak MB")
    for form in FORMS:
        for size in options.sizes:
            with tempfile.TemporaryDirectory() as place:
                path = Path(place, "class.zip")
                make(path, form, size)
                print(f"{form:<9}", end="", flush=True)
                subprocess.run([sys.executable, __file__, "--read", str(path)], check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
