"""Real attempts on the judges that call back, or decode what a student did: none gains anything, and each is
shown to have run."""

import re

import msgspec
import pytest
from campaign import Attempt, attempts, right
from ordinary_user import ROOT

from autograder.course import load_homework
from autograder.grader import Grader, Job, Work
from autograder.report import is_written
from autograder.sandbox.host import Limits
from autograder.submission import read

HOMEWORKS = ("sgd", "neural_network", "gradient_descent")
ATTEMPTS = [attempt for homework in HOMEWORKS for attempt in attempts(homework)]
FULL = {
    name: {exercise.function: exercise.max_score for exercise in load_homework(name, ROOT).exercises}
    for name in HOMEWORKS
}


@pytest.fixture(scope="module")
def graders():
    limits = Limits(call_seconds=0.5, patience=4.0)
    made = {name: Grader(Job(name, ROOT, limits=limits)) for name in HOMEWORKS}
    yield made
    for grader in made.values():
        grader.close()


def graded(graders, homework, text, name):
    submission = read(text.encode(), name, "Eve")
    (report,) = graders[homework].grade(Work("eve", (submission,), b"for tests only"))
    functions = [exercise for exercise in report.exercises if not is_written(exercise)]
    points = float(sum(exercise.max_score for exercise in functions))
    return msgspec.structs.replace(report, exercises=functions, max_score=points)


@pytest.mark.slow
@pytest.mark.parametrize("attempt", ATTEMPTS, ids=str)
def test_an_attempt_runs_and_gains_nothing(graders, attempt: Attempt):
    report = graded(graders, attempt.homework, attempt.handed_in({}), attempt.path.name)
    full = FULL[attempt.homework]
    scores = {exercise.name: exercise.score for exercise in report.exercises}
    status = {exercise.name: exercise.status for exercise in report.exercises}
    messages = [verdict.message for exercise in report.exercises for verdict in exercise.verdicts]
    text = "\n".join([report.output, *messages, *report.notes])
    assert "grader_fault" not in status.values()
    assert report.max_score == sum(full.values())
    for name, score in scores.items():
        if name in attempt.loses:
            assert score == 0, text
        elif name in attempt.most:
            assert score <= attempt.most[name] < full[name], text
        elif not attempt.anything:
            assert score == full[name], text
    assert re.fullmatch(attempt.status, status[(*attempt.loses, *attempt.most)[0]]), text
    assert re.search(attempt.says, text), text
    assert re.search(attempt.proof, text, re.MULTILINE), text
    assert not re.search(attempt.never, text, re.MULTILINE), text


@pytest.mark.parametrize("homework", HOMEWORKS)
def test_what_is_right_loses_nothing(graders, homework):
    report = graded(graders, homework, right(homework), "right.py")
    assert {exercise.name: exercise.score for exercise in report.exercises} == FULL[homework]


def test_each_says_what_it_does():
    assert len(ATTEMPTS) >= 20
    assert len({attempt.does for attempt in ATTEMPTS}) == len(ATTEMPTS)
