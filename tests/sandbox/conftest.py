"""Sandboxes at every level that this machine has."""

from collections.abc import Iterator

import pytest

from autograder.sandbox import levels
from autograder.sandbox.host import Limits, Sandbox

# A loop is stopped soon; a machine that is busy with other tests may take its time.
LIMITS = Limits(call_seconds=0.3, patience=30.0)


def open_sandbox(level: str, limits: Limits = LIMITS) -> Sandbox:
    try:
        return Sandbox(level, limits)
    except levels.SandboxError as error:
        pytest.skip(f"level {level} cannot be had here: {error}")


@pytest.fixture(scope="module", params=["namespaces", "landlock"])
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """At each level that keeps strangers in."""
    with open_sandbox(request.param) as sandbox:
        yield sandbox


@pytest.fixture(scope="module", params=["namespaces", "landlock", "none"])
def any_sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """At every level, the one without walls included."""
    with open_sandbox(request.param) as sandbox:
        yield sandbox
