"""Tests that share something slow run in one process, so that it is made once."""

from collections import defaultdict

import pytest
from hypothesis import HealthCheck, settings

# No test is about time: on a busy machine an example takes as long as it takes.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

collect_ignore_glob = ["*/conftest.py"]  # no doctests in them, and their names are all one

# Where more tests than this share something, both processes have enough to do when each makes its own.
_MANY = 40


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items):
    modules = defaultdict(list)
    for item in items:
        if item.get_closest_marker("slow") is None or item.get_closest_marker("xdist_group") is not None:
            continue
        if any(
            definition.scope == "module" and not definition.params
            for definitions in item._fixtureinfo.name2fixturedefs.values()
            for definition in definitions
        ):
            modules[item.nodeid.partition("::")[0]].append(item)
    for module, sharing in modules.items():
        if len(sharing) <= _MANY:
            for item in sharing:
                item.add_marker(pytest.mark.xdist_group(module))
