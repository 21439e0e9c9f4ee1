# The types of what `__init__.py` loads when it is asked for; `tests/test_package.py` compares the two.

from autograder import rules
from autograder.errors import AutograderError, HomeworkError
from autograder.homework import Curve, Exercise, Guess, Homework, Probe, WrittenAnswer, constant_factors
from autograder.judging.misconception import Misconception
from autograder.rules.values import experiments, mistakes, probes
from autograder.rules.values.valley import Valley
from symbolic_checks import computed, lecture
from symbolic_checks.language import (
    Argument,
    ConstrainedProblem,
    Definition,
    Index,
    LineProblem,
    Model,
    RateProblem,
    Sigma,
    total,
)
from symbolic_checks.reference import (
    Reference,
    change,
    function,
    gradient,
    maximiser,
    minimiser,
    partial,
    rate,
    slope,
    value,
)

__all__ = [
    "Argument",
    "AutograderError",
    "ConstrainedProblem",
    "Curve",
    "Definition",
    "Exercise",
    "Guess",
    "Homework",
    "HomeworkError",
    "Index",
    "LineProblem",
    "Misconception",
    "Model",
    "Probe",
    "RateProblem",
    "Reference",
    "Sigma",
    "Valley",
    "WrittenAnswer",
    "change",
    "computed",
    "constant_factors",
    "experiments",
    "function",
    "gradient",
    "lecture",
    "maximiser",
    "minimiser",
    "mistakes",
    "partial",
    "probes",
    "rate",
    "rules",
    "slope",
    "total",
    "value",
]
