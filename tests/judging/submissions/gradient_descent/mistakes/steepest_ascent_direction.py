import numpy as np


# eps 1e-8
def eps(gradient):
    return gradient / (np.linalg.norm(gradient) + 1e-8)


# eps in root
def eps_in_root(gradient):
    return gradient / np.sqrt(gradient @ gradient + 1e-12)


# floor
def floor(gradient):
    return gradient / max(np.linalg.norm(gradient), 1e-10)


# threshold
def threshold(gradient):
    n = np.linalg.norm(gradient)
    return np.zeros_like(gradient, dtype=float) if n < 1e-15 else gradient / n


# isclose
def isclose(gradient):
    n = np.linalg.norm(gradient)
    if np.isclose(n, 0):
        return np.zeros(len(gradient))
    return gradient / n


# large eps
def eps_large(gradient):
    return gradient / (np.linalg.norm(gradient) + 1e-3)


# maximum norm
def max_norm(gradient):
    m = max(abs(v) for v in gradient)
    return gradient / m if m else np.zeros(len(gradient))


# descent
def down(gradient):
    n = np.sqrt(np.sum(gradient**2))
    return -gradient / n if n else gradient * 0.0


# the sum for a length
def over_sum(gradient):
    s = gradient.sum()
    return gradient / s if s else np.zeros(len(gradient))


# signs
def signs(gradient):
    return np.sign(gradient) / np.sqrt(max(1, np.count_nonzero(gradient)))


# the steepest axis
def one_axis(gradient):
    out = np.zeros(len(gradient))
    k = np.argmax(np.abs(gradient))
    out[k] = np.sign(gradient[k])
    return out
