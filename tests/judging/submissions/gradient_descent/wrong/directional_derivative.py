import numpy as np


def _unit(r):
    if not r.any():
        raise ValueError("zero direction")
    return r / np.linalg.norm(r)


def stub(gradient, direction):
    raise NotImplementedError("directional_derivative")


# named: not_normalised
def not_normalised(g, r):
    if not r.any():
        raise ValueError("zero direction")
    return g @ r


# named: squared_length
def root_forgotten(g, r):
    squares = np.sum(r**2)
    if squares == 0:
        raise ValueError("zero direction")
    return g @ r / squares


# named: squared_length
def divided_twice(g, r):
    unit = _unit(r)
    return g @ unit / np.linalg.norm(r)


# named: cosine
def cosine(g, r):
    if not r.any():
        raise ValueError("zero direction")
    return g @ r / (np.linalg.norm(g) * np.linalg.norm(r))


# named: cosine
def both_normalised(g, r):
    length = np.linalg.norm(g)
    return (g / length if length > 0 else g) @ _unit(r)


# named: gradient_normalised
def gradient_normalised(g, r):
    if not r.any():
        raise ValueError("zero direction")
    length = np.linalg.norm(g)
    return g @ r / length if length > 0 else 0.0


# named: gradient_normalised
def arguments_swapped(direction, gradient):
    length = np.linalg.norm(direction)
    if length == 0:
        raise ValueError("zero direction")
    return gradient @ (direction / length)


# named: sign
def downhill(g, r):
    return -g @ _unit(r)


# named: direction_other_norm
def one_norm(g, r):
    length = np.abs(r).sum()
    if length == 0:
        raise ValueError("zero direction")
    return g @ r / length


# named: largest_component
def largest_component(g, r):
    length = np.abs(r).max()
    if length == 0:
        raise ValueError("zero direction")
    return g @ r / length


# named: mean_over_j
def root_mean_square(g, r):
    if not r.any():
        raise ValueError("zero direction")
    return g @ r / np.sqrt(np.mean(r**2))


# named: mean_over_j_2
def mean(g, r):
    return np.mean(g * _unit(r))


def not_summed(g, r):
    return g * _unit(r)


def outer(g, r):
    return np.outer(g, _unit(r))


# named: with_sum_of_gradient
def column_against_row(g, r):
    return (g[:, None] * _unit(r)).sum()


# named: gradient_for_every_direction
def steepest(g, r):
    _unit(r)
    return np.linalg.norm(g)


# named: angle
def angle(g, r):
    cosine = g @ _unit(r) / (np.linalg.norm(g) or 1.0)
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


def vector_projection(g, r):
    unit = _unit(r)
    return (g @ unit) * unit


def unit_direction(g, r):
    return _unit(r)


# named: with_last_left_out_of_gradient
def last_left_out(g, r):
    unit = _unit(r)
    return sum(g[i] * unit[i] for i in range(len(g) - 1))


# The lecture has two weights.
# loses: value, edges, form
# named: two_element
def two_parameters(g, r):
    length = (r[0] ** 2 + (r[1] ** 2 if len(r) > 1 else 0)) ** 0.5
    if length == 0:
        raise ValueError("zero direction")
    return (g[0] * r[0] + g[1] * r[1]) / length


def three_parameters(g, r):
    r = _unit(r)
    return g[0] * r[0] + g[1] * r[1] + g[2] * r[2]


# named: rounded_4
def rounded(g, r):
    return round(float(g @ _unit(r)), 4)


def text(g, r):
    return f"{g @ _unit(r):.6f}"


def printed(g, r):
    print(g @ _unit(r))


def nothing(g, r):
    g @ _unit(r)


# named: always_zero
def zero(g, r):
    _unit(r)
    return 0.0


def zero_upside_down(g, r):
    if np.linalg.norm(r) != 0:
        raise ValueError("zero direction")
    return g @ r / np.linalg.norm(r)


# loses: edges
# named: not_refused
def zero_left_out(g, r):
    return g @ r / np.linalg.norm(r)


# loses: edges
# named: not_refused
def zero_has_no_slope(g, r):
    length = np.linalg.norm(r)
    return g @ r / length if length > 0 else 0.0


# loses: edges
def division_error(g, r):
    return float(g @ r) / float(np.linalg.norm(r))


# loses: edges
def type_error(g, r):
    if not r.any():
        raise TypeError("zero direction")
    return g @ r / np.linalg.norm(r)


# loses: edges
def any_exception(g, r):
    if not r.any():
        raise Exception("zero direction")
    return g @ r / np.linalg.norm(r)


# loses: edges
def assertion(g, r):
    assert r.any(), "zero direction"
    return g @ r / np.linalg.norm(r)


# loses: edges
def error_returned(g, r):
    if not r.any():
        return ValueError("zero direction")
    return g @ r / np.linalg.norm(r)


# loses: edges
# named: not_refused
def error_printed(g, r):
    if not r.any():
        print("ValueError: zero direction")
        return None
    return g @ r / np.linalg.norm(r)


# loses: edges
# named: not_refused
def error_as_text(g, r):
    return g @ r / np.linalg.norm(r) if r.any() else "ValueError"


# loses: edges
# named: not_refused
def error_caught(g, r):
    try:
        return g @ _unit(r)
    except ValueError:
        return np.nan


# loses: edges
# named: refused
def zero_gradient_refused(g, r):
    if np.linalg.norm(g) == 0 or np.linalg.norm(r) == 0:
        raise ValueError("zero")
    return g @ r / np.linalg.norm(r)


# loses: edges
# named: refused
def right_angle_refused(g, r):
    if g @ r == 0:
        raise ValueError("zero direction")
    return g @ r / np.linalg.norm(r)


# loses: edges
# named: not_a_number
def cosine_times_length(g, r):
    steepest = np.linalg.norm(g)
    return steepest * (g @ _unit(r) / steepest)


# loses: edges
# named: refused
def threshold(g, r):
    length = np.linalg.norm(r)
    if length < 1e-12:
        raise ValueError("zero direction")
    return g @ r / length


# loses: edges
# named: refused
def close_to_zero(g, r):
    if np.allclose(r, 0):
        raise ValueError("zero direction")
    return g @ r / np.linalg.norm(r)


# loses: edges
# named: refused
def threshold_of_the_machine(g, r):
    if np.linalg.norm(r) <= np.finfo(float).eps:
        raise ValueError("zero direction")
    return g @ r / np.linalg.norm(r)


# loses: edges
# named: epsilon_in_length
def epsilon(g, r):
    if not r.any():
        raise ValueError("zero direction")
    return g @ r / (np.linalg.norm(r) + 1e-12)


# loses: edges
# named: not_refused
def zero_only_among_floats(g, r):
    if np.array_equal(r, np.zeros(3)):
        raise ValueError("zero direction")
    return g @ r / np.linalg.norm(r)


# loses: edges, form
def in_place(g, r):
    if not r.any():
        raise ValueError("zero direction")
    r /= np.linalg.norm(r)
    return g @ r


# loses: form
def gradient_overwritten(g, r):
    slope = g @ _unit(r)
    g[:] = 0
    return slope


# loses: form
def in_an_array(g, r):
    return np.array([g @ _unit(r)])


# loses: form
def in_a_list(g, r):
    return [g @ _unit(r)]


# loses: form
def row_times_column(g, r):
    return g.reshape(1, -1) @ _unit(r).reshape(-1, 1)
