"""The kit and the grade agree: no right file is called wrong, no point is promised that the grade takes."""

import contextlib
import io
import json
import os
import signal
import sys
from pathlib import Path

import pytest
from styles import RIGHT

from autograder.kit import judging
from autograder.kit.trial import Trial

sys.path.insert(0, str(Path(__file__).parents[1] / "judging"))
from trying import ROOT, exercise, variants

HOMEWORKS = sorted(path.name for path in (ROOT / "tests/judging/submissions").iterdir() if path.is_dir())
# It stops the kit at a start of integers, which to the kit is a special input.
SPECIAL_TO_THE_KIT = {"central_difference_gradient-unsigned"}


def seen(variant, seconds=20):
    """The earned checks and the problem, found in a process of its own that is ended after a while."""
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        found = None
        try:
            os.close(reading)
            signal.alarm(seconds)
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                namespace = {}
                exec(compile(variant.source, str(variant), "exec"), namespace)
                name = variant.exercise
                trial = Trial(name, {**RIGHT, name: namespace[name]})
                problem = judging._problem(trial)
            found = [
                sorted(trial.earned),
                None if problem is None else f"{problem.__class__.__name__}: {problem}",
            ]
        finally:
            os.write(writing, json.dumps(found).encode())
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        text = pipe.read()
    os.waitpid(process, 0)
    return json.loads(text) if text else [[], "no end"]


@pytest.mark.slow
@pytest.mark.parametrize("homework", HOMEWORKS)
def test_the_kit_calls_every_right_file_right(exercises, homework):
    found = {str(each): seen(each)[1] for each in variants("right") if each.homework == homework}
    assert len(found) > 30
    assert {name: problem for name, problem in found.items() if problem} == {}


@pytest.mark.thorough
@pytest.mark.parametrize("homework", HOMEWORKS)
def test_the_kit_promises_no_point_that_the_grade_takes(exercises, homework):
    promised, told = {}, 0
    for each in variants("wrong"):
        if each.homework != homework or str(each) in SPECIAL_TO_THE_KIT:
            continue
        earned, problem = seen(each, seconds=5)
        told += bool(earned)
        lost = each.loses or set(exercise(each).points)
        if problem and lost & set(earned):
            promised[str(each)] = sorted(lost & set(earned))
    assert told > 10
    assert promised == {}
