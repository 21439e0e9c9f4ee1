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


def bordered(X, y):
    n, d = X.shape
    M = np.zeros((d + 1, d + 1))
    M[:d, :d], M[:d, d], M[d, :d], M[d, d] = X.T @ X, X.sum(axis=0), X.sum(axis=0), n
    if np.linalg.matrix_rank(np.c_[X, np.ones(n)]) <= d:
        raise ValueError("more than one solution")
    *w, b = np.linalg.solve(M, [*(X.T @ y), y.sum()])
    return np.array(w), b


def by_singular_values(X, y):
    A = np.pad(np.asarray(X, float), ((0, 0), (0, 1)), constant_values=1.0)
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    if len(s) < A.shape[1] or s[-1] <= s[0] * max(A.shape) * np.finfo(float).eps:
        raise ValueError(f"rank below {A.shape[1]}")
    u = Vt.T @ (U.T @ y / s)
    return u[:-1], float(u[-1])
