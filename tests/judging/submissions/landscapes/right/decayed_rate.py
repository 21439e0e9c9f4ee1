import numpy as np


def below(t, initial, decay):
    return initial / (decay * t + 1.0)


def as_arrays(t, initial, decay):
    return np.true_divide(initial, np.add(1, np.multiply(decay, t)))


power = lambda t, initial, decay: initial * (1 + t * decay) ** -1.0  # noqa: E731
