"""Real attempts on the grader, at both levels, as root and as nobody: none gains a mark or does any harm, and
each is shown to have run."""

import os
import re

import pytest
from campaign import CANARY, ENVIRONMENT, HONEST, TRACES, Attempt, attempts, campaign
from ordinary_user import ROOT

from autograder.course import load_homework
from autograder.sandbox.levels import SandboxError, choose

SITUATIONS = [(level, user) for level in ("namespaces", "landlock") for user in ("root", "nobody")]
# By root each level and each user is tried once, and then in the other pairs; others have one user only.
AGAIN = [("namespaces", "root"), ("landlock", "nobody")] if os.geteuid() == 0 else []
EVERYWHERE = [
    pytest.param(
        situation,
        id="-as-".join(situation),
        marks=[
            pytest.mark.xdist_group("-".join(situation)),
            *([pytest.mark.thorough] if situation in AGAIN else []),
        ],
    )
    for situation in SITUATIONS
]
ATTEMPTS = attempts()
FULL = {each.function: each.max_score for each in load_homework("derivatives", ROOT).exercises}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def graded(request):
    level, user = request.param
    if user == "root" and os.geteuid() != 0:
        pytest.skip("only root can grade as root")
    try:
        choose(level)
    except SandboxError as error:
        pytest.skip(f"level {level} cannot be had here: {error}")
    with campaign(level, user) as made:
        yield made


def words(report):
    """All that a student would read."""
    messages = [verdict.message for exercise in report.exercises for verdict in exercise.verdicts]
    return "\n".join([report.output, *messages, *report.notes])


@pytest.mark.parametrize("graded", EVERYWHERE, indirect=True)
@pytest.mark.parametrize("attempt", ATTEMPTS, ids=str)
def test_an_attempt_runs_and_gains_nothing(graded, attempt: Attempt):
    report = graded.reports[attempt.name]
    scores = {exercise.name: exercise.score for exercise in report.exercises}
    judged = {exercise.name: exercise for exercise in report.exercises}
    text = words(report)
    assert "grader_fault" not in {exercise.status for exercise in report.exercises}
    assert report.max_score == sum(FULL.values())
    for name in attempt.loses:
        assert scores[name] == 0, judged[name]
    if not attempt.anything:
        assert {name: score for name, score in scores.items() if name not in attempt.loses} == {
            name: points for name, points in FULL.items() if name not in attempt.loses
        }
    victim = judged[(attempt.loses or ("dL_db",))[0]]
    assert re.fullmatch(attempt.status, victim.status), victim
    assert re.search(attempt.says, text), text
    assert re.search(attempt.proof, text, re.MULTILINE), text
    assert not re.search(attempt.never, text, re.MULTILINE), text


@pytest.mark.parametrize("graded", EVERYWHERE, indirect=True)
def test_nobody_else_is_affected(graded):
    for name in HONEST:
        report = graded.reports[name]
        assert {exercise.name: exercise.score for exercise in report.exercises} == FULL
        assert not report.notes
        assert not report.output
    assert graded.returncode == 0, graded.said
    assert "Traceback" not in graded.said
    assert len(graded.reports) == len(ATTEMPTS) + len(HONEST)
    assert {report.sandbox for report in graded.reports.values()} == {graded.level}


@pytest.mark.parametrize("graded", EVERYWHERE, indirect=True)
def test_nothing_was_read_written_called_or_left(graded):
    assert (graded.place / "canary").read_text() == CANARY
    assert graded.knocks == []
    assert [trace for trace in TRACES if os.path.lexists(trace)] == []
    assert graded.left_alive() == []
    honest = (graded.place / "submissions" / "honest.py").read_text()
    assert all((graded.place / "submissions" / f"{name}.py").read_text() == honest for name in HONEST)
    secret = (graded.place / "course" / ".autograder" / "secret").read_bytes()
    for path, data in graded.written():
        for word in (CANARY.encode(), ENVIRONMENT.encode(), secret, secret.hex().encode(), b"root:x:0:0"):
            assert word not in data, path


def test_there_are_many_attempts_and_each_says_what_it_does():
    assert len(ATTEMPTS) >= 80
    assert len({attempt.does for attempt in ATTEMPTS}) == len(ATTEMPTS)
