"""What the referee itself spends on one student is bounded: its time, what it keeps, writes and logs."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from autograder.report import Report, Verdict, to_json
from autograder.sandbox.answering import taken_memory

# Bytes of a report; of its texts, characters; and how many there may be.
MAX_REPORT = 1 << 20
MAX_TEXT = 4_000
MAX_NOTES = 60
MAX_POINTS = 20_000
# Lines that the grader logs of one student.
MAX_LINES = 20
# After the first signal others follow, in case that something swallowed it: in so many processor seconds.
_AGAIN = 1.0

_T = TypeVar("_T")


class SpentError(BaseException):
    """The processor time for a submission is used up; no ordinary handler of exceptions may catch it."""


@dataclass
class Allowance:
    """The time for one student's files, which share it: none can use up what the others need.

    Parameters
    ----------
    files
        How many there are.
    processor
        Seconds of the referee's own processor time.
    clock
        Seconds by the clock.
    """

    files: int
    processor: float
    clock: float

    def __post_init__(self) -> None:
        self._ends = time.monotonic() + self.clock

    def deadline(self) -> float:
        """Until when the next file may take, by ``time.monotonic``."""
        now = time.monotonic()
        return now + max(0.0, self._ends - now) / max(1, self.files)

    @contextmanager
    def next_file(self) -> Iterator[None]:
        """Judge one file; its share is what is left, divided by the files that are left.

        Raises
        ------
        SpentError
            When its share of processor time is used up.
        """
        began = time.process_time()
        try:
            with processor_seconds(self.processor / max(1, self.files)):
                yield
        finally:
            self.processor = max(1.0, self.processor - (time.process_time() - began))
            self.files -= 1


@contextmanager
def processor_seconds(seconds: float) -> Iterator[None]:
    """Bound the processor time of this process, where it can be done: on Unix, in the main thread.

    Raises
    ------
    SpentError
        From wherever the program is at that time.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    active = True

    def stop(*_: Any) -> None:
        if active:
            raise SpentError

    before = signal.signal(signal.SIGPROF, stop)
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
        yield
    finally:
        active = False
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def limit_memory(more: int) -> None:
    """Let this process take so many bytes more than it has; a step that wants more raises a MemoryError."""
    if (now := taken_memory()) is None:
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = now + more if hard == resource.RLIM_INFINITY else min(now + more, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


# ------------------------------------------------------------------------------------- reports


def bounded(report: Report) -> Report:
    """The report with no more in it than anybody reads; as it is, as a rule."""
    if len(report.notes) <= MAX_NOTES and len(to_json_safely(report)) <= MAX_REPORT // 8:
        return report
    left_out = len(report.notes) - MAX_NOTES
    notes = [_cut(note) for note in report.notes[:MAX_NOTES]]
    if left_out > 0:
        notes.append(f"{left_out:,} more notes are left out.")
    cut = msgspec.structs.replace(
        report,
        notes=notes,
        output=_cut(report.output),
        errors=[msgspec.structs.replace(e, message=_cut(e.message)) for e in report.errors[:MAX_NOTES]],
        source=_cut(report.source),
        exercises=_with_verdicts(report, _shortened),
    )
    if len(to_json_safely(cut)) <= MAX_REPORT:
        return cut
    return msgspec.structs.replace(
        cut,
        notes=[*notes[:MAX_NOTES], "The report was too long: its examples and curves are left out."],
        exercises=_with_verdicts(cut, _bare),
    )


def to_json_safely(report: Report) -> bytes:
    """The report as JSON, whatever characters are in it."""
    try:
        return to_json(report)
    except UnicodeEncodeError:
        return repr(report).encode("utf-8", "backslashreplace")


def _with_verdicts(report: Report, change: Any) -> list[Any]:
    return [
        msgspec.structs.replace(exercise, verdicts=list(map(change, exercise.verdicts)))
        for exercise in report.exercises
    ]


def _shortened(verdict: Verdict) -> Verdict:
    curves = verdict.curves
    if curves is not None and len(curves.student) + len(curves.reference) > MAX_POINTS:
        curves = None
    return msgspec.structs.replace(
        verdict,
        message=_cut(verdict.message),
        misconception=_cut(verdict.misconception),
        example=_with_short_texts(verdict.example),
        formula=_with_short_texts(verdict.formula),
        curves=curves,
    )


def _bare(verdict: Verdict) -> Verdict:
    return msgspec.structs.replace(verdict, example=None, formula=None, curves=None)


def _with_short_texts(found: _T) -> _T:
    """A struct of texts, each cut."""
    if found is None:
        return found
    fields = found.__struct_fields__  # type: ignore[attr-defined]
    return type(found)(**{name: _cut(getattr(found, name)) for name in fields})


def _cut(text: Any) -> Any:
    if text is None or len(text) <= MAX_TEXT:
        return text
    return f"{text[:MAX_TEXT]}… ({len(text) - MAX_TEXT:,} characters more)"


# ---------------------------------------------------------------------------------------- logs


class _Few(logging.Filter):
    """Lets through each fault once, by its place, and no more than `MAX_LINES` lines."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: set[tuple[Any, ...]] = set()
        self._lines = 0

    def filter(self, record: logging.LogRecord) -> bool:
        self._lines += 1
        if record.exc_info and record.exc_info[0] is not None:
            place = record.exc_info[2]
            while place is not None and place.tb_next is not None:
                place = place.tb_next
            frame = place.tb_frame.f_code.co_filename if place is not None else ""
            key = (record.exc_info[0].__name__, frame, place.tb_lineno if place is not None else 0)
            if key in self._seen:
                return False
            self._seen.add(key)
        return self._lines <= MAX_LINES


@contextmanager
def few_lines() -> Iterator[None]:
    """Bound what the grader logs meanwhile: each fault of its own is told once, with its traceback."""
    names = [name for name in logging.root.manager.loggerDict if name.split(".")[0] == "autograder"]
    loggers = [logging.getLogger(name) for name in names]
    few = _Few()
    for logger in loggers:
        logger.addFilter(few)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(few)
