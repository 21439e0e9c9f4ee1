"""The checks of gradient_descent, one test an exercise. Run: python -m pytest"""

import checks
import gradient_descent


def test_directional_derivative():
    checks.verify("directional_derivative", gradient_descent)


def test_steepest_ascent_direction():
    checks.verify("steepest_ascent_direction", gradient_descent)


def test_steepest_descent_direction():
    checks.verify("steepest_descent_direction", gradient_descent)


def test_minimum_norm_solution():
    checks.verify("minimum_norm_solution", gradient_descent)


def test_predicted_change():
    checks.verify("predicted_change", gradient_descent)


def test_gradient_step():
    checks.verify("gradient_step", gradient_descent)


def test_gradient_descent():
    checks.verify("gradient_descent", gradient_descent)


def test_zero_one_loss():
    checks.verify("zero_one_loss", gradient_descent)
