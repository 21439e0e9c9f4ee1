import numpy as np


def _solved(X, y):
    A = np.column_stack([X, np.ones(len(y))])
    if np.linalg.matrix_rank(A) < A.shape[1]:
        raise ValueError
    u = np.linalg.lstsq(A, y, rcond=None)[0]
    return u[:-1], u[-1]


# named: bias_left_out
def no_bias(X, y):
    return np.linalg.solve(X.T @ X, X.T @ y), 0.0


# loses: b, edges, form
# named: bias_zero
def forgotten_bias(X, y):
    return _solved(X, y)[0], 0.0


# loses: b, edges, form
# named: mean_for_bias
def mean_bias(X, y):
    return _solved(X, y)[0], np.mean(y)


# named: one_by_one
def separately(X, y):
    Z, t = X - X.mean(axis=0), y - y.mean()
    w = (Z * t[:, None]).sum(axis=0) / (Z**2).sum(axis=0)
    return w, y.mean() - X.mean(axis=0) @ w


# named: not_solved
def right_side(X, y):
    return X.T @ y, y.sum()


# loses: edges
# named: not_refused
def never_refuses(X, y):
    u = np.linalg.pinv(np.column_stack([X, np.ones(len(y))])) @ y
    return u[:-1], u[-1]


# loses: form
# odd: a matrix of one column
def column(X, y):
    w, b = _solved(X, y)
    return w[:, None], b


# loses: form
# odd: one vector of all unknowns
def one_vector(X, y):
    return np.append(*_solved(X, y))


# odd: the penalty of another exercise
def penalized(X, y):
    _solved(X, y)
    A = np.column_stack([X, np.ones(len(y))])
    u = np.linalg.solve(A.T @ A + 0.1 * np.eye(A.shape[1]), A.T @ y)
    return u[:-1], u[-1]


# named: first_is_bias
def bias_first(X, y):
    w, b = _solved(X, y)
    u = np.append(b, w)
    return u[:-1], u[-1]


# loses: edges
def by_five_thousand_steps(X, y):
    _solved(X, y)
    A = np.column_stack([X, np.ones(len(y))])
    H = A.T @ A
    u = np.zeros(A.shape[1])
    rate = 1 / np.linalg.eigvalsh(H)[-1]
    for _ in range(5000):
        u = u - rate * (H @ u - A.T @ y)
    return u[:-1], u[-1]


# loses: edges
def with_whole_features_copied_into_whole_targets(X, y):
    _solved(X, y)
    A = np.ones((len(y), X.shape[1] + 2), dtype=y.dtype)
    A[:, :-2], A[:, -1] = X, y
    u, *_ = np.linalg.lstsq(A[:, :-1].astype(float), A[:, -1].astype(float), rcond=None)
    return u[:-1], u[-1]


# loses: edges
def of_the_first_fifty(X, y):
    _solved(X, y)
    A = np.column_stack([X, np.ones(len(y))])[:50]
    u = np.linalg.solve(A.T @ A, A.T @ y[:50])
    return u[:-1], u[-1]


# loses: edges
# named: refused
def refuses_targets_without_spread(X, y):
    if not np.any(y):
        raise ValueError("there is nothing to fit")
    return _solved(X, y)


# loses: edges
# named: refused
def refuses_small_determinants(X, y):
    A = np.column_stack([X, np.ones(len(y))])
    if abs(np.linalg.det(A.T @ A)) < 1e-8:
        raise ValueError("singular")
    return _solved(X, y)


# loses: edges
# named: not_refused
def sees_twins_alone(X, y):
    A = np.column_stack([X, np.ones(len(y))])
    alike = any(np.allclose(A[:, j], c * A[:, k]) for j in range(A.shape[1]) for k in range(j)
                for c in [A[0, j] / A[0, k] if A[0, k] else 0.0])
    if alike or len(y) < A.shape[1]:
        raise ValueError("no full rank")
    u = np.linalg.lstsq(A, y, rcond=None)[0]
    return u[:-1], u[-1]
