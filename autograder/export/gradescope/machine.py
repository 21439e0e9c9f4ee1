"""What a container lets a grader use, and the limits of a submission that fit."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import AutograderError
from autograder.sandbox.limits import LEAST_MEMORY, Limits

_CONTROL = Path("/sys/fs/cgroup")
# The grader with SymPy, and the process that submissions are forked from.
REFEREE = 320 << 20
# Above this a limit is none.
_NO_LIMIT = 1 << 50


class MachineError(AutograderError):
    """A container in which nobody can be graded; the message says what it needs."""


@dataclass(frozen=True)
class Machine:
    """Bytes of memory, and processors; half a one may be there."""

    memory: int
    cores: float


def machine(control: Path = _CONTROL) -> Machine:
    """What this container has, by its control groups, or by the whole machine where they say nothing.

    Parameters
    ----------
    control
        Where control groups of either version are mounted.
    """
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    told = [
        _number(control / "memory.max"),
        _number(control / "memory" / "memory.limit_in_bytes"),
    ]
    memory = min([whole, *(int(each) for each in told if each is not None and each < _NO_LIMIT)])
    cores = [float(len(os.sched_getaffinity(0))) if hasattr(os, "sched_getaffinity") else 1.0]
    quota, period = _pair(control / "cpu.max")
    if quota is None:
        quota = _number(control / "cpu" / "cpu.cfs_quota_us")
        period = _number(control / "cpu" / "cpu.cfs_period_us")
    if quota and period and quota > 0:
        cores.append(quota / period)
    return Machine(memory, min(cores))


def limits_on(found: Machine) -> Limits:
    """The limits of a submission: with half a processor everything takes twice as long by the clock.

    Raises
    ------
    MachineError
        When there is too little memory for any.
    """
    usual = Limits()
    memory = min(usual.memory, found.memory - REFEREE)
    if memory < LEAST_MEMORY:
        raise MachineError(
            f"The container has {found.memory >> 20} MB, and grading needs {(REFEREE + LEAST_MEMORY) >> 20}: "
            "raise the memory in the assignment's settings."
        )
    return Limits(patience=usual.patience / min(1.0, max(0.1, found.cores)), memory=memory)


def _number(path: Path) -> float | None:
    """The number in a file; None where there is none, or a word in its place."""
    try:
        return float(path.read_text("ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _pair(path: Path) -> tuple[float | None, float | None]:
    try:
        quota, period = path.read_text("ascii").split()[:2]
        return float(quota), float(period)
    except (OSError, ValueError):
        return None, None
