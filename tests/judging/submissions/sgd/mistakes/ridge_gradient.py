import numpy as np


# half
def half_penalty(X, y, w, b, lam):
    r = X @ w + b - y
    return X.T @ r / len(r) + lam * w, r.mean()


# lam clipped
def no_penalty_above_one(X, y, w, b, lam):
    r = X @ w + b - y
    return X.T @ r / len(r) + 2 * min(lam, 0.5) * w, r.mean()


# b regularised
def bias_too(X, y, w, b, lam):
    r = X @ w + b - y
    return X.T @ r / len(r) + 2 * lam * w, r.mean() + 2 * lam * b


# averaged penalty
def penalty_mean(X, y, w, b, lam):
    r = X @ w + b - y
    return (X.T @ r + 2 * lam * w) / len(r), r.mean()


# squared lambda
def lam_squared(X, y, w, b, lam):
    r = X @ w + b - y
    return X.T @ r / len(r) + 2 * lam**2 * w, r.mean()


# shrinks prediction
def whole_penalised(X, y, w, b, lam):
    r = X @ w + b - y
    return lam * (X.T @ r / len(r) + 2 * w), r.mean()


# factor 2 on data
def data_doubled(X, y, w, b, lam):
    r = X @ w + b - y
    return 2 * X.T @ r / len(r) + 2 * lam * w, r.mean()


# lasso
def lasso(X, y, w, b, lam):
    r = X @ w + b - y
    return X.T @ r / len(r) + lam * np.sign(w), r.mean()


# minus
def minus(X, y, w, b, lam):
    r = X @ w + b - y
    return X.T @ r / len(r) - 2 * lam * w, r.mean()


# swapped
def swapped(w, b, X, y, lam):
    r = X @ w + b - y
    return X.T @ r / len(r) + 2 * lam * w, r.mean()


# lam/2n
def over_2n(X, y, w, b, lam):
    r = X @ w + b - y
    n = len(r)
    return X.T @ r / n + lam * w / n, r.mean()
