"""Workers that die, and submissions that make the grader stumble, cost no one else anything."""

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder import batch
from autograder import grader as grader_
from autograder.batch import Judged, grade_all
from autograder.course import load_homework
from autograder.grader import Grader, Job, Work
from autograder.grading import grade as grade_one
from autograder.processes import Processes, Worker, cores
from autograder.report import Report
from autograder.sandbox.levels import SandboxError
from autograder.submission import Submission

COURSE = Path(__file__).parents[2]
CODE = (COURSE / "solutions" / "neural_network" / "neural_network.py").read_text()
JOB = Job("neural_network", COURSE)
SECRET = b"a secret of the tests"
NAMES = [f"student{k}" for k in range(9)]
POINTS = load_homework("neural_network", COURSE).max_score


@pytest.fixture(autouse=True)
def _a_sandbox_there_is() -> None:
    from autograder.sandbox import levels

    try:
        levels.choose("auto")
    except levels.SandboxError as error:
        pytest.skip(f"no sandbox on this machine: {error}")


def students() -> list[Work]:
    return [Work(name, (Submission(name, (CODE,), f"{name}.py"),), SECRET) for name in NAMES]


def graded(workers: int, some: list[Work] | None = None) -> Iterator[Judged]:
    return grade_all(JOB, some or students(), Processes(workers))


def when_grading(monkeypatch: pytest.MonkeyPatch, name: str, act: Any) -> None:
    """Let something happen in the worker that has this student in hand."""

    def grade(homework: Any, submission: Any, *others: Any) -> Any:
        if submission.student == name:
            act()
        return grade_one(homework, submission, *others)

    monkeypatch.setattr(grader_, "grade", grade)


def scores(found: Iterator[Judged]) -> dict[str, tuple[float, float]]:
    return {
        judged.work.slug: (report.score, report.max_score) for judged in found for report in judged.reports
    }


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def abort() -> None:
    os.abort()


def leave() -> None:
    os._exit(3)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("killer", "workers", "way"),
    [
        (NAMES[0], 2, die),
        (NAMES[4], 2, die),
        (NAMES[-1], 1, die),
        (NAMES[4], 1, abort),
        (NAMES[4], 1, leave),
    ],
)
def test_a_submission_that_kills_every_worker_takes_no_other_with_it(
    monkeypatch: pytest.MonkeyPatch, killer: str, workers: int, way: Any
) -> None:
    when_grading(monkeypatch, killer, way)
    got = {judged.work.slug: judged.reports[0] for judged in graded(workers)}
    assert {name: got[name].score for name in NAMES if name != killer} == {
        name: POINTS for name in NAMES if name != killer
    }
    assert (got[killer].score, got[killer].max_score) == (0, POINTS)  # not judged: the maximum stays
    assert {exercise.status for exercise in got[killer].exercises} == {"grader_fault"}


def test_one_student_alone_survives_a_worker_that_dies_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def die_once() -> None:
        if not (tmp_path / "died").exists():
            (tmp_path / "died").touch()
            die()

    when_grading(monkeypatch, NAMES[0], die_once)
    assert scores(graded(1, students()[:1])) == {NAMES[0]: (POINTS, POINTS)}


def loop() -> None:
    while True:
        pass


def loop_that_catches_everything() -> None:
    while True:
        with contextlib.suppress(Exception):
            loop()


@pytest.mark.parametrize("way", [loop, loop_that_catches_everything])
def test_judging_that_takes_too_much_of_the_graders_time_is_stopped(
    monkeypatch: pytest.MonkeyPatch, way: Any
) -> None:
    monkeypatch.setattr(grader_, "_REFEREE_SECONDS", 0.01)  # of 30
    when_grading(monkeypatch, NAMES[0], way)
    grader = Grader(JOB)
    try:
        stopped, after = (grader.grade(student)[0] for student in students()[:2])
    finally:
        grader.close()
    assert (stopped.score, stopped.max_score) == (0, POINTS)
    assert {exercise.status for exercise in stopped.exercises} == {"timeout"}
    assert stopped.notes[0].startswith("Stopped at the limit")
    assert after.max_score == POINTS


def test_of_several_files_one_that_is_stopped_costs_the_others_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deadlines = []

    def grade(homework: Any, submission: Any, sandbox: Any, secret: bytes) -> Report:
        deadlines.append(sandbox.deadline)
        if submission.source == "bad.py":
            loop()
        return Report("neural_network", submission.student, POINTS, POINTS, sandbox.level, [])

    monkeypatch.setattr(grader_, "_REFEREE_SECONDS", 0.02)
    monkeypatch.setattr(grader_, "grade", grade)
    files = tuple(Submission("a", (CODE,), name) for name in ("bad.py", "also.py", "good.py"))
    grader = Grader(JOB)
    try:
        assert [r.score for r in grader.grade(Work("a", files, SECRET))] == [0, POINTS, POINTS]
    finally:
        grader.close()
    # each may use a share of what is left: a third, a half, all
    assert deadlines == sorted(deadlines)


