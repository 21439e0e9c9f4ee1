import numpy as np


# float32
def single(gradient):
    g = gradient.astype(np.float32)
    n = np.linalg.norm(g)
    return (-g / n if n else g).astype(float)


# uphill
def uphill(gradient):
    n = (gradient**2).sum() ** 0.5
    return gradient / n if n > 0 else np.zeros(gradient.shape)


# root missing
def no_root(gradient):
    n = float(np.dot(gradient, gradient))
    return -gradient / n if n > 0 else np.zeros(gradient.shape)


# not normalised
def plain(gradient):
    return -1.0 * gradient


# returns nan for zero
def nan_at_zero(gradient):
    with np.errstate(all="ignore"):
        return -gradient / np.linalg.norm(gradient)


# integer buffer
def integer_buffer(gradient):
    out = np.zeros_like(gradient)
    n = np.linalg.norm(gradient)
    if n:
        for j in range(len(gradient)):
            out[j] = -gradient[j] / n
    return out


# average
def averaged_square(gradient):
    n = np.sqrt(np.mean(gradient**2))
    return -gradient / n if n else np.zeros(gradient.shape)
