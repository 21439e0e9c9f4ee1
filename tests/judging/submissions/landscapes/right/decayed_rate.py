import numpy as np


def below(t, initial, decay):
    return initial / (decay * t + 1.0)


def as_arrays(t, initial, decay):
    return np.true_divide(initial, np.add(1, np.multiply(decay, t)))


power = lambda t, initial, decay: initial * (1 + t * decay) ** -1.0  # noqa: E731


def reciprocal(t, initial, decay):
    return np.reciprocal(1.0 + decay * np.asarray(t, dtype=float)) * initial


def in_place(t, initial, decay):
    rate = np.array(t, dtype=float)
    rate *= decay
    rate += 1
    return initial / rate


def one_at_a_time(t, initial, decay):
    one = np.vectorize(lambda k: initial / (1 + decay * k), otypes=[float])
    return one(t) if np.ndim(t) else initial / (1 + decay * t)


def solved(t, initial, decay):
    share = decay * t
    return initial - initial * share / (1 + share)
