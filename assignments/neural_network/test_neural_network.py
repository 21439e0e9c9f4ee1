"""The checks of neural_network, one test an exercise. Run: python -m pytest"""

import checks
import neural_network


def test_mlp_forward():
    checks.verify("mlp_forward", neural_network)


def test_mlp_gradient():
    checks.verify("mlp_gradient", neural_network)


def test_momentum_step():
    checks.verify("momentum_step", neural_network)


def test_adam_step():
    checks.verify("adam_step", neural_network)


def test_train_validation_test_split():
    checks.verify("train_validation_test_split", neural_network)


def test_choose_lambda():
    checks.verify("choose_lambda", neural_network)
