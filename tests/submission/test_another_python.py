"""Patterns read a text alike in every Python of this version: releases before 3.11.5 repeat some wrongly."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = r"""
import io, json, random, sys
sys.path[:0] = json.loads(sys.argv[1])
from autograder.sandbox.inside.magics import translated
from autograder.similar.fingerprints import words
from autograder.submission.slimming import slim
PARTS = ['"', "'", '"' * 3, "'" * 3, "\\", "\n", " ", "#", "a", ",", "(", ")", "{", "}", "[", "]", "%time "]
PARTS += ['"outputs": ', '"source": ']
draw = random.Random(3)
seen = []
for _ in range(3000):
    text = "".join(draw.choices(PARTS, k=draw.randint(0, 14)))
    left = slim(io.BytesIO(text.encode()).read, 1000).decode()
    seen.append([text, left, [*words(text)], translated(text).text])
print(json.dumps(seen))
"""


def others():
    """Pythons of this version, and of another release, that the system has."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for place in dict.fromkeys((f"/usr/bin/{version}", f"/usr/local/bin/{version}", shutil.which(version))):
        if place and Path(place).exists() and Path(place).resolve() != Path(sys.executable).resolve():
            yield place


def read_by(python):
    places = json.dumps([str(ROOT), str(Path(np.__file__).parents[1])])
    done = subprocess.run(
        [python, "-B", "-c", PROGRAM, places], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_text_is_read_alike():
    if not (found := list(others())):
        pytest.skip("the system has no other Python of this version")
    here = read_by(sys.executable)
    assert len({json.dumps(each[1:]) for each in here}) > 1000
    for python in found:
        assert [pair for pair in zip(read_by(python), here, strict=True) if pair[0] != pair[1]] == []
