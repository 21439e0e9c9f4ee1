import numpy as np


def _batches(n, m, rng):
    p = rng.permutation(n)
    return [p[i : i + m] for i in range(0, n, m)]


# momentum
def momentum(X, y, w, b, lr, batch_size, rng, gradient):
    w, b = np.array(w, float), float(b)
    uw, ub = np.zeros(len(w)), 0.0
    for B in _batches(len(y), batch_size, rng):
        dw, db = gradient(X[B], y[B], w, b)
        uw, ub = 0.9 * uw + dw, 0.9 * ub + db
        w, b = w - lr * uw, b - lr * ub
    return w, b


# momentum as a running mean
def running_mean(X, y, w, b, lr, batch_size, rng, gradient):
    w, b = np.array(w, float), float(b)
    uw, ub = np.zeros(len(w)), 0.0
    for B in _batches(len(y), batch_size, rng):
        dw, db = gradient(X[B], y[B], w, b)
        uw, ub = 0.5 * uw + 0.5 * dw, 0.5 * ub + 0.5 * db
        w, b = w - lr * uw, b - lr * ub
    return w, b


# weight decay
def weight_decay(X, y, w, b, lr, batch_size, rng, gradient):
    w, b = np.array(w, float), float(b)
    for B in _batches(len(y), batch_size, rng):
        dw, db = gradient(X[B], y[B], w, b)
        w, b = w - lr * (dw + 0.01 * w), b - lr * db
    return w, b


# weights shrink by a factor
def shrinks(X, y, w, b, lr, batch_size, rng, gradient):
    w, b = np.array(w, float), float(b)
    for B in _batches(len(y), batch_size, rng):
        dw, db = gradient(X[B], y[B], w, b)
        w, b = 0.99 * w - lr * dw, b - lr * db
    return w, b


# averages iterates
def averaged(X, y, w, b, lr, batch_size, rng, gradient):
    w, b, W, C = np.array(w, float), float(b), [], []
    for B in _batches(len(y), batch_size, rng):
        dw, db = gradient(X[B], y[B], w, b)
        w, b = w - lr * dw, b - lr * db
        W.append(w)
        C.append(b)
    return np.mean(W, axis=0), float(np.mean(C))


# decays the rate in the epoch
def decaying_rate(X, y, w, b, lr, batch_size, rng, gradient):
    w, b = np.array(w, float), float(b)
    for k, B in enumerate(_batches(len(y), batch_size, rng)):
        dw, db = gradient(X[B], y[B], w, b)
        w, b = w - lr / (k + 1) * dw, b - lr / (k + 1) * db
    return w, b


# clips
def clips(X, y, w, b, lr, batch_size, rng, gradient):
    w, b = np.array(w, float), float(b)
    for B in _batches(len(y), batch_size, rng):
        dw, db = gradient(X[B], y[B], w, b)
        w, b = w - lr * np.clip(dw, -0.1, 0.1), b - lr * np.clip(db, -0.1, 0.1)
    return w, b


# float32 parameters
def single(X, y, w, b, lr, batch_size, rng, gradient):
    w, b = np.array(w, np.float32), np.float32(b)
    for B in _batches(len(y), batch_size, rng):
        dw, db = gradient(X[B], y[B], w, b)
        w = (w - lr * dw).astype(np.float32)
        b = np.float32(b - lr * db)
    return w.astype(float), float(b)


# last batch twice
def last_again(X, y, w, b, lr, batch_size, rng, gradient):
    w, b = np.array(w, float), float(b)
    Bs = _batches(len(y), batch_size, rng)
    for B in Bs + Bs[-1:]:
        dw, db = gradient(X[B], y[B], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


# first batch skipped
def first_skipped(X, y, w, b, lr, batch_size, rng, gradient):
    w, b = np.array(w, float), float(b)
    for B in _batches(len(y), batch_size, rng)[1:]:
        dw, db = gradient(X[B], y[B], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


# the best of the epoch is returned: before the last step
def before_last(X, y, w, b, lr, batch_size, rng, gradient):
    w, b = np.array(w, float), float(b)
    for B in _batches(len(y), batch_size, rng):
        old = w, b
        dw, db = gradient(X[B], y[B], w, b)
        w, b = w - lr * dw, b - lr * db
    return old


# bias rate differs
def bias_rate(X, y, w, b, lr, batch_size, rng, gradient):
    w, b = np.array(w, float), float(b)
    for B in _batches(len(y), batch_size, rng):
        dw, db = gradient(X[B], y[B], w, b)
        w, b = w - lr * dw, b - 2 * lr * db
    return w, b


# signs
def sign_steps(X, y, w, b, lr, batch_size, rng, gradient):
    w, b = np.array(w, float), float(b)
    for B in _batches(len(y), batch_size, rng):
        dw, db = gradient(X[B], y[B], w, b)
        w, b = w - lr * np.sign(dw), b - lr * np.sign(db)
    return w, b


# gradient of the sum of batches accumulates
def accumulates(X, y, w, b, lr, batch_size, rng, gradient):
    w, b = np.array(w, float), float(b)
    gw, gb = np.zeros(len(w)), 0.0
    for B in _batches(len(y), batch_size, rng):
        dw, db = gradient(X[B], y[B], w, b)
        gw, gb = gw + dw, gb + db
        w, b = w - lr * gw, b - lr * gb
    return w, b


# fixed rate
def fixed_rate(X, y, w, b, lr, batch_size, rng, gradient):
    w, b = np.array(w, float), float(b)
    for B in _batches(len(y), batch_size, rng):
        dw, db = gradient(X[B], y[B], w, b)
        w, b = w - 0.1 * dw, b - 0.1 * db
    return w, b
