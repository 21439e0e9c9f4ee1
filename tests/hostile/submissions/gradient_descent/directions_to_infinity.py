"""Directions, changes and losses that are infinite, NaN, or as large as floats can be."""

# loses: directional_derivative, steepest_ascent_direction, predicted_change, minimum_norm_solution, zero_one_loss
# status: failed
# proof: to infinity


def directional_derivative(gradient, direction):
    print("to infinity")
    return np.inf


def steepest_ascent_direction(gradient):
    return np.full(len(gradient), np.finfo(float).max)


def predicted_change(gradient, lr):
    return -np.inf


def minimum_norm_solution(a, c):
    return np.full(len(a), np.nan)


def zero_one_loss(y_hat, y):
    return np.inf
