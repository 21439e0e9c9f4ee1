import numpy as np


def _parts(X, y, w, b):
    r = X @ w + b - y
    return X.T @ r / len(y), r.mean()


def stub(X, y, w, b, lam):
    raise NotImplementedError("ridge_gradient")


# loses: dw, edges, form, curve
# named: penalty_halved
def penalty_halved(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + lam * w, db


# loses: dw, edges, form, curve
# named: penalty_left_out
def penalty_left_out(X, y, w, b, lam):
    return _parts(X, y, w, b)


# loses: dw, edges, form, curve
# named: penalty_averaged
def penalty_inside_the_mean(X, y, w, b, lam):
    r = X @ w + b - y
    return (X.T @ r + 2 * lam * w) / len(y), r.mean()


# loses: dw, edges, form, curve
# named: penalty_sign
def penalty_sign(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw - 2 * lam * w, db


# loses: dw, edges, form, curve
# named: penalty_sign
def residual_turned_round(X, y, w, b, lam):
    r = y - X @ w - b
    return -(X.T @ r / len(y) + 2 * lam * w), -r.mean()


# loses: dw, edges, form, curve
# named: square_kept
def square_kept(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + lam * w**2, db


# loses: dw, edges, form, curve
# named: absolute_penalty
def lasso(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + lam * np.sign(w), db


# loses: db, edges, form, curve
# named: bias_regularised
def bias_regularised(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + 2 * lam * w, db + 2 * lam * b


# loses: db, edges, form, curve
# named: bias_regularised
def intercept_among_the_weights(X, y, w, b, lam):
    A = np.c_[X, np.ones(len(y))]
    v = np.append(w, b)
    g = A.T @ (A @ v - y) / len(y) + 2 * lam * v
    return g[:-1], g[-1]


# named: bias_regularised_halved
def intercept_and_half_the_penalty(X, y, w, b, lam):
    A = np.c_[X, np.ones(len(y))]
    v = np.append(w, b)
    g = A.T @ (A @ v - y) / len(y) + lam * v
    return g[:-1], g[-1]


# named: sign
def everything_turned_round(X, y, w, b, lam):
    r = y - X @ w - b
    return X.T @ r / len(y) - 2 * lam * w, r.mean()


# named: E_sign, sign
def data_turned_round(X, y, w, b, lam):
    r = y - X @ w - b
    return X.T @ r / len(y) + 2 * lam * w, r.mean()


# named: factor_2
def everything_doubled(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return 2 * (dw + 2 * lam * w), 2 * db


# named: E_doubled, factor_2
def data_doubled(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return 2 * dw + 2 * lam * w, 2 * db


# named: E_halved, factor_half
def data_halved(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw / 2 + 2 * lam * w, db / 2


# named: E_summed, summed
def data_summed(X, y, w, b, lam):
    r = X @ w + b - y
    return X.T @ r + 2 * lam * w, r.sum()


# named: E_averaged, averaged_twice
def data_averaged_twice(X, y, w, b, lam):
    r = X @ w + b - y
    n = len(y)
    return X.T @ r / n / n + 2 * lam * w, r.mean() / n


# loses: dw, edges, form, curve
# named: summed
def weights_summed(X, y, w, b, lam):
    r = X @ w + b - y
    return X.T @ r + 2 * len(y) * lam * w, r.mean()


# loses: db, edges, form, curve
# named: summed
def bias_summed(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + 2 * lam * w, db * len(y)


# loses: dw, edges, form, curve
# named: factor_2
def weights_doubled(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    dw += 2 * lam * w
    dw += dw
    return dw, db


# loses: dw, edges, form, curve
# named: R_doubled
def penalty_doubled(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + 4 * lam * w, db


# loses: dw, edges, form, curve
# named: R_summed
def penalty_for_each_example(X, y, w, b, lam):
    r = X @ w + b - y
    dw = np.zeros(len(w))
    for row, error in zip(X, r):
        dw += error * row / len(y) + 2 * lam * w
    return dw, r.mean()


# loses: dw, edges, form, curve
# named: R_averaged_halved
def penalty_over_2n(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + lam * w / len(y), db


# loses: dw, edges, form, curve
# named: penalty_by_features
def penalty_by_features(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + 2 * lam * w / len(w), db


# loses: dw, edges, form, curve
# named: penalty_as_a_number
def penalty_as_a_number(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + lam * np.sum(w**2), db


# loses: dw, edges, form, curve
# named: slopes_of_the_penalty_summed
def slopes_of_the_penalty_summed(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + np.sum(2 * lam * w), db


# loses: dw, edges, form, curve
# named: length_in_the_penalty
def length_not_squared(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    length = np.linalg.norm(w)
    return dw + lam * (w / length if length > 0 else 0 * w), db


# loses: dw, edges, form, curve
# named: length_for_weights
def penalty_of_length_two(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + 2 * lam * np.linalg.norm(w), db


# loses: dw, edges, form, curve
# named: lam_missing
def lambda_left_out(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + 2 * w, db


# loses: dw, edges, form, curve
# named: weights_left_out
def lambda_alone(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + 2 * lam, db


# loses: dw, edges, form, curve
# named: lam_twice
def lambda_squared(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + 2 * lam**2 * w, db


# loses: dw, edges, form, curve
# named: with_0.01_for_lam
def fixed_lambda(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + 2 * 0.01 * w, db


# loses: dw, edges, form, curve
def penalty_multiplied(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw * (1 + 2 * lam * w), db


# loses: dw, edges, form, curve
def weights_shrunk_before(X, y, w, b, lam):
    small = (1 - 2 * lam) * w
    r = X @ small + b - y
    return X.T @ r / len(y) + 2 * lam * w, (X @ w + b - y).mean()


# loses: dw, edges, form, curve
def slopes_of_the_slope(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + 2 * lam * dw, db


# loses: dw, edges, form, curve
# named: first_weight_alone
def first_weight_alone(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    dw[0] += 2 * lam * w[0]
    return dw, db


# loses: dw, edges, form, curve
# named: first_weight_left_out
def first_weight_left_out(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    dw[1:] += 2 * lam * w[1:]
    return dw, db


# loses: db, edges, form, curve
# named: slopes_in_the_intercept
def penalty_in_the_intercept(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + 2 * lam * w, db + 2 * lam * w.sum()


# loses: db, edges, form, curve
# named: bias_regularised_halved
def intercept_half_penalised(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + 2 * lam * w, db + lam * b


# loses: db, edges, form, curve
# named: penalty_in_the_intercept
def penalty_in_the_intercept_alone_too(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + 2 * lam * w, db + lam * np.sum(w**2)


# loses: db, edges, form, curve
# named: always_zero
def intercept_does_not_learn(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + 2 * lam * w, 0.0


# named: without_b
def intercept_left_out(X, y, w, b, lam):
    r = X @ w - y
    return X.T @ r / len(y) + 2 * lam * w, r.mean()


# loses: dw, edges, form, curve
# named: broadcast_averaged
def column_against_row(X, y, w, b, lam):
    r = X @ w.reshape(-1, 1) + b - y
    return (X.T @ r / len(y)).mean(axis=1) + 2 * lam * w, r.mean()


# loses: dw, edges, form, curve
def matrix_of_penalties(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw[:, None] + 2 * lam * w, db


# named: n_minus_1
def one_less(X, y, w, b, lam):
    r = X @ w + b - y
    n = max(len(y) - 1, 1)
    return X.T @ r / n + 2 * lam * w, r.sum() / n


# named: results_exchanged
def swapped(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return db, dw + 2 * lam * w


def loss(X, y, w, b, lam):
    r = X @ w + b - y
    return r @ r / (2 * len(y)) + lam * w @ w


def loss_too(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return loss(X, y, w, b, lam), dw + 2 * lam * w, db


# odd: it solves another problem
def solution(X, y, w, b, lam):
    n, d = X.shape
    centred, mean = X - X.mean(axis=0), y.mean()
    w = np.linalg.solve(centred.T @ centred / n + (2 * lam + 1e-9) * np.eye(d), centred.T @ (y - mean) / n)
    return w, mean - X.mean(axis=0) @ w


# named: stepped
def stepped(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return w - (dw + 2 * lam * w), b - db


def weights_alone(X, y, w, b, lam):
    dw, _ = _parts(X, y, w, b)
    return dw + 2 * lam * w


# named: rounded_4
def rounded(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return np.round(dw + 2 * lam * w, 4), round(float(db), 4)


def dictionary(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return {"dw": dw + 2 * lam * w, "db": db}


def printed(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    print(dw + 2 * lam * w, db)


def nothing(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    dw += 2 * lam * w


# named: b_returned, w_returned
def arguments_back(X, y, w, b, lam):
    return w, b


# named: always_zero
def zeros(X, y, w, b, lam):
    return np.zeros(len(w)), 0.0


# loses: edges
def zero_is_no_lambda(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + 2 * (lam or 0.1) * w, db


# loses: edges
# named: refused
def lambda_must_be_positive(X, y, w, b, lam):
    if lam <= 0:
        raise ValueError("lam must be positive")
    dw, db = _parts(X, y, w, b)
    return dw + 2 * lam * w, db


# loses: edges
def divided_in_place(X, y, w, b, lam):
    r = X @ w + b - y
    dw = X.T @ r
    dw /= len(y)
    return dw + 2 * lam * w, r.mean()


# loses: edges
def penalty_added_to_a_copy(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    g = w.copy()
    g *= 2 * lam
    g += dw
    return g, db


# loses: edges
# named: refused
def one_feature_squeezed(X, y, w, b, lam):
    r = np.squeeze(X) @ np.squeeze(w) + b - y
    return X.T @ r / len(y) + 2 * lam * w, r.mean()


# loses: edges
def one_example_is_not_enough(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    assert len(y) > 1
    return dw + 2 * lam * w, db


# loses: edges
def covariances(X, y, w, b, lam):
    """One example has no covariance."""
    r = X @ w + b - y
    both = np.cov(np.c_[X, r].T, bias=True)[:-1, -1] if len(y) > 1 else np.zeros(len(w))
    return both + (X.mean(axis=0) * r.mean() if len(y) > 1 else 0) + 2 * lam * w, r.mean()


# loses: edges, form
def weights_scaled_in_place(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    w[:] = 2 * lam * w
    return dw + w, db


# loses: edges, form
def slopes_added_to_the_weights(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    w *= 2 * lam
    w += dw
    return w, db


# loses: edges, form
def targets_changed(X, y, w, b, lam):
    y *= -1.0
    y += X @ w + b
    return X.T @ y / len(y) + 2 * lam * w, y.mean()


# loses: form
def column(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return (dw + 2 * lam * w)[:, None], db


# loses: form
def bias_in_an_array(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return dw + 2 * lam * w, np.array([db])


# loses: form
def one_array(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return np.append(dw + 2 * lam * w, db)


# loses: form
def one_list(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    return [*(dw + 2 * lam * w), db]


BUFFER = {}


# loses: form
def one_buffer(X, y, w, b, lam):
    dw, db = _parts(X, y, w, b)
    kept = BUFFER.setdefault(len(w), np.zeros(len(w)))
    kept[:] = dw + 2 * lam * w
    return kept, db
