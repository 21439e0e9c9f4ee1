"""Autograded homework: what a rubric needs.

>>> from autograder import Exercise, Homework, gradient, probes, rules, value

A loss of your own is written with `Model`, `Definition`, `Argument`, `Index` and `total`; a reference that is
not derived is a `function`. A rule of your own takes what it is made of from `autograder.judging`, its check
from `autograder.kit`.
"""

from __future__ import annotations

import importlib
from typing import Any

# Where each name comes from; it is loaded when it is asked for. Type checkers read `__init__.pyi` instead.
_HOMES = {
    "Curve": "autograder.homework",
    "Exercise": "autograder.homework",
    "Guess": "autograder.homework",
    "Homework": "autograder.homework",
    "WrittenAnswer": "autograder.homework",
    "constant_factors": "autograder.homework",
    "Misconception": "autograder.judging.misconception",
    "Probe": "autograder.homework",
    "AutograderError": "autograder.errors",
    "HomeworkError": "autograder.errors",
    "Valley": "autograder.rules.values.valley",
    "Argument": "symbolic_checks.language",
    "ConstrainedProblem": "symbolic_checks.language",
    "Definition": "symbolic_checks.language",
    "Index": "symbolic_checks.language",
    "LineProblem": "symbolic_checks.language",
    "Model": "symbolic_checks.language",
    "RateProblem": "symbolic_checks.language",
    "Reference": "symbolic_checks.reference",
    "Sigma": "symbolic_checks.language",
    "total": "symbolic_checks.language",
    "change": "symbolic_checks.reference",
    "function": "symbolic_checks.reference",
    "gradient": "symbolic_checks.reference",
    "maximiser": "symbolic_checks.reference",
    "minimiser": "symbolic_checks.reference",
    "partial": "symbolic_checks.reference",
    "rate": "symbolic_checks.reference",
    "slope": "symbolic_checks.reference",
    "value": "symbolic_checks.reference",
}
_MODULES = {
    "computed": "symbolic_checks.computed",
    "experiments": "autograder.rules.values.experiments",
    "lecture": "symbolic_checks.lecture",
    "mistakes": "autograder.rules.values.mistakes",
    "probes": "autograder.rules.values.probes",
    "rules": "autograder.rules",
}

__all__ = [*_HOMES, *_MODULES]


def __getattr__(name: str) -> Any:
    """What a rubric asks for, so that nothing else is loaded."""
    if name in _MODULES:
        return importlib.import_module(_MODULES[name])
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
