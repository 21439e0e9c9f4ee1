"""The checks of gradient_descent, one test an exercise. Run: python -m pytest"""

import checks
import gradient_descent


def test_steepest_ascent_direction():
    checks.verify("steepest_ascent_direction", gradient_descent)


def test_steepest_descent_direction():
    checks.verify("steepest_descent_direction", gradient_descent)


def test_gradient_descent():
    checks.verify("gradient_descent", gradient_descent)