@pytest.mark.slow
def test_a_worker_that_is_killed_once_costs_nobody_anything(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def die_once() -> None:
        if not (tmp_path / "died").exists():
            (tmp_path / "died").touch()
            die()

    when_grading(monkeypatch, NAMES[2], die_once)
    assert scores(graded(2)) == {name: (POINTS, POINTS) for name in NAMES}
    assert (tmp_path / "died").exists()


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_an_exception_in_the_grader_is_that_students_fault_report(
    monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    def stumble() -> None:
        raise OverflowError("a mistake of ours")

    when_grading(monkeypatch, NAMES[3], stumble)
    got = {judged.work.slug: judged.reports[0] for judged in graded(workers)}
    assert sorted(got) == sorted(NAMES)
    assert {e.status for e in got[NAMES[3]].exercises} == {"grader_fault"}
    assert got[NAMES[3]].exercises[0].status == "grader_fault"
    assert all(got[name].score == POINTS for name in NAMES if name != NAMES[3])


@pytest.mark.parametrize("times", [0, 1, 2])
def test_a_sandbox_that_breaks_down_is_replaced_once(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    used = []

    def grade(homework: Any, submission: Any, sandbox: Any, secret: bytes) -> Report:
        used.append(sandbox)
        if len(used) <= times:
            raise SandboxError("it is gone")
        return Report("neural_network", submission.student, POINTS, POINTS, sandbox.level, [])

    monkeypatch.setattr(grader_, "grade", grade)
    grader = Grader(JOB)
    try:
        made = grader.grade(students()[0])[0]
    finally:
        grader.close()
    assert len(set(map(id, used))) == len(used) == min(times + 1, 2)
    assert made.score == (0 if times == 2 else POINTS)
    assert {e.status for e in made.exercises} == ({"grader_fault"} if times == 2 else set())


def test_after_a_mistake_of_ours_the_next_student_meets_a_new_sandbox(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    used = []

    def grade(homework: Any, submission: Any, sandbox: Any, secret: bytes) -> Report:
        used.append(sandbox)
        if submission.student == NAMES[1]:
            raise OverflowError("a mistake of ours")
        return Report("neural_network", submission.student, POINTS, POINTS, sandbox.level, [])

    monkeypatch.setattr(grader_, "grade", grade)
    grader = Grader(JOB)
    try:
        marks = [grader.grade(student)[0].score for student in students()[:3]]
    finally:
        grader.close()
    assert marks == [POINTS, 0, POINTS]
    assert used[0] is used[1]
    assert used[1] is not used[2]


def core_of_this(_: int) -> tuple[int, ...]:
    """The cores that a worker may use, once all workers are there."""
    BARRIER.wait(60)
    return tuple(cores())


BARRIER: Any = multiprocessing.get_context("fork").Barrier(len(cores())) if sys.platform == "linux" else None


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores cannot be chosen on this system")
def test_workers_that_fill_a_machine_have_a_core_each_and_others_have_all() -> None:
    there = cores()
    with Processes().executor(JOB, len(there)) as executor:
        assert sorted(executor.map(core_of_this, there)) == [(core,) for core in there]
    assert cores() == there
    if len(there) > 1:
        with Processes().executor(JOB, len(there) - 1) as executor:
            assert executor.submit(cores).result() == there


def run_out() -> None:
    raise MemoryError


def take_all() -> None:
    kept = []
    while True:
        kept.append(bytearray(1 << 28))


@pytest.mark.slow
@pytest.mark.parametrize(("workers", "way"), [(1, run_out), (2, take_all)])
def test_a_submission_that_takes_too_much_of_the_graders_memory_is_stopped(
    monkeypatch: pytest.MonkeyPatch, workers: int, way: Any
) -> None:
    when_grading(monkeypatch, NAMES[4], way)
    got = {judged.work.slug: judged.reports[0] for judged in graded(workers)}
    assert {name: got[name].score for name in NAMES if name != NAMES[4]} == {
        name: POINTS for name in NAMES if name != NAMES[4]
    }
    stopped = got[NAMES[4]]
    assert (stopped.score, stopped.max_score) == (0, POINTS)
    assert {exercise.status for exercise in stopped.exercises} == {"timeout"}
    assert "memory" in stopped.notes[0]


def test_memory_that_is_short_once_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    short = [True]

    def run_out_once() -> None:
        if short.pop() if short else False:
            raise MemoryError

    when_grading(monkeypatch, NAMES[0], run_out_once)
    grader = Grader(JOB)
    try:
        assert grader.grade(students()[0])[0].score == POINTS
    finally:
        grader.close()
    assert not short


def test_a_fault_of_memory_within_one_judge_is_no_fault_of_the_graders(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def judge(*_: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr("autograder.grading._judged", judge)
    grader = Grader(JOB)
    try:
        report = grader.grade(students()[0])[0]
    finally:
        grader.close()
    assert {exercise.status for exercise in report.exercises} == {"timeout"}


@pytest.mark.slow
@pytest.mark.parametrize("way", [die, leave])
def test_a_worker_that_is_killed_takes_no_other_student_with_it(
    monkeypatch: pytest.MonkeyPatch, way: Any
) -> None:
    when_grading(monkeypatch, NAMES[1], way)
    worker = Worker(JOB)
    try:
        before, killed, after = (worker.judge(student)[0] for student in students()[:3])
    finally:
        worker.close()
    assert before.score == after.score == POINTS
    assert (killed.score, killed.max_score) == (0, POINTS)
    assert {exercise.status for exercise in killed.exercises} == {"grader_fault"}


@pytest.mark.parametrize(("count", "told"), [(2, [False]), (3, [True]), (4, [True])])
def test_wrong_formulas_are_worked_out_before_a_class_and_not_for_a_few(
    count: int, told: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "A_CLASS", 3)
    asked: list[bool] = []

    class Told(Processes):
        @contextmanager
        def executor(self, job: Job, workers: int, a_class: bool = False) -> Iterator[Executor]:
            asked.append(a_class)
            with super().executor(job, workers) as executor:
                yield executor

    some = [replace(students()[0], slug=f"student{k}") for k in range(count)]
    assert [each.work.slug for each in grade_all(JOB, some, Told(1))] == [each.slug for each in some]
    assert asked == told
