"""Checks your functions while you write them: numbers beside numbers, and what the difference looks like.

In the notebook ``checks.check("mse_gradient")`` prints what it sees; in a terminal ``pytest`` does the same.
The inputs stand in ``examples.json``; the first of each exercise is the worked example of its docstring.
"""

from .editions import edition
from .experiments import waiting_for
from .guesses import guess
from .judging import LAST_LINE, check, judge
from .published import exercises
from .slopes import numerical_gradient
from .summary import summary

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
