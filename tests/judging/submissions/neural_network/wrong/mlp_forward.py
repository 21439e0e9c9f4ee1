import numpy as np


def _sigmoid(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))


# named: without_sigma_in_a
def linear(X, W1, b1, w2, b2):
    return (X @ W1 + b1) @ w2 + b2


# named: sigma_added
def output_squashed(X, W1, b1, w2, b2):
    return _sigmoid(_sigmoid(X @ W1 + b1) @ w2 + b2)


# named: without_sigma_in_a+sigma_added
def only_output_squashed(X, W1, b1, w2, b2):
    return _sigmoid((X @ W1 + b1) @ w2 + b2)


# named: tanh_in_a
def tanh(X, W1, b1, w2, b2):
    return np.tanh(X @ W1 + b1) @ w2 + b2


# named: relu_in_a
def relu(X, W1, b1, w2, b2):
    return np.maximum(0, X @ W1 + b1) @ w2 + b2


# named: softmax
def softmax(X, W1, b1, w2, b2):
    e = np.exp(X @ W1 + b1)
    return e / e.sum(axis=1, keepdims=True) @ w2 + b2


# named: sigma_mirrored_in_a
def exponent_without_minus(X, W1, b1, w2, b2):
    return 1 / (1 + np.exp(X @ W1 + b1)) @ w2 + b2


# named: step_in_a
def step(X, W1, b1, w2, b2):
    return (X @ W1 + b1 >= 0) @ w2 + b2


# named: bias_after_sigma
def bias_after_sigma(X, W1, b1, w2, b2):
    return (_sigmoid(X @ W1) + b1) @ w2 + b2


# named: without_b1_in_z
def hidden_bias_left_out(X, W1, b1, w2, b2):
    return _sigmoid(X @ W1) @ w2 + b2


# named: without_b2
def output_bias_left_out(X, W1, b1, w2, b2):
    return _sigmoid(X @ W1 + b1) @ w2


# named: sign_of_b1_in_z
def hidden_bias_subtracted(X, W1, b1, w2, b2):
    return _sigmoid(X @ W1 - b1) @ w2 + b2


# named: output_bias_for_each_unit
def output_bias_twice(X, W1, b1, w2, b2):
    hidden = _sigmoid(X @ W1 + b1)
    return np.array([sum(a * w + b2 for a, w in zip(row, w2)) for row in hidden])


# named: output_bias_before_weights
def output_bias_before_weights(X, W1, b1, w2, b2):
    return (_sigmoid(X @ W1 + b1) + b2) @ w2


# named: with_first_of_b1
def biases_of_one_unit(X, W1, b1, w2, b2):
    return _sigmoid(X @ W1 + b1[0]) @ w2 + b2


# named: factor_w2_missing
def output_weights_left_out(X, W1, b1, w2, b2):
    return _sigmoid(X @ W1 + b1).sum(axis=1) + b2


# named: mean_over_k
def mean_over_units(X, W1, b1, w2, b2):
    return (_sigmoid(X @ W1 + b1) * w2).mean(axis=1) + b2


# named: sigma_after_weights
def sigma_after_weights(X, W1, b1, w2, b2):
    return _sigmoid((X @ W1 + b1) * w2).sum(axis=1) + b2


# named: slope_for_sigma_in_a
def slope_for_sigma(X, W1, b1, w2, b2):
    s = _sigmoid(X @ W1 + b1)
    return (s * (1 - s)) @ w2 + b2


# named: sign
def sign(X, W1, b1, w2, b2):
    return -(_sigmoid(X @ W1 + b1) @ w2 + b2)


def transposed_weights(X, W1, b1, w2, b2):
    return _sigmoid(X @ W1.T + b1) @ w2 + b2


def elementwise_product(X, W1, b1, w2, b2):
    return _sigmoid(X * W1 + b1) @ w2 + b2


# named: weights_reshaped
def weights_reshaped_for_transposed(X, W1, b1, w2, b2):
    return _sigmoid(X @ W1.reshape(W1.shape[1], W1.shape[0]).T + b1) @ w2 + b2


def unit_outputs(X, W1, b1, w2, b2):
    return _sigmoid(X @ W1 + b1)


def unit_outputs_weighted(X, W1, b1, w2, b2):
    return _sigmoid(X @ W1 + b1) * w2 + b2


def summed_over_examples(X, W1, b1, w2, b2):
    return (_sigmoid(X @ W1 + b1) @ w2 + b2).sum()


def first_example(X, W1, b1, w2, b2):
    return _sigmoid(X[0] @ W1 + b1) @ w2 + b2


# named: last_example_for_all
def last_example_only(X, W1, b1, w2, b2):
    for x in X:
        y_hat = _sigmoid(x @ W1 + b1) @ w2 + b2
    return np.full(len(X), y_hat)


def every_prediction_an_array(X, W1, b1, w2, b2):
    y_hat = _sigmoid(X @ W1 + b1) @ w2[:, np.newaxis] + b2
    return y_hat + np.zeros(len(X))


