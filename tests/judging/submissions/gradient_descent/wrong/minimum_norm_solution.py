import numpy as np


def _check(a):
    if not a.any():
        raise ValueError("a is zero")


def stub(a, c):
    raise NotImplementedError("minimum_norm_solution")


# named: length_not_squared
def length_not_squared(a, c):
    _check(a)
    return c * a / np.linalg.norm(a)


# named: not_divided
def not_divided(a, c):
    _check(a)
    return c * a


# named: c_left_out
def c_left_out(a, c):
    _check(a)
    return a / (a @ a)


# named: elementwise
def equal_shares(a, c):
    _check(a)
    return np.array([c / len(a) / x for x in a])


# named: sign
def sign(a, c):
    _check(a)
    return -c * a / (a @ a)


# named: factor_2
def multiplier_doubled(a, c):
    _check(a)
    multiplier = 2 * c / (a @ a)
    return multiplier * a


# named: factor_half
def multiplier_halved(a, c):
    _check(a)
    multiplier = c / (a @ a)
    return multiplier * a / 2


# named: each_solves_alone
def elementwise(a, c):
    _check(a)
    return c / a


# named: a_other_norm_squared
def one_norm(a, c):
    _check(a)
    return c * a / np.abs(a).sum() ** 2


# named: largest_component
def largest_squared(a, c):
    _check(a)
    return c * a / np.abs(a).max() ** 2


# named: mean_over_j
def mean_of_squares(a, c):
    _check(a)
    return c * a / np.mean(a**2)


# named: a_plain_sum_squared_below
def sum_squared(a, c):
    _check(a)
    return c * a / a.sum() ** 2


# named: with_mean_of_a
def equal_components(a, c):
    _check(a)
    return np.full(len(a), c / a.sum())


# sometimes: with_first_alone_of_a
def first_takes_all(a, c):
    _check(a)
    b = np.zeros(len(a))
    b[0] = c / a[0]
    return b


# sometimes: with_steepest_of_a
def largest_takes_all(a, c):
    _check(a)
    k = np.argmax(np.abs(a))
    return np.where(np.arange(len(a)) == k, c / a[k], 0.0)


# odd: it solves another problem
def last_takes_the_rest(a, c):
    _check(a)
    b = np.ones(len(a))
    b[-1] = (c - a[:-1].sum()) / a[-1]
    return b


# named: factor_c_missing+a_not_normalised
def normalised(a, c):
    _check(a)
    return a / np.linalg.norm(a)


# named: factor_c_twice
def c_squared(a, c):
    _check(a)
    return c**2 * a / (a @ a)


# named: factor_upside_down
def upside_down(a, c):
    _check(a)
    return a * (a @ a) / c if c else 0.0 * a


def multiplier_alone(a, c):
    _check(a)
    return c / (a @ a)


def length_alone(a, c):
    _check(a)
    return abs(c) / np.linalg.norm(a)


def with_its_length(a, c):
    _check(a)
    b = c * a / (a @ a)
    return b, np.linalg.norm(b)


def column_against_row(a, c):
    _check(a)
    return c * a[:, None] / (a * a)


# named: floored
def floored(a, c):
    _check(a)
    return c * a // (a @ a)


# The penguins have three unknowns.
# loses: value, edges, form
def three_unknowns(a, c):
    _check(a)
    squares = a[0] ** 2 + a[1] ** 2 + a[2] ** 2
    return np.array([c * a[0] / squares, c * a[1] / squares, c * a[2] / squares])


def two_unknowns(a, c):
    _check(a)
    squares = a[0] ** 2 + a[1] ** 2
    return np.array([c * a[0] / squares, c * a[1] / squares])


# named: rounded_5
def rounded(a, c):
    _check(a)
    return np.round(c * a / (a @ a), 5)


# named: single_precision
def single(a, c):
    _check(a)
    return (c * a / (a @ a)).astype(np.float32)


def generator(a, c):
    _check(a)
    return (c * x / (a @ a) for x in a)


def printed(a, c):
    _check(a)
    print(c * a / (a @ a))


