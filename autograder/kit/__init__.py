"""Checks your functions while you write them: numbers beside numbers, and what the difference looks like.

In the notebook ``checks.check("mse_gradient")`` prints what it sees; in a terminal ``pytest`` does the same.
The inputs stand in ``examples.json``; the first of each exercise is the worked example of its docstring.
"""

from autograder.kit.editions import edition
from autograder.kit.experiments import waiting_for
from autograder.kit.guesses import guess
from autograder.kit.judging import LAST_LINE, check, judge
from autograder.kit.published import exercises
from autograder.kit.slopes import numerical_gradient
from autograder.kit.summary import summary

__all__ = [
    "LAST_LINE",
    "check",
    "edition",
    "exercises",
    "guess",
    "judge",
    "numerical_gradient",
    "summary",
    "waiting_for",
]
