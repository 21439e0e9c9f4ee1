"""The checks of derivatives, one test an exercise. Run: python -m pytest"""

import checks
import derivatives


def test_predict():
    checks.verify("predict", derivatives)


def test_dL_dw1():
    checks.verify("dL_dw1", derivatives)


def test_dL_dw2():
    checks.verify("dL_dw2", derivatives)


def test_dL_db():
    checks.verify("dL_db", derivatives)


def test_mse_loss():
    checks.verify("mse_loss", derivatives)


def test_mse_gradient():
    checks.verify("mse_gradient", derivatives)


def test_sigmoid():
    checks.verify("sigmoid", derivatives)


def test_sigmoid_derivative():
    checks.verify("sigmoid_derivative", derivatives)


def test_neuron_gradient():
    checks.verify("neuron_gradient", derivatives)
