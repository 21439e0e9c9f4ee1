import numpy as np


# uphill
def uphill(gradient, v0, lr, steps):
    rate = lr if callable(lr) else lambda t: lr
    V = [np.array(v0, float)]
    for t in range(steps):
        V.append(V[-1] + rate(t) * np.asarray(gradient(V[-1])))
    return np.array(V)


# momentum 0.9
def momentum(gradient, v0, lr, steps):
    v, u = np.array(v0, float), np.zeros(len(v0))
    V = [v.copy()]
    for t in range(steps):
        u = 0.9 * u + gradient(v)
        v = v - (lr(t) if callable(lr) else lr) * u
        V.append(v)
    return np.array(V)


# decays lr
def decays(gradient, v0, lr, steps):
    V = np.empty((steps + 1, len(v0)))
    V[0] = v0
    for t in range(steps):
        a = lr(t) if callable(lr) else lr / (1 + t)
        V[t + 1] = V[t] - a * gradient(V[t])
    return V


# one step too few
def one_too_few(gradient, v0, lr, steps):
    v = np.array(v0, float)
    V = [v]
    for t in range(steps - 1):
        v = v - (lr(t) if callable(lr) else lr) * gradient(v)
        V.append(v)
    return np.array(V)


# aliased
def aliased(gradient, v0, lr, steps):
    v = np.array(v0, float)
    V = [v]
    for t in range(steps):
        v -= (lr(t) if callable(lr) else lr) * gradient(v)
        V.append(v)
    return np.array(V)


# start missing
def start_missing(gradient, v0, lr, steps):
    v = np.array(v0, float)
    V = []
    for t in range(steps):
        v = v - (lr(t) if callable(lr) else lr) * gradient(v)
        V.append(v)
    return np.array(V)


# schedule at t + 1
def counted_from_one(gradient, v0, lr, steps):
    v = np.array(v0, float)
    V = [v]
    for t in range(1, steps + 1):
        v = v - (lr(t) if callable(lr) else lr) * gradient(v)
        V.append(v)
    return np.array(V)


# stops early
def early(gradient, v0, lr, steps):
    v = np.array(v0, float)
    V = [v]
    for t in range(steps):
        g = gradient(v)
        if np.linalg.norm(g) > 1e-3:
            v = v - (lr(t) if callable(lr) else lr) * g
        V.append(v)
    return np.array(V)


# clipping
def clipped(gradient, v0, lr, steps):
    v = np.array(v0, float)
    V = [v]
    for t in range(steps):
        g = np.asarray(gradient(v))
        n = np.linalg.norm(g)
        if n > 1:
            g = g / n
        v = v - (lr(t) if callable(lr) else lr) * g
        V.append(v)
    return np.array(V)


# weight decay
def decayed(gradient, v0, lr, steps):
    v = np.array(v0, float)
    V = [v]
    for t in range(steps):
        v = v - (lr(t) if callable(lr) else lr) * (gradient(v) + 0.01 * v)
        V.append(v)
    return np.array(V)


# float32
def single(gradient, v0, lr, steps):
    V = np.zeros((steps + 1, len(v0)), np.float32)
    V[0] = v0
    for t in range(steps):
        V[t + 1] = V[t] - (lr(t) if callable(lr) else lr) * gradient(V[t])
    return V.astype(float)