def nothing(a, c):
    _check(a)
    b = c * a / (a @ a)


# named: a_returned
def argument_back(a, c):
    _check(a)
    return a


# named: always_zero
def zeros(a, c):
    _check(a)
    return np.zeros(len(a))


# loses: edges
# named: not_refused
def zero_left_out(a, c):
    return c * a / (a @ a)


# loses: edges
# named: not_refused
def zero_solves(a, c):
    squares = a @ a
    return c * a / squares if squares > 0 else np.zeros(len(a))


# loses: edges
# named: not_refused
def zero_solves_zero(a, c):
    if not a.any():
        if c == 0:
            return np.zeros(len(a))
        raise ValueError("a is zero")
    return c * a / (a @ a)


# loses: edges
# named: not_refused
def pseudo_inverse(a, c):
    return np.linalg.pinv(a[None, :])[:, 0] * c


# loses: edges
# named: not_refused
def least_squares(a, c):
    return np.linalg.lstsq(a[None, :], [c], rcond=None)[0]


# loses: edges
def division_error(a, c):
    squares = sum(x * x for x in a.tolist())
    return [c * x / squares for x in a.tolist()]


# loses: edges
def type_error(a, c):
    if not a.any():
        raise TypeError("a is zero")
    return c * a / (a @ a)


# loses: edges
def runtime_error(a, c):
    if not a.any():
        raise RuntimeError("a is zero")
    return c * a / (a @ a)


# loses: edges
def assertion(a, c):
    assert np.linalg.norm(a) > 0
    return c * a / (a @ a)


# loses: edges
def error_returned(a, c):
    return c * a / (a @ a) if a.any() else ValueError("a is zero")


# loses: edges
# named: not_refused
def error_printed(a, c):
    if a.any():
        return c * a / (a @ a)
    print("a is zero")


# loses: edges
# named: refused
def zero_side_refused(a, c):
    if not a.any() or not c:
        raise ValueError("nothing to solve")
    return c * a / (a @ a)


# loses: edges
def zero_side_is_a_number(a, c):
    _check(a)
    return c * a / (a @ a) if c else 0.0


# loses: edges
def zero_side_is_none(a, c):
    _check(a)
    if c:
        return c * a / (a @ a)


# loses: edges
def divided_by_the_side(a, c):
    _check(a)
    return a / (float(a @ a) / c)


# loses: edges
# named: refused
def threshold(a, c):
    if np.linalg.norm(a) < 1e-10:
        raise ValueError("a is zero")
    return c * a / (a @ a)


# loses: edges
# named: refused
def threshold_of_the_machine(a, c):
    if a @ a <= np.finfo(float).eps:
        raise ValueError("a is zero")
    return c * a / (a @ a)


# loses: edges
# named: refused
def close_to_zero(a, c):
    if np.allclose(a, 0):
        raise ValueError("a is zero")
    return c * a / (a @ a)


# loses: edges
# named: epsilon_in_length
def epsilon(a, c):
    _check(a)
    return c * a / (a @ a + 1e-12)


# loses: edges, form
def in_place(a, c):
    _check(a)
    a *= c / (a @ a)
    return a


# loses: edges, form
def normalised_in_place(a, c):
    _check(a)
    length = np.linalg.norm(a)
    a /= length
    return c / length * a


# loses: form
def one_unknown_squeezed(a, c):
    _check(a)
    return np.squeeze(c * a / (a @ a))


# loses: form
def column(a, c):
    _check(a)
    return np.linalg.pinv(a.reshape(1, -1)) * c


# loses: form
def row(a, c):
    _check(a)
    return np.array([c * a / (a @ a)])


BUFFER = {}


# loses: form
def one_buffer(a, c):
    _check(a)
    b = BUFFER.setdefault(len(a), np.zeros(len(a)))
    b[:] = c * a / (a @ a)
    return b


# loses: form
def sorted_in_place(a, c):
    _check(a)
    b = c * a / (a @ a)
    a[:] = np.abs(a)
    return b
