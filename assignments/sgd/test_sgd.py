"""The checks of sgd, one test an exercise. Run: python -m pytest"""

import checks
import sgd


def test_minibatches():
    checks.verify("minibatches", sgd)


def test_sgd_epoch():
    checks.verify("sgd_epoch", sgd)


def test_train():
    checks.verify("train", sgd)


def test_gradient_noise():
    checks.verify("gradient_noise", sgd)


def test_ridge_gradient():
    checks.verify("ridge_gradient", sgd)
