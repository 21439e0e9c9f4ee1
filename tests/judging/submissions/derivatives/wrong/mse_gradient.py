import numpy as np


# named: sign
def sign(X, y, w, b):
    r = y - X @ w - b
    return X.T @ r / len(y), r.mean()


# named: factor_2
def doubled(X, y, w, b):
    r = X @ w + b - y
    return 2 * X.T @ r / len(y), 2 * r.mean()


# named: sign_factor_2
def textbook_minus_two(X, y, w, b):
    r = X @ w + b - y
    return -2 * X.T @ r / len(y), -2 * r.mean()


# named: factor_half
def halved(X, y, w, b):
    r = X @ w + b - y
    return X.T @ r / (2 * len(y)), r.mean() / 2


# named: summed
def summed(X, y, w, b):
    r = X @ w + b - y
    return X.T @ r, r.sum()


# named: averaged_twice
def averaged_twice(X, y, w, b):
    r = X @ w + b - y
    return np.mean(X * r[:, None], axis=0) / len(y), r.mean() / len(y)


# loses: dw, edges, form, curve
# named: summed
def weights_summed(X, y, w, b):
    r = X @ w + b - y
    return X.T @ r, r.mean()


# loses: db, edges, form, curve
# named: summed
def bias_summed(X, y, w, b):
    r = X @ w + b - y
    return X.T @ r / len(y), r.sum()


# loses: db, edges, form, curve
# named: always_zero
def bias_missing(X, y, w, b):
    r = X @ w + b - y
    return X.T @ r / len(y), 0.0


# loses: dw, edges, form, curve
# named: inputs_averaged
def means_multiplied(X, y, w, b):
    r = X @ w + b - y
    return r.mean() * X.mean(axis=0), r.mean()


# loses: dw, edges, form, curve
def reversed_pairs(X, y, w, b):
    r = X @ w + b - y
    return X[::-1].T @ r / len(y), r.mean()


def median(X, y, w, b):
    r = X @ w + b - y
    return np.median(X * r[:, None], axis=0), np.median(r)


# named: first_example
def first_example(X, y, w, b):
    r = X[0] @ w + b - y[0]
    return r * X[0], r


# named: last_example
def last_example(X, y, w, b):
    for x, t in zip(X, y):
        r = x @ w + b - t
        dw, db = r * x, r
    return dw, db


# named: without_b
def bias_left_out(X, y, w, b):
    r = X @ w - y
    return X.T @ r / len(y), r.mean()


# named: target_missing
def target_left_out(X, y, w, b):
    r = X @ w + b
    return X.T @ r / len(y), r.mean()


# named: over_features
def by_features(X, y, w, b):
    r = X @ w + b - y
    return X.T @ r / X.shape[1], r.sum() / X.shape[1]


# named: fixed_size
def seven_examples(X, y, w, b):
    r = X @ w + b - y
    return X.T @ r / 7, r.sum() / 7


# named: n_minus_1
def one_less(X, y, w, b):
    r = X @ w + b - y
    return X.T @ r / (len(y) - 1), r.sum() / (len(y) - 1)


# loses: dw, edges, form, curve
# named: input_missing
def inputs_left_out(X, y, w, b):
    r = X @ w + b - y
    return np.full(len(w), r.mean()), r.mean()


# loses: dw, edges, form, curve
# named: weight_for_input
def weights_for_inputs(X, y, w, b):
    r = X @ w + b - y
    return w * r.mean(), r.mean()


# named: absolute_error
def absolute(X, y, w, b):
    r = np.abs(X @ w + b - y)
    return X.T @ r / len(y), r.mean()


# named: sign_of_error
def signs(X, y, w, b):
    r = np.sign(X @ w + b - y)
    return X.T @ r / len(y), r.mean()


# named: square_kept
def squared(X, y, w, b):
    r = (X @ w + b - y) ** 2
    return X.T @ r / len(y), r.mean()


# named: results_exchanged
def swapped(X, y, w, b):
    r = X @ w + b - y
    return r.mean(), X.T @ r / len(y)


def only_weights(X, y, w, b):
    r = X @ w + b - y
    return X.T @ r / len(y)


# named: stepped
def stepped(X, y, w, b):
    r = X @ w + b - y
    return w - X.T @ r / len(y), b - r.mean()


# named: always_zero
def zeros(X, y, w, b):
    return np.zeros_like(w), 0.0


# named: constant
def ones(X, y, w, b):
    return np.ones_like(w), 1.0


def nothing(X, y, w, b):
    r = X @ w + b - y
    X.T @ r / len(y), r.mean()


def printed(X, y, w, b):
    r = X @ w + b - y
    print(X.T @ r / len(y), r.mean())


# named: b_returned, w_returned
def arguments_back(X, y, w, b):
    return w, b


# loses: dw, edges, form, curve
# named: broadcast_averaged
def broadcast(X, y, w, b):
    r = X @ w.reshape(-1, 1) + b - y
    return (X.T @ r / len(y)).mean(axis=1), r.mean()


# named: sigma_added_in_y_hat
def neuron(X, y, w, b):
    s = 1 / (1 + np.exp(-(X @ w + b)))
    r = s - y
    return X.T @ r / len(y), r.mean()


# named: not_a_number
def not_a_number(X, y, w, b):
    return w * np.nan, np.nan


# named: infinite
def infinite(X, y, w, b):
    return w * np.inf, np.inf


# loses: form
def column(X, y, w, b):
    r = X @ w + b - y
    return (X.T @ r / len(y))[:, None], r.mean()


# loses: form
def bias_in_an_array(X, y, w, b):
    r = X @ w + b - y
    return X.T @ r / len(y), np.array([r.mean()])


# loses: form
def one_array(X, y, w, b):
    r = X @ w + b - y
    return np.append(X.T @ r / len(y), r.mean())


# loses: edges, form
def targets_changed(X, y, w, b):
    y[:] = X @ w + b - y
    return X.T @ y / len(y), y.mean()


BUFFER = {}


# loses: form
def one_buffer(X, y, w, b):
    dw = BUFFER.setdefault(len(w), np.zeros(len(w)))
    r = X @ w + b - y
    dw[:] = X.T @ r / len(y)
    return dw, r.mean()


# loses: edges
# named: refused
def squeezed(X, y, w, b):
    r = np.squeeze(X) @ np.squeeze(w) + b - y
    return X.T @ r / len(y), r.mean()


# loses: edges
def in_place_on_whole_numbers(X, y, w, b):
    r = X @ w + b - y
    r /= len(y)
    return X.T @ r, r.sum()


# loses: dw, db
# named: difference_quotient
def central_differences(X, y, w, b):
    """Exact for a parabola, up to rounding."""

    def loss(w, b):
        return np.mean((X @ w + b - y) ** 2) / 2

    unit = np.eye(len(w))
    return [(loss(w + e, b) - loss(w - e, b)) / 2 for e in unit], (loss(w, b + 1) - loss(w, b - 1)) / 2
