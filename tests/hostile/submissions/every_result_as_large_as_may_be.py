"""Every function returns arrays of megabytes at every call: the grader would keep gigabytes."""

# loses: predict, mse_loss, dL_dw1, dL_dw2, dL_db, mse_gradient, sigmoid, sigmoid_derivative, neuron_gradient
# status: failed|error
# proof: megabytes

import numpy as np

LARGE = np.zeros(500_000)
print("megabytes")


def predict(*_):
    return LARGE


dL_dw1 = dL_dw2 = dL_db = mse_loss = mse_gradient = sigmoid = sigmoid_derivative = neuron_gradient = predict
