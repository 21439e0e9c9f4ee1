"""What it takes to run a program of this project's as somebody without rights."""

import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from autograder.sandbox.inside import lockdown

NOBODY = 65534
ROOT = Path(__file__).parents[1]
PACKAGES = Path(np.__file__).parents[1]


def readable_by_others(path: str) -> bool:
    """Whether anybody may enter a folder."""
    return lockdown._readable_by_others(os.path.realpath(path))


def interpreter() -> str:
    """A Python of this version that any user may run: this one, or the system's."""
    for place in (PACKAGES, ROOT):
        if not readable_by_others(str(place)):
            pytest.skip(f"{place} may not be read by an ordinary user")
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/bin/{name}", f"/usr/local/bin/{name}"):
        found = shutil.which(candidate)
        if found and readable_by_others(os.path.dirname(os.path.realpath(found))):
            return found
    pytest.skip("no Python of this version lies where an ordinary user may read it")


def command(program: str) -> list[str]:
    """The command that runs a program with this project and its packages to import, and nothing else."""
    return [
        interpreter(),
        "-I",
        "-B",
        "-c",
        f"import sys; sys.path[:0] = {[str(ROOT), str(PACKAGES)]}\n{program}",
    ]
