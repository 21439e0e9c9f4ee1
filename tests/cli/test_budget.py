"""The referee's own budget: time is shared among a student's files, reports and logs have an end."""

import contextlib
import logging
import time

import msgspec
import pytest

from autograder import budget
from autograder.budget import Allowance, SpentError, bounded, few_lines, processor_seconds
from autograder.report import CellError, Curves, Example, ExerciseReport, Formula, Report, Verdict, to_json


def report(**changes: object) -> Report:
    verdict = Verdict("a", 1.0, 2.0, "fine", example=Example("f(1)", "2"))
    made = Report(
        "h", "s", 1.0, 2.0, "none", [ExerciseReport("f", 1.0, 2.0, "partial", [verdict])], ["a note"]
    )
    return msgspec.structs.replace(made, **changes)


def with_verdict(**about: object) -> Report:
    verdict = msgspec.structs.replace(Verdict("a", 1.0, 2.0, "fine"), **about)
    return report(exercises=[ExerciseReport("f", 1.0, 2.0, "partial", [verdict] * 40)])


LONG = "x" * 2_000_000
TOO_LONG = {
    "notes": report(notes=["a note of ordinary length"] * 20_000),
    "one note": report(notes=[LONG]),
    "output": report(output=LONG),
    "errors": report(errors=[CellError(1, 1, LONG)] * 50),
    "a source": report(source=LONG),
    "messages": with_verdict(message=LONG),
    "misconceptions": with_verdict(misconception=LONG),
    "examples": with_verdict(example=Example(LONG, LONG, LONG)),
    "formulas": with_verdict(formula=Formula(LONG, LONG, LONG, LONG, LONG)),
    "curves": with_verdict(curves=Curves("t", [0.123456789] * 15_000, [1.0])),
    "many curves": with_verdict(curves=Curves("t", [0.123456789] * 150_000, [1.0])),
    "no characters": report(output="\ud800" * 1_000_000),
}


@pytest.mark.parametrize("name", TOO_LONG)
def test_no_report_is_longer_than_anybody_reads(name: str) -> None:
    made = bounded(TOO_LONG[name])
    assert len(budget.to_json_safely(made)) <= budget.MAX_REPORT
    assert (made.score, made.max_score) == (1.0, 2.0)
    assert [v.score for e in made.exercises for v in e.verdicts] == [
        v.score for e in TOO_LONG[name].exercises for v in e.verdicts
    ]


def test_what_is_left_out_is_said() -> None:
    assert bounded(TOO_LONG["notes"]).notes[-1] == "19,940 more notes are left out."
    assert bounded(TOO_LONG["one note"]).notes[0].endswith("… (1,996,000 characters more)")
    assert "examples and curves are left out" in bounded(TOO_LONG["curves"]).notes[-1]


def test_an_ordinary_report_stays_as_it_is() -> None:
    assert to_json(bounded(report())) == to_json(report())


@pytest.mark.parametrize("catching", [(), (Exception,)])
def test_processor_time_ends_whatever_runs(catching: tuple[type[Exception], ...]) -> None:
    def work() -> None:
        with processor_seconds(0.02):
            while True:
                with contextlib.suppress(*catching):
                    sum(range(1000))

    with pytest.raises(SpentError):
        work()


def test_time_that_is_not_used_up_changes_nothing() -> None:
    with processor_seconds(100.0):
        made = 1 + 1
    assert made == 2


def test_files_share_the_time_and_the_last_has_all_that_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    allowance = Allowance(4, 100.0, 80.0)
    assert allowance.deadline() == 1020
    now = 1020.0  # the first slept for all its share
    with allowance.next_file():
        pass
    assert allowance.deadline() == 1020 + 60 / 3
    now = 1021.0
    for _ in range(2):
        with allowance.next_file():
            pass
    assert allowance.deadline() == 1080


def test_each_fault_is_logged_once_and_few_lines_in_all(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("autograder.a_part_of_it")

    def fail(divisor: int) -> None:
        try:
            print(1 / divisor, [][0])
        except Exception:
            log.exception("the grader failed")

    with few_lines():
        for k in range(364):
            fail(k % 2)
        for k in range(100):
            log.warning("line %d", k)
    assert sum(bool(record.exc_info) for record in caplog.records) == 2
    assert len(caplog.records) <= budget.MAX_LINES
    caplog.clear()
    with few_lines():  # the next student's
        fail(0)
    assert len(caplog.records) == 1
