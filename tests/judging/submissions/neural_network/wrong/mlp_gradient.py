import numpy as np


def _sigmoid(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))


def _forward(X, y, W1, b1, w2, b2):
    z = X @ W1 + b1
    a = _sigmoid(z)
    return z, a, a @ w2 + b2 - y


def _right(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    back = np.outer(r, w2) * a * (1 - a) / len(y)
    return X.T @ back, back.sum(axis=0), a.T @ r / len(y), r.mean()


# ---------------------------------------------------------------- the slope of the hidden layer


# loses: dW1, db1, edges, form, curve
# named: slope_left_out
def slope_left_out(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    back = np.outer(r, w2) / len(y)
    return X.T @ back, back.sum(axis=0), a.T @ r / len(y), r.mean()


# loses: dW1, db1, edges, form, curve
# named: sigma_for_slope
def sigma_for_slope(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    back = np.outer(r, w2) * a / len(y)
    return X.T @ back, back.sum(axis=0), a.T @ r / len(y), r.mean()


# loses: dW1, db1, edges, form, curve
# named: slope_of_output
def slope_at_the_outputs(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    s = _sigmoid(a)
    back = np.outer(r, w2) * s * (1 - s) / len(y)
    return X.T @ back, back.sum(axis=0), a.T @ r / len(y), r.mean()


# loses: dW1, db1, edges, form, curve
# named: one_minus_sigma
def slope_without_sigma(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    back = np.outer(r, w2) * (1 - a) / len(y)
    return X.T @ back, back.sum(axis=0), a.T @ r / len(y), r.mean()


# loses: dW1, db1, edges, form, curve
# named: slope_of_tanh
def slope_of_tanh(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    back = np.outer(r, w2) * (1 - a**2) / len(y)
    return X.T @ back, back.sum(axis=0), a.T @ r / len(y), r.mean()


# loses: dW1, db1, edges, form, curve
# named: slope_of_relu
def slope_of_relu(X, y, W1, b1, w2, b2):
    z, a, r = _forward(X, y, W1, b1, w2, b2)
    back = np.outer(r, w2) * (z > 0) / len(y)
    return X.T @ back, back.sum(axis=0), a.T @ r / len(y), r.mean()


# loses: dW1, db1, edges, form, curve
def slope_at_the_prediction(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    s = _sigmoid(a @ w2 + b2)
    back = np.outer(r * s * (1 - s), w2) / len(y)
    return X.T @ back, back.sum(axis=0), a.T @ r / len(y), r.mean()


# loses: dW1, db1, edges, form, curve
# named: sum_for_sigma
def slope_in_terms_of_sums(X, y, W1, b1, w2, b2):
    z, a, r = _forward(X, y, W1, b1, w2, b2)
    back = np.outer(r, w2) * z * (1 - z) / len(y)
    return X.T @ back, back.sum(axis=0), a.T @ r / len(y), r.mean()


# loses: dW1, db1, edges, form, curve
# named: sign
def slope_with_the_wrong_sign(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    back = np.outer(r, w2) * a * (a - 1) / len(y)
    return X.T @ back, back.sum(axis=0), a.T @ r / len(y), r.mean()


# loses: dW1, db1, edges, form, curve
# named: slope_squared
def slope_twice(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    back = np.outer(r, w2) * (a * (1 - a)) ** 2 / len(y)
    return X.T @ back, back.sum(axis=0), a.T @ r / len(y), r.mean()


# loses: dW1, db1, edges, form, curve
# named: slope_averaged
def mean_slope(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    back = np.outer(r, w2) * (a * (1 - a)).mean(axis=0) / len(y)
    return X.T @ back, back.sum(axis=0), a.T @ r / len(y), r.mean()


# loses: db1, edges, form, curve
# named: slope_left_out
def slope_left_out_of_the_intercepts(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    dW1, _, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1, np.outer(r, w2).mean(axis=0), dw2, db2


# loses: dw2, edges, form, curve
# named: slope_for_hidden_outputs
def slope_at_the_output_weights_too(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    dW1, db1, _, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1, db1, (a * (1 - a)).T @ r / len(y), db2


# named: sigma_at_the_output
def output_with_sigma(X, y, W1, b1, w2, b2):
    a = _sigmoid(X @ W1 + b1)
    y_hat = _sigmoid(a @ w2 + b2)
    r = (y_hat - y) * y_hat * (1 - y_hat) / len(y)
    back = np.outer(r, w2) * a * (1 - a)
    return X.T @ back, back.sum(axis=0), a.T @ r, r.sum()


# named: sigma_added_in_y_hat
def output_with_sigma_and_cross_entropy(X, y, W1, b1, w2, b2):
    a = _sigmoid(X @ W1 + b1)
    r = (_sigmoid(a @ w2 + b2) - y) / len(y)
    back = np.outer(r, w2) * a * (1 - a)
    return X.T @ back, back.sum(axis=0), a.T @ r, r.sum()


# named: slope_at_the_output
def output_with_a_slope_alone(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    y_hat = r + y
    r = r * y_hat * (1 - y_hat) / len(y)
    back = np.outer(r, w2) * a * (1 - a)
    return X.T @ back, back.sum(axis=0), a.T @ r, r.sum()


# ------------------------------------------------------------------------- the weights on the way


# loses: dW1, db1, edges, form, curve
# named: output_weights_left_out
def output_weights_left_out(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    back = r[:, None] * a * (1 - a) / len(y)
    return X.T @ back, back.sum(axis=0), a.T @ r / len(y), r.mean()


# loses: db1, edges, form, curve
# named: output_weights_left_out
def output_weights_left_out_of_the_intercepts(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    dW1, _, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1, (r[:, None] * a * (1 - a)).mean(axis=0), dw2, db2


# loses: dW1, db1, edges, form, curve
# named: output_weights_summed
def output_weights_summed(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    back = r[:, None] * w2.sum() * a * (1 - a) / len(y)
    return X.T @ back, back.sum(axis=0), a.T @ r / len(y), r.mean()


# loses: dW1, db1, edges, form, curve
# named: output_weights_backwards
def output_weights_backwards(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    back = np.outer(r, w2[::-1]) * a * (1 - a) / len(y)
    return X.T @ back, back.sum(axis=0), a.T @ r / len(y), r.mean()


# loses: dW1, db1, edges, form, curve
def new_output_weights_on_the_way_back(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    dw2 = a.T @ r / len(y)
    back = np.outer(r, w2 - 0.1 * dw2) * a * (1 - a) / len(y)
    return X.T @ back, back.sum(axis=0), dw2, r.mean()


def output_weights_transposed(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    back = (r @ w2.T) * a * (1 - a) / len(y)
    return X.T @ back, back.sum(axis=0), a.T @ r / len(y), r.mean()


def product_without_an_axis(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    back = r * w2 * a * (1 - a) / len(y)
    return X.T @ back, back.sum(axis=0), a.T @ r / len(y), r.mean()


# loses: dW1, edges, form, curve
# named: w2_missing+slope_missing
def residuals_without_the_chain(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    _, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return np.outer(X.T @ r / len(y), np.ones(len(w2))), db1, dw2, db2


# loses: dW1, edges, form, curve
# named: input_missing
def inputs_left_out(X, y, W1, b1, w2, b2):
    _, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return np.ones(W1.shape) * db1, db1, dw2, db2


# loses: dW1, edges, form, curve
# named: inputs_averaged
def means_multiplied(X, y, W1, b1, w2, b2):
    _, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return np.outer(X.mean(axis=0), db1), db1, dw2, db2


# loses: dw2, edges, form, curve
# named: sums_for_outputs
def sums_for_outputs(X, y, W1, b1, w2, b2):
    z, _, r = _forward(X, y, W1, b1, w2, b2)
    dW1, db1, _, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1, db1, z.T @ r / len(y), db2


# loses: dw2, edges, form, curve
def inputs_for_outputs(X, y, W1, b1, w2, b2):
    _, _, r = _forward(X, y, W1, b1, w2, b2)
    dW1, db1, _, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1, db1, X.T @ r / len(y), db2


# loses: dw2, edges, form, curve
# named: input_missing
def outputs_left_out(X, y, W1, b1, w2, b2):
    dW1, db1, _, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1, db1, np.full(len(w2), db2), db2


# -------------------------------------------------------------------------------- on the way there


# named: hidden_bias_left_out
def hidden_bias_left_out(X, y, W1, b1, w2, b2):
    return _right(X, y, W1, np.zeros(len(b1)), w2, b2)


# named: without_b2
def output_bias_left_out(X, y, W1, b1, w2, b2):
    return _right(X, y, W1, b1, w2, 0.0)


# named: target_missing
def targets_left_out(X, y, W1, b1, w2, b2):
    return _right(X, np.zeros(len(y)), W1, b1, w2, b2)


# named: without_sigma, without_sigma+slope_missing
def network_without_sigma(X, y, W1, b1, w2, b2):
    z = X @ W1 + b1
    r = (z @ w2 + b2 - y) / len(y)
    return X.T @ np.outer(r, w2), w2 * r.sum(), z.T @ r, r.sum()


# named: tanh_in_a
def hidden_layer_of_tanh(X, y, W1, b1, w2, b2):
    a = np.tanh(X @ W1 + b1)
    r = (a @ w2 + b2 - y) / len(y)
    back = np.outer(r, w2) * (1 - a**2)
    return X.T @ back, back.sum(axis=0), a.T @ r, r.sum()


# named: square_kept
def residual_squared(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    r = r**2 / len(y)
    back = np.outer(r, w2) * a * (1 - a)
    return X.T @ back, back.sum(axis=0), a.T @ r, r.sum()


# named: target_missing
def predictions_for_residuals(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    r = (r + y) / len(y)
    back = np.outer(r, w2) * a * (1 - a)
    return X.T @ back, back.sum(axis=0), a.T @ r, r.sum()


def column_minus_row(X, y, W1, b1, w2, b2):
    a = _sigmoid(X @ W1 + b1)
    r = (a @ w2[:, None] + b2 - y) / len(y)
    back = (r @ w2[None, :]) * a * (1 - a)
    return X.T @ back, back.sum(axis=0), a.T @ r, r.sum()


# named: broadcast, summed
def column_minus_row_summed(X, y, W1, b1, w2, b2):
    a = _sigmoid(X @ W1 + b1)
    r = (a @ w2[:, None] + b2 - y) / len(y)
    back = r.sum(axis=1)[:, None] * w2 * a * (1 - a)
    return X.T @ back, back.sum(axis=0), a.T @ r.sum(axis=1), r.sum()


# ------------------------------------------------------------------------------ factors and means


# named: sign
def sign(X, y, W1, b1, w2, b2):
    return tuple(-part for part in _right(X, y, W1, b1, w2, b2))


# named: factor_2
def doubled(X, y, W1, b1, w2, b2):
    return tuple(2 * part for part in _right(X, y, W1, b1, w2, b2))


# named: factor_half
def halved(X, y, W1, b1, w2, b2):
    return tuple(part / 2 for part in _right(X, y, W1, b1, w2, b2))


# named: sign_factor_2
def textbook_minus_two(X, y, W1, b1, w2, b2):
    return tuple(-2 * part for part in _right(X, y, W1, b1, w2, b2))


# named: summed
def summed(X, y, W1, b1, w2, b2):
    return tuple(len(y) * part for part in _right(X, y, W1, b1, w2, b2))


# named: averaged_twice
def averaged_twice(X, y, W1, b1, w2, b2):
    return tuple(part / len(y) for part in _right(X, y, W1, b1, w2, b2))


# loses: dW1, edges, form, curve
# named: summed
def hidden_weights_summed(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1 * len(y), db1, dw2, db2


# loses: db1, edges, form, curve
# named: summed
def hidden_biases_summed(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1, db1 * len(y), dw2, db2


# loses: dw2, edges, form, curve
# named: summed
def output_weights_gradient_summed(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1, db1, dw2 * len(y), db2


# loses: db2, edges, form, curve
# named: summed
def output_bias_summed(X, y, W1, b1, w2, b2):
    _, _, r = _forward(X, y, W1, b1, w2, b2)
    return *_right(X, y, W1, b1, w2, b2)[:3], r.sum()


# loses: db1, db2, edges, form, curve
# named: averaged_twice
def biases_averaged_twice(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    r = r / len(y)
    back = np.outer(r, w2) * a * (1 - a)
    return X.T @ back, back.mean(axis=0), a.T @ r, r.mean()


# loses: dW1, db1, edges, form, curve
# named: averaged_twice
def hidden_layer_averaged_twice(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1 / len(y), db1 / len(y), dw2, db2


# loses: dW1, db1, edges, form, curve
# named: factor_2
def hidden_layer_doubled(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return 2 * dW1, 2 * db1, dw2, db2


# loses: db2, edges, form, curve
# named: sign
def sign_of_the_last(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1, db1, dw2, -db2


# named: divided_by_units
def mean_over_units(X, y, W1, b1, w2, b2):
    h = len(w2)
    return tuple(part * len(y) / h for part in _right(X, y, W1, b1, w2, b2))


# named: n_minus_1
def one_less(X, y, W1, b1, w2, b2):
    n = len(y)
    return tuple(part * n / (n - 1) for part in _right(X, y, W1, b1, w2, b2))


# loses: dW1, db1, edges, form, curve
# named: divided_by_units_too
def hidden_layer_also_averaged_over_units(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1 / len(w2), db1 / len(w2), dw2, db2


# loses: db1, edges, form, curve
def intercepts_summed_over_units(X, y, W1, b1, w2, b2):
    _, a, r = _forward(X, y, W1, b1, w2, b2)
    dW1, _, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1, (np.outer(r, w2) * a * (1 - a) / len(y)).sum(axis=1), dw2, db2


# loses: db1, edges, form, curve
# named: sum_everywhere
def intercepts_summed_over_everything(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1, np.full(len(b1), db1.sum()), dw2, db2


# loses: db1, edges, form, curve
def intercepts_as_one_number(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1, db1.sum(), dw2, db2


# loses: db2, edges, form, curve
def last_intercept_for_each_example(X, y, W1, b1, w2, b2):
    _, _, r = _forward(X, y, W1, b1, w2, b2)
    return *_right(X, y, W1, b1, w2, b2)[:3], r / len(y)


# loses: db1, db2, edges, form, curve
# named: always_zero
def intercepts_left_out(X, y, W1, b1, w2, b2):
    dW1, _, dw2, _ = _right(X, y, W1, b1, w2, b2)
    return dW1, np.zeros(len(b1)), dw2, 0.0


# loses: dW1, db1, edges, form, curve
# named: always_zero
def last_layer_alone(X, y, W1, b1, w2, b2):
    _, _, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return np.zeros(W1.shape), np.zeros(len(b1)), dw2, db2


# loses: dW1, edges, form, curve
# named: off_by_W1
def regularised(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1 + 0.01 * W1, db1, dw2, db2


def of_unit_length(X, y, W1, b1, w2, b2):
    parts = _right(X, y, W1, b1, w2, b2)
    length = np.sqrt(sum(np.sum(part**2) for part in parts))
    return tuple(part / length for part in parts)


# named: cut_off
def clipped(X, y, W1, b1, w2, b2):
    return tuple(np.clip(part, -1e-3, 1e-3) for part in _right(X, y, W1, b1, w2, b2))


# named: difference_quotient
# odd: a difference quotient
def forward_differences(X, y, W1, b1, w2, b2):
    def loss(*parameters):
        return np.mean(_forward(X, y, *parameters)[2] ** 2) / 2

    parameters = [np.array(p, float) for p in (W1, b1, w2, b2)]
    before, parts = loss(*parameters), []
    for p in parameters:
        slopes = np.zeros(p.shape)
        for place in np.ndindex(p.shape):
            kept = p[place]
            p[place] = kept + 1e-4
            slopes[place] = (loss(*parameters) - before) / 1e-4
            p[place] = kept
        parts.append(slopes)
    return parts


# named: first_example
def first_example(X, y, W1, b1, w2, b2):
    return _right(X[:1], y[:1], W1, b1, w2, b2)


# named: last_example
def last_example(X, y, W1, b1, w2, b2):
    for i in range(len(y)):
        gradient = _right(X[i : i + 1], y[i : i + 1], W1, b1, w2, b2)
    return gradient


# ------------------------------------------------------------------------------------- the result


# loses: db1, dw2, edges, form, curve
# named: weights_before_intercepts
def weights_before_intercepts(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1, dw2, db1, db2


# named: results_exchanged
def last_layer_first(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dw2, db2, dW1, db1


# named: results_exchanged, weights_before_intercepts
def from_the_end(X, y, W1, b1, w2, b2):
    return _right(X, y, W1, b1, w2, b2)[::-1]


def hidden_layer_alone(X, y, W1, b1, w2, b2):
    return _right(X, y, W1, b1, w2, b2)[:2]


def loss_too(X, y, W1, b1, w2, b2):
    _, _, r = _forward(X, y, W1, b1, w2, b2)
    return np.mean(r**2) / 2, *_right(X, y, W1, b1, w2, b2)


def two_pairs(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return (dW1, db1), (dw2, db2)


def by_name(X, y, W1, b1, w2, b2):
    return dict(zip(("dW1", "db1", "dw2", "db2"), _right(X, y, W1, b1, w2, b2)))


def loss_for_gradient(X, y, W1, b1, w2, b2):
    _, _, r = _forward(X, y, W1, b1, w2, b2)
    return np.mean(r**2) / 2


# named: stepped
def stepped(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return W1 - dW1, b1 - db1, w2 - dw2, b2 - db2


# named: W1_returned, b1_returned, b2_returned, w2_returned
def parameters_back(X, y, W1, b1, w2, b2):
    return W1, b1, w2, b2


# named: always_zero
def zeros(X, y, W1, b1, w2, b2):
    return np.zeros(W1.shape), np.zeros(b1.shape), np.zeros(w2.shape), 0.0


# named: constant
def worked_example(X, y, W1, b1, w2, b2):
    dW1 = np.array([[0.375, -5 / 24], [0.625, -1 / 3]])
    return dW1, np.array([0.875, -11 / 24]), np.array([0.625, 7 / 12]), 1.0


def printed(X, y, W1, b1, w2, b2):
    print(*_right(X, y, W1, b1, w2, b2))


def nothing(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)


def stub(X, y, W1, b1, w2, b2):
    raise NotImplementedError


def targets_forgotten_in_the_head(X, W1, b1, w2, b2):
    return _right(X, np.zeros(len(X)), W1, b1, w2, b2)


# ---------------------------------------------------------------------------------- edges and form


# loses: edges
# named: refused
def squeezed_units(X, y, W1, b1, w2, b2):
    a = np.squeeze(_sigmoid(X @ W1 + b1))
    r = a @ w2 + b2 - y
    back = np.outer(r, w2) * a * (1 - a) / len(y)
    return X.T @ back, back.sum(axis=0), a.T @ r / len(y), r.mean()


# loses: edges
# named: refused
def squeezed_weights(X, y, W1, b1, w2, b2):
    a = _sigmoid(X @ np.squeeze(W1) + b1)
    r = a @ w2 + b2 - y
    back = np.outer(r, w2) * a * (1 - a) / len(y)
    return X.T @ back, back.sum(axis=0), a.T @ r / len(y), r.mean()


# loses: edges
def residuals_divided_in_place(X, y, W1, b1, w2, b2):
    a = _sigmoid(X @ W1 + b1)
    r = -y
    r += a @ w2 + b2
    r /= len(y)
    back = np.outer(r, w2) * a * (1 - a)
    return X.T @ back, back.sum(axis=0), a.T @ r, r.sum()


# loses: edges
# named: whole_numbers_kept
def sums_like_the_weights(X, y, W1, b1, w2, b2):
    totals = np.zeros_like(W1), np.zeros_like(b1), np.zeros_like(w2)
    for i in range(len(y)):
        for total, part in zip(totals, _right(X[i : i + 1], y[i : i + 1], W1, b1, w2, b2)):
            total[...] = total + part / len(y)
    return *totals, _right(X, y, W1, b1, w2, b2)[3]


# loses: edges
# named: not_a_number
def sample_variance_for_one_example(X, y, W1, b1, w2, b2):
    n = len(y)
    return tuple(part * n / (n - 1) * (n - 1) / n for part in _right(X, y, W1, b1, w2, b2))


_SEEN = {}


# Right the first time, and for as long as no weight has moved.
# loses: edges, form, curve
def hidden_layer_kept(X, y, W1, b1, w2, b2):
    a = _SEEN.setdefault((X.shape, W1.shape), _sigmoid(X @ W1 + b1))
    r = (a @ w2 + b2 - y) / len(y)
    back = np.outer(r, w2) * a * (1 - a)
    return X.T @ back, back.sum(axis=0), a.T @ r, r.sum()


# loses: edges, form
def hidden_weights_transposed(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1.T, db1, dw2, db2


# loses: form
def hidden_weights_in_a_row(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1.ravel(), db1, dw2, db2


# loses: form
def intercepts_in_a_row(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1, db1[None, :], dw2, db2


# loses: form
def output_weights_in_a_column(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1, db1, dw2[:, None], db2


# loses: form
def last_intercept_in_an_array(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1, db1, dw2, np.array([db2])


# loses: form
def all_columns(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    return dW1, db1.reshape(-1, 1), dw2.reshape(-1, 1), np.array([[db2]])


# loses: form
def one_long_array(X, y, W1, b1, w2, b2):
    return np.concatenate([np.ravel(part) for part in _right(X, y, W1, b1, w2, b2)])


# loses: form
def squeezed_results(X, y, W1, b1, w2, b2):
    return tuple(np.squeeze(part) for part in _right(X, y, W1, b1, w2, b2))


# loses: edges, form
def residuals_in_the_targets(X, y, W1, b1, w2, b2):
    a = _sigmoid(X @ W1 + b1)
    y -= a @ w2 + b2
    back = np.outer(y, w2) * a * (1 - a) / len(y)
    return -X.T @ back, -back.sum(axis=0), -a.T @ y / len(y), -y.mean()


# loses: form
def stepped_on_the_way(X, y, W1, b1, w2, b2):
    gradient = _right(X, y, W1, b1, w2, b2)
    np.subtract(b1, 0.1 * gradient[1], out=b1, casting="unsafe")
    return gradient


# loses: form
def output_weights_changed_at_the_end(X, y, W1, b1, w2, b2):
    gradient = _right(X, y, W1, b1, w2, b2)
    w2[:] = 0
    return gradient


_KEPT = {}


# loses: form
def one_buffer(X, y, W1, b1, w2, b2):
    dW1, db1, dw2, db2 = _right(X, y, W1, b1, w2, b2)
    kept = _KEPT.setdefault(W1.shape, np.zeros(W1.shape))
    kept[:] = dW1
    return kept, db1, dw2, db2
