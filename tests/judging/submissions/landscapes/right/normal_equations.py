import numpy as np


def least_squares(X, y):
    A = np.c_[X, np.ones(len(X))]
    u, _, rank, _ = np.linalg.lstsq(A, y, rcond=None)
    if rank < A.shape[1]:
        raise ValueError("not unique")
    return u[:-1], float(u[-1])


def centered(X, y):
    Z, t = X - X.mean(axis=0), y - y.mean()
    if np.linalg.matrix_rank(Z) < X.shape[1]:
        raise ValueError
    w = np.linalg.solve(Z.T @ Z, Z.T @ t)
    return w, y.mean() - X.mean(axis=0) @ w


def by_decomposition(X, y):
    A = np.hstack([np.ones((X.shape[0], 1)), X])
    if X.shape[0] < A.shape[1] or np.linalg.svd(A, compute_uv=False)[-1] < 1e-10 * np.linalg.norm(A):
        raise ValueError("rank")
    Q, R = np.linalg.qr(A)
    u = np.linalg.solve(R, Q.T @ y)
    return [u[1:], u[0]]


def inverse(X, y):
    A = np.column_stack([X, [1.0] * len(y)])
    if np.linalg.matrix_rank(A) != A.shape[1]:
        raise np.linalg.LinAlgError("singular")
    u = np.linalg.inv(A.T @ A) @ A.T @ y
    return u[:-1], u[-1]
