"""What one submission may use."""

from __future__ import annotations

from dataclasses import dataclass

# Python and NumPy alone take so much.
LEAST_MEMORY = 256 << 20


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    Attributes
    ----------
    call_seconds
        Processor time of one call, and of one statement while loading.
    patience
        How many times as long it may take by the clock: sleeping, or waiting for a busy machine.
    total_seconds
        Processor time of a whole child; by the clock, `patience` times this for a whole submission.
    memory, output
        Bytes of address space, and of text that is kept.

    Raises
    ------
    ValueError
        For limits under which no submission could be judged.
    """

    call_seconds: float = 2.0
    patience: float = 5.0
    total_seconds: int = 30
    memory: int = 1 << 30
    output: int = 1 << 18

    def __post_init__(self) -> None:
        if not (self.call_seconds > 0 and self.patience > 0 and self.total_seconds > 0):
            raise ValueError(f"Limits are positive numbers: {self}")
        if self.memory < LEAST_MEMORY or self.output < 0:
            raise ValueError(f"Python and NumPy alone take {LEAST_MEMORY >> 20} MB: {self}")

    @property
    def whole_seconds(self) -> float:
        """How long a whole submission may take by the clock."""
        return self.total_seconds * self.patience

    def resources(self) -> dict[str, int]:
        """The limits that the kernel keeps, by their names in ``setrlimit(2)``."""
        nothing = dict.fromkeys(("NPROC", "CORE", "MEMLOCK", "MSGQUEUE", "RTPRIO", "NICE"), 0)
        own = {"AS": self.memory, "CPU": self.total_seconds, "FSIZE": self.output, "NOFILE": 32}
        return {**nothing, **own, "STACK": 16 << 20, "SIGPENDING": 64}
