"""A mark that the grader could not finish is shown as such: in the table, below it, and in the CSV."""

import csv
import io
from pathlib import Path

from rich.console import Console

from autograder import showing
from autograder.course import load_homework
from autograder.gradebook import faults_of, row_of, table_lines
from autograder.ledger import outline_of
from autograder.report import ExerciseReport, Report

SGD = load_homework("sgd", Path(__file__).parents[2])


def report(student, failed):
    """All points but for the exercises that were not judged."""
    exercises = [
        ExerciseReport(e.function, 0.0, e.max_score, "grader_fault", [])
        if e.function in failed
        else ExerciseReport(e.function, e.max_score, e.max_score, "passed", [])
        for e in SGD.exercises
    ]
    score = sum(e.score for e in exercises)
    return Report("sgd", student, score, SGD.max_score, "full", exercises, source="x.py", submission="1")


REPORTS = [report("ada", ()), report("bo", ("train",)), report("cy", [e.function for e in SGD.exercises])]


def test_the_table_and_the_lines_below_it_say_what_is_not_judged():
    console = Console(file=io.StringIO(), width=200, color_system=None)
    rows = [row_of(each) for each in REPORTS]
    showing.show(console, outline_of(SGD), showing.seen(rows))
    showing.show_what_is_not_graded(console, showing.seen(rows))
    said = console.file.getvalue()
    assert said.count("not judged") == 1 + len(SGD.exercises)
    assert "Not judged completely:" in said
    assert "bo: grader fault. Not judged: train, as the grader failed there. Grade it again." in said
    assert "Nothing to grade" not in said
    assert "ada:" not in said


def test_the_points_that_were_not_judged_stay_in_the_maximum_of_the_csv():
    head, *rows = csv.reader(table_lines(outline_of(SGD), map(row_of, REPORTS)))
    found = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert {row["max_score"] for row in found.values()} == {"37"}
    assert [found[name]["status"] for name in ("ada", "bo", "cy")] == [
        "graded",
        "grader fault",
        "grader fault",
    ]
    assert (found["ada"]["train"], found["bo"]["train"]) == ("6", "")
    assert (found["bo"]["score"], found["cy"]["score"]) == ("28", "0")


def test_faults_are_told_by_the_names_of_the_exercises():
    assert [faults_of(each) for each in REPORTS[:2]] == [[], ["train"]]
