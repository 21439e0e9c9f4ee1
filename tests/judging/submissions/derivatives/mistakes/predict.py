import numpy as np


# b is subtracted
def intercept_subtracted(X, w, b):
    return np.array([float(np.dot(row, w)) - b for row in X])


# b inside each product: added d times
def intercept_each_feature(X, w, b):
    out = []
    for row in X:
        s = 0.0
        for x, wj in zip(row, w):
            s += x * wj + b
        out.append(s)
    return np.array(out)


# the last feature is skipped by a range that ends too early
def last_feature_skipped(X, w, b):
    n, d = X.shape
    y = np.zeros(n) + b
    for j in range(d - 1):
        y += X[:, j] * w[j]
    return y


# float32 on the way
def features_cast(X, w, b):
    return X.astype(np.float32).astype(float) @ w + b


# a single-precision buffer that is turned back
def buffer_of_singles(X, w, b):
    out = np.zeros(len(X), dtype="float32")
    out[:] = X.dot(w) + b
    return out.astype("float64")


# swapped: signature w, b, X
def swapped_parameters(w, X, b):
    return X @ w + b


# clipped to 0..1
def clipped_to_unit(X, w, b):
    return np.clip(X @ w + b, 0, 1)


# relu
def rectified(X, w, b):
    z = X @ w + b
    return z * (z > 0)


# outputs through sigma
def squashed(X, w, b):
    return 1 / (1 + np.exp(-(X @ w + b)))


# labels
def thresholded(X, w, b):
    return (X @ w + b >= 0.5).astype(float)
