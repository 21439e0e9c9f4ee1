"""What a submission takes for chance is the same whenever it is graded, and another in each process."""

import pytest

from autograder.sandbox.host import Code, Sandbox, Session
from autograder.sandbox.outcomes import Returned

SOURCE = """
import os, random, secrets, uuid
import numpy as np
from numpy.random import default_rng
from random import seed

DRAWS = {
    "random.random": random.random,
    "random.shuffle": lambda: random.sample(range(1000), 5),
    "random.Random()": lambda: random.Random().random(),
    "random.Random(None)": lambda: random.Random(None).random(),
    "random.SystemRandom": lambda: random.SystemRandom().random(),
    "random.seed()": lambda: (random.seed(), random.random()),
    "seed()": lambda: (seed(), random.random()),
    "np.random.rand": np.random.rand,
    "np.random.seed()": lambda: (np.random.seed(), np.random.rand()),
    "np.random.RandomState": lambda: np.random.RandomState().rand(),
    "default_rng": lambda: default_rng().random(),
    "SeedSequence": lambda: np.random.SeedSequence().entropy,
    "MT19937": lambda: np.random.Generator(np.random.MT19937()).random(),
    "Philox": lambda: np.random.Generator(np.random.Philox()).random(),
    "SFC64": lambda: np.random.Generator(np.random.SFC64()).random(),
    "os.urandom": lambda: os.urandom(8),
    "uuid4": uuid.uuid4,
    "secrets.token_hex": lambda: secrets.token_hex(8),
    "secrets.randbits": lambda: secrets.randbits(64),
    "set": lambda: list({f"name{k}" for k in range(20)}),
}
def draw(name):
    return str(DRAWS[name]())
while_loading = str(random.random())
def loaded():
    return while_loading
"""
NAMES = [line.split('"')[1] for line in SOURCE.splitlines() if line.startswith('    "')]
# Of texts in a set the order is one for all: the processes are forks of one interpreter.
ONE_FOR_ALL = {"set"}


def drawn(session: Session) -> dict[str, object]:
    outcomes = session.call("draw", [(name,) for name in NAMES])
    (loaded,) = session.call("loaded", [()])
    values = [outcome.value for outcome in (*outcomes, loaded) if isinstance(outcome, Returned)]
    assert len(values) == len(NAMES) + 1
    return dict(zip([*NAMES, "while loading"], values, strict=True))


def seeded(seed: int) -> list[dict[str, object]]:
    """What a process draws, and what the next one does."""
    with Sandbox() as sandbox, sandbox.session(Code((SOURCE,), seed=seed)) as session:
        first = drawn(session)
        session.restart()
        return [first, drawn(session)]


@pytest.fixture(scope="module")
def runs() -> list[list[dict[str, object]]]:
    return [seeded(7), seeded(7), seeded(1 << 40)]


def test_the_same_seed_gives_the_same(runs: list[list[dict[str, object]]]) -> None:
    assert runs[0] == runs[1]


def test_another_process_and_another_seed_give_something_else(runs: list[list[dict[str, object]]]) -> None:
    for one, two in ((runs[0][0], runs[0][1]), (runs[0][0], runs[2][0])):
        assert {name for name in one if one[name] == two[name]} == ONE_FOR_ALL