# named: with_last_left_out_of_w2
def last_unit_left_out(X, W1, b1, w2, b2):
    y_hat = np.full(len(X), float(b2))
    for k in range(len(w2) - 1):
        y_hat += w2[k] * _sigmoid(X @ W1[:, k] + b1[k])
    return y_hat


def two_units(X, W1, b1, w2, b2):
    first = _sigmoid(X @ W1[:, 0] + b1[0])
    second = _sigmoid(X @ W1[:, 1] + b1[1])
    return w2[0] * first + w2[1] * second + b2


def three_examples(X, W1, b1, w2, b2):
    return np.array([_sigmoid(X[i] @ W1 + b1) @ w2 + b2 for i in range(3)])


def worked_example(X, W1, b1, w2, b2):
    return np.array([2.0, 1.5, 2.5])


# named: rounded_4
def rounded(X, W1, b1, w2, b2):
    return np.round(_sigmoid(X @ W1 + b1) @ w2 + b2, 4)


# named: single_precision
def single_precision(X, W1, b1, w2, b2):
    X, W1, b1, w2 = (each.astype(np.float32) for each in (X, W1, b1, w2))
    return _sigmoid(X @ W1 + b1) @ w2 + np.float32(b2)


# named: only_zeros_and_ones
def classes(X, W1, b1, w2, b2):
    return (_sigmoid(X @ W1 + b1) @ w2 + b2 >= 0.5).astype(int)


def hidden_too(X, W1, b1, w2, b2):
    hidden = _sigmoid(X @ W1 + b1)
    return hidden @ w2 + b2, hidden


# named: b1_and_w2_exchanged
def arguments_of_another_order(X, W1, w2, b1, b2):
    return _sigmoid(X @ W1 + b1) @ w2 + b2


def targets_asked_for(X, y, W1, b1, w2, b2):
    return _sigmoid(X @ W1 + b1) @ w2 + b2


def printed(X, W1, b1, w2, b2):
    print(_sigmoid(X @ W1 + b1) @ w2 + b2)


def lazy(X, W1, b1, w2, b2):
    return (_sigmoid(x @ W1 + b1) @ w2 + b2 for x in X)


def stub(X, W1, b1, w2, b2):
    raise NotImplementedError


def inputs_back(X, W1, b1, w2, b2):
    return X


# named: always_zero
def zeros(X, W1, b1, w2, b2):
    return np.zeros(len(X))


# loses: edges, form
# named: refused
def squeezed_inputs(X, W1, b1, w2, b2):
    return _sigmoid(np.squeeze(X) @ np.squeeze(W1) + b1) @ w2 + b2


# loses: edges
# named: refused
def squeezed_weights(X, W1, b1, w2, b2):
    return _sigmoid(X @ np.squeeze(W1) + b1) @ w2 + b2


# loses: edges, form
# named: refused
def squeezed_units(X, W1, b1, w2, b2):
    hidden = _sigmoid(X @ W1 + b1).squeeze()
    return hidden @ w2 + b2


# loses: edges
def buffer_like_the_weights(X, W1, b1, w2, b2):
    hidden = np.zeros_like(W1, shape=(len(X), len(w2)))
    for i in range(len(X)):
        hidden[i] = _sigmoid(X[i] @ W1 + b1)
    return hidden @ w2 + b2


# loses: edges
def added_in_place_to_whole_numbers(X, W1, b1, w2, b2):
    y_hat = np.full(len(X), b2)
    for k in range(len(w2)):
        y_hat += w2[k] * _sigmoid(X @ W1[:, k] + b1[k])
    return y_hat


# loses: form
def column(X, W1, b1, w2, b2):
    return _sigmoid(X @ W1 + b1) @ w2.reshape(-1, 1) + b2


# loses: form
def row(X, W1, b1, w2, b2):
    return w2.reshape(1, -1) @ _sigmoid(X @ W1 + b1).T + b2


# loses: form
def list_of_arrays(X, W1, b1, w2, b2):
    return [_sigmoid(x[None] @ W1 + b1) @ w2 + b2 for x in X]


# loses: form
def number_for_one_example(X, W1, b1, w2, b2):
    return np.squeeze(_sigmoid(X @ W1 + b1) @ w2 + b2)


# loses: edges, form
def weights_changed(X, W1, b1, w2, b2):
    W1 *= -1.0
    return 1 / (1 + np.exp(X @ W1 - b1)) @ w2 + b2


# loses: form
def biases_changed(X, W1, b1, w2, b2):
    b1 *= -1
    return 1 / (1 + np.exp(b1 - X @ W1)) @ w2 + b2


# loses: form
def inputs_changed(X, W1, b1, w2, b2):
    z = X @ W1 + b1
    X[:] = 0
    return _sigmoid(z) @ w2 + b2


_KEPT = {}


# loses: form
def one_buffer(X, W1, b1, w2, b2):
    y_hat = _KEPT.setdefault(len(X), np.zeros(len(X)))
    y_hat[:] = _sigmoid(X @ W1 + b1) @ w2 + b2
    return y_hat
